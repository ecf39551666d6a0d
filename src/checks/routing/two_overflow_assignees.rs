use crate::checks::{Checker, check};
use crate::diagnostics::Severity::Warning;
use crate::metadata::QueueRoutingConfig;

check!("OC510", "two-overflow-assignees", "two_overflow_assignees.md", [Warning]);

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for config in graph.all::<QueueRoutingConfig>() {
        let (component, value) = (config.component, config.value);
        let (Some(queue), Some(user)) =
            (value.queue_overflow_assignee.spanned(), value.user_overflow_assignee.spanned())
        else {
            continue;
        };
        let message = format!(
            "the work of the routing configuration `{}` overflows both to the queue `{}` and to the user `{}`: \
             Salesforce accepts one or the other",
            component.name, queue.value, user.value
        );
        cx.report(Warning, component.at(user.span), message)
            .label("a user")
            .related(component.at(queue.span), "a queue")
            .help("remove `queueOverflowAssignee` or `userOverflowAssignee`")
            .element("userOverflowAssignee");
    }
}
