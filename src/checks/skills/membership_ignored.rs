use crate::checks::{Checker, check};
use crate::diagnostics::Severity::Note;
use crate::metadata::{Queue, QueueRoutingConfig};

check!("OC602", "membership-ignored", "membership_ignored.md", [Note], AboutUnused);

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for queue in graph.all::<Queue>() {
        let Some(members) = queue.value.members.as_ref().filter(|members| !members.is_empty()) else { continue };
        let Some((config, routed)) = graph.config_of(queue.node) else { continue };
        let Some(item) = graph.get::<QueueRoutingConfig>(config) else { continue };
        let by_skills = &item.value.is_attribute_based;
        if !by_skills.is_true() || routed.file != queue.component.file {
            continue;
        }
        let config = &item.component.name;
        let message = format!(
            "the queue `{}` has members, but the routing configuration `{config}` routes by skills: membership does \
             not decide who gets its work",
            queue.component.name
        );
        let reason = item.component.at(by_skills.span().unwrap_or(item.component.span));
        cx.report(Note, queue.component.at(members.span), message)
            .label("do not decide")
            .related(reason, "routes by skills")
            .help(format!(
                "make sure that the members have the skills, or set `isAttributeBased` to `false` in \
                           `{config}`"
            ))
            .element("queueMembers");
    }
}
