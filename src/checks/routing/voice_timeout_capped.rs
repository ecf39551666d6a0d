use super::voice_queues;
use crate::checks::{Checker, check, set_value};
use crate::diagnostics::Applicability::Unsafe;
use crate::diagnostics::Severity::Note;
use crate::metadata::QueueRoutingConfig;
use crate::text::list;

check!("OC515", "voice-timeout-capped", "voice_timeout_capped.md", [Note]);

/// The longest push timeout of a call, in seconds.
const LONGEST: i32 = 20;

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for (config, queues) in voice_queues(graph) {
        let Some(config) = graph.get::<QueueRoutingConfig>(config) else { continue };
        let Some(timeout) = config.value.push_timeout.spanned().filter(|timeout| timeout.value > LONGEST) else {
            continue;
        };
        let queues = list(queues.iter().map(|&queue| graph.name(queue)), 3);
        let message = format!(
            "the push timeout of {} seconds in the routing configuration `{}` counts as {LONGEST} for the calls of \
             {queues}, if they come in over Amazon Connect",
            timeout.value, config.component.name
        );
        cx.report(Note, config.component.at(timeout.span), message)
            .label(format!("{LONGEST} seconds for calls"))
            .help(format!("set `pushTimeout` to {LONGEST} or less"))
            .fix(format!("set `pushTimeout` to {LONGEST}"), Unsafe, set_value(timeout.span, LONGEST.to_string()))
            .element("pushTimeout");
    }
}
