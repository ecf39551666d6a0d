//! One step on the way from work to a rep, and its answer.

use serde::Serialize;

use crate::graph::NodeId;
use crate::source::Location;

/// Whether something is so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Holds {
    /// It is so.
    Yes,
    /// It is not so.
    No,
    /// What is known does not say.
    Unknown,
}

impl Holds {
    /// The answer in one word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unknown => "unknown",
        }
    }
}

/// What a step asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Omni-Channel is switched on.
    SwitchedOn,
    /// The queue has a routing configuration.
    Routed,
    /// The rep is active in the org.
    Active,
    /// Omni-Channel chooses the rep, and not a partner's system.
    Model,
    /// A service channel carries the work.
    Carried,
    /// A presence status offers the service channel.
    Offered,
    /// The rep is a member of the queue.
    Member,
    /// The rep has a skill that the work needs.
    Skill(NodeId),
    /// It is known which skills the work needs.
    SkillsKnown,
    /// The rep may choose a presence status that offers the service channel.
    Status,
    /// A presence configuration governs the rep.
    Governed,
    /// An item fits into the rep's capacity.
    Room,
}

impl Condition {
    /// Its name for programs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SwitchedOn => "switchedOn",
            Self::Routed => "routed",
            Self::Active => "active",
            Self::Model => "model",
            Self::Carried => "carried",
            Self::Offered => "offered",
            Self::Member => "member",
            Self::Skill(_) => "skill",
            Self::SkillsKnown => "skillsKnown",
            Self::Status => "status",
            Self::Governed => "governed",
            Self::Room => "room",
        }
    }
}

/// One step on the way from work to a rep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What is asked.
    pub condition: Condition,
    /// The answer.
    pub holds: Holds,
    /// A sentence without a full stop; what stands in back-quotes is code.
    pub text: String,
    /// Where the project says so.
    pub place: Option<Location>,
    /// Of a step that is about some of the work alone: which, as in ``whose `Case.Language__c` is `German` ``.
    pub only: Option<String>,
}

impl Step {
    /// A step that is about all of the work.
    pub(super) fn new(
        condition: Condition,
        holds: Holds,
        place: impl Into<Option<Location>>,
        text: impl Into<String>,
    ) -> Self {
        Self { condition, holds, text: text.into(), place: place.into(), only: None }
    }

    /// True if it is about some of the work alone.
    pub const fn is_for_some(&self) -> bool {
        self.only.is_some()
    }
}
