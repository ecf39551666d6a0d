//! `AgentWork` and `AgentWorkSkill`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::ids::{AgentWorkId, PendingServiceRoutingId};
use super::routing::{RoutingModel, RoutingType};
use crate::plan::{Name, Share, SkillLevel, Time, Units};

/// Work that was routed to an agent.
#[expect(clippy::struct_excessive_bools, reason = "the guide's fields")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct AgentWork {
    /// Its id, which is also its `Name`, an autonumber.
    pub id: AgentWorkId,
    /// When it was accepted.
    pub accept_date_time: Option<Time>,
    /// Seconds for which it was open and in focus in the console, until it closes or after conversation work ends.
    /// Tab-based work only.
    pub active_time: Option<i64>,
    /// How often the agent extended the time for after conversation work.
    pub acw_extension_count: Option<u32>,
    /// Seconds of each extension.
    pub acw_extension_duration: Option<u32>,
    /// Seconds of after conversation work.
    pub after_conversation_actual_time: Option<i64>,
    /// The agent's capacity when declining it, also by timeout: the configured capacity, in units.
    pub agent_capacity_when_declined: Option<Units>,
    /// The agent's interruptible capacity when declining it, also by timeout: the configured one, in units (Object Reference
    /// 67.0).
    pub agent_int_capacity_when_declined: Option<Units>,
    /// When it was assigned.
    pub assigned_date_time: Option<Time>,
    /// The bot that did it. The runtime routes to people alone: always none.
    pub bot_id: Option<Name>,
    /// When it was canceled.
    pub cancel_date_time: Option<Time>,
    /// When its capacity is free again.
    pub capacity_model: CapacityModel,
    /// What it costs, in percent of the agent's capacity; none: it has a weight.
    pub capacity_percentage: Option<Share>,
    /// What it costs, in capacity units; none: it has a percentage.
    pub capacity_weight: Option<Units>,
    /// When it was closed.
    pub close_date_time: Option<Time>,
    /// When it was declined.
    pub decline_date_time: Option<Time>,
    /// Why.
    pub decline_reason: Option<Name>,
    /// Seconds from accept to close, or to the end of after conversation work, whichever is first.
    pub handle_time: Option<i64>,
    /// It takes interruptible capacity, not primary capacity (Object Reference 67.0).
    pub is_interruptible: bool,
    /// A change of owner assigned it.
    pub is_owner_change_initiated: bool,
    /// It stays with the preferred user.
    pub is_preferred_user_required: bool,
    /// A change of status assigned it.
    pub is_status_change_initiated: bool,
    /// The queue that it was first routed to.
    pub original_group_id: Option<Name>,
    /// The owner: the agent.
    pub owner_id: Name,
    /// What it was made from.
    pub pending_service_routing_id: Option<PendingServiceRoutingId>,
    /// Who should get it.
    pub preferred_user_id: Option<Name>,
    /// Seconds for an answer; none: no limit.
    pub push_timeout: Option<u32>,
    /// When it timed out.
    pub push_timeout_date_time: Option<Time>,
    /// When it was requested.
    pub request_date_time: Option<Time>,
    /// Who of several candidates was offered it.
    pub routing_model: Option<RoutingModel>,
    /// Its priority.
    pub routing_priority: Option<i32>,
    /// By queue or by skills.
    pub routing_type: Option<RoutingType>,
    /// Its secondary priority.
    pub secondary_routing_priority: Option<i32>,
    /// Its channel.
    pub service_channel_id: Name,
    /// The agent's capacity was not checked.
    pub should_skip_capacity_check: bool,
    /// Seconds from the request to the accept.
    pub speed_to_answer: Option<i64>,
    /// Where it stands.
    pub status: AgentWorkStatus,
    /// Who has it.
    pub user_id: Name,
    /// The record.
    pub work_item_id: Name,
}

/// `AgentWork.Status`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum AgentWorkStatus {
    /// It is assigned, and not opened.
    Assigned,
    /// It was assigned, and the agent went offline or lost the connection.
    Unavailable,
    /// The agent declined it.
    Declined,
    /// The agent opened it.
    Opened,
    /// It is closed.
    Closed,
    /// Its time ran out.
    DeclinedOnPushTimeout,
    /// It no longer needs routing.
    Canceled,
    /// It went to another agent, queue or skill.
    Transferred,
}

impl AgentWorkStatus {
    /// The value in the database, which `PushTopic` events show (guide, "Integrate External Routing", step 2).
    pub const fn database_value(self) -> u8 {
        match self {
            Self::Assigned => 0,
            Self::Unavailable => 1,
            Self::Declined => 2,
            Self::Opened => 3,
            Self::Closed => 4,
            Self::DeclinedOnPushTimeout => 5,
            Self::Canceled => 6,
            Self::Transferred => 7,
        }
    }

    /// True for work that an agent holds.
    pub const fn is_active(self) -> bool {
        matches!(self, Self::Assigned | Self::Opened)
    }

    /// True if such a record can be deleted: closed, declined and unavailable ones (guide, `AgentWork`, usage). A timeout
    /// is a way of declining; the guide does not name it, so it is refused.
    pub const fn is_deletable(self) -> bool {
        matches!(self, Self::Closed | Self::Declined | Self::Unavailable)
    }
}

/// `AgentWork.CapacityModel`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum CapacityModel {
    /// The status field frees capacity.
    StatusBased,
    /// The tab frees capacity.
    TabBased,
}

/// A skill by which work was routed to an agent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct AgentWorkSkill {
    /// The work.
    pub agent_work_id: AgentWorkId,
    /// It is dropped after a while.
    pub is_additional_skill: bool,
    /// The skill.
    pub skill_id: Name,
    /// The least level; none: any.
    pub skill_level: Option<SkillLevel>,
    /// How early it is dropped.
    pub skill_priority: Option<i32>,
    /// It was dropped before the work was routed.
    pub was_dropped: bool,
}
