//! OC209

use super::element;
use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::Warning;
use crate::graph::Node;
use crate::schema::Kind;
use crate::text::{is_record_id, looks_filled_in};

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC209",
    name: "invalid-username",
    severities: &[Warning],
    strict: false,
    summary: "The name of a user cannot be a username.",
    what: "Reports the name of a user without an `@`: a member of a queue, an assignment of a presence configuration, \
           a supervisor, an overflow assignee, the user behind a messaging channel, or one who has a skill. Record \
           Ids are reported as record-id-reference (OC203). Names with signs such as `{` or `%`, and words such as `__USER__` \
           or `USER_TOKEN`, are left alone: they may stand for a username that is filled in when the project is deployed. What `replacements` in \
           `sfdx-project.json` fill in is never reported, however it is written.",
    why: "Users are named by their usernames, and each username has the form of an email address. A deploy does not find \
          a user by full name or alias.",
    fix: "Write the username of the user.",
    source: "Metadata API Developer Guide 67.0, Queue and PresenceUserConfig; Salesforce Help: Usernames",
    evidence: &[Evidence::Documented],
    fails: "
== Queue Support
    <doesSendEmailToMembers>false</doesSendEmailToMembers>
    <name>Support</name>
    <queueMembers>
        <users>
            <user>Ana Lopez</user>
        </users>
    </queueMembers>
",
    passes: "
== Queue Support
    <doesSendEmailToMembers>false</doesSendEmailToMembers>
    <name>Support</name>
    <queueMembers>
        <users>
            <user>ana.lopez@example.com</user>
        </users>
    </queueMembers>
",
    run,
};

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    let is_wrong = |node: &Node| {
        node.kind == Kind::User && !node.name.contains('@') && !looks_filled_in(&node.name) && !is_record_id(&node.name)
    };
    if !graph.nodes().any(|(_, node)| is_wrong(node)) {
        return;
    }
    for (from, to, edge) in graph.edges() {
        let (source, user) = (graph.node(from), graph.node(to));
        if !is_wrong(user) || graph.file_of(edge.location).is_some_and(|file| file.is_broken_at(edge.location.span)) {
            continue;
        }
        let message = format!(
            "the {} `{}` names the user `{}`, which is not a username: a deploy does not find the user",
            source.kind.noun(),
            source.name,
            user.name
        );
        let finding = cx
            .report(Warning, edge.location, message)
            .label("no `@`")
            .help("write the username, which has the form of an email address");
        if let Some(path) = element(graph, from, edge) {
            finding.element(path);
        }
    }
}
