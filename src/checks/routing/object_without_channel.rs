use super::is_companion;
use crate::checks::{Checker, check};
use crate::diagnostics::Severity::{Note, Warning};
use crate::graph::World;
use crate::metadata::Queue;
use crate::schema::Kind;
use crate::text::list;

check!("OC502", "object-without-channel", "object_without_channel.md", [Warning, Note]);

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    if !graph.defines(Kind::ServiceChannel) || !graph.knows_channels() {
        return;
    }
    let severity = if graph.world == World::Open { Note } else { Warning };
    for queue in graph.all::<Queue>() {
        let Some((config, routed)) = graph.config_of(queue.node) else { continue };
        let objects = graph.objects_of(queue.node).filter(|&(object, _)| !is_companion(graph.name(object)));
        let objects: Vec<_> = objects.collect();
        let Some(&(_, first)) = objects.first() else { continue };
        if first.file != queue.component.file || objects.iter().any(|&(object, _)| graph.has_channel(object)) {
            continue;
        }
        let names = list(objects.iter().map(|&(object, _)| graph.name(object)), 3);
        let message = format!(
            "the queue `{}` is routed, but the project has no service channel for {names}, so Omni-Channel offers none of its work",
            queue.component.name
        );
        let object = graph.name(objects[0].0);
        cx.report(severity, first, message)
            .label("no service channel")
            .related(routed, format!("routed by `{}`", graph.name(config)))
            .help(format!(
                "add a service channel with `<relatedEntityType>{object}</relatedEntityType>`, or remove \
                 `queueRoutingConfig`"
            ))
            .element("queueSobject/sobjectType");
    }
}
