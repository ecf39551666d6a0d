//! OC804

use super::route_works;
use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::{Note, Warning};
use crate::metadata::QueueRoutingConfig;
use crate::schema::Kind;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC804",
    name: "flow-with-attribute-based-config",
    severities: &[Warning, Note],
    strict: false,
    summary: "A flow defines the skills, and its routing configuration does too.",
    what: "Reports a route-work action of the routing type `SkillsBased` that defines the skills itself, and whose \
           `routingConfigId` names a routing configuration of the project with `isAttributeBased`. A note in a flow that is not \
           active. Routing configurations that are named by record Id cannot be told.",
    why: "For a flow that supplies the skills Salesforce asks for a routing configuration that does not use the skills-based \
          routing rules.",
    fix: "Name a routing configuration whose `isAttributeBased` is `false`.",
    source: "Salesforce Help: Omni-Channel for Administrators",
    evidence: &[Evidence::Documented],
    fails: "
== QueueRoutingConfig By_Skill
    <capacityWeight>1.0</capacityWeight>
    <isAttributeBased>true</isAttributeBased>
    <label>By Skill</label>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>1</routingPriority>
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
                <stringValue>SkillsBased</stringValue>
            </value>
        </inputParameters>
        <inputParameters>
            <name>routingConfigId</name>
            <value>
                <setupReference>By_Skill</setupReference>
                <setupReferenceType>QueueRoutingConfig</setupReferenceType>
            </value>
        </inputParameters>
        <inputParameters>
            <name>skillOption</name>
            <value>
                <stringValue>DefineSkillRequirements</stringValue>
            </value>
        </inputParameters>
        <inputParameters>
            <name>skillRequirementsResourceItem</name>
            <value>
                <elementReference>skillRequirements</elementReference>
            </value>
        </inputParameters>
    </actionCalls>
    <label>Route Chats</label>
    <processType>RoutingFlow</processType>
    <status>Active</status>
",
    passes: "
== QueueRoutingConfig By_Skill
    <capacityWeight>1.0</capacityWeight>
    <isAttributeBased>false</isAttributeBased>
    <label>By Skill</label>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>1</routingPriority>
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
                <stringValue>SkillsBased</stringValue>
            </value>
        </inputParameters>
        <inputParameters>
            <name>routingConfigId</name>
            <value>
                <setupReference>By_Skill</setupReference>
                <setupReferenceType>QueueRoutingConfig</setupReferenceType>
            </value>
        </inputParameters>
        <inputParameters>
            <name>skillOption</name>
            <value>
                <stringValue>DefineSkillRequirements</stringValue>
            </value>
        </inputParameters>
        <inputParameters>
            <name>skillRequirementsResourceItem</name>
            <value>
                <elementReference>skillRequirements</elementReference>
            </value>
        </inputParameters>
    </actionCalls>
    <label>Route Chats</label>
    <processType>RoutingFlow</processType>
    <status>Active</status>
",
    run,
};

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for work in route_works(graph) {
        let own_skills = work.says("skillOption", &["DefineSkillRequirements", "Both"]).is_some();
        if !own_skills || work.says("routingType", &["SkillsBased"]).is_none() {
            continue;
        }
        let named = work.action.input("routingConfigId").and_then(|value| value.setup_reference.spanned());
        let Some(named) = named else { continue };
        let config = graph.find(Kind::QueueRoutingConfig, &named.value);
        let Some(config) = config.and_then(|node| graph.get::<QueueRoutingConfig>(node)) else { continue };
        let by_rules = &config.value.is_attribute_based;
        let (true, Some(by_rules)) = (by_rules.is_true(), by_rules.span()) else { continue };
        let severity = if work.flow.value.is_active() { Warning } else { Note };
        let message = format!(
            "{} defines the skills itself, but its routing configuration `{}` uses the skills-based routing rules: \
             Salesforce asks for one that does not",
            work.title(),
            config.component.name
        );
        cx.report(severity, work.flow.component.at(named.span), message)
            .label("uses the routing rules")
            .related(config.component.at(by_rules), "on")
            .help("name a routing configuration whose `isAttributeBased` is `false`")
            .element("actionCalls/inputParameters/value/setupReference");
    }
}
