use indexmap::IndexMap;

use super::element;
use crate::checks::{Checker, check};
use crate::diagnostics::Severity::Note;
use crate::graph::{Edge, NodeId};
use crate::schema::{Kind, Role};
use crate::text::{count, is_record_id};

check!("OC207", "username-in-source", "username_in_source.md", [Note], Strict);

/// The users that a component names.
struct Users<'g> {
    first: &'g Edge,
    name: &'g str,
    number: usize,
}

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    let mut naming: IndexMap<NodeId, Users<'_>, rustc_hash::FxBuildHasher> = IndexMap::default();
    for (from, to, edge) in graph.edges() {
        let user = graph.node(to);
        // Ids are OC203's, and what is filled in differs from org to org as it should.
        if user.kind == Kind::User && !is_record_id(&user.name) && !graph.is_filled_in(to) {
            naming.entry(from).or_insert(Users { first: edge, name: &user.name, number: 0 }).number += 1;
        }
    }
    for (from, users) in naming {
        let source = graph.node(from);
        let Users { first, name, number } = users;
        let whom = if number == 1 {
            format!("the user `{name}`")
        } else {
            format!("{}, `{name}` among them", count(number, "user"))
        };
        let message =
            format!("the {} `{}` names {whom}: usernames differ from org to org", source.kind.noun(), source.name);
        let finding = cx.report(Note, first.location, message).label("a user of one org").help(instead(first.role));
        if let Some(path) = element(graph, from, first) {
            finding.element(path);
        }
    }
}

/// What to name instead of a user.
const fn instead(role: Role) -> &'static str {
    match role {
        Role::MemberUser => "make a public group or a role the member",
        Role::OverflowsToUser => "name a queue without a routing configuration as `queueOverflowAssignee`",
        Role::RoutesToUser | Role::LooksUp => "look the user up by something that is the same in every org",
        Role::HandlerUser => "let a queue or a flow take the sessions",
        _ => "name the profiles of these users",
    }
}
