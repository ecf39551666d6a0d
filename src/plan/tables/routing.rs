//! Routing configurations, queues, skills.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Ref;
use crate::plan::{Share, Units};

/// Which of a rep's two capacities work is charged to. Work of the object `LiveChatTranscript` is charged to the primary
/// one whatever this says (Omni-Channel for Administrators, Spring '26).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CapacityType {
    /// As the channel says.
    Inherited,
    /// The interruptible one.
    Interruptible,
    /// The primary one.
    Primary,
}

/// Who of several candidates is offered the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RoutingModel {
    /// The one with the least capacity in use.
    LeastActive,
    /// The one with the most free capacity.
    MostAvailable,
    /// A partner's system decides.
    External,
}

/// What an item of work costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Cost {
    /// So much capacity, in ten-thousandths of a unit.
    Units(Units),
    /// That share of the rep's capacity, in ten-thousandths of the whole.
    Share(Share),
}

/// A routing configuration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RoutingConfiguration {
    /// Its name.
    pub name: String,
    /// Who of several candidates is offered the work; none if the file says `xsi:nil`.
    pub model: Option<RoutingModel>,
    /// The order of queues; lower goes first. None if the file says `xsi:nil`.
    pub priority: Option<i32>,
    /// What an item costs. Neither weight nor percentage in the file: nothing (assumed: not documented).
    pub cost: Cost,
    /// What a paused item costs. Absent: nothing (Omni-Channel for Administrators, Spring '26).
    pub paused_cost: Cost,
    /// Which capacity it is charged to. Absent: inherited from the channel (Metadata API Developer Guide 67.0).
    pub capacity_type: CapacityType,
    /// Seconds until an unanswered offer goes to another rep. Absent or 0: none (Set Up Omni-Channel Developer Guide v56).
    /// For inbound calls through Amazon Connect, more than 20 counts as 20 (the same).
    pub push_timeout_seconds: Option<u32>,
    /// Who gets work above the org's limits. Not a fallback for when nobody has time.
    pub overflow: Option<Overflow>,
    /// Skills that every item needs (table `skills`).
    pub skills: Vec<Ref>,
    /// Seconds until additional skills are dropped; none: they are kept.
    pub drop_additional_skills_after_seconds: Option<u32>,
    /// Skill rules decide, and queue membership does not. Absent: false (Set Up Omni-Channel Developer Guide v56).
    pub attribute_based: bool,
}

/// Who gets work above the org's limits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Overflow {
    /// A queue (table `queues`).
    Queue(Ref),
    /// A user (table `users`).
    User(u32),
}

/// A queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Queue {
    /// Its name.
    pub name: String,
    /// How it is routed (table `routing_configurations`); none: Omni-Channel leaves its work alone.
    pub routing_configuration: Option<Ref>,
    /// The objects whose records it may hold.
    pub objects: Vec<QueueObject>,
    /// Its members, as the queue names them.
    pub members: Members,
    /// The users who may be offered its work (table `users`), as far as source tells: its members by name. With records of
    /// the org, active users alone, and those too who are members by group or role; and where source names no member, the
    /// members that the queue has in the org. None where the routing configuration is attribute-based.
    pub agents: Vec<u32>,
    /// True if these are all: membership decides, and there are no members by group or role, or records tell who these are.
    pub agents_complete: bool,
}

/// An object of a queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct QueueObject {
    /// The object.
    pub object: String,
    /// The channel that routes it (table `channels`): the project's, else the one that Salesforce ships for it, else none.
    pub channel: Option<Ref>,
}

/// The members of a queue, each list sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Members {
    /// Users (table `users`).
    pub users: Vec<u32>,
    /// Public groups.
    pub groups: Vec<String>,
    /// Roles.
    pub roles: Vec<String>,
    /// Roles with all their subordinates.
    pub roles_and_subordinates: Vec<String>,
    /// Roles with their internal subordinates.
    pub roles_and_internal_subordinates: Vec<String>,
}

/// A skill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Skill {
    /// Its name.
    pub name: String,
    /// The users to whom its file gives it (table `users`). Sources disagree on whether Omni-Channel goes by these, or by
    /// records of the org alone (`ServiceResourceSkill`): they are kept, and it is for a runtime to choose.
    pub users: Vec<u32>,
    /// The profiles to whose users its file gives it, lower case and percent-decoded.
    pub profiles: Vec<String>,
}

/// A field value asks for a skill.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct SkillRule {
    /// The object.
    pub object: String,
    /// The field, qualified with the object.
    pub field: String,
    /// The value; none if the rule has none.
    pub value: Option<String>,
    /// The skill (table `skills`).
    pub skill: Ref,
    /// The least level; none if any will do.
    pub level: Option<i32>,
    /// Work can do without it after a while. Absent: false (Metadata API Developer Guide 67.0).
    pub additional: bool,
    /// How early it is dropped; higher goes first, none goes last.
    pub drop_priority: Option<i32>,
    /// The skill mapping set.
    pub set: String,
    /// The set counts.
    pub active: bool,
}
