//! `PendingServiceRouting` and `SkillRequirement`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::ids::{PendingServiceRoutingId, SessionId};
use super::routing::{RoutingModel, RoutingType};
use crate::plan::{Name, Share, SkillLevel, Time, Units};

/// Work that waits to be routed, or to be accepted.
#[expect(clippy::struct_excessive_bools, reason = "the guide's fields")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct PendingServiceRouting {
    /// Its id, which is also its `Name`, an autonumber.
    pub id: PendingServiceRoutingId,
    /// The bot. The runtime routes to people alone: always none.
    pub bot_id: Option<Name>,
    /// What it costs, in percent of an agent's capacity; none: it has a weight.
    pub capacity_percentage: Option<Share>,
    /// What it costs, in capacity units; none: it has a percentage.
    pub capacity_weight: Option<Units>,
    /// When it was made.
    pub created_date: Time,
    /// Since when it counts as waiting, also when it is routed again.
    pub custom_requested_date_time: Option<Time>,
    /// Seconds until additional skills are dropped; none: never.
    pub drop_additional_skills_timeout: Option<u32>,
    /// The queue.
    pub group_id: Option<Name>,
    /// It takes interruptible capacity, not primary capacity (Object Reference 67.0, API 57.0).
    pub is_interruptible: bool,
    /// A change of owner routed it.
    pub is_owner_change_initiated: bool,
    /// It stays with the preferred user.
    pub is_preferred_user_required: bool,
    /// It was pushed to an agent at least once.
    pub is_push_attempted: bool,
    /// It is pushed to an agent.
    pub is_pushed: bool,
    /// It is routed; the record cannot be edited.
    pub is_ready_for_routing: bool,
    /// A change of status routed it.
    pub is_status_change_initiated: bool,
    /// It is a transfer.
    pub is_transfer: bool,
    /// The presence session of the agent who declined it last.
    pub last_declined_agent_session: Option<SessionId>,
    /// The owner: the queue, if there is one.
    pub owner_id: Option<Name>,
    /// Who should get it.
    pub preferred_user_id: Option<Name>,
    /// Seconds for an answer; none: no limit.
    pub push_timeout: Option<u32>,
    /// Who of several candidates is offered it.
    pub routing_model: Option<RoutingModel>,
    /// Its priority.
    pub routing_priority: Option<i32>,
    /// By queue or by skills.
    pub routing_type: Option<RoutingType>,
    /// Its secondary priority.
    pub secondary_routing_priority: Option<i32>,
    /// Counts modifications: 1 when it is made, one more with each.
    pub serial: u32,
    /// Its channel.
    pub service_channel_id: Name,
    /// By when it should be accepted.
    pub target_accept_date_time: Option<Time>,
    /// The record.
    pub work_item_id: Name,
}

/// A skill that waiting work asks for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct SkillRequirement {
    /// Dropped after a while.
    pub is_additional_skill: bool,
    /// The `PendingServiceRouting`.
    pub related_record_id: PendingServiceRoutingId,
    /// The skill.
    pub skill_id: Name,
    /// The least level, 0 to 99.99; none: any.
    pub skill_level: Option<SkillLevel>,
    /// How early it is dropped: higher values first.
    pub skill_priority: Option<i32>,
}
