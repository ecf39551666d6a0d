//! What a change does.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::classes::WorkKind;
use crate::plan::{Cost, Name, Origin, Overflow};
use crate::runtime::records::RoutingModel;
use crate::runtime::{Refusal, SkillNeed, Timed, TimedEffect};

/// What a change is about: what hurts most comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// Work reaches nobody any more.
    ReachesNobody,
    /// What becomes of work is no longer known, because the project no longer has what decides it.
    NotKnown,
    /// Fewer reps can be offered work, or in fewer presence statuses.
    FewerReps,
    /// In which order work is taken.
    Order,
    /// What work costs, and how much a rep can hold.
    Capacity,
    /// How long an offer waits, a skill is asked for, after conversation work lasts.
    Times,
    /// More reps can be offered work, or in more presence statuses.
    MoreReps,
    /// How offers are accepted and declined.
    Answers,
    /// What supervisors see.
    Supervisors,
    /// Something else.
    Other,
}

impl Topic {
    /// All of them, the worst first.
    pub const ALL: [Self; 10] = [
        Self::ReachesNobody,
        Self::NotKnown,
        Self::FewerReps,
        Self::Order,
        Self::Capacity,
        Self::Times,
        Self::MoreReps,
        Self::Answers,
        Self::Supervisors,
        Self::Other,
    ];
}

/// Why reps cannot be offered work.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// They are no members of the queue.
    NotMembers,
    /// The plan does not know that they have what it asks for.
    Unknown,
    /// They are not active.
    Inactive,
    /// They lack a skill.
    LackSkill(Name),
    /// Their level of a skill is too low.
    SkillLevel(Name),
    /// No presence status offers the service channel.
    NotOffered(Name),
    /// They may choose no presence status that offers the service channel.
    NotGranted(Name),
    /// An item costs more than they have.
    NoRoom,
    /// The work is not routed at all: a sentence says why.
    NotRouted(String),
}

/// What a project does not have, so that it does not say what becomes of work. The org may have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Lacks {
    /// The queue.
    Queue,
    /// The routing configuration.
    RoutingConfiguration(Name),
    /// A service channel for the object.
    ServiceChannel,
    /// Something else, such as whom a flow routes to.
    Other(String),
}

/// What is another.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum What {
    /// Work reached reps, and reaches nobody.
    ReachesNobody {
        /// Whom it reached; empty if a partner's system decided.
        before: Vec<Name>,
        /// Why it does not.
        reason: Option<Reason>,
    },
    /// What becomes of work is no longer known.
    NoLongerKnown {
        /// What the project does not have any more.
        lacks: Lacks,
        /// Whom the work reached, as far as was known.
        reps: Vec<Name>,
    },
    /// What becomes of work was not known, and is.
    KnownNow {
        /// What the project did not have.
        lacks: Lacks,
        /// Whom the work reaches, as far as is known.
        reps: Vec<Name>,
    },
    /// Work no longer reaches some reps.
    LosesReps {
        /// Who.
        reps: Vec<Name>,
        /// How many it reached, of those who are known.
        before: usize,
        /// True if others may be reached: who is in a public group or a role, or has the skills, is not known.
        others_unknown: bool,
        /// Why, if it is the same for all.
        reason: Option<Reason>,
    },
    /// Work reaches more reps.
    GainsReps {
        /// Who.
        reps: Vec<Name>,
        /// How many it reached, of those who are known.
        before: usize,
        /// True if others may have been reached.
        others_unknown: bool,
        /// Why it did not reach them, if it is the same for all.
        reason: Option<Reason>,
    },
    /// Reps are offered work in other presence statuses; they are the same reps.
    Statuses {
        /// The service channel.
        channel: Name,
        /// In which statuses not any more.
        lost: Vec<Name>,
        /// In which statuses now.
        gained: Vec<Name>,
        /// Which of them are in one of the plans alone.
        alone: Vec<Name>,
    },
    /// A flow gives its work to another queue.
    Goes {
        /// The queue; null: none.
        before: Option<Name>,
        /// The queue.
        after: Option<Name>,
    },
    /// Work has another priority.
    Priority {
        /// The priority; lower goes first. Null: last.
        before: Option<i32>,
        /// The priority.
        after: Option<i32>,
        /// Queues whose work it now goes before.
        passes: Vec<Name>,
        /// Queues whose work now goes before it.
        passed_by: Vec<Name>,
    },
    /// Work has another secondary priority.
    SecondaryPriority {
        /// The secondary priority; null: none.
        before: Option<i32>,
        /// The secondary priority.
        after: Option<i32>,
    },
    /// Reps hold another number of items at once.
    Holds {
        /// What governs the reps; null: the org's default.
        presence_configuration: Option<Name>,
        /// How many items of this work one of them holds.
        before: u32,
        /// How many.
        after: u32,
        /// Who.
        reps: Vec<Name>,
    },
    /// An item costs something else, and of no rep is the capacity known.
    Cost {
        /// The cost.
        before: Cost,
        /// The cost.
        after: Cost,
    },
    /// A paused item costs something else.
    PausedCost {
        /// The cost.
        before: Cost,
        /// The cost.
        after: Cost,
    },
    /// An unanswered offer goes to another rep after another time.
    PushTimeout {
        /// Seconds; null: never.
        before: Option<u32>,
        /// Seconds; null: never.
        after: Option<u32>,
    },
    /// Additional skills are dropped after another time.
    DropsSkills {
        /// Seconds; null: never.
        before: Option<u32>,
        /// Seconds; null: never.
        after: Option<u32>,
    },
    /// Work asks for other skills.
    Needs {
        /// The skills.
        before: Vec<SkillNeed>,
        /// The skills.
        after: Vec<SkillNeed>,
    },
    /// Another rule chooses among reps, or a partner's system does.
    Model {
        /// The rule.
        before: Option<RoutingModel>,
        /// The rule.
        after: Option<RoutingModel>,
    },
    /// Work goes through another service channel.
    Channel {
        /// The channel.
        before: Name,
        /// The channel.
        after: Name,
    },
    /// Work above the org's limits goes elsewhere.
    Overflow {
        /// Where to; null: it is refused.
        before: Option<Overflow>,
        /// Where to; null: it is refused.
        after: Option<Overflow>,
    },
    /// A row of the plan differs.
    Row {
        /// The table.
        table: &'static str,
        /// The row.
        row: Name,
        /// The field; empty: the whole row.
        field: String,
        /// What it was; null: left out, or no row.
        before: Value,
        /// What it is; null: left out, or no row.
        after: Value,
    },
}

/// A row of a plan that makes a difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Cause {
    /// The table.
    pub table: &'static str,
    /// The row.
    pub row: Name,
    /// The fields that differ; none if the row was added or removed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<String>,
    /// Where it comes from in the old plan; null: it is not there, or the plan does not say.
    pub old: Option<Origin>,
    /// Where it comes from in the new plan.
    pub new: Option<Origin>,
}

/// What happens to the same work before and after.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Example {
    /// With the old plan.
    pub old: Vec<Step>,
    /// With the new plan.
    pub new: Vec<Step>,
}

/// An event of an example, and what comes of it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Step {
    /// What happens.
    #[serde(flatten)]
    pub event: Timed,
    /// What comes of it.
    pub effects: Vec<TimedEffect>,
    /// The rule that refuses it; null: none.
    pub refused: Option<Refusal>,
    /// Both in sentences, each with its time.
    pub told: Vec<String>,
}

/// One thing that a change does to work.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Change {
    /// What it is about.
    pub topic: Topic,
    /// What it does, in a sentence without a full stop. Names stand in back-quotes.
    pub text: String,
    /// What it does.
    #[serde(flatten)]
    pub what: What,
    /// To which work. Empty: to whatever comes.
    pub work: Vec<WorkKind>,
    /// The rows of the plan that make the difference.
    pub causes: Vec<Cause>,
    /// An item of such work, before and after.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub example: Option<Example>,
}
