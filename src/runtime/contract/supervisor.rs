//! What a supervisor sees, and does.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::plan::{Name, Time, Units};

/// What a supervisor's view shows at the moment. Lists are sorted by name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SupervisorSight {
    /// The supervisor configuration.
    pub configuration: Name,
    /// Visible agents.
    pub agents: Vec<AgentSight>,
    /// Visible queues.
    pub queues: Vec<QueueSight>,
    /// Visible skills.
    pub skills: Vec<SkillSight>,
    /// The agents' timeline is hidden.
    pub is_timeline_hidden: bool,
    /// What the supervisor may do, in the order shown, as `tab.action`.
    pub actions: Vec<Name>,
}

/// An agent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AgentSight {
    /// Who.
    pub user: Name,
    /// The presence status; none: offline.
    pub status: Option<Name>,
    /// The capacity in use, in units.
    pub workload: Units,
    /// The configured capacity, in units; none: offline.
    pub configured_capacity: Option<Units>,
    /// Records that the agent has, assigned or opened.
    pub work_items: Vec<Name>,
    /// The raised flags, with the record and the message.
    pub flags: Vec<FlagSight>,
}

/// A raised flag.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FlagSight {
    /// The record.
    pub work_item_id: Name,
    /// The message.
    pub message: Option<Name>,
}

/// A queue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct QueueSight {
    /// Which.
    pub queue: Name,
    /// How many items wait in it.
    pub waiting: u64,
    /// Seconds for which the oldest waits.
    pub longest_wait: Option<i64>,
}

/// A skill.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SkillSight {
    /// Which.
    pub skill: Name,
    /// How many items wait for it, of those that the view shows.
    pub waiting: u64,
}

/// What a console shows of work, and no record holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorkOnConsole {
    /// The raised flag, with its message; none: the flag is down.
    pub flag: Option<Option<Name>>,
    /// When after conversation work is over at the latest; none: it is not under way.
    pub after_conversation_until: Option<Time>,
    /// Extensions of after conversation work that are left.
    pub extensions_left: u32,
}
