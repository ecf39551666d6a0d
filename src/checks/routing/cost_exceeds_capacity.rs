use super::{Capacity, capacity};
use crate::checks::{Checker, check};
use crate::diagnostics::Severity::{self, Error, Warning};
use crate::graph::reach::Cost;
use crate::graph::{Graph, NodeId};
use crate::metadata::{PresenceUserConfig, QueueRoutingConfig};
use crate::source::Location;
use crate::text::{list, units};

check!("OC505", "cost-exceeds-capacity", "cost_exceeds_capacity.md", [Error, Warning]);

/// The queues of a routing configuration that have the same trouble, and the capacities that are too small for them.
#[derive(Default)]
struct Trouble<'g> {
    queues: Vec<&'g str>,
    short: Vec<Capacity<'g>>,
}

impl<'g> Trouble<'g> {
    fn add(&mut self, queue: &'g str, short: impl IntoIterator<Item = Capacity<'g>>) {
        self.queues.push(queue);
        self.short.extend(short);
    }

    /// The largest of the capacities.
    fn most(&self) -> i32 {
        self.short.iter().map(|capacity| capacity.units).max().unwrap_or_default()
    }
}

/// What is wrong with one routing configuration: one finding for all queues that have the same trouble.
#[derive(Default)]
struct Troubles<'g> {
    /// No member has enough.
    none: Trouble<'g>,
    /// Nobody known has enough; the members are not all known.
    likely_none: Trouble<'g>,
    /// Some members have not enough.
    some: Trouble<'g>,
}

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    // The largest capacity of the project, by which of the capacities is charged.
    let widest = [Some(false), Some(true), None].map(|interruptible| (interruptible, widest(graph, interruptible)));
    for config in graph.all::<QueueRoutingConfig>() {
        let Some(Cost::Units(weight, location)) = graph.cost_of(config.node) else { continue };
        if graph.may_be_external(config.node) || location.file != config.component.file {
            continue;
        }
        let mut troubles = Troubles::default();
        for (queue, _) in graph.queues_of(config.node) {
            let interruptible = graph.is_queue_interruptible(config.node, queue);
            let reach = graph.reach_of(queue);
            if reach.complete {
                let (short, enough) = split(graph, reach.configs, weight, interruptible);
                match (short.is_empty(), enough) {
                    (true, _) => {}
                    (false, false) => troubles.none.add(graph.name(queue), short),
                    (false, true) => troubles.some.add(graph.name(queue), short),
                }
            } else {
                // Members whom none of the project governs have the org's default, which may be large enough.
                let widest = widest.iter().find(|(of, _)| *of == interruptible).and_then(|(_, widest)| *widest);
                if let Some(widest) = widest.filter(|widest| f64::from(widest.units) < weight) {
                    troubles.likely_none.add(graph.name(queue), [widest]);
                    continue;
                }
                let (short, _) = split(graph, graph.known_reach_of(queue), weight, interruptible);
                if !short.is_empty() {
                    troubles.some.add(graph.name(queue), short);
                }
            }
        }
        report(cx, &config.component.name, weight, location, troubles);
    }
}

fn report(cx: &mut Checker<'_>, config: &str, weight: f64, location: Location, troubles: Troubles<'_>) {
    let Troubles { none, likely_none, some } = troubles;
    let cost = units(weight);
    if !none.queues.is_empty() {
        let (queues, most) = (list(&none.queues, 3), none.most());
        let message = format!(
            "the routing configuration `{config}` charges {cost} for an item, and no rep of {queues} has more than \
             {most}: it is never offered to anyone"
        );
        finding(cx, Error, (weight, location), none, message, &lower_to(most));
    } else if !likely_none.queues.is_empty() {
        let (queues, most) = (list(&likely_none.queues, 3), likely_none.most());
        let message = format!(
            "the routing configuration `{config}` charges {cost} for an item, and no presence configuration of the \
             project allows more than {most}: reps of {queues} under any of these are never offered it"
        );
        finding(cx, Warning, (weight, location), likely_none, message, &lower_to(most));
    }
    if !some.queues.is_empty() {
        let mut short: Vec<_> = some.short.iter().map(|capacity| capacity.name).collect();
        short.sort_unstable();
        short.dedup();
        let (queues, short) = (list(&some.queues, 3), list(short, 3));
        let message = format!(
            "the routing configuration `{config}` charges {cost} for an item, more than reps of {queues} under \
             {short} have: they are never offered it"
        );
        finding(cx, Warning, (weight, location), some, message, "lower `capacityWeight`, or raise the capacity");
    }
}

fn lower_to(most: i32) -> String {
    format!("lower `capacityWeight` to {most} or less, or raise the capacity")
}

fn finding(
    cx: &mut Checker<'_>,
    severity: Severity,
    (weight, location): (f64, Location),
    trouble: Trouble<'_>,
    message: String,
    help: &str,
) {
    let mut short = trouble.short;
    short.sort_by(|a, b| a.name.cmp(b.name));
    short.dedup_by_key(|capacity| capacity.node);
    let finding = cx.report(severity, location, message).label(units(weight)).help(help);
    let finding = short.iter().take(3).fold(finding, |finding, capacity| {
        finding.related(capacity.location, format!("`{}` has {}", capacity.name, units(capacity.units.into())))
    });
    finding.element("capacityWeight");
}

/// The largest capacity of the project. None if there is none, or one cannot be read.
fn widest(graph: &Graph, interruptible: Option<bool>) -> Option<Capacity<'_>> {
    let capacities = graph.all::<PresenceUserConfig>().map(|item| capacity(graph, item, interruptible));
    let capacities: Vec<_> = capacities.collect::<Option<_>>()?;
    capacities.into_iter().min_by_key(|capacity| std::cmp::Reverse(capacity.units))
}

/// The capacities below `weight`, and whether any is not below it; one that cannot be read counts as such.
fn split<'g>(
    graph: &'g Graph,
    configs: &[NodeId],
    weight: f64,
    interruptible: Option<bool>,
) -> (Vec<Capacity<'g>>, bool) {
    let mut short = Vec::new();
    for &node in configs {
        let capacity = graph.get::<PresenceUserConfig>(node).and_then(|item| capacity(graph, item, interruptible));
        short.extend(capacity.filter(|capacity| f64::from(capacity.units) < weight));
    }
    let enough = short.len() < configs.len();
    (short, enough)
}
