use super::{RouteWork, TEXT, route_works};
use crate::checks::{Checker, check};
use crate::diagnostics::Severity::{Note, Warning};
use crate::graph::{Unknown, Why};
use crate::text::list;

check!("OC802", "routework-incomplete", "routework_incomplete.md", [Warning, Note]);

/// What each routing type needs.
const NEEDS: [(&str, &[&str]); 5] = [
    ("QueueBased", &["queueId"]),
    ("Agent", &["agentId", "queueId"]),
    ("Bot", &["botId"]),
    ("Copilot", &["copilotId"]),
    ("SkillsBased", &["routingConfigId"]),
];

fn run(cx: &mut Checker<'_>) {
    for work in route_works(cx.graph) {
        unset_queue(cx, work);
        let lacking = lacking(work);
        if lacking.is_empty() {
            continue;
        }
        let severity = work.severity(Warning, Note);
        let inputs = list(lacking, 4);
        let kind = work.action.text("routingType");
        let who = kind.map_or_else(
            || "every route-work action".to_owned(),
            |kind| format!("an action of the routing type `{}`", kind.value),
        );
        let (span, element) = match (kind, work.action.name.span()) {
            (Some(kind), _) => (kind.span, TEXT),
            (None, Some(name)) => (name, "actionCalls/name"),
            (None, None) => (work.action.span, "actionCalls"),
        };
        let message = format!("{} lacks {inputs}, which {who} needs", work.title());
        cx.report(severity, work.flow.component.at(span), message)
            .label(format!("needs {inputs}"))
            .help(format!("give {inputs} a value, or a resource of the flow"))
            .element(element);
    }
}

/// A queue that is taken from a variable which stays empty.
fn unset_queue(cx: &mut Checker<'_>, work: RouteWork<'_>) {
    let [Unknown { why: Why::Unset, at }] = work.may.queues.unknown.as_slice() else { return };
    let reference = work.action.input("queueId").and_then(|value| value.element_reference.spanned());
    let Some(reference) = reference.filter(|_| work.may.queues.known.is_empty()) else { return };
    let message =
        format!("{} takes the queue from `{}`, to which nothing gives a value", work.title(), reference.value);
    let finding = cx
        .report(work.severity(Warning, Note), work.flow.component.at(reference.span), message)
        .label("always empty")
        .help(format!("look the queue up and store its Id in `{}`, or choose the queue in the action", reference.value))
        .element("actionCalls/inputParameters/value/elementReference");
    if *at != work.flow.component.at(reference.span) {
        finding.related(*at, "never set");
    }
}

/// The inputs that are needed and not given.
fn lacking(work: RouteWork<'_>) -> Vec<&'static str> {
    let action = work.action;
    let mut lacking = Vec::new();
    if !action.is_given("serviceChannelId") && !action.is_given("serviceChannelDevName") {
        lacking.push("serviceChannelDevName");
    }
    if !action.is_given("routingType") {
        lacking.push("routingType");
    }
    // Work for a required agent waits for that agent, and falls back on no queue.
    let required = action.input("isAgentRequired");
    let waits = required.is_some_and(|required| !required.boolean_value.is_false());
    let kind = action.text("routingType").map(|kind| &*kind.value);
    let (_, needs) = NEEDS.iter().find(|(name, _)| Some(*name) == kind).unwrap_or(&("", &[]));
    let needed = needs.iter().filter(|&&input| !(waits && kind == Some("Agent") && input == "queueId"));
    lacking.extend(needed.filter(|input| !action.is_given(input)));
    lacking
}
