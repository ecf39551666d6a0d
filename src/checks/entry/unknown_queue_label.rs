//! OC811

use rustc_hash::FxHashSet;

use super::routing_actions;
use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::Note;
use crate::graph::World;
use crate::metadata::Queue;
use crate::schema::Kind;
use crate::text::nearest;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC811",
    name: "unknown-queue-label",
    severities: &[Note],
    strict: false,
    summary: "A flow names a queue by a label that no queue of the project has.",
    what: "Reports the label that a routing action of an active flow has beside the record Id of a queue, and the one by which \
           a flow looks a queue up, if the project defines queues and none of them has it. Once for each label of a flow. Silent \
           in an open world, and where a queue could not be read.",
    why: "The queue may have been renamed or removed since the flow was written. What is known of the queue by its label, such \
          as whether it is routed, is not checked for this action.",
    fix: "Write the label that the queue has now, or add the queue to the project.",
    source: "seen in real projects: of 135 labels beside Ids, 86 are those of a queue in the same repository",
    evidence: &[Evidence::RealFiles],
    fails: "
== Queue Tier_1
    <name>Tier 1</name>
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
                <stringValue>00G5g000001AbCdEAK</stringValue>
            </value>
        </inputParameters>
        <inputParameters>
            <name>queueLabel</name>
            <value>
                <stringValue>Tier One</stringValue>
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
    passes: "
== Queue Tier_1
    <name>Tier 1</name>
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
                <setupReference>Tier_1</setupReference>
                <setupReferenceType>Queue</setupReferenceType>
            </value>
        </inputParameters>
        <inputParameters>
            <name>queueLabel</name>
            <value>
                <stringValue>Tier 1</stringValue>
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

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    if graph.world == World::Open || !graph.defines(Kind::Queue) || !graph.is_whole(Kind::Queue) {
        return;
    }
    if graph.all::<Queue>().any(|queue| queue.value.name.is_filled_in()) {
        return;
    }
    let labels: Vec<&str> = graph.all::<Queue>().filter_map(|queue| Some(&**queue.value.name.get()?)).collect();
    let mut seen = FxHashSet::default();
    for work in routing_actions(graph).filter(|work| work.active) {
        for (label, place) in &work.may.queues.strange_labels {
            let is_known = labels.iter().any(|known| known.eq_ignore_ascii_case(label));
            if is_known || !seen.insert((place.file, &**label)) {
                continue;
            }
            let message = format!(
                "{} names a queue by the label `{label}`, which no queue of the project has: the flow may be older than the \
                 queue's name",
                work.title()
            );
            let near = nearest(label, labels.iter().copied());
            let (at, help) = match near {
                Some(near) => (
                    format!("did you mean `{near}`?"),
                    format!("choose the queue `{near}` in the flow, or add the queue to the project"),
                ),
                None => (
                    "no queue of this label".to_owned(),
                    "choose a queue of the project in the flow, or add the queue to the project".to_owned(),
                ),
            };
            cx.report(Note, *place, message).label(at).help(help);
        }
    }
}
