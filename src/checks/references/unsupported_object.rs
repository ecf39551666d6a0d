use super::element;
use super::unknown_object::meant;
use crate::checks::{Checker, check};
use crate::diagnostics::Severity::{self, Note, Warning};
use crate::schema::Role;

check!("OC212", "unsupported-object", "unsupported_object.md", [Warning, Note]);

/// Standard objects that service channels can carry.
const CARRIED: [&str; 25] = [
    "Account",
    "Activity",
    "Case",
    "ChangeRequest",
    "Claim",
    "ClaimCoverage",
    "ClaimRecovery",
    "Contact",
    "ContactRequest",
    "FlowOrchestrationWorkItem",
    "Incident",
    "Lead",
    "LiveChatTranscript",
    "MessagingSession",
    "Opportunity",
    "Order",
    "PaymentRequest",
    "PersonTraining",
    "Problem",
    "Referral",
    "SOSSession",
    "SocialPost",
    "SwarmMember",
    "VoiceCall",
    "WorkOrder",
];

/// Standard objects that have skill mapping sets.
const MAPPED: [&str; 13] = [
    "Case",
    "ChangeRequest",
    "ContactRequest",
    "FlowOrchestrationWorkItem",
    "Incident",
    "Lead",
    "LiveChatTranscript",
    "MessagingSession",
    "Order",
    "Problem",
    "SocialPost",
    "VoiceCall",
    "WorkOrder",
];

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for (from, to, edge) in graph.edges() {
        let (known, what): (&[&str], _) = match edge.role {
            Role::Carries => (&CARRIED, "which Omni-Channel is not known to route"),
            Role::RulesFor => (&MAPPED, "for which skill mapping sets are not known to work"),
            _ => continue,
        };
        let (source, object) = (graph.node(from), graph.name(to));
        let broken = graph.file_of(edge.location).is_some_and(|file| file.is_broken_at(edge.location.span));
        let Some(severity) = severity(object, known).filter(|_| !broken && meant(object).is_none()) else { continue };
        let (which, why) = match severity {
            Note => ("which belongs to a package", "Salesforce takes only some of these"),
            _ => (what, "a deploy may refuse it"),
        };
        let message =
            format!("the {} `{}` is for the object `{object}`, {which}: {why}", source.kind.noun(), source.name);
        let finding =
            cx.report(severity, edge.location, message).label("not a known object").help(help(object, edge.role));
        if let Some(path) = element(graph, from, edge) {
            finding.element(path);
        }
    }
}

/// How sure it is that the object is not supported; none if it is.
fn severity(object: &str, known: &[&str]) -> Option<Severity> {
    match object.split("__").collect::<Vec<_>>().as_slice() {
        [_] => (!known.iter().any(|known| known.eq_ignore_ascii_case(object))).then_some(Warning),
        // An object of a package: its namespace, its name, and `c`.
        [_, _, "c"] => Some(Note),
        _ => None,
    }
}

fn help(object: &str, role: Role) -> String {
    if role == Role::Carries && ["Task", "Event"].iter().any(|known| known.eq_ignore_ascii_case(object)) {
        return "write `Activity`".to_owned();
    }
    "name an object that Omni-Channel routes, such as `Case`, or make sure that your org offers this one in Setup"
        .to_owned()
}
