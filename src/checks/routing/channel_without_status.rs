//! OC503

use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::{Note, Warning};
use crate::graph::{World, standard_channel};
use crate::metadata::ServiceChannel;
use crate::schema::Kind;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC503",
    name: "channel-without-status",
    severities: &[Warning, Note],
    strict: false,
    summary: "Work of a service channel is routed, and no presence status offers the channel.",
    what: "Reports a service channel whose object a routed queue holds, when the project has presence statuses and none of \
           them offers the channel. Of the channels that Salesforce makes, such as `sfdc_phone`, those count that the \
           project defines or that carry an object of a routed queue. Silent while a presence status cannot be read. A \
           note where the org may hold more than the project (`world = \"open\"`).",
    why: "A rep takes work of a channel only in a presence status that offers it. Without one, nobody is offered the work \
          of the queue.",
    fix: "Add the channel to the presence statuses in which reps take this work.",
    source: "Salesforce Help: Omni-Channel queues; Metadata API Developer Guide 67.0, ServicePresenceStatus",
    evidence: &[Evidence::Documented],
    fails: "
== ServiceChannel Cases
    <label>Cases</label>
    <relatedEntityType>Case</relatedEntityType>
== ServicePresenceStatus On_Break
    <label>On Break</label>
== QueueRoutingConfig Tier_1
    <capacityWeight>1.0</capacityWeight>
    <label>Tier 1</label>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>1</routingPriority>
== Queue Support
    <name>Support</name>
    <queueMembers>
        <users>
            <user>ana@example.com</user>
        </users>
    </queueMembers>
    <queueRoutingConfig>Tier_1</queueRoutingConfig>
    <queueSobject>
        <sobjectType>Case</sobjectType>
    </queueSobject>
",
    passes: "
== ServiceChannel Cases
    <label>Cases</label>
    <relatedEntityType>Case</relatedEntityType>
== ServicePresenceStatus Available
    <channels>
        <channel>Cases</channel>
    </channels>
    <label>Available</label>
== QueueRoutingConfig Tier_1
    <capacityWeight>1.0</capacityWeight>
    <label>Tier 1</label>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>1</routingPriority>
== Queue Support
    <name>Support</name>
    <queueMembers>
        <users>
            <user>ana@example.com</user>
        </users>
    </queueMembers>
    <queueRoutingConfig>Tier_1</queueRoutingConfig>
    <queueSobject>
        <sobjectType>Case</sobjectType>
    </queueSobject>
",
    run,
};

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    if !graph.defines(Kind::ServicePresenceStatus) || !graph.is_whole(Kind::ServicePresenceStatus) {
        return;
    }
    let severity = if graph.world == World::Open { Note } else { Warning };
    for (object, (queue, place)) in graph.routed_objects() {
        let own = graph.channels_for(object).next().map(|(channel, _)| channel);
        let standard = standard_channel(graph.name(object));
        let offered = graph.known_channels_for(object).any(|channel| graph.statuses_of(channel).next().is_some());
        let Some(name) = own.map(|channel| graph.name(channel)).or(standard).filter(|_| !offered) else { continue };
        let (queue, object) = (graph.name(queue), graph.name(object));
        let message = format!(
            "no presence status of the project offers the service channel `{name}`, so the `{object}` work of `{queue}` is \
             offered to no rep"
        );
        let defined = own.and_then(|channel| graph.get::<ServiceChannel>(channel));
        let finding = match defined {
            Some(channel) => cx
                .report(severity, channel.component.location(), message)
                .label("offered by no presence status")
                .related(place, format!("`{queue}` is routed and holds `{object}`")),
            None => cx
                .report(severity, place, message)
                .label(format!("its channel `{name}` is offered by no presence status"))
                .element("queueSobject/sobjectType"),
        };
        finding.help(format!(
            "add `<channel>{name}</channel>` to the `channels` of each presence status in which reps take this work"
        ));
    }
}
