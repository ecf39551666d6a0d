//! The tables. Each field says what it is, its unit, and what an absent element means and who says so.
//!
//! The `Default` of a row is the row that is read from JSON with the required fields alone, and these empty: who makes
//! rows by hand writes what differs, and a new field that may be absent concerns nobody else.

mod agents;
mod channels;
mod entry;
mod outside;
mod presence;
mod routing;
mod supervisors;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::plan::Name;

pub use agents::*;
pub use channels::*;
pub use entry::*;
pub use outside::*;
pub use presence::*;
pub use routing::*;
pub use supervisors::*;

/// True for a value that is not written, because a reader takes it for granted.
pub(super) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// What a switch is that is not written, where that is the rule.
pub(super) const fn yes() -> bool {
    true
}

/// True for a switch that is on, and is not written where that is the rule.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
pub(super) const fn is_yes(value: &bool) -> bool {
    *value
}

/// The tables, each sorted by name. Where a row names a row of another table, `outside` has the names of those that the
/// project does not define.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tables {
    /// The org's switches.
    pub settings: Settings,
    /// Service channels.
    #[serde(default, skip_serializing_if = "is_default")]
    pub channels: Vec<Channel>,
    /// Presence statuses.
    #[serde(default, skip_serializing_if = "is_default")]
    pub presence_statuses: Vec<PresenceStatus>,
    /// The names of the decline reasons.
    #[serde(default, skip_serializing_if = "is_default")]
    pub decline_reasons: Vec<Name>,
    /// Presence configurations.
    #[serde(default, skip_serializing_if = "is_default")]
    pub presence_configurations: Vec<PresenceConfiguration>,
    /// The usernames of everyone whom the project names; with records of the org, those of the agents too.
    #[serde(default, skip_serializing_if = "is_default")]
    pub users: Vec<Name>,
    /// Who is governed by which presence configuration because it names the user. Beats the profile (Set Up Omni-Channel
    /// Developer Guide v56, `PresenceUserConfigUser`). Whom neither names is governed by the org's default presence
    /// configuration, which is not metadata.
    #[serde(default, skip_serializing_if = "is_default")]
    pub governed_by_user: Vec<GovernedUser>,
    /// Which profiles' users are governed by which presence configuration.
    #[serde(default, skip_serializing_if = "is_default")]
    pub governed_by_profile: Vec<GovernedProfile>,
    /// Routing configurations.
    #[serde(default, skip_serializing_if = "is_default")]
    pub routing_configurations: Vec<RoutingConfiguration>,
    /// Queues, routed or not.
    #[serde(default, skip_serializing_if = "is_default")]
    pub queues: Vec<Queue>,
    /// Skills.
    #[serde(default, skip_serializing_if = "is_default")]
    pub skills: Vec<Skill>,
    /// Which field values ask for which skills, sorted by object, field, value and skill.
    #[serde(default, skip_serializing_if = "is_default")]
    pub skill_rules: Vec<SkillRule>,
    /// What supervisors see.
    #[serde(default, skip_serializing_if = "is_default")]
    pub supervisor_views: Vec<SupervisorView>,
    /// Flows' actions that hand work to Omni-Channel, sorted by flow, then in the order of the flow.
    #[serde(default, skip_serializing_if = "is_default")]
    pub route_works: Vec<RouteWork>,
    /// Messaging channels: where conversations enter.
    #[serde(default, skip_serializing_if = "is_default")]
    pub messaging_channels: Vec<MessagingEntry>,
    /// What rows name and the project does not define.
    #[serde(default, skip_serializing_if = "is_default")]
    #[schemars(extend("default" = {}))]
    pub outside: Outside,
    /// The org's users who may get work, sorted by username. Absent if no records of the org were given.
    #[serde(default, skip_serializing_if = "is_default")]
    pub agents: Option<Vec<Agent>>,
}

/// The org's switches. A switch that the settings file does not have is off (Metadata API Developer Guide 67.0,
/// `OmniChannelSettings`). In a project without a settings file nothing is known of them, and they count as on: its
/// components make sense only then.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the org, and all are independent")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Settings {
    /// True if the project has a settings file.
    pub known: bool,
    /// Omni-Channel itself.
    pub omni_channel: bool,
    /// Skills-based routing.
    pub skills_based_routing: bool,
    /// Secondary routing priority.
    pub secondary_routing_priority: bool,
    /// Status-based capacity.
    pub status_based_capacity: bool,
}
