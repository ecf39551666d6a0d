//! OC515

use super::voice_queues;
use crate::checks::{Check, Checker, Evidence, set_value};
use crate::diagnostics::Applicability::Unsafe;
use crate::diagnostics::Severity::Note;
use crate::metadata::QueueRoutingConfig;
use crate::text::list;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC515",
    name: "voice-timeout-capped",
    severities: &[Note],
    strict: false,
    summary: "A push timeout that voice calls do not get.",
    what: "Reports a `pushTimeout` above 20 in a routing configuration of a queue that takes VoiceCall. External routing is \
           left out.",
    why: "For inbound calls over Amazon Connect a push timeout above 20 seconds counts as 20.",
    fix: "Set `pushTimeout` to 20 or less, or take other work than calls to a routing configuration of its own.",
    source: "Set Up Omni-Channel Developer Guide v56, PendingServiceRouting and AgentWork",
    evidence: &[Evidence::Documented],
    fails: "
== QueueRoutingConfig Voice
    <capacityPercentage>100.0</capacityPercentage>
    <label>Voice</label>
    <pushTimeout>60</pushTimeout>
    <routingModel>LEAST_ACTIVE</routingModel>
    <routingPriority>1</routingPriority>
== Queue Calls
    <name>Calls</name>
    <queueRoutingConfig>Voice</queueRoutingConfig>
    <queueSobject>
        <sobjectType>VoiceCall</sobjectType>
    </queueSobject>
",
    passes: "
== QueueRoutingConfig Voice
    <capacityPercentage>100.0</capacityPercentage>
    <label>Voice</label>
    <pushTimeout>20</pushTimeout>
    <routingModel>LEAST_ACTIVE</routingModel>
    <routingPriority>1</routingPriority>
== Queue Calls
    <name>Calls</name>
    <queueRoutingConfig>Voice</queueRoutingConfig>
    <queueSobject>
        <sobjectType>VoiceCall</sobjectType>
    </queueSobject>
",
    run,
};

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
