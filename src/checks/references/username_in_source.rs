//! OC207

use indexmap::IndexMap;

use super::element;
use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::Note;
use crate::graph::{Edge, NodeId};
use crate::schema::{Kind, Role};
use crate::text::{count, is_record_id};

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC207",
    name: "username-in-source",
    severities: &[Note],
    strict: true,
    summary: "A component that names users.",
    what: "Reports, once for each, a component that names users: the members of a queue, the users of a presence \
           configuration, a supervisor configuration or a skill, an overflow assignee, or the user behind a messaging \
           channel. Only in strict mode: many healthy projects are deployed to one org and name its users.",
    why: "A username belongs to one org, and a sandbox adds its own name to each. A deploy to an org that lacks the user \
          fails, and a deploy after people have come and gone puts the old list back.",
    fix: "Name what every org has: a public group or role in a queue, a profile in a presence or supervisor \
          configuration.",
    source: "Metadata API Developer Guide 67.0, Queue, PresenceUserConfig, OmniSupervisorConfig; \
             forcedotcom/sf-skills, notes on presence configurations",
    evidence: &[Evidence::ErrorSeen, Evidence::Documented],
    fails: "
== Queue Support
    <doesSendEmailToMembers>false</doesSendEmailToMembers>
    <name>Support</name>
    <queueMembers>
        <users>
            <user>ana@example.com</user>
        </users>
    </queueMembers>
    <queueSobject>
        <sobjectType>Case</sobjectType>
    </queueSobject>
",
    passes: "
== Queue Support
    <doesSendEmailToMembers>false</doesSendEmailToMembers>
    <name>Support</name>
    <queueMembers>
        <publicGroups>
            <publicGroup>Support_Team</publicGroup>
        </publicGroups>
    </queueMembers>
    <queueSobject>
        <sobjectType>Case</sobjectType>
    </queueSobject>
",
    run,
};

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
