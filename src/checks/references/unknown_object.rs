use super::element;
use crate::checks::{Checker, check, set_value};
use crate::diagnostics::Applicability::Unsafe;
use crate::diagnostics::Severity::Warning;
use crate::schema::{Kind, Role};

check!("OC208", "unknown-object", "unknown_object.md", [Warning]);

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
