//! OC810

use super::{Uses, all_lack, by_target, element_at, routing_actions};
use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::{Note, Warning};
use crate::graph::{Graph, Item, NodeId};
use crate::metadata::{MessagingChannel, Queue, RoutingAction};
use crate::schema::Kind;
use crate::text::list;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC810",
    name: "queue-object-mismatch",
    severities: &[Warning, Note],
    strict: false,
    summary: "Work is sent to a queue that does not hold its object.",
    what: "Reports a queue of the project that a messaging channel names and that does not hold `MessagingSession`, and a \
           queue that a route-work action or an availability action names and that does not hold the object of the \
           action's service channel. A queue is named by `setupReference`, by a look-up of its name, by the label beside a \
           record Id, or by what the flow's variables hold; where several may be named, all of them must lack the object. \
           Queues without any object are left out (see OC517), and so are service channels whose object \
           is not known. A note in a flow that is not active.",
    why: "A queue can own only records of the objects that it holds. Work of another object does not get into it, and is \
          not routed.",
    fix: "Add the object to the queue, or name a queue that holds it.",
    source: "forcedotcom/sf-skills, notes on messaging channels; Metadata API Developer Guide 67.0, Queue",
    evidence: &[Evidence::Documented],
    fails: "
== Queue Support
    <doesSendEmailToMembers>false</doesSendEmailToMembers>
    <name>Support</name>
    <queueRoutingConfig>Tier_1</queueRoutingConfig>
    <queueSobject>
        <sobjectType>Case</sobjectType>
    </queueSobject>
== QueueRoutingConfig Tier_1
    <capacityWeight>1.0</capacityWeight>
    <label>Tier 1</label>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>1</routingPriority>
== MessagingChannel Web
    <masterLabel>Web</masterLabel>
    <messagingChannelType>EmbeddedMessaging</messagingChannelType>
    <sessionHandlerQueue>Support</sessionHandlerQueue>
    <sessionHandlerType>Queue</sessionHandlerType>
",
    passes: "
== Queue Support
    <doesSendEmailToMembers>false</doesSendEmailToMembers>
    <name>Support</name>
    <queueRoutingConfig>Tier_1</queueRoutingConfig>
    <queueSobject>
        <sobjectType>MessagingSession</sobjectType>
    </queueSobject>
== QueueRoutingConfig Tier_1
    <capacityWeight>1.0</capacityWeight>
    <label>Tier 1</label>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>1</routingPriority>
== MessagingChannel Web
    <masterLabel>Web</masterLabel>
    <messagingChannelType>EmbeddedMessaging</messagingChannelType>
    <sessionHandlerQueue>Support</sessionHandlerQueue>
    <sessionHandlerType>Queue</sessionHandlerType>
",
    run,
};

/// The object of a messaging channel's work.
const SESSION: &str = "MessagingSession";

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for channel in graph.all::<MessagingChannel>() {
        let Some(named) = channel.value.session_handler_queue.spanned() else { continue };
        let queue = graph.find(Kind::Queue, &named.value);
        let Some((queue, held)) = queue.and_then(|queue| lacks(graph, queue, SESSION)) else { continue };
        let message = format!(
            "the messaging channel `{}` sends its sessions to the queue `{}`, which does not hold `{SESSION}`: it cannot \
             own them",
            channel.component.name, queue.component.name
        );
        cx.report(Warning, channel.component.at(named.span), message)
            .label(format!("does not hold `{SESSION}`"))
            .related(queue.component.location(), format!("holds {held}"))
            .help(help(SESSION, queue))
            .element("sessionHandlerQueue");
    }
    let named = routing_actions(graph).filter_map(|work| Some((work, graph.object_of(work.may)?)));
    let lacking = named.flat_map(|(work, object)| {
        let lacking = all_lack(&work.may.queues, |queue| lacks(graph, queue, object).is_some());
        lacking.map(move |(place, queue)| (work, place, queue))
    });
    for Uses { work, places, node } in by_target(lacking) {
        let (Some(object), Some(&place)) = (graph.object_of(work.may), places.first()) else { continue };
        let Some((queue, held)) = lacks(graph, node, object) else { continue };
        let does = match work.kind {
            RoutingAction::CheckAvailability => "asks who could take",
            _ => "sends",
        };
        let to = if work.kind == RoutingAction::CheckAvailability { "of" } else { "to" };
        let message = format!(
            "{} {does} `{object}` work {to} the queue `{}`, which does not hold `{object}`: it cannot own it",
            work.title(),
            queue.component.name
        );
        let finding = cx
            .report(work.severity(Warning, Note), place, message)
            .label(format!("does not hold `{object}`"))
            .related(queue.component.location(), format!("holds {held}"))
            .help(help(object, queue))
            .element(element_at(graph, place));
        finding.also(places.get(1..).unwrap_or_default());
    }
}

fn help(object: &str, queue: Item<'_, Queue>) -> String {
    format!("add a `<queueSobject>` for `{object}` to the queue `{}`, or name a queue that holds it", {
        &queue.component.name
    })
}

/// The queue and what it holds, if it is known that `object` is not among that.
fn lacks<'g>(graph: &'g Graph, node: NodeId, object: &str) -> Option<(Item<'g, Queue>, String)> {
    let queue = graph.get::<Queue>(node)?;
    let held: Vec<&str> = graph.objects_of(node).map(|(object, _)| graph.name(object)).collect();
    let unsure = held.is_empty()
        || held.iter().any(|held| held.eq_ignore_ascii_case(object))
        || graph.components_of(node).any(|queue| graph.may_hold(queue, &["queueSobject", "sobjectType"]));
    (!unsure).then(|| (queue, list(held, 3)))
}
