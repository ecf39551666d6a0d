use crate::checks::{Checker, check};
use crate::diagnostics::Severity::Note;
use crate::graph::Graph;
use crate::graph::reach::Cost;
use crate::metadata::{PresenceUserConfig, QueueRoutingConfig};
use crate::source::Location;
use crate::text::units;

check!("OC412", "capacity-beyond-limit", "capacity_beyond_limit.md", [Note]);

/// The most open items of a rep.
const MOST: f64 = 100.0;

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    let Some((cost, place)) = costliest(graph) else { return };
    for presence in graph.all::<PresenceUserConfig>() {
        let Some(capacity) = presence.value.capacity.spanned() else { continue };
        if f64::from(capacity.value) <= MOST * cost {
            continue;
        }
        let message = format!(
            "the presence configuration `{}` has a capacity of {}, but a rep has at most {MOST} open items, and none costs \
             more than {}: the rest is never used",
            presence.component.name,
            capacity.value,
            units(cost)
        );
        cx.report(Note, presence.component.at(capacity.span), message)
            .label("never used up")
            .related(place, "the highest cost")
            .help(format!("set `capacity` to {} or less", MOST * cost))
            .element("capacity");
    }
}

/// What the costliest item of the project costs, in capacity units, and where that is said. None if not every cost is
/// known, or one grows with the capacity.
fn costliest(graph: &Graph) -> Option<(f64, Location)> {
    let mut costliest: Option<(f64, Location)> = None;
    for config in graph.all::<QueueRoutingConfig>() {
        let Some(Cost::Units(units, place)) =
            graph.cost_of(config.node).filter(|_| !graph.may_be_external(config.node))
        else {
            return None;
        };
        if costliest.is_none_or(|(most, _)| units > most) {
            costliest = Some((units, place));
        }
    }
    costliest.filter(|(most, _)| *most > 0.0)
}
