//! OC803

use super::{TEXT, route_works};
use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::{Note, Warning};
use crate::graph::Why;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC803",
    name: "skill-requirements-missing",
    severities: &[Warning, Note],
    strict: false,
    summary: "A flow that defines the skills itself gives none.",
    what: "Reports a route-work action with the `skillOption` `DefineSkillRequirements` or `Both` whose \
           `skillRequirementsResourceItem` has no value, or is a collection to which nothing is ever added: no Add Skill \
           Requirements action, no assignment, no other flow, and nothing that is not followed. Silent where the action does \
           not route by skills. A note in a flow that is not active.",
    why: "With these options the skills come from a collection that the flow has built; without it the flow asks for none of \
          its own.",
    fix: "Name the collection of skill requirements, or choose `RunSBRRules`.",
    source: "forcedotcom/sf-skills, notes on routing flows; Salesforce Help: Omni-Channel for Administrators",
    evidence: &[Evidence::Documented],
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
                <stringValue>SkillsBased</stringValue>
            </value>
        </inputParameters>
        <inputParameters>
            <name>routingConfigId</name>
            <value>
                <elementReference>routingConfigId</elementReference>
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
                <stringValue>SkillsBased</stringValue>
            </value>
        </inputParameters>
        <inputParameters>
            <name>routingConfigId</name>
            <value>
                <elementReference>routingConfigId</elementReference>
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

/// The input for the collection.
const RESOURCE: &str = "skillRequirementsResourceItem";

fn run(cx: &mut Checker<'_>) {
    for work in route_works(cx.graph) {
        let Some((option, place)) = work.says("skillOption", &["DefineSkillRequirements", "Both"]) else { continue };
        let by_skills = work.action.text("routingType").is_none_or(|kind| &*kind.value == "SkillsBased");
        let resource = work.action.is_given(RESOURCE);
        let skills = &work.may.skills;
        // A collection that something unknown may fill is not empty.
        let is_never_filled = skills.asked.is_empty() && skills.unknown.iter().all(|unknown| unknown.why == Why::Unset);
        if !by_skills || (resource && !is_never_filled) {
            continue;
        }
        let (gives, label) = if resource {
            ("and a collection of skill requirements that nothing is added to", "nothing adds skills")
        } else {
            ("without `skillRequirementsResourceItem`", "needs skill requirements")
        };
        let message = format!(
            "{} has the `skillOption` `{option}` {gives}, so the flow asks for no skills of its own",
            work.title()
        );
        cx.report(work.severity(Warning, Note), place, message)
            .label(label)
            .help(
                "set `skillRequirementsResourceItem` to the collection of skill requirements, or `skillOption` to \
                 `RunSBRRules`",
            )
            .element(TEXT);
    }
}
