//! Routing configurations, queues, skills.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{is_default, is_yes, yes};
use crate::plan::{Name, Share, Units};

/// Which of a rep's two capacities work is charged to. Work of the object `LiveChatTranscript` is charged to the primary
/// one whatever this says (Omni-Channel for Administrators, Spring '26).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CapacityType {
    /// As the channel says.
    #[default]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Cost {
    /// So many units of capacity.
    Units(Units),
    /// So many percent of the rep's capacity.
    #[serde(rename = "percent")]
    Share(Share),
}

impl Default for Cost {
    fn default() -> Self {
        Self::Units(Units(0))
    }
}

/// A routing configuration.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RoutingConfiguration {
    /// Its name.
    pub name: Name,
    /// Who of several candidates is offered the work; none if the file says `xsi:nil`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub model: Option<RoutingModel>,
    /// The order of queues; lower goes first. None if the file says `xsi:nil`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub priority: Option<i32>,
    /// What an item costs. Neither weight nor percentage in the file: nothing (assumed: not documented).
    pub cost: Cost,
    /// What a paused item costs. Absent: nothing (Omni-Channel for Administrators, Spring '26).
    #[serde(default, skip_serializing_if = "is_default")]
    #[schemars(extend("default" = { "units": 0 }))]
    pub paused_cost: Cost,
    /// Which capacity it is charged to. Absent: inherited from the channel (Metadata API Developer Guide 67.0).
    #[serde(default, skip_serializing_if = "is_default")]
    #[schemars(extend("default" = "inherited"))]
    pub capacity_type: CapacityType,
    /// Seconds until an unanswered offer goes to another rep. Absent or 0: none (Set Up Omni-Channel Developer Guide v56).
    /// For inbound calls through Amazon Connect, more than 20 counts as 20 (the same).
    #[serde(default, skip_serializing_if = "is_default")]
    pub push_timeout_seconds: Option<u32>,
    /// Who gets work above the org's limits. Not a fallback for when nobody has time.
    #[serde(default, skip_serializing_if = "is_default")]
    pub overflow: Option<Overflow>,
    /// Skills that every item needs (table `skills`).
    #[serde(default, skip_serializing_if = "is_default")]
    pub skills: Vec<Name>,
    /// Seconds until additional skills are dropped; none: they are kept.
    #[serde(default, skip_serializing_if = "is_default")]
    pub drop_additional_skills_after_seconds: Option<u32>,
    /// Skill rules decide, and queue membership does not. Absent: false (Set Up Omni-Channel Developer Guide v56).
    #[serde(default, skip_serializing_if = "is_default")]
    pub attribute_based: bool,
}

/// Who gets work above the org's limits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Overflow {
    /// A queue (table `queues`).
    Queue(Name),
    /// A user (table `users`).
    User(Name),
}

/// A queue.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Queue {
    /// Its name.
    pub name: Name,
    /// How it is routed (table `routing_configurations`); none: Omni-Channel leaves its work alone.
    #[serde(default, skip_serializing_if = "is_default")]
    pub routing_configuration: Option<Name>,
    /// The objects whose records it may hold.
    #[serde(default, skip_serializing_if = "is_default")]
    pub objects: Vec<QueueObject>,
    /// Its members, as the queue names them.
    #[serde(default, skip_serializing_if = "is_default")]
    #[schemars(extend("default" = {}))]
    pub members: Members,
    /// The users who may be offered its work (table `users`), as far as source tells. Absent: its members by name. With
    /// records of the org, active users alone, and those too who are members by group or role; and where source names no
    /// member, the members that the queue has in the org. Empty where the routing configuration is attribute-based.
    #[serde(default, skip_serializing_if = "is_default")]
    pub agents: Option<Vec<Name>>,
    /// True if these are all: membership decides, and there are no members by group or role, or records tell who these are.
    #[serde(default, skip_serializing_if = "is_default")]
    pub agents_complete: bool,
}

impl Queue {
    /// The users who may be offered its work, as far as source tells.
    pub fn agents(&self) -> &[Name] {
        self.agents.as_ref().unwrap_or(&self.members.users)
    }
}

/// An object of a queue.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct QueueObject {
    /// The object.
    pub object: Name,
    /// The channel that routes it (table `channels`): the project's, else the one that Salesforce ships for it, else none.
    #[serde(default, skip_serializing_if = "is_default")]
    pub channel: Option<Name>,
}

/// The members of a queue, each list sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Members {
    /// Users (table `users`).
    #[serde(default, skip_serializing_if = "is_default")]
    pub users: Vec<Name>,
    /// Public groups.
    #[serde(default, skip_serializing_if = "is_default")]
    pub groups: Vec<Name>,
    /// Roles.
    #[serde(default, skip_serializing_if = "is_default")]
    pub roles: Vec<Name>,
    /// Roles with all their subordinates.
    #[serde(default, skip_serializing_if = "is_default")]
    pub roles_and_subordinates: Vec<Name>,
    /// Roles with their internal subordinates.
    #[serde(default, skip_serializing_if = "is_default")]
    pub roles_and_internal_subordinates: Vec<Name>,
}

/// A skill.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Skill {
    /// Its name.
    pub name: Name,
    /// The users to whom its file gives it (table `users`). Sources disagree on whether Omni-Channel goes by these, or by
    /// records of the org alone (`ServiceResourceSkill`): they are kept, and it is for a runtime to choose.
    #[serde(default, skip_serializing_if = "is_default")]
    pub users: Vec<Name>,
    /// The profiles to whose users its file gives it, lower case and percent-decoded.
    #[serde(default, skip_serializing_if = "is_default")]
    pub profiles: Vec<Name>,
}

/// A field value asks for a skill.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct SkillRule {
    /// The object.
    pub object: Name,
    /// The field, qualified with the object.
    pub field: Name,
    /// The value; none if the rule has none.
    #[serde(default, skip_serializing_if = "is_default")]
    pub value: Option<Name>,
    /// The skill (table `skills`).
    pub skill: Name,
    /// The least level; none if any will do.
    #[serde(default, skip_serializing_if = "is_default")]
    pub level: Option<i32>,
    /// Work can do without it after a while. Absent: false (Metadata API Developer Guide 67.0).
    #[serde(default, skip_serializing_if = "is_default")]
    pub additional: bool,
    /// How early it is dropped; higher goes first, none goes last.
    #[serde(default, skip_serializing_if = "is_default")]
    pub drop_priority: Option<i32>,
    /// The skill mapping set.
    pub set: Name,
    /// The set counts. Absent: it does.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    #[schemars(extend("default" = true))]
    pub active: bool,
}

/// As a row is read that has only what it must have.
impl Default for SkillRule {
    fn default() -> Self {
        Self {
            object: Name::default(),
            field: Name::default(),
            value: None,
            skill: Name::default(),
            level: None,
            additional: false,
            drop_priority: None,
            set: Name::default(),
            active: yes(),
        }
    }
}
