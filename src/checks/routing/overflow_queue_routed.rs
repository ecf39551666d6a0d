use crate::checks::{Checker, check};
use crate::diagnostics::Applicability::Unsafe;
use crate::diagnostics::Change;
use crate::diagnostics::Severity::Warning;
use crate::metadata::QueueRoutingConfig;
use crate::schema::Kind;

check!("OC509", "overflow-queue-routed", "overflow_queue_routed.md", [Warning]);

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for config in graph.all::<QueueRoutingConfig>() {
        let Some(overflow) = config.value.queue_overflow_assignee.spanned() else { continue };
        let Some(queue) = graph.find(Kind::Queue, &overflow.value) else { continue };
        let Some((own, place)) = graph.config_of(queue) else { continue };
        let (queue, own) = (graph.name(queue), graph.name(own));
        let message = format!(
            "the overflow queue `{queue}` has a routing configuration itself, but Salesforce requires a queue that \
             Omni-Channel does not route"
        );
        cx.report(Warning, config.component.at(overflow.span), message)
            .label("a routed queue")
            .related(place, format!("`{queue}` is routed by `{own}`"))
            .help(format!(
                "name a queue without a routing configuration, or remove `queueRoutingConfig` from `{queue}`"
            ))
            .fix_at(place, format!("remove `queueRoutingConfig` from `{queue}`"), Unsafe, |span| Change::Remove {
                span,
            })
            .element("queueOverflowAssignee");
    }
}
