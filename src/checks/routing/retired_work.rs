//! OC520

use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::Note;
use crate::metadata::Queue;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC520",
    name: "retired-work",
    severities: &[Note],
    strict: false,
    summary: "A queue routes work of a product that Salesforce has retired.",
    what: "Reports a routed queue that holds `LiveChatTranscript`, the work of Chat (`sfdc_liveagent`), or `SOSSession`, that of \
           SOS (`sfdc_sos`).",
    why: "Chat was retired on 14 February 2026, SOS before that: no such work arrives any longer.",
    fix: "Move to Messaging: let the queue hold `MessagingSession`, or remove the object.",
    source: "Salesforce Help: Chat Is Being Retired; Set Up Omni-Channel Developer Guide v56, ServiceChannel",
    evidence: &[Evidence::Documented],
    fails: "
== QueueRoutingConfig Chats
    <capacityWeight>1.0</capacityWeight>
    <label>Chats</label>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>1</routingPriority>
== Queue Chats
    <doesSendEmailToMembers>false</doesSendEmailToMembers>
    <name>Chats</name>
    <queueRoutingConfig>Chats</queueRoutingConfig>
    <queueSobject>
        <sobjectType>LiveChatTranscript</sobjectType>
    </queueSobject>
",
    passes: "
== QueueRoutingConfig Chats
    <capacityWeight>1.0</capacityWeight>
    <label>Chats</label>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>1</routingPriority>
== Queue Chats
    <doesSendEmailToMembers>false</doesSendEmailToMembers>
    <name>Chats</name>
    <queueRoutingConfig>Chats</queueRoutingConfig>
    <queueSobject>
        <sobjectType>MessagingSession</sobjectType>
    </queueSobject>
",
    run,
};

/// Objects of retired products.
const RETIRED: [(&str, &str); 2] = [("LiveChatTranscript", "Chat"), ("SOSSession", "SOS")];

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for queue in graph.all::<Queue>().filter(|queue| graph.config_of(queue.node).is_some()) {
        for (object, place) in graph.objects_of(queue.node).filter(|(_, place)| place.file == queue.component.file) {
            let name = graph.name(object);
            let Some((_, product)) = RETIRED.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)) else {
                continue;
            };
            let message = format!(
                "the queue `{}` routes `{name}`, the work of {product}, which Salesforce has retired: no such work arrives",
                queue.component.name
            );
            cx.report(Note, place, message)
                .label(format!("the work of {product}"))
                .help("let the queue hold `MessagingSession` instead, or remove the object")
                .element("queueSobject/sobjectType");
        }
    }
}
