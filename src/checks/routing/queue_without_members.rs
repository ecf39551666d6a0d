use crate::checks::{Checker, check};
use crate::diagnostics::Severity::{self, Note, Warning};
use crate::graph::{Graph, Item, NodeId, World};
use crate::metadata::{Queue, QueueMembers, QueueRoutingConfig};
use crate::records::Object;

check!("OC504", "queue-without-members", "queue_without_members.md", [Warning, Note]);

/// The elements that would hold members.
const ELEMENTS: [&str; 6] =
    ["queueMembers", "publicGroups", "roleAndSubordinates", "roleAndSubordinatesInternal", "roles", "users"];

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for queue in graph.all::<Queue>() {
        if graph.may_hold(queue.component, &ELEMENTS) {
            continue;
        }
        let Some((config, routed)) = graph.config_of(queue.node) else { continue };
        if graph.get::<QueueRoutingConfig>(config).is_none() {
            continue;
        }
        // By external routing, a partner chooses the rep.
        let by_others = graph.may_be_attribute_based(config) || graph.may_be_external(config);
        if by_others || routed.file != queue.component.file {
            continue;
        }
        let members = queue.value.members.as_ref();
        let Some((severity, message, label)) = words(graph, queue) else { continue };
        let place = members.map_or(queue.component.span, |members| members.span);
        let finding = cx.report(severity, queue.component.at(place), message);
        let finding = if members.is_some() { finding.element("queueMembers") } else { finding };
        finding
            .label(label)
            .related(routed, format!("routed by `{}`", graph.name(config)))
            .help("add the users, public groups or roles who take this work to `queueMembers`");
    }
}

/// True if it is known of a queue that its members come down to no active user, and that is reported here.
pub(super) fn is_reported(graph: &Graph, queue: NodeId) -> bool {
    let routed = graph.config_of(queue).is_some_and(|(config, _)| {
        let by_others = graph.may_be_attribute_based(config) || graph.may_be_external(config);
        graph.get::<QueueRoutingConfig>(config).is_some() && !by_others
    });
    routed && graph.has_agents(queue) == Some(false)
}

/// What is wrong with a queue, if anything is, and a few words for the place.
fn words(graph: &Graph, queue: Item<'_, Queue>) -> Option<(Severity, String, &'static str)> {
    let name = &queue.component.name;
    if !queue.value.members.as_ref().is_none_or(QueueMembers::is_empty) {
        // Without records, nobody knows.
        if graph.org().is_none() || graph.has_agents(queue.node) != Some(false) {
            return None;
        }
        let message = format!(
            "the queue `{name}` is routed, but no active user is in its members by the records of the org, so nobody is \
             offered its work"
        );
        return Some((Warning, message, "no active user in these"));
    }
    let listed = graph.org().filter(|org| org.is_whole(Object::Group) && org.is_whole(Object::GroupMember));
    if listed.is_some() {
        if graph.has_agents(queue.node) != Some(false) {
            return None;
        }
        let message = format!(
            "the queue `{name}` is routed but has no members, neither in the project nor in the records of the org, so \
             nobody is offered its work"
        );
        return Some((Warning, message, "no members"));
    }
    let severity = if graph.world == World::Closed { Warning } else { Note };
    let message = format!(
        "the queue `{name}` is routed but has no members in the project, so nobody is offered its work unless the org adds some"
    );
    Some((severity, message, "no members"))
}
