//! OC208

use super::element;
use crate::checks::{Check, Checker, Evidence, set_value};
use crate::diagnostics::Applicability::Unsafe;
use crate::diagnostics::Severity::Warning;
use crate::schema::{Kind, Role};

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC208",
    name: "unknown-object",
    severities: &[Warning],
    strict: false,
    summary: "The name of an object is almost that of one that Omni-Channel routes.",
    what: "Reports an object of a service channel, a queue or a skill mapping set whose name is no more than a slip of the \
           pen away from an object that Omni-Channel is known to route, such as `Cases` for `Case`, or that is called so in \
           Setup alone (`MessagingUser`). Custom objects, and \
           names that are like none of these, are left alone: Salesforce has many objects, and adds more.",
    why: "A deploy fails if the org has no object of that name.",
    fix: "Write the API name of the object. It is in the singular, without spaces.",
    source: "Set Up Omni-Channel Developer Guide v56, AgentWork; Metadata API Developer Guide 67.0, ServiceChannel and \
             Queue; forcedotcom/cli #1546",
    evidence: &[Evidence::ErrorSeen, Evidence::Documented],
    fails: "
== ServiceChannel Support_Cases
    <label>Support Cases</label>
    <relatedEntityType>Cases</relatedEntityType>
",
    passes: "
== ServiceChannel Support_Cases
    <label>Support Cases</label>
    <relatedEntityType>Case</relatedEntityType>
== ServiceChannel Tickets
    <label>Tickets</label>
    <relatedEntityType>Ticket__c</relatedEntityType>
",
    run,
};

/// Objects that are routed, and those that queues hold beside them.
const KNOWN: [&str; 26] = [
    "Account",
    "Activity",
    "Case",
    "ChangeRequest",
    "Claim",
    "ClaimCoverage",
    "ClaimRecovery",
    "Contact",
    "ContactRequest",
    "Event",
    "Incident",
    "Lead",
    "LiveAgentSession",
    "LiveChatTranscript",
    "MessagingEndUser",
    "MessagingSession",
    "Opportunity",
    "Order",
    "PaymentRequest",
    "PersonTraining",
    "Referral",
    "SOSSession",
    "SocialPost",
    "SwarmMember",
    "Task",
    "VoiceCall",
];

/// An object of Salesforce's that is not routed, and that is like one that is.
const LOOKALIKE: &str = "Contract";

/// From this length on a name may differ in two characters.
const LONG: usize = 9;

/// What an object is named for.
const ROLES: [Role; 3] = [Role::Carries, Role::Holds, Role::RulesFor];

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    let objects = graph.nodes().filter(|(_, node)| node.kind == Kind::Object);
    let slips: Vec<_> = objects.filter_map(|(id, node)| Some((id, meant(&node.name)?))).collect();
    if slips.is_empty() {
        return;
    }
    for (from, to, edge) in graph.edges().filter(|(.., edge)| ROLES.contains(&edge.role)) {
        let Some((_, meant)) = slips.iter().find(|(id, _)| *id == to) else { continue };
        if graph.file_of(edge.location).is_some_and(|file| file.is_broken_at(edge.location.span)) {
            continue;
        }
        let source = graph.node(from);
        let message = format!(
            "the {} `{}` names the object `{}`, which is not known: a deploy fails unless the org has it",
            source.kind.noun(),
            source.name,
            graph.name(to)
        );
        let finding = cx
            .report(Warning, edge.location, message)
            .label(format!("did you mean `{meant}`?"))
            .help(format!("write `{meant}`"))
            .fix(format!("write `{meant}`"), Unsafe, set_value(edge.location.span, *meant));
        if let Some(path) = element(graph, from, edge) {
            finding.element(path);
        }
    }
}

/// The known object that was probably meant by a name that is none.
pub(super) fn meant(name: &str) -> Option<&'static str> {
    // What Setup calls it.
    if name.eq_ignore_ascii_case("MessagingUser") {
        return Some("MessagingEndUser");
    }
    if name.contains("__") || name == LOOKALIKE {
        return None;
    }
    let lower = name.to_lowercase();
    let most = if name.len() < LONG { 1 } else { 2 };
    let distances = KNOWN.iter().map(|known| (strsim::osa_distance(&lower, &known.to_lowercase()), *known));
    let (distance, known) = distances.min()?;
    (1..=most).contains(&distance).then_some(known)
}
