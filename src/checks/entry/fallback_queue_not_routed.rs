use super::{Uses, all_lack, by_target, element_at, route_works};
use crate::checks::{Checker, check};
use crate::diagnostics::Severity::Warning;
use crate::graph::{Graph, Item, NodeId};
use crate::metadata::{MessagingChannel, Queue, Scalar};
use crate::schema::Kind;

check!("OC807", "fallback-queue-not-routed", "fallback_queue_not_routed.md", [Warning]);

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for channel in graph.all::<MessagingChannel>() {
        let value = channel.value;
        let use_ = match value.session_handler_type.get().map(|kind| &**kind) {
            Some("Queue") => "gets the sessions",
            Some("Flow" | "AgentforceServiceAgent") => "is the fallback",
            _ => continue,
        };
        let named = value.session_handler_queue.spanned().filter(|_| value.queue_routing_config.is_missing());
        let queue = |name: &str| unrouted(graph, graph.find(Kind::Queue, name)?);
        let Some((named, queue)) = named.and_then(|named| Some((named, queue(&named.value)?))) else { continue };
        let message = format!(
            "the queue `{}` {use_} of the messaging channel `{}`, but has no routing configuration, so nobody is offered \
             what arrives in it",
            queue.component.name, channel.component.name
        );
        cx.report(Warning, channel.component.at(named.span), message)
            .label("not routed")
            .related(queue.component.location(), "no `queueRoutingConfig`")
            .help(help(queue))
            .element("sessionHandlerQueue");
    }
    let works = route_works(graph).filter(|work| work.active && !work.action.is_given("routingConfigId"));
    let named = works.flat_map(|work| {
        let lacking = all_lack(&work.may.queues, |queue| unrouted(graph, queue).is_some());
        lacking.map(move |(place, queue)| (work, place, queue))
    });
    for Uses { work, places, node } in by_target(named) {
        let (Some(queue), Some(&place)) = (unrouted(graph, node), places.first()) else { continue };
        let message = format!(
            "{} sends work to the queue `{}`, which has no routing configuration, so nobody is offered it",
            work.title(),
            queue.component.name
        );
        let finding = cx
            .report(Warning, place, message)
            .label("not routed")
            .related(queue.component.location(), "no `queueRoutingConfig`")
            .help(help(queue))
            .element(element_at(graph, place));
        finding.also(places.get(1..).unwrap_or_default());
    }
}

fn help(queue: Item<'_, Queue>) -> String {
    format!("add `<queueRoutingConfig>` to the queue `{}`, or name a queue that has it", queue.component.name)
}

/// The queue, if the project has it and it says nothing of a routing configuration.
fn unrouted(graph: &Graph, node: NodeId) -> Option<Item<'_, Queue>> {
    let queue = graph.get::<Queue>(node)?;
    let says_nothing = matches!(queue.value.queue_routing_config, Scalar::Absent | Scalar::Empty(_))
        && graph.config_of(node).is_none()
        && !graph.may_hold(queue.component, &["queueRoutingConfig"]);
    says_nothing.then_some(queue)
}
