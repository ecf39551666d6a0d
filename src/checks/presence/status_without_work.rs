use crate::checks::{Checker, check};
use crate::diagnostics::Severity::Note;
use crate::graph::{Graph, NodeId};
use crate::metadata::{Flow, ServicePresenceStatus};
use crate::schema::{Kind, Role};
use crate::text::list;

check!("OC414", "status-without-work", "status_without_work.md", [Note]);

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    let routed = graph.routed_objects();
    let by_flow = graph.all::<Flow>().any(|flow| flow.value.route_works().next().is_some());
    if routed.is_empty() || by_flow || !graph.is_whole(Kind::Queue) || !graph.is_whole(Kind::Flow) {
        return;
    }
    for status in graph.all::<ServicePresenceStatus>() {
        let channels: Vec<NodeId> = graph.channels_of(status.node).map(|(channel, _)| channel).collect();
        let is_idle = |&channel: &NodeId| carried(graph, channel).is_some_and(|object| !routed.contains_key(&object));
        if channels.is_empty() || !channels.iter().all(is_idle) {
            continue;
        }
        let names = list(channels.iter().map(|&channel| graph.name(channel)), 3);
        let objects = list(channels.iter().filter_map(|&channel| Some(graph.name(carried(graph, channel)?))), 3);
        let message = format!(
            "the presence status `{}` offers {names} alone, but no routed queue of the project holds {objects}: a rep in it \
             gets no work",
            status.component.name
        );
        let place = status.value.channels.as_ref().map_or(status.component.span, |channels| channels.span);
        cx.report(Note, status.component.at(place), message)
            .label("no queue routes these")
            .help(format!("let a routed queue hold {objects}, or offer another channel in this status"))
            .element("channels");
    }
}

/// The object of a channel that gets its work from queues alone, as far as is known.
fn carried(graph: &Graph, channel: NodeId) -> Option<NodeId> {
    let is_shipped = graph.is_shipped(Kind::ServiceChannel, graph.name(channel));
    let named = graph.is_referred(channel, &[Role::RoutesChannel]);
    let object = graph.targets(channel, Role::Carries).next()?.0;
    (!is_shipped && !named && !graph.is_filled_in(object)).then_some(object)
}
