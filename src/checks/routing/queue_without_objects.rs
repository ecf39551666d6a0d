use crate::checks::{Checker, check};
use crate::diagnostics::Severity::Note;
use crate::metadata::Queue;

check!("OC517", "queue-without-objects", "queue_without_objects.md", [Note]);

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for queue in graph.all::<Queue>().filter(|queue| queue.value.sobjects.is_empty()) {
        let Some((config, routed)) = graph.config_of(queue.node) else { continue };
        if routed.file != queue.component.file || graph.may_hold(queue.component, &["queueSobject", "sobjectType"]) {
            continue;
        }
        let message = format!(
            "the queue `{}` is routed but holds no object, so no work comes into it that could be offered",
            queue.component.name
        );
        cx.report(Note, queue.component.location(), message)
            .label("no `queueSobject`")
            .related(routed, format!("routed by `{}`", graph.name(config)))
            .help("add a `<queueSobject>` for the object whose records it is to hold, or remove `queueRoutingConfig`");
    }
}
