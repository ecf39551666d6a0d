//! OC809

use super::routing_actions;
use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::{Note, Warning};

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC809",
    name: "setup-reference-incomplete",
    severities: &[Warning, Note],
    strict: false,
    summary: "A flow names a component without its type, or the type without the component.",
    what: "Reports an input of a routing action that has `setupReference` without `setupReferenceType`, or the type \
           without the reference. A note in a flow that is not active.",
    why: "A developer name says nothing without the type of what it names, so the documentation requires the two together.",
    fix: "Add the missing element, or remove the other.",
    source: "Metadata API Developer Guide 67.0, Flow; seen in real projects, which always have both",
    evidence: &[Evidence::Documented, Evidence::RealFiles],
    fails: "
== Flow Route_Messages
    <actionCalls>
        <name>To_Support</name>
        <actionName>routeWork</actionName>
        <actionType>routeWork</actionType>
        <inputParameters>
            <name>routingType</name>
            <value>
                <stringValue>QueueBased</stringValue>
            </value>
        </inputParameters>
        <inputParameters>
            <name>queueId</name>
            <value>
                <elementReference>Get_Queue.Id</elementReference>
            </value>
        </inputParameters>
        <inputParameters>
            <name>serviceChannelId</name>
            <value>
                <setupReference>sfdc_livemessage</setupReference>
            </value>
        </inputParameters>
    </actionCalls>
    <label>Route Messages</label>
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
== Flow Route_Messages
    <actionCalls>
        <name>To_Support</name>
        <actionName>routeWork</actionName>
        <actionType>routeWork</actionType>
        <inputParameters>
            <name>routingType</name>
            <value>
                <stringValue>QueueBased</stringValue>
            </value>
        </inputParameters>
        <inputParameters>
            <name>queueId</name>
            <value>
                <elementReference>Get_Queue.Id</elementReference>
            </value>
        </inputParameters>
        <inputParameters>
            <name>serviceChannelId</name>
            <value>
                <setupReference>sfdc_livemessage</setupReference>
                <setupReferenceType>ServiceChannel</setupReferenceType>
            </value>
        </inputParameters>
    </actionCalls>
    <label>Route Messages</label>
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

/// What names a component, and what says its type.
const PAIR: [&str; 2] = ["setupReference", "setupReferenceType"];

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for work in routing_actions(graph).filter(|work| !graph.may_hold(work.flow.component, &PAIR)) {
        let severity = work.severity(Warning, Note);
        for input in &work.action.inputs {
            let (Some(name), Some(value)) = (input.name.get(), &input.value) else { continue };
            let (there, missing, place) = match (value.setup_reference.spanned(), value.setup_reference_type.spanned())
            {
                (Some(name), None) => (PAIR[0], PAIR[1], name.span),
                (None, Some(kind)) => (PAIR[1], PAIR[0], kind.span),
                _ => continue,
            };
            let message = format!(
                "{} gives `{name}` a `{there}` without `{missing}`: Salesforce requires the two together",
                work.title()
            );
            let add = match missing {
                "setupReferenceType" => "the type of what it names, such as `ServiceChannel`",
                _ => "the developer name",
            };
            cx.report(severity, work.flow.component.at(place), message)
                .label(format!("needs `{missing}`"))
                .help(format!("add `<{missing}>` with {add}"))
                .element(format!("actionCalls/inputParameters/value/{there}"));
        }
    }
}
