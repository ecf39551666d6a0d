//! OC502

use super::is_companion;
use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::{Note, Warning};
use crate::graph::World;
use crate::metadata::Queue;
use crate::schema::Kind;
use crate::text::list;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC502",
    name: "object-without-channel",
    severities: &[Warning, Note],
    strict: false,
    summary: "A routed queue whose object has no service channel.",
    what: "Reports a queue with a routing configuration when the project has service channels, and none for any of the \
           queue's objects. Objects whose channel Salesforce makes in the orgs that have the feature (MessagingSession, \
           VoiceCall, LiveChatTranscript, SOSSession) need no file for it, and objects that only go along with these (MessagingEndUser, \
           LiveAgentSession) need no channel. Silent while a service channel cannot be read, or a name leads to one \
           that the project does not hold: that may be the one. A note where the org may hold more than the project \
           (`world = \"open\"`).",
    why: "Omni-Channel routes records of objects that have a service channel. The queue fills, and nothing is offered.",
    fix: "Add a service channel for the object, or take the routing configuration off the queue.",
    source: "Salesforce Help: Omni-Channel queues; Metadata API Developer Guide 67.0, ServiceChannel; standard channels as \
             seen in real projects",
    evidence: &[Evidence::Documented],
    fails: "
== ServiceChannel Cases
    <label>Cases</label>
    <relatedEntityType>Case</relatedEntityType>
== QueueRoutingConfig Leads
    <capacityWeight>1.0</capacityWeight>
    <label>Leads</label>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>1</routingPriority>
== Queue Leads
    <name>Leads</name>
    <queueMembers>
        <users>
            <user>ana@example.com</user>
        </users>
    </queueMembers>
    <queueRoutingConfig>Leads</queueRoutingConfig>
    <queueSobject>
        <sobjectType>Lead</sobjectType>
    </queueSobject>
",
    passes: "
== ServiceChannel Cases
    <label>Cases</label>
    <relatedEntityType>Case</relatedEntityType>
== ServiceChannel Leads
    <label>Leads</label>
    <relatedEntityType>Lead</relatedEntityType>
== QueueRoutingConfig Leads
    <capacityWeight>1.0</capacityWeight>
    <label>Leads</label>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>1</routingPriority>
== Queue Leads
    <name>Leads</name>
    <queueMembers>
        <users>
            <user>ana@example.com</user>
        </users>
    </queueMembers>
    <queueRoutingConfig>Leads</queueRoutingConfig>
    <queueSobject>
        <sobjectType>Lead</sobjectType>
    </queueSobject>
",
    run,
};

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    if !graph.defines(Kind::ServiceChannel) || !graph.knows_channels() {
        return;
    }
    let severity = if graph.world == World::Open { Note } else { Warning };
    for queue in graph.all::<Queue>() {
        let Some((config, routed)) = graph.config_of(queue.node) else { continue };
        let objects = graph.objects_of(queue.node).filter(|&(object, _)| !is_companion(graph.name(object)));
        let objects: Vec<_> = objects.collect();
        let Some(&(_, first)) = objects.first() else { continue };
        if first.file != queue.component.file || objects.iter().any(|&(object, _)| graph.has_channel(object)) {
            continue;
        }
        let names = list(objects.iter().map(|&(object, _)| graph.name(object)), 3);
        let message = format!(
            "the queue `{}` is routed, but the project has no service channel for {names}, so Omni-Channel offers none of its work",
            queue.component.name
        );
        let object = graph.name(objects[0].0);
        cx.report(severity, first, message)
            .label("no service channel")
            .related(routed, format!("routed by `{}`", graph.name(config)))
            .help(format!(
                "add a service channel with `<relatedEntityType>{object}</relatedEntityType>`, or remove \
                 `queueRoutingConfig`"
            ))
            .element("queueSobject/sobjectType");
    }
}
