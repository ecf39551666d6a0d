//! OC801

use super::{TEXT, route_works};
use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::{Error, Note};

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC801",
    name: "skills-based-without-option",
    severities: &[Error, Note],
    strict: false,
    summary: "A flow routes by skills without saying where the skills come from.",
    what: "Reports a route-work action of the routing type `SkillsBased` whose `skillOption` has no value. A value that the flow \
           computes is accepted. A note in a flow that is not active.",
    why: "Such a flow deploys. When it runs, the action fails. In a record-triggered flow that takes back the change that \
          started it, so that the record is not even saved.",
    fix: "Set `skillOption` to `DefineSkillRequirements`, `RunSBRRules` or `Both`.",
    source: "forcedotcom/sf-skills, notes on routing flows, known issue W-24069761",
    evidence: &[Evidence::ErrorSeen],
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
                <stringValue>RunSBRRules</stringValue>
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
    for work in route_works(cx.graph) {
        let Some((_, place)) = work.says("routingType", &["SkillsBased"]) else { continue };
        if work.action.is_given("skillOption") {
            continue;
        }
        let severity = work.severity(Error, Note);
        let message = format!(
            "{} routes by skills without `skillOption`, so it fails when it runs; in a record-triggered flow the record is not \
             saved either",
            work.title()
        );
        cx.report(severity, place, message)
            .label("needs `skillOption`")
            .help("set `skillOption` to `DefineSkillRequirements`, `RunSBRRules` or `Both`")
            .element(TEXT);
    }
}
