//! OC813

use super::route_works;
use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::{self, Note, Warning};
use crate::graph::Item;
use crate::metadata::Flow;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC813",
    name: "routing-flow-without-record",
    severities: &[Warning, Note],
    strict: false,
    summary: "An Omni-Channel flow has no input variable `recordId`.",
    what: "Reports a flow of the process type `RoutingFlow` that routes work and has no variable `recordId` that is available for \
           input and holds one value. Upper and lower case count alike. Once for each flow. A note in a flow that is not active.",
    why: "Omni-Channel gives the flow the record that is to be routed in this variable. Without it the flow does not know \
          what to route.",
    fix: "Add a variable `recordId` of the type Text that is available for input, and route that.",
    source: "forcedotcom/sf-skills, notes on routing flows: the variable is required",
    evidence: &[Evidence::Documented, Evidence::RealFiles],
    fails: "
== Flow Route_Cases
    <actionCalls>
        <name>To_Support</name>
        <actionName>routeWork</actionName>
        <actionType>routeWork</actionType>
        <inputParameters>
            <name>recordId</name>
            <value>
                <elementReference>caseId</elementReference>
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
                <elementReference>$Label.Support_Queue</elementReference>
            </value>
        </inputParameters>
    </actionCalls>
    <label>Route Cases</label>
    <processType>RoutingFlow</processType>
    <status>Active</status>
    <variables>
        <name>caseId</name>
        <dataType>String</dataType>
        <isCollection>false</isCollection>
        <isInput>true</isInput>
        <isOutput>false</isOutput>
    </variables>
",
    passes: "
== Flow Route_Cases
    <actionCalls>
        <name>To_Support</name>
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
                <elementReference>$Label.Support_Queue</elementReference>
            </value>
        </inputParameters>
    </actionCalls>
    <label>Route Cases</label>
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

/// The variable in which Omni-Channel gives a flow the record.
const VARIABLE: &str = "recordId";

fn run(cx: &mut Checker<'_>) {
    let mut last = None;
    for work in route_works(cx.graph) {
        if last.replace(work.flow.component.file) != Some(work.flow.component.file) {
            let severity = if work.active { Warning } else { Note };
            check_flow(cx, work.flow, severity);
        }
    }
}

fn check_flow(cx: &mut Checker<'_>, flow: Item<'_, Flow>, severity: Severity) {
    let Some(kind) = flow.value.process_type.spanned().filter(|kind| &*kind.value == "RoutingFlow") else { return };
    let mut named = flow
        .value
        .variables
        .iter()
        .filter(|variable| variable.name.get().is_some_and(|name| name.eq_ignore_ascii_case(VARIABLE)));
    let variable = named.next();
    if variable.is_some_and(|variable| variable.is_input.is_true() && !variable.is_collection.is_true()) {
        return;
    }
    let (at, label, state, help) = match variable {
        Some(variable) if variable.is_collection.is_true() => (
            variable.span,
            "a collection",
            "has a variable `recordId` that is a collection",
            "make `recordId` a variable for one value",
        ),
        Some(variable) => (
            variable.span,
            "not available for input",
            "has a variable `recordId` that is not available for input",
            "make `recordId` available for input",
        ),
        None => (
            kind.span,
            "an Omni-Channel flow",
            "has no variable `recordId`",
            "add a variable `recordId` of the type Text that is available for input, and route that",
        ),
    };
    let message = format!(
        "the flow `{}` {state}, so Omni-Channel cannot give it the record that is to be routed",
        flow.component.name
    );
    cx.report(severity, flow.component.at(at), message).label(label).help(help).element(if variable.is_some() {
        "variables"
    } else {
        "processType"
    });
}
