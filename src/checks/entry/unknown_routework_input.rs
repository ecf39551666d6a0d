use super::{RouteWork, TEXT, route_works};
use crate::checks::{Checker, check, set_value};
use crate::diagnostics::Applicability::Unsafe;
use crate::diagnostics::Severity::{Note, Warning};
use crate::text::{nearest, slip};

check!("OC808", "unknown-routework-input", "unknown_routework_input.md", [Warning, Note]);

/// Inputs that do not exist, each with what to do instead, and the input that is meant.
const INPUTS: [(&str, &str, Option<&str>); 2] = [
    ("targetAcceptDateTime", "write `acceptBy`", Some("acceptBy")),
    ("routingPriority", "remove `routingPriority`, and set the priority in the routing configuration", None),
];

/// The inputs that real flows give.
const KNOWN: [&str; 24] = [
    "acceptBy",
    "agentId",
    "agentLabel",
    "agentforceEmployeeAgentId",
    "botId",
    "botLabel",
    "copilotId",
    "copilotLabel",
    "digitalWorkerId",
    "externalConversationBotId",
    "isAgentRequired",
    "isAgentVariable",
    "isQueueVariable",
    "psrInteractionInfo",
    "queueId",
    "queueLabel",
    "recordId",
    "recordIds",
    "recordsToRouteType",
    "routingConfigId",
    "routingConfigLabel",
    "routingType",
    "skillOption",
    "skillRequirementsResourceItem",
];

/// Those that name the service channel, all alike, so that a slip may be for any of them.
const CHANNEL: [&str; 3] = ["serviceChannelDevName", "serviceChannelId", "serviceChannelLabel"];

/// Inputs with a known set of values, and those that exist or were seen.
const VALUES: [(&str, &[&str]); 2] = [
    ("routingType", &["Agent", "AgentBased", "Bot", "Copilot", "Queue", "QueueBased", "SkillsBased"]),
    ("skillOption", &["Both", "DefineSkillRequirements", "RunSBRRules"]),
];

/// What to do about an input that does not exist, and the name that was meant.
fn strange(work: RouteWork<'_>, name: &str) -> Option<(String, Option<&'static str>)> {
    if let Some(&(_, help, meant)) = INPUTS.iter().find(|(unknown, ..)| *unknown == name) {
        return Some((help.to_owned(), meant));
    }
    let known = || KNOWN.into_iter().chain(CHANNEL);
    if known().any(|known| known == name) {
        return None;
    }
    // Beside the one that exists, it is another one, which Salesforce has added since.
    let meant = slip(name, known().filter(|known| work.action.input(known).is_none()))?;
    Some((format!("write `{meant}`"), Some(meant)))
}

fn run(cx: &mut Checker<'_>) {
    for work in route_works(cx.graph) {
        let (flow, severity) = (work.flow.component, work.severity(Warning, Note));
        for input in &work.action.inputs {
            let Some(name) = input.name.spanned() else { continue };
            let Some((help, meant)) = strange(work, &name.value) else { continue };
            let message =
                format!("{} has the input `{}`, which a route-work action does not have", work.title(), name.value);
            let finding = cx
                .report(severity, flow.at(name.span), message)
                .label("no such input")
                .help(help)
                .element("actionCalls/inputParameters/name");
            if let Some(meant) = meant.filter(|meant| work.action.input(meant).is_none()) {
                finding.fix(format!("write `{meant}`"), Unsafe, set_value(name.span, meant));
            }
        }
        for (input, values) in VALUES {
            let Some(text) = work.action.text(input) else { continue };
            let meant = nearest(&text.value, values.iter().copied());
            let Some(meant) = meant.filter(|meant| !meant.eq_ignore_ascii_case(&text.value)) else { continue };
            let message = format!(
                "{} has the `{input}` `{}`, which does not exist: the work is not routed",
                work.title(),
                text.value
            );
            cx.report(severity, flow.at(text.span), message)
                .label(format!("did you mean `{meant}`?"))
                .help(format!("write `{meant}`"))
                .fix(format!("write `{meant}`"), Unsafe, set_value(text.span, meant))
                .element(TEXT);
        }
    }
}
