//! OC813

use super::{Uses, also, by_target, element_at, route_works};
use crate::checks::{Check, Checker};
use crate::diagnostics::Severity::Note;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC813",
    name: "retired-channel",
    severities: &[Note],
    strict: false,
    summary: "A flow routes work of a product that Salesforce has retired.",
    what: "Reports a route-work action of an active flow whose service channel is `sfdc_liveagent`, that of Chat, or `sfdc_sos`, \
           that of SOS. Once for each channel of a flow.",
    why: "Chat was retired on 14 February 2026, SOS earlier. No such work arrives any longer, so that the flow routes nothing \
          there.",
    fix: "Route messaging sessions by `sfdc_livemessage`, or remove the action.",
    source: "Salesforce Help: Chat Is Being Retired; Set Up Omni-Channel Developer Guide v56 (names of the channels)",
    fails: "
== Flow Route_Cases
    <actionCalls>
        <name>To_Chat</name>
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
                <stringValue>sfdc_liveagent</stringValue>
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
    <label>Route Cases</label>
    <processType>RoutingFlow</processType>
    <status>Active</status>
",
    passes: "
== Flow Route_Cases
    <actionCalls>
        <name>To_Chat</name>
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
    <label>Route Cases</label>
    <processType>RoutingFlow</processType>
    <status>Active</status>
",
    run,
};

/// The service channels of retired products.
const RETIRED: [(&str, &str); 2] = [("sfdc_liveagent", "Chat"), ("sfdc_sos", "SOS")];

fn product(channel: &str) -> Option<&'static str> {
    RETIRED.iter().find(|(known, _)| known.eq_ignore_ascii_case(channel)).map(|&(_, product)| product)
}

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    let named = route_works(graph).filter(|work| work.active).flat_map(|work| {
        let channels = work.may.channels.known.iter().filter(|_| work.may.channels.is_complete());
        let retired = channels.filter(|target| product(&target.name).is_some());
        retired.filter_map(move |target| Some((work, target.at, target.node?)))
    });
    for Uses { work, places, node } in by_target(named) {
        let (Some(product), Some(&place)) = (product(graph.name(node)), places.first()) else { continue };
        let message = format!(
            "{} routes work of the service channel `{}`, which is that of {product}: Salesforce has retired it, so that no such \
             work arrives",
            work.title(),
            graph.name(node)
        );
        let finding = cx
            .report(Note, place, message)
            .label(format!("the channel of {product}"))
            .help("route messaging sessions by `sfdc_livemessage`, or remove the action")
            .element(element_at(graph, place));
        also(finding, &places);
    }
}
