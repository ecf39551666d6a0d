//! What supervisors see.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Ref;

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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SupervisorView {
    /// The name of the supervisor configuration.
    pub name: String,
    /// The users who have it (table `users`). A user's own view beats the profile's.
    pub users: Vec<u32>,
    /// The profiles whose users have it, lower case and percent-decoded.
    pub profiles: Vec<String>,
    /// Visible queues (table `queues`).
    pub queues: Vec<Ref>,
    /// Visible skills (table `skills`).
    pub skills: Vec<Ref>,
    /// Which skills-based work is visible; none if the file does not say.
    pub skill_visibility: Option<SkillVisibility>,
    /// Visible groups of agents.
    pub groups: Vec<String>,
    /// The agents' timeline is hidden.
    pub timeline_hidden: bool,
    /// What the supervisor may do, sorted by tab, then in the order shown.
    pub actions: Vec<SupervisorAction>,
    /// The tabs in the order shown; empty: the standard ones.
    pub tabs: Vec<SupervisorTab>,
}

/// Something that a supervisor may do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SupervisorAction {
    /// On which tab.
    pub tab: String,
    /// What.
    pub action: String,
    /// The flow of a custom action.
    pub flow: Option<String>,
}

/// A tab of a supervisor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SupervisorTab {
    /// Which.
    pub tab: String,
    /// The page of a custom tab.
    pub page: Option<String>,
}
