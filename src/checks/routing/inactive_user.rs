//! OC519

use indexmap::{IndexMap, IndexSet};
use rustc_hash::FxBuildHasher;

use super::queue_without_members;
use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::Warning;
use crate::graph::NodeId;
use crate::records::Object;
use crate::schema::{Kind, Role};
use crate::source::Location;
use crate::text::{is_record_id, list};

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC519",
    name: "inactive-user",
    severities: &[Warning],
    strict: false,
    summary: "A component names a user who is not active in the org, or not there.",
    what: "With records of the org, reports a component that names users whom the records know as inactive, or do not know \
           although every record of a user could be read: members of queues, users of presence and supervisor \
           configurations and of skills, overflow assignees, and users behind messaging channels. Once for each \
           component. Usernames differ between an org and its sandboxes: the records must be those of the org that the \
           project is deployed to.",
    why: "An inactive user receives no work, and work that overflows to one is lost to sight. A deploy that names a user \
          whom the org has not got fails.",
    fix: "Name a user who is active, or a public group, role or profile.",
    source: "Salesforce's sf-skills notes on routing configurations; Object Reference 67.0, User",
    evidence: &[Evidence::Documented],
    fails: "
== QueueRoutingConfig Tier_1
    <capacityWeight>1.0</capacityWeight>
    <label>Tier 1</label>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>1</routingPriority>
    <userOverflowAssignee>ana@example.com</userOverflowAssignee>
== records User.csv
Id,Username,IsActive,Profile.Name
005000000000001AAA,ana@example.com,false,Standard User
",
    passes: "
== QueueRoutingConfig Tier_1
    <capacityWeight>1.0</capacityWeight>
    <label>Tier 1</label>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>1</routingPriority>
    <userOverflowAssignee>ana@example.com</userOverflowAssignee>
== records User.csv
Id,Username,IsActive,Profile.Name
005000000000001AAA,ana@example.com,true,Standard User
",
    run,
};

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
