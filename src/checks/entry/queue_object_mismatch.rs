//! OC810

use super::route_works;
use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::{Note, Warning};
use crate::graph::{Graph, Item};
use crate::metadata::{MessagingChannel, Queue};
use crate::schema::Kind;
use crate::text::list;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC810",
    name: "queue-object-mismatch",
    severities: &[Warning, Note],
    strict: false,
    summary: "Work is sent to a queue that does not hold its object.",
    what: "Reports a queue of the project that a messaging channel names and that does not hold `MessagingSession`, and a \
           queue that a route-work action names by `setupReference` and that does not hold the object of the action's \
           service channel. Queues without any object are left out (see OC517), and so are service channels whose object \
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
        let Some((queue, held)) = lacks(graph, &named.value, SESSION) else { continue };
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
    for work in route_works(graph) {
        let named = work.action.input("queueId").and_then(|value| value.setup_reference.spanned());
        let (Some(named), Some(object)) = (named, graph.object_of(work.action)) else { continue };
        let Some((queue, held)) = lacks(graph, &named.value, object) else { continue };
        let message = format!(
            "{} sends `{object}` work to the queue `{}`, which does not hold `{object}`: it cannot own it",
            work.title(),
            queue.component.name
        );
        let severity = if work.flow.value.is_active() { Warning } else { Note };
        cx.report(severity, work.flow.component.at(named.span), message)
            .label(format!("does not hold `{object}`"))
            .related(queue.component.location(), format!("holds {held}"))
            .help(help(object, queue))
            .element("actionCalls/inputParameters/value/setupReference");
    }
}

fn help(object: &str, queue: Item<'_, Queue>) -> String {
    format!("add a `<queueSobject>` for `{object}` to the queue `{}`, or name a queue that holds it", {
        &queue.component.name
    })
}

/// The queue of this name and what it holds, if it is known that `object` is not among that.
fn lacks<'g>(graph: &'g Graph, queue: &str, object: &str) -> Option<(Item<'g, Queue>, String)> {
    let node = graph.find(Kind::Queue, queue)?;
    let queue = graph.get::<Queue>(node)?;
    let held: Vec<&str> = graph.objects_of(node).map(|(object, _)| graph.name(object)).collect();
    let unsure = held.is_empty()
        || held.iter().any(|held| held.eq_ignore_ascii_case(object))
        || graph.components_of(node).any(|queue| graph.may_hold(queue, &["queueSobject", "sobjectType"]));
    (!unsure).then(|| (queue, list(held, 3)))
}
