//! What supervisors see.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::is_default;
use crate::plan::Name;

/// Which skills-based work a supervisor sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SkillVisibility {
    /// Work all of whose skills are listed.
    AllSkills,
    /// Work that asks for at least one of the listed skills.
    AnySkill,
}

/// What a supervisor sees and may do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SupervisorView {
    /// The name of the supervisor configuration.
    pub name: Name,
    /// The users who have it (table `users`). A user's own view beats the profile's.
    #[serde(default, skip_serializing_if = "is_default")]
    pub users: Vec<Name>,
    /// The profiles whose users have it, lower case and percent-decoded.
    #[serde(default, skip_serializing_if = "is_default")]
    pub profiles: Vec<Name>,
    /// Visible queues (table `queues`).
    #[serde(default, skip_serializing_if = "is_default")]
    pub queues: Vec<Name>,
    /// Visible skills (table `skills`).
    #[serde(default, skip_serializing_if = "is_default")]
    pub skills: Vec<Name>,
    /// Which skills-based work is visible; none if the file does not say.
    #[serde(default, skip_serializing_if = "is_default")]
    pub skill_visibility: Option<SkillVisibility>,
    /// Visible groups of agents.
    #[serde(default, skip_serializing_if = "is_default")]
    pub groups: Vec<Name>,
    /// The agents' timeline is hidden.
    #[serde(default, skip_serializing_if = "is_default")]
    pub timeline_hidden: bool,
    /// What the supervisor may do, sorted by tab, then in the order shown.
    #[serde(default, skip_serializing_if = "is_default")]
    pub actions: Vec<SupervisorAction>,
    /// The tabs in the order shown; empty: the standard ones.
    #[serde(default, skip_serializing_if = "is_default")]
    pub tabs: Vec<SupervisorTab>,
}

/// Something that a supervisor may do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SupervisorAction {
    /// On which tab.
    pub tab: Name,
    /// What.
    pub action: Name,
    /// The flow of a custom action.
    #[serde(default, skip_serializing_if = "is_default")]
    pub flow: Option<Name>,
}

/// A tab of a supervisor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SupervisorTab {
    /// Which.
    pub tab: Name,
    /// The page of a custom tab.
    #[serde(default, skip_serializing_if = "is_default")]
    pub page: Option<Name>,
}
