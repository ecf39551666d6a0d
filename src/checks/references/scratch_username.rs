//! OC214

use rustc_hash::FxHashSet;

use super::element;
use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::Warning;
use crate::graph::NodeId;
use crate::schema::Kind;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC214",
    name: "scratch-username",
    severities: &[Warning],
    strict: false,
    summary: "A username that only one scratch org can have.",
    what: "Reports, once for each component, a username that was generated for the administrator of a scratch org: `test-`, \
           twelve letters and digits, `@example.com`. Other usernames are reported by username-in-source (OC207), in \
           strict mode.",
    why: "Every scratch org has another, and the CLI does not replace usernames: a deploy to any other org fails with `In \
          field: userName - no User named … found`.",
    fix: "Name what every org has: a public group or role in a queue, a profile in a presence configuration. Or fill the \
          username in with `replacements` in `sfdx-project.json`.",
    source: "forcedotcom/cli #354 and #224; Salesforce DX Developer Guide, scratch org users",
    evidence: &[Evidence::ErrorSeen, Evidence::Documented],
    fails: "
== Queue Support
    <doesSendEmailToMembers>false</doesSendEmailToMembers>
    <name>Support</name>
    <queueMembers>
        <users>
            <user>test-wvkpnfm5z113@example.com</user>
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
        <users>
            <user>ana@example.com</user>
        </users>
    </queueMembers>
    <queueSobject>
        <sobjectType>Case</sobjectType>
    </queueSobject>
",
    run,
};

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    let is_scratch = |_, node: &crate::graph::Node| node.kind == Kind::User && is_generated(&node.name);
    let mut told: FxHashSet<NodeId> = FxHashSet::default();
    for (from, to, edge) in graph.edges_to(is_scratch) {
        if !told.insert(from) {
            continue;
        }
        let source = graph.node(from);
        let message = format!(
            "the {} `{}` names the user `{}`, whose username one scratch org alone has: a deploy to any other org fails",
            source.kind.noun(),
            source.name,
            graph.name(to)
        );
        let finding = cx
            .report(Warning, edge.location, message)
            .label("generated for a scratch org")
            .help("name a public group, role or profile instead, or fill the username in with `replacements`");
        if let Some(path) = element(graph, from, edge) {
            finding.element(path);
        }
    }
}

/// True for `test-` and twelve letters and digits at `example.com`, with an ending that makes it unique at most.
fn is_generated(username: &str) -> bool {
    let lower = username.to_lowercase();
    let stem = lower.strip_prefix("test-").and_then(|rest| rest.split_once('@'));
    stem.is_some_and(|(name, host)| {
        name.len() == 12 && name.bytes().all(|byte| byte.is_ascii_alphanumeric()) && host.starts_with("example.com")
    })
}
