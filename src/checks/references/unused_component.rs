use rustc_hash::FxHashSet;

use crate::checks::{Checker, check};
use crate::diagnostics::Severity::Note;
use crate::graph::{Graph, NodeId, Targets, Unknown, Why};
use crate::metadata::{PresenceDeclineReason, QueueRoutingConfig, ServiceChannel};
use crate::schema::{Kind, Role};

check!("OC206", "unused-component", "unused_component.md", [Note], AboutUnused);

fn run(cx: &mut Checker<'_>) {
    configs(cx);
    channels(cx);
    decline_reasons(cx);
}

fn configs(cx: &mut Checker<'_>) {
    const NAMED_BY: [Role; 4] = [Role::RoutedBy, Role::RoutesByConfig, Role::HandlerConfig, Role::LooksUp];
    let graph = cx.graph;
    if ![Kind::Queue, Kind::Flow, Kind::MessagingChannel].into_iter().all(|kind| graph.is_whole(kind)) {
        return;
    }
    let Some(in_flows) = named_by_flows(graph) else { return };
    // Where no queue names any of them, the queues are kept elsewhere.
    if !graph.all::<QueueRoutingConfig>().any(|config| graph.is_referred(config.node, &[Role::RoutedBy])) {
        return;
    }
    for config in graph.all::<QueueRoutingConfig>() {
        if !in_flows.contains(&config.node) && !graph.is_referred(config.node, &NAMED_BY) {
            let message = format!(
                "no queue, flow or messaging channel of the project names the routing configuration `{}`: unless one of \
                 the org does, it routes nothing",
                config.component.name
            );
            cx.report(Note, config.component.location(), message)
                .label("unused")
                .help("name it as the `queueRoutingConfig` of a queue, or remove it");
        }
    }
}

fn channels(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    if !defines_whole(graph, &[Kind::ServicePresenceStatus, Kind::Queue]) || !graph.is_whole(Kind::Flow) {
        return;
    }
    for channel in graph.all::<ServiceChannel>() {
        let name = &channel.component.name;
        let is_standard = graph.standard_names(Kind::ServiceChannel).any(|known| known.eq_ignore_ascii_case(name));
        let object = graph.targets(channel.node, Role::Carries).next().map(|(object, _)| object);
        let Some(object) = object.filter(|&object| !is_standard && !graph.is_filled_in(object)) else { continue };
        let used = graph.is_referred(channel.node, &[Role::Offers, Role::RoutesChannel, Role::LooksUp])
            || graph.is_referred(object, &[Role::Holds]);
        if !used {
            let object = graph.name(object);
            let message = format!(
                "no presence status of the project offers the service channel `{name}`, and no queue holds `{object}`, so it \
                 carries nothing"
            );
            cx.report(Note, channel.component.location(), message).label("unused").help(format!(
                "add `{name}` to a presence status and `{object}` to a queue, or remove the service channel"
            ));
        }
    }
}

fn decline_reasons(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    if !defines_whole(graph, &[Kind::PresenceUserConfig]) {
        return;
    }
    for reason in graph.all::<PresenceDeclineReason>() {
        if !graph.is_referred(reason.node, &[Role::DeclineReason]) {
            let name = &reason.component.name;
            let message = format!(
                "no presence configuration of the project lists the decline reason `{name}`, so no rep can choose it"
            );
            cx.report(Note, reason.component.location(), message).label("unused").help(format!(
                "add `<declineReasons>{name}</declineReasons>` to a presence configuration, or remove it"
            ));
        }
    }
}

/// True if the project has components of each kind, and all of them could be read.
fn defines_whole(graph: &Graph, kinds: &[Kind]) -> bool {
    kinds.iter().all(|&kind| graph.defines(kind) && graph.is_whole(kind))
}

/// The routing configurations that flows may name, in whatever way. None if a flow gives one in a way that does not tell
/// which.
fn named_by_flows(graph: &Graph) -> Option<FxHashSet<NodeId>> {
    let configs = || graph.routings().iter().map(|routing| &routing.configs);
    // A label that no routing configuration has is that of one outside of the project.
    let is_open = |unknown: &Unknown| unknown.why != Why::OtherLabel;
    let is_unique = |label: &str| graph.all::<QueueRoutingConfig>().all(|config| !labelled(config.value, label));
    let some_open = configs().any(|targets| {
        targets.unknown.iter().any(is_open) || !targets.strange_labels.iter().all(|(label, _)| is_unique(label))
    });
    (!some_open).then(|| configs().flat_map(Targets::nodes).collect())
}

fn labelled(config: &QueueRoutingConfig, label: &str) -> bool {
    config.label.get().is_some_and(|own| own.eq_ignore_ascii_case(label))
}
