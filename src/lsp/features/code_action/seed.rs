//! What a component that is made is known to need, beyond what its type requires.

use super::asked::Asked;
use super::draft::Draft;
use crate::graph::{Graph, NodeId, routable_objects};
use crate::metadata::{Flow, QueueRoutingConfig};
use crate::schema::{Kind, Mention, Role};
use crate::text::plural;

/// The elements of the component that `mention` names: of a routing configuration its cost and its priority, of a queue
/// and a service channel their objects. What is not known is not there.
pub(super) fn of(asked: &Asked<'_>, mention: &Mention<'_>) -> Vec<Draft> {
    let graph = asked.graph();
    match mention.to {
        Kind::QueueRoutingConfig => {
            vec![Draft::value("capacityWeight", "1.0"), Draft::value("routingPriority", priority(graph).to_string())]
        }
        Kind::Queue => {
            let objects = asked.here.node().map(|from| held(graph, from, mention)).unwrap_or_default();
            let holds = |object: &&str| Draft::elements("queueSobject", vec![Draft::value("sobjectType", *object)]);
            objects.iter().map(holds).collect()
        }
        Kind::ServiceChannel => {
            carried(graph, mention.name).map(|object| Draft::value("relatedEntityType", object)).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// After all others.
fn priority(graph: &Graph) -> i32 {
    let known = graph.all::<QueueRoutingConfig>().filter_map(|item| item.value.routing_priority.get().copied());
    known.max().and_then(|most| most.checked_add(1)).unwrap_or(1).max(1)
}

/// The objects that a queue must hold for what names it.
fn held<'g>(graph: &'g Graph, from: NodeId, mention: &Mention<'_>) -> Vec<&'g str> {
    let mut objects: Vec<&str> = match mention.role {
        Role::OverflowsToQueue => {
            let queues = graph.queues_of(from).flat_map(|(queue, _)| graph.objects_of(queue));
            queues.map(|(object, _)| graph.name(object)).collect()
        }
        Role::HandlerQueue => vec!["MessagingSession"],
        Role::RoutesToQueue => {
            let file = graph.get::<Flow>(from).map(|flow| flow.component.file);
            let routings = graph.routings().iter().filter(|routing| Some(routing.file) == file);
            let to_it =
                routings.filter(|routing| routing.queues.known.iter().any(|queue| *queue.name == *mention.name));
            to_it.filter_map(|routing| graph.object_of(routing)).collect()
        }
        _ => Vec::new(),
    };
    objects.sort_unstable();
    objects.dedup();
    objects
}

/// The object that a service channel of this name is for: one of the same name, or of whose name it is the plural; else
/// the only one that routed queues hold and nothing carries. No two channels may carry the same.
fn carried<'g>(graph: &'g Graph, channel: &str) -> Option<&'g str> {
    let has_none = |object: &str| match graph.find(Kind::Object, object) {
        Some(node) => !graph.has_channel(node),
        None => crate::graph::standard_channel(object).is_none(),
    };
    let letters =
        |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect() };
    let of_channel = letters(channel);
    let is_named = |object: &&str| {
        let name = object.strip_suffix("__c").unwrap_or(object);
        letters(name) == of_channel || letters(&plural(name)) == of_channel
    };
    let named = graph.nodes_of(Kind::Object).map(|node| graph.name(node));
    let shipped: Vec<&'g str> = routable_objects().collect();
    let all = named.chain(shipped);
    if let Some(object) = all.filter(|object| has_none(object)).find(is_named) {
        return Some(object);
    }
    let routed = graph.routed_objects();
    let mut free = routed.keys().map(|&object| graph.name(object)).filter(|object| has_none(object));
    free.next().filter(|_| free.next().is_none())
}
