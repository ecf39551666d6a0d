use super::{Uses, all_lack, by_target, element_at, routing_actions};
use crate::checks::{Checker, check};
use crate::diagnostics::Severity::{Note, Warning};
use crate::graph::{Graph, Item, NodeId};
use crate::metadata::{MessagingChannel, Queue, RoutingAction};
use crate::schema::Kind;
use crate::text::list;

check!("OC810", "queue-object-mismatch", "queue_object_mismatch.md", [Warning, Note]);

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
