//! OC520

use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::Note;
use crate::schema::{Kind, Role};
use crate::text::list;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC520",
    name: "retired-work",
    severities: &[Note],
    strict: false,
    summary: "A queue routes work of a product that Salesforce has retired.",
    what: "Reports the routed queues that hold `LiveChatTranscript`, the work of Chat (`sfdc_liveagent`), or `SOSSession`, that of \
           SOS (`sfdc_sos`): one finding for each of the two.",
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

/// How many queues are named by their places.
const MOST: usize = 10;

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for (name, product) in RETIRED {
        let object = graph.find(Kind::Object, name);
        let holds = object.into_iter().flat_map(|object| graph.sources(object, Role::Holds));
        let queues: Vec<_> = holds.filter(|&(queue, _)| graph.config_of(queue).is_some()).collect();
        let Some(&(_, first)) = queues.first() else { continue };
        let (noun, verb) = if queues.len() == 1 { ("the queue", "routes") } else { ("the queues", "route") };
        let message = format!(
            "{noun} {} {verb} `{name}`, the work of {product}, which Salesforce has retired: no such work arrives",
            list(queues.iter().map(|&(queue, _)| graph.name(queue)), 3)
        );
        let finding = cx.report(Note, first, message).label(format!("the work of {product}"));
        let finding =
            queues.iter().skip(1).take(MOST).fold(finding, |finding, &(queue, place)| {
                finding.related(place, format!("`{}` too", graph.name(queue)))
            });
        finding
            .help("let the queue hold `MessagingSession` instead, or remove the object")
            .element("queueSobject/sobjectType");
    }
}
