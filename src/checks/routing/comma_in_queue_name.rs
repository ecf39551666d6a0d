use crate::checks::{Checker, check};
use crate::diagnostics::Severity::Note;
use crate::metadata::Queue;

check!("OC518", "comma-in-queue-name", "comma_in_queue_name.md", [Note]);

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for queue in graph.all::<Queue>() {
        let Some(name) = queue.value.name.spanned().filter(|name| name.value.contains(',')) else { continue };
        if graph.config_of(queue.node).is_none_or(|(_, routed)| routed.file != queue.component.file) {
            continue;
        }
        let message = format!(
            "the queue `{}` is routed and has the name `{}`: Salesforce asks for names without commas",
            queue.component.name, name.value
        );
        cx.report(Note, queue.component.at(name.span), message)
            .label("has a comma")
            .help("write the name without the comma")
            .element("name");
    }
}
