//! `UserServicePresence`, `ServiceResource` and `ServiceResourceSkill`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::ids::UserServicePresenceId;
use crate::plan::{Name, SkillLevel, Time, Units};

/// A presence status that an agent is or was in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct UserServicePresence {
    /// Its id, which is also its `Name`, an autonumber.
    pub id: UserServicePresenceId,
    /// Seconds at full capacity: the primary capacity is used up. As of the last change of capacity.
    pub at_capacity_duration: i64,
    /// The average capacity in use, in units, over time. How the org averages is not documented. As of the last change of
    /// capacity; none: no time has passed.
    pub average_capacity: Option<Units>,
    /// The configured capacity, in units.
    pub configured_capacity: i64,
    /// The configured interruptible capacity, in units (Object Reference 67.0, API 57.0).
    pub configured_interrupt_capacity: i64,
    /// Seconds without any work. As of the last change of capacity.
    pub idle_duration: i64,
    /// The status has no channels.
    pub is_away: bool,
    /// The agent is in it.
    pub is_current_state: bool,
    /// The owner: the agent.
    pub owner_id: Name,
    /// The status.
    pub service_presence_status_id: Name,
    /// Seconds in the status; none: the agent is in it.
    pub status_duration: Option<i64>,
    /// When it ended.
    pub status_end_date: Option<Time>,
    /// When it began.
    pub status_start_date: Time,
    /// The agent.
    pub user_id: Name,
}

/// An agent as a resource with skills. Of the guide's fields those are here that routing knows of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct ServiceResource {
    /// Work can be assigned.
    pub is_active: bool,
    /// The resource's name: the username.
    pub name: Name,
    /// The user.
    pub related_record_id: Name,
    /// `A`: an agent.
    pub resource_type: Name,
    /// The skills, sorted by name.
    pub skills: Vec<ServiceResourceSkill>,
}

/// A skill of a resource.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct ServiceResourceSkill {
    /// The skill.
    pub skill_id: Name,
    /// How well; none: not known.
    pub skill_level: Option<SkillLevel>,
}
