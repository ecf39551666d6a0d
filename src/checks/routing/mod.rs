//! OC5: queues and routing configurations.

pub(super) mod channel_without_status;
pub(super) mod comma_in_queue_name;
pub(super) mod cost_exceeds_capacity;
pub(super) mod external_with_omni;
pub(super) mod external_with_skills;
pub(super) mod inactive_user;
pub(super) mod mixed_objects;
pub(super) mod no_cost;
pub(super) mod object_without_channel;
pub(super) mod overflow_object_mismatch;
pub(super) mod overflow_queue_routed;
pub(super) mod queue_not_routed;
pub(super) mod queue_without_members;
pub(super) mod queue_without_objects;
pub(super) mod retired_work;
pub(super) mod two_overflow_assignees;
pub(super) mod unreachable_agents;
pub(super) mod voice_not_exclusive;
pub(super) mod voice_timeout_capped;
pub(super) mod weight_and_percentage;

use indexmap::{IndexMap, IndexSet};

use crate::graph::{Graph, Item, NodeId};
use crate::metadata::PresenceUserConfig;
use crate::schema::{Kind, Role};
use crate::source::Location;

/// True for an object that a queue takes along with the one that is routed, and that has no service channel itself.
fn is_companion(object: &str) -> bool {
    ["MessagingEndUser", "LiveAgentSession"].iter().any(|companion| companion.eq_ignore_ascii_case(object))
}

/// The routing configurations by which Omni-Channel itself routes voice calls, each with the queues that take them.
fn voice_queues(graph: &Graph) -> IndexMap<NodeId, IndexSet<NodeId>> {
    let mut queues: IndexMap<_, IndexSet<_>> = IndexMap::new();
    let calls = graph.find(Kind::Object, "VoiceCall").into_iter();
    for (queue, _) in calls.flat_map(|object| graph.sources(object, Role::Holds)) {
        let Some((config, _)) = graph.config_of(queue).filter(|&(config, _)| !graph.may_be_external(config)) else {
            continue;
        };
        queues.entry(config).or_default().insert(queue);
    }
    queues
}

/// Capacity of a presence configuration, and where it is given.
#[derive(Clone, Copy)]
struct Capacity<'g> {
    node: NodeId,
    name: &'g str,
    units: i32,
    location: Location,
}

/// What a presence configuration allows for work that is charged to the interruptible capacity, or to the primary one;
/// the larger of the two if that is not known.
fn capacity<'g>(
    graph: &Graph,
    item: Item<'g, PresenceUserConfig>,
    interruptible: Option<bool>,
) -> Option<Capacity<'g>> {
    let primary = item.value.capacity.spanned()?;
    if interruptible != Some(false) && graph.may_differ(item.node, &item.value.interruptible_capacity) {
        return None;
    }
    let own = item.value.interruptible_capacity.spanned().unwrap_or(primary);
    let charged = if interruptible.unwrap_or(own.value > primary.value) { own } else { primary };
    let location = item.component.at(charged.span);
    Some(Capacity { node: item.node, name: &item.component.name, units: charged.value, location })
}
