//! OC814

use super::{RouteWork, TEXT, routing_actions};
use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::{Note, Warning};
use crate::graph::{ROUTING_INPUTS, Targets, Unknown, Why};
use crate::metadata::RoutingAction;
use crate::schema::Kind;
use crate::source::Location;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC814",
    name: "not-the-id",
    severities: &[Warning, Note],
    strict: false,
    summary: "A flow gives a routing action something that is not the Id of what it asks for.",
    what: "Reports an input of a routing action that takes the Id of a queue, a routing configuration, a service channel, a rep or a \
           bot, and the `skillId` of a skill requirement, if Get Records gives it another field, such as `Name` or the `Id` of a \
           `QueueSobject`, or a record of another type, such as a public group in place of a queue. Silent about fields \
           that may hold such an Id, such as a look-up to a user. A note in a flow that is not active.",
    why: "The action fails when it runs, and the work is not routed.",
    fix: "Give the action the field `Id` of the record, or look up a record of the right type.",
    source: "Salesforce Help: Flow Core Action: Route Work (each of these inputs is an Id); that the action fails is assumed",
    evidence: &[Evidence::Documented, Evidence::Assumed],
    fails: "
== QueueRoutingConfig Tier_1
    <capacityWeight>1.0</capacityWeight>
    <label>Tier 1</label>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>1</routingPriority>
== Queue Tier_1
    <name>Tier 1</name>
    <queueRoutingConfig>Tier_1</queueRoutingConfig>
    <queueSobject>
        <sobjectType>MessagingSession</sobjectType>
    </queueSobject>
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
                <elementReference>Get_Queue.Name</elementReference>
            </value>
        </inputParameters>
    </actionCalls>
    <label>Route Chats</label>
    <processType>RoutingFlow</processType>
    <recordLookups>
        <name>Get_Queue</name>
        <filterLogic>and</filterLogic>
        <filters>
            <field>DeveloperName</field>
            <operator>EqualTo</operator>
            <value>
                <stringValue>Tier_1</stringValue>
            </value>
        </filters>
        <object>Group</object>
        <storeOutputAutomatically>true</storeOutputAutomatically>
    </recordLookups>
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
== QueueRoutingConfig Tier_1
    <capacityWeight>1.0</capacityWeight>
    <label>Tier 1</label>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>1</routingPriority>
== Queue Tier_1
    <name>Tier 1</name>
    <queueRoutingConfig>Tier_1</queueRoutingConfig>
    <queueSobject>
        <sobjectType>MessagingSession</sobjectType>
    </queueSobject>
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
                <elementReference>Get_Queue.Id</elementReference>
            </value>
        </inputParameters>
    </actionCalls>
    <label>Route Chats</label>
    <processType>RoutingFlow</processType>
    <recordLookups>
        <name>Get_Queue</name>
        <filterLogic>and</filterLogic>
        <filters>
            <field>DeveloperName</field>
            <operator>EqualTo</operator>
            <value>
                <stringValue>Tier_1</stringValue>
            </value>
        </filters>
        <object>Group</object>
        <storeOutputAutomatically>true</storeOutputAutomatically>
    </recordLookups>
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
    for work in routing_actions(cx.graph) {
        let may = work.may;
        for (input, kind, _) in ROUTING_INPUTS {
            let Some(targets) = may.targets(kind) else { continue };
            // The channel's name counts before its Id.
            let is_channel_by_name = kind == Kind::ServiceChannel && work.action.is_given("serviceChannelDevName");
            let reference = work.action.input(input).and_then(|value| value.element_reference.span());
            if let Some(reference) = reference.filter(|_| !is_channel_by_name) {
                let place = work.flow.component.at(reference);
                report(cx, work, (input, kind), targets, place, "actionCalls/inputParameters/value/elementReference");
            }
        }
        for asked in may.skills.asked.iter().filter(|asked| asked.at.file == work.flow.component.file) {
            if work.kind == RoutingAction::AddSkillRequirements {
                report(cx, work, ("skillId", Kind::Skill), &asked.skill, asked.at, TEXT);
            }
        }
    }
}

/// Reports what an input is given that is not the Id of its kind: one finding, with every place that leads there.
fn report(
    cx: &mut Checker<'_>,
    work: RouteWork<'_>,
    (input, kind): (&str, Kind),
    targets: &Targets,
    place: Location,
    element: &'static str,
) {
    let wrong = |unknown: &&Unknown| matches!(unknown.why, Why::NotItsId | Why::OtherType);
    let wrong: Vec<&Unknown> = targets.unknown.iter().filter(wrong).collect();
    let Some(first) = wrong.first() else { return };
    let (what, label) = match first.why {
        Why::OtherType => ("a record of another type", "not the Id of the right type"),
        _ => ("a field that is not the Id", "not the Id"),
    };
    let noun = kind.noun();
    let message = format!("{} needs the Id of a {noun} as `{input}`, and gets {what}", work.title());
    let finding = cx
        .report(work.severity(Warning, Note), place, message)
        .label(label)
        .help(format!("give `{input}` the field `Id` of the {noun}, looked up by Get Records"))
        .element(element);
    let others = wrong.iter().filter(|unknown| unknown.at != place);
    others.fold(finding, |finding, unknown| finding.related(unknown.at, unknown.why.words()));
}
