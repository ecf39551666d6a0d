use crate::checks::{Checker, check};
use crate::diagnostics::Severity::{Note, Warning};
use crate::graph::{World, standard_channel};
use crate::metadata::ServiceChannel;
use crate::schema::Kind;

check!("OC503", "channel-without-status", "channel_without_status.md", [Warning, Note]);

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
