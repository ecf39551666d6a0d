use rustc_hash::FxHashMap;

use super::whole_configs;
use crate::checks::{Checker, check};
use crate::diagnostics::Severity::Note;
use crate::graph::reach::Cost;
use crate::graph::{Graph, NodeId};
use crate::metadata::{PresenceUserConfig, QueueRoutingConfig};
use crate::source::Location;

check!("OC415", "flood-at-login", "flood_at_login.md", [Note]);

/// Two dozen.
const DOZENS: u64 = 24;

/// A rep has at most this many open items.
const MOST_OPEN: u64 = 100;

/// The most that a rep can be offered of one routing configuration's work.
#[derive(Clone, Copy)]
struct Most {
    items: u64,
    config: NodeId,
    /// Where the capacity is given.
    capacity: Location,
}

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    let capacities = graph.all::<PresenceUserConfig>().flat_map(|presence| {
        let PresenceUserConfig { capacity, interruptible_capacity, .. } = presence.value;
        [capacity.get().copied(), interruptible_capacity.get().copied()]
    });
    let Some(largest) = capacities.flatten().max() else { return };
    // Who is reached is a long question, and most work is too large for dozens of it to fit anywhere.
    let is_small = |cost: &Cost| cost.fits(largest).is_some_and(|items| items >= DOZENS);
    let small = graph.all::<QueueRoutingConfig>().filter_map(|config| {
        let cost = graph.cost_of(config.node).filter(is_small)?;
        (!graph.may_be_external(config.node)).then_some((config.node, cost))
    });
    let mut worst: FxHashMap<NodeId, Most> = FxHashMap::default();
    for (presence, most) in small.flat_map(|(config, cost)| reached(graph, config, cost)) {
        // Of equals, the first by path.
        let rank = |most: &Most| (most.items, std::cmp::Reverse(most.config));
        let known = worst.entry(presence).or_insert(most);
        if rank(&most) > rank(known) {
            *known = most;
        }
    }
    for presence in whole_configs(graph) {
        let Some(most) = worst.get(&presence.node) else { continue };
        let (name, config) = (&presence.component.name, graph.name(most.config));
        let message = format!(
            "a rep under the presence configuration `{name}` who logs in can be offered {} items by `{config}` at once: \
             nothing pauses between offers",
            most.items.min(MOST_OPEN)
        );
        let finding = cx.report(Note, most.capacity, message).label("room for dozens");
        let cost = graph.get::<QueueRoutingConfig>(most.config).map(|config| config.component.location());
        let finding = match cost {
            Some(place) => finding.related(place, "what an item costs is said here"),
            None => finding,
        };
        finding
            .help("lower the capacity, or raise what an item costs, to what one rep can have open")
            .element("capacity");
    }
}

/// The presence configurations that are known to govern reps of a routing configuration's queues, where dozens of its items
/// fit.
fn reached(graph: &Graph, config: NodeId, cost: Cost) -> impl Iterator<Item = (NodeId, Most)> {
    graph.presence_for(config).into_iter().filter_map(move |(presence, interruptible)| {
        let (units, capacity) = graph.capacity_of(presence, interruptible)?;
        let items = cost.fits(units).filter(|&items| items >= DOZENS)?;
        Some((presence, Most { items, config, capacity }))
    })
}
