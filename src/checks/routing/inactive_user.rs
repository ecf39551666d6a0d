use indexmap::{IndexMap, IndexSet};
use rustc_hash::FxBuildHasher;

use super::queue_without_members;
use crate::checks::{Checker, check};
use crate::diagnostics::Severity::Warning;
use crate::graph::NodeId;
use crate::records::Object;
use crate::schema::{Kind, Role};
use crate::source::Location;
use crate::text::{is_record_id, list};

check!("OC519", "inactive-user", "inactive_user.md", [Warning], NeedsRecords);

/// The users of one component with the same trouble.
struct Users {
    first: (Role, Location),
    names: IndexSet<NodeId, FxBuildHasher>,
}

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    let Some(org) = graph.org() else { return };
    let mut found: IndexMap<(NodeId, bool), Users, FxBuildHasher> = IndexMap::default();
    for (from, to, edge) in graph.edges() {
        let user = graph.node(to);
        if user.kind != Kind::User || edge.shadowed || is_record_id(&user.name) {
            continue;
        }
        let is_there = match org.is_active(to) {
            // Of a queue that has nobody else, that is said.
            Some(false) if edge.role == Role::MemberUser && queue_without_members::is_reported(graph, from) => continue,
            Some(false) => true,
            None if org.is_whole(Object::User) => false,
            Some(true) | None => continue,
        };
        let users = found
            .entry((from, is_there))
            .or_insert_with(|| Users { first: (edge.role, edge.location), names: IndexSet::default() });
        users.names.insert(to);
    }
    for ((from, is_there), Users { first: (role, location), names }) in found {
        let (noun, name) = (graph.node(from).kind.noun(), graph.name(from));
        let (users, are) = if names.len() == 1 { ("user", "is") } else { ("users", "are") };
        let whom = list(names.iter().map(|&user| graph.name(user)), 3);
        let (message, label) = if is_there {
            let message = format!(
                "the {noun} `{name}` names the {users} {whom}, who {are} not active by the records of the org: {}",
                trouble(role)
            );
            (message, "not active")
        } else {
            let message = format!(
                "the {noun} `{name}` names the {users} {whom}, who {are} not among the records of the org: a deploy to an \
                 org without them fails"
            );
            (message, "not in the org")
        };
        let element = graph
            .components_of(from)
            .next()
            .and_then(|component| crate::schema::get(component.kind).and_then(|schema| schema.path_of(role)));
        cx.report(Warning, location, message)
            .label(label)
            .help("name a user who is active in the org, or take the user out")
            .element(element.unwrap_or_default());
    }
}

/// What an inactive user means there.
const fn trouble(role: Role) -> &'static str {
    match role {
        Role::OverflowsToUser => "an inactive user does not see the work that overflows",
        Role::MemberUser | Role::HandlerUser | Role::SkillUser => "an inactive user gets no work",
        _ => "an inactive user has no part in Omni-Channel",
    }
}
