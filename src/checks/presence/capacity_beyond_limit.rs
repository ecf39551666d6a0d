//! OC412

use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::Note;
use crate::graph::Graph;
use crate::graph::reach::Cost;
use crate::metadata::{PresenceUserConfig, QueueRoutingConfig};
use crate::source::Location;
use crate::text::units;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC412",
    name: "capacity-beyond-limit",
    severities: &[Note],
    strict: false,
    summary: "A capacity that 100 items of work do not use up.",
    what: "Reports a presence configuration whose `capacity` is more than 100 times what the costliest item of the \
           project costs. Silent where a routing configuration gives a cost in percent or none, where the cost cannot \
           be read, and where a partner's system routes: the partner says what its work costs.",
    why: "A rep has at most 100 open items, whatever the capacity. What is above that is never used, and a capacity that \
          is meant to be unlimited is not.",
    fix: "Set `capacity` to what the reps can do at a time.",
    source: "Salesforce Help: Capacity Models",
    evidence: &[Evidence::Documented],
    fails: "
== PresenceUserConfig Back_Office
    <capacity>5000</capacity>
    <label>Back Office</label>
== QueueRoutingConfig Tier_1
    <capacityWeight>1.0</capacityWeight>
    <label>Tier 1</label>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>1</routingPriority>
",
    passes: "
== PresenceUserConfig Back_Office
    <capacity>100</capacity>
    <label>Back Office</label>
== QueueRoutingConfig Tier_1
    <capacityWeight>1.0</capacityWeight>
    <label>Tier 1</label>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>1</routingPriority>
",
    run,
};

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
