use rustc_hash::FxHashMap;

use crate::checks::{Checker, check};
use crate::diagnostics::Severity::Note;
use crate::metadata::Queue;
use crate::schema::{Kind, Role};

check!("OC501", "queue-not-routed", "queue_not_routed.md", [Note], Strict);

/// References after which a queue is not to be reported: overflow queues must not be routed, and where work is handed to
/// a queue, that is where a missing routing configuration is reported.
const SPOKEN_FOR: [Role; 3] = [Role::OverflowsToQueue, Role::HandlerQueue, Role::RoutesToQueue];

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    // A name that is filled in may be that of any queue.
    if !graph.says_all(&[Kind::QueueRoutingConfig, Kind::MessagingChannel, Kind::Flow]) {
        return;
    }
    // Routed objects with a channel: for each, how a queue of it is routed, and where that is said.
    let routed: FxHashMap<_, _> = graph
        .routed_objects()
        .into_iter()
        .filter(|&(object, _)| graph.has_channel(object))
        .filter_map(|(object, (queue, _))| Some((object, (queue, graph.config_of(queue)?))))
        .collect();
    for queue in graph.all::<Queue>() {
        let (component, value) = (queue.component, queue.value);
        let unrouted = value.queue_routing_config.spanned().is_none();
        if !unrouted || graph.may_hold(component, &["queueRoutingConfig"]) || graph.is_referred(queue.node, &SPOKEN_FOR)
        {
            continue;
        }
        let sibling = graph.objects_of(queue.node).find_map(|(object, _)| Some((object, *routed.get(&object)?)));
        let Some((object, (sibling, (config, place)))) = sibling else { continue };
        let (object, sibling) = (graph.name(object), graph.name(sibling));
        let message = format!(
            "the queue `{}` has no routing configuration, so Omni-Channel does not push its `{object}` records as it does \
             those of `{sibling}`",
            component.name
        );
        cx.report(Note, component.location(), message)
            .label("not routed")
            .related(place, format!("`{sibling}` is routed"))
            .help(format!(
                "add `<queueRoutingConfig>{}</queueRoutingConfig>` if Omni-Channel is to push this work",
                graph.name(config)
            ));
    }
}
