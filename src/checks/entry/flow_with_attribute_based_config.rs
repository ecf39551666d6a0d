//! OC804

use super::{all_lack, element_at, route_works};
use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::{Note, Warning};
use crate::graph::NodeId;
use crate::metadata::QueueRoutingConfig;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC804",
    name: "flow-with-attribute-based-config",
    severities: &[Warning, Note],
    strict: false,
    summary: "A flow defines the skills, and its routing configuration does too.",
    what: "Reports a route-work action of the routing type `SkillsBased` that defines the skills itself, and whose \
           `routingConfigId` names a routing configuration of the project with `isAttributeBased`. A note in a flow that is not \
           active. A routing configuration that is named by record Id is told by the label beside the Id.",
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
    <variables>
        <name>recordId</name>
        <dataType>String</dataType>
        <isCollection>false</isCollection>
        <isInput>true</isInput>
        <isOutput>false</isOutput>
    </variables>
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

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for work in route_works(graph) {
        let own_skills = work.says("skillOption", &["DefineSkillRequirements", "Both"]).is_some();
        if !own_skills || work.says("routingType", &["SkillsBased"]).is_none() {
            continue;
        }
        let config = |node: NodeId| {
            let config = graph.get::<QueueRoutingConfig>(node)?;
            let by_rules = &config.value.is_attribute_based;
            by_rules.span().filter(|_| by_rules.is_true()).map(|by_rules| (config, by_rules))
        };
        for (place, node) in all_lack(&work.may.configs, |node| config(node).is_some()) {
            let Some((config, by_rules)) = config(node) else { continue };
            let message = format!(
                "{} defines the skills itself, but its routing configuration `{}` uses the skills-based routing rules: \
                 Salesforce asks for one that does not",
                work.title(),
                config.component.name
            );
            cx.report(work.severity(Warning, Note), place, message)
                .label("uses the routing rules")
                .related(config.component.at(by_rules), "on")
                .help("name a routing configuration whose `isAttributeBased` is `false`")
                .element(element_at(graph, place));
        }
    }
}
