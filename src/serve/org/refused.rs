//! What the runtime refuses, as the REST API tells it. docs/serve.md has the same table; a test holds the two together.
//!
//! What Salesforce answers when a write breaks a rule of Omni-Channel is published nowhere that we know of: codes are
//! assumed, except where a row says otherwise.

use serde_json::Value;

use crate::runtime::{Refusal, What};
use crate::serve::exchange::ApiError;

/// The name of a refusal, as effects have it.
pub(crate) fn name(refusal: &Refusal) -> String {
    let value = serde_json::to_value(refusal).unwrap_or_default();
    value.get("refusal").and_then(Value::as_str).unwrap_or("refused").to_owned()
}

/// The error that a refusal becomes.
pub(crate) fn error(refusal: &Refusal) -> ApiError {
    let fields = fields(refusal);
    let (status, code, message) = match refusal {
        // Seen in many reports of failed writes.
        Refusal::Unknown { .. } => {
            (400, "INVALID_CROSS_REFERENCE_KEY", format!("invalid cross reference id: {refusal}"))
        }
        // Seen in reports of failed writes.
        Refusal::QueueDoesNotHold { .. } => {
            (400, "INVALID_OPERATION", format!("Queue not associated with this SObject type: {refusal}"))
        }
        Refusal::LimitExceeded { .. } => (400, "LIMIT_EXCEEDED", refusal.to_string()),
        Refusal::Field { .. } => (400, "FIELD_INTEGRITY_EXCEPTION", refusal.to_string()),
        Refusal::TimeRunsBackward { .. } | Refusal::TimeEnds { .. } | Refusal::ReplayId { .. } => {
            (400, "INVALID_ARGUMENT", refusal.to_string())
        }
        _ => (400, "FIELD_INTEGRITY_EXCEPTION", format!("{}: {refusal}", name(refusal))),
    };
    ApiError::new(status, code, message).of_fields(fields)
}

/// The fields of the write that a refusal is about.
fn fields(refusal: &Refusal) -> Vec<String> {
    let of_what = |what: What| match what {
        What::WorkItem => Some("WorkItemId"),
        What::Queue => Some("OwnerId"),
        What::ServiceChannel => Some("ServiceChannelId"),
        What::Skill => Some("SkillId"),
        What::Agent => Some("UserId"),
        What::PendingServiceRouting => Some("PendingServiceRoutingId"),
        What::PresenceStatus => Some("ServicePresenceStatusId"),
        What::PresenceConfiguration => Some("PresenceUserConfigId"),
        What::RoutingConfiguration
        | What::AgentWork
        | What::SkillRequirement
        | What::AgentWorkSkill
        | What::UserServicePresence => None,
    };
    let field = match refusal {
        Refusal::Unknown { what, .. } => of_what(*what),
        Refusal::Field { field, .. } => return vec![field.to_string()],
        Refusal::QueueDoesNotHold { .. } => Some("OwnerId"),
        Refusal::AlreadyRouted { .. } | Refusal::NotRouted { .. } => Some("WorkItemId"),
        Refusal::Inactive { .. }
        | Refusal::NotLoggedIn { .. }
        | Refusal::NoCapacity { .. }
        | Refusal::TooManyOpenItems { .. } => Some("UserId"),
        Refusal::StatusOffersNotChannel { .. } | Refusal::NoServiceChannel { .. } => Some("ServiceChannelId"),
        Refusal::NotExternal { .. } | Refusal::AlreadyPushed { .. } => Some("PendingServiceRoutingId"),
        _ => None,
    };
    field.into_iter().map(str::to_owned).collect()
}
