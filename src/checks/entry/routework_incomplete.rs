//! OC802

use super::{RouteWork, TEXT, route_works};
use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::{Note, Warning};
use crate::graph::{Unknown, Why};
use crate::text::list;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC802",
    name: "routework-incomplete",
    severities: &[Warning, Note],
    strict: false,
    summary: "A flow's route-work action lacks inputs that its routing type needs.",
    what: "Reports a route-work action without `routingType` or without a service channel, and one without the inputs that its \
           routing type needs: a queue for `QueueBased`; an agent and a fallback queue for `Agent` (no queue if the agent is \
           required); a bot for `Bot`; an agent for `Copilot`, which active flows have without a fallback queue; a routing \
           configuration for `SkillsBased`. \
           Inputs that the flow computes are given, those without a value or with an empty one are not. Also reports a queue that \
           is taken from a variable to which nothing gives a value. Other routing types are accepted as they are. A note in a flow that is not active.",
    why: "Without these inputs the action does not know where to send the work, or has no queue to fall back on.",
    fix: "Give the inputs.",
    source: "forcedotcom/sf-skills, notes on routing flows; Salesforce Help: Omni-Channel Flows; seen in real projects",
    evidence: &[Evidence::Documented, Evidence::RealFiles],
    fails: "
== Flow Route_Chats
    <actionCalls>
        <name>Route</name>
        <actionName>routeWork</actionName>
        <actionType>routeWork</actionType>
        <inputParameters>
            <name>recordId</name>
            <value>
                <elementReference>recordId</elementReference>
            </value>
        </inputParameters>
        <inputParameters>
            <name>serviceChannelDevName</name>
            <value>
                <stringValue>sfdc_livemessage</stringValue>
            </value>
        </inputParameters>
        <inputParameters>
            <name>routingType</name>
            <value>
                <stringValue>QueueBased</stringValue>
            </value>
        </inputParameters>
        <inputParameters>
            <name>queueId</name>
        </inputParameters>
    </actionCalls>
    <label>Route Chats</label>
    <processType>RoutingFlow</processType>
    <status>Active</status>
    <variables>
        <name>recordId</name>
        <dataType>String</dataType>
        <isCollection>false</isCollection>
        <isInput>true</isInput>
        <isOutput>false</isOutput>
    </variables>
",
    passes: "
== Flow Route_Chats
    <actionCalls>
        <name>Route</name>
        <actionName>routeWork</actionName>
        <actionType>routeWork</actionType>
        <inputParameters>
            <name>recordId</name>
            <value>
                <elementReference>recordId</elementReference>
            </value>
        </inputParameters>
        <inputParameters>
            <name>serviceChannelDevName</name>
            <value>
                <stringValue>sfdc_livemessage</stringValue>
            </value>
        </inputParameters>
        <inputParameters>
            <name>routingType</name>
            <value>
                <stringValue>QueueBased</stringValue>
            </value>
        </inputParameters>
        <inputParameters>
            <name>queueId</name>
            <value>
                <elementReference>queueId</elementReference>
            </value>
        </inputParameters>
    </actionCalls>
    <label>Route Chats</label>
    <processType>RoutingFlow</processType>
    <status>Active</status>
    <variables>
        <name>recordId</name>
        <dataType>String</dataType>
        <isCollection>false</isCollection>
        <isInput>true</isInput>
        <isOutput>false</isOutput>
    </variables>
",
    run,
};

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
