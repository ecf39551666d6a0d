use crate::checks::{Checker, check, set_value};
use crate::diagnostics::Applicability::Unsafe;
use crate::diagnostics::Severity::Warning;
use crate::graph::{Graph, NodeId};
use crate::metadata::{CapacityType, QueueRoutingConfig, ServiceChannel};
use crate::source::Location;

check!("OC313", "interruptible-realtime-work", "interruptible_realtime_work.md", [Warning]);

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for channel in graph.all::<ServiceChannel>() {
        let (component, value) = (channel.component, channel.value);
        let interruptible = value.is_interruptible.spanned().filter(|interruptible| interruptible.value);
        let (Some(interruptible), Some(object)) = (interruptible, value.related_entity_type.spanned()) else {
            continue;
        };
        let Some(effect) = effect(&object.value) else { continue };
        let message =
            format!("the service channel `{}` makes `{}` work interruptible: {effect}", component.name, object.value);
        cx.report(Warning, component.at(interruptible.span), message)
            .label("interruptible")
            .related(component.at(object.span), "the channel's object")
            .help("set `isInterruptible` to `false`")
            .fix("set `isInterruptible` to `false`", Unsafe, set_value(interruptible.span, "false"))
            .element("isInterruptible");
    }
    for config in graph.all::<QueueRoutingConfig>() {
        let kind = config.value.capacity_type.spanned().filter(|kind| kind.value == CapacityType::Interruptible);
        let Some(kind) = kind else { continue };
        let Some((queue, object, place, effect)) = realtime_queue(graph, config.node) else { continue };
        let message = format!(
            "the routing configuration `{}` makes the `{object}` work of the queue `{queue}` interruptible: {effect}",
            config.component.name
        );
        cx.report(Warning, config.component.at(kind.span), message)
            .label("interruptible")
            .related(place, format!("`{queue}` holds `{object}`"))
            .help(format!(
                "set `capacityType` to `NOT_INTERRUPTIBLE`, or route `{queue}` by another routing configuration"
            ))
            .element("capacityType");
    }
}

/// What comes of it when the work of this object counts as interruptible, if it must not.
fn effect(object: &str) -> Option<&'static str> {
    const EFFECTS: [(&str, &str); 2] = [
        ("VoiceCall", "a rep in a call has the whole primary capacity left, and can be offered primary work"),
        ("LiveChatTranscript", "chats are always primary work, so this has no effect"),
    ];
    EFFECTS.iter().find(|(known, _)| known.eq_ignore_ascii_case(object)).map(|&(_, effect)| effect)
}

/// The first queue of a configuration that holds calls or chats: its name, the object, where it says so, the effect.
fn realtime_queue(graph: &Graph, config: NodeId) -> Option<(&str, &str, Location, &'static str)> {
    graph.queues_of(config).find_map(|(queue, _)| {
        graph.objects_of(queue).find_map(|(object, place)| {
            let object = graph.name(object);
            effect(object).map(|effect| (graph.name(queue), object, place, effect))
        })
    })
}
