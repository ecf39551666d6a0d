//! The tables. Each field says what it is, its unit, and what an absent element means and who says so.

mod agents;
mod channels;
mod entry;
mod presence;
mod routing;
mod supervisors;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use agents::*;
pub use channels::*;
pub use entry::*;
pub use presence::*;
pub use routing::*;
pub use supervisors::*;

/// A reference: the index of a row in the table named in the field's description, or, as a string, the name of
/// something that the project does not define and the org may have.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Ref {
    /// The index of a row, from 0.
    Row(u32),
    /// The name of something outside of the project.
    Outside(String),
}

/// The tables, each sorted by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tables {
    /// The org's switches.
    pub settings: Settings,
    /// Service channels.
    pub channels: Vec<Channel>,
    /// Presence statuses.
    pub presence_statuses: Vec<PresenceStatus>,
    /// The names of the decline reasons.
    pub decline_reasons: Vec<String>,
    /// Presence configurations.
    pub presence_configurations: Vec<PresenceConfiguration>,
    /// The usernames of everyone whom the project names; with records of the org, those of the agents too.
    pub users: Vec<String>,
    /// Who is governed by which presence configuration because it names the user. Beats the profile (Set Up Omni-Channel
    /// Developer Guide v56, `PresenceUserConfigUser`). Whom neither names is governed by the org's default presence
    /// configuration, which is not metadata.
    pub governed_by_user: Vec<GovernedUser>,
    /// Which profiles' users are governed by which presence configuration.
    pub governed_by_profile: Vec<GovernedProfile>,
    /// Routing configurations.
    pub routing_configurations: Vec<RoutingConfiguration>,
    /// Queues, routed or not.
    pub queues: Vec<Queue>,
    /// Skills.
    pub skills: Vec<Skill>,
    /// Which field values ask for which skills, sorted by object, field, value and skill.
    pub skill_rules: Vec<SkillRule>,
    /// What supervisors see.
    pub supervisor_views: Vec<SupervisorView>,
    /// Flows' actions that hand work to Omni-Channel, sorted by flow, then in the order of the flow.
    pub route_works: Vec<RouteWork>,
    /// Messaging channels: where conversations enter.
    pub messaging_channels: Vec<MessagingEntry>,
    /// The org's users who may get work, sorted by username. Absent if no records of the org were given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agents: Option<Vec<Agent>>,
}

/// The org's switches. A switch that the settings file does not have is off (Metadata API Developer Guide 67.0,
/// `OmniChannelSettings`). In a project without a settings file nothing is known of them, and they count as on: its
/// components make sense only then.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the org, and all are independent")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
