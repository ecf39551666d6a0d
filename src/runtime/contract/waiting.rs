//! Why work waits, as it is told.

use super::decision::WhyPassed;
use super::event::Name;
use super::ids::AgentWorkId;
use crate::plan::Time;

/// An item that waits for the same reps and is routed first.
#[derive(Clone, Debug, PartialEq)]
pub struct Ahead {
    /// The record.
    pub work_item_id: Name,
    /// Why it goes first.
    pub why: WhyPassed,
}

/// An item that was requested later, and that a rep of this item was offered since.
#[derive(Clone, Debug, PartialEq)]
pub struct WentFirst {
    /// The work.
    pub work_id: AgentWorkId,
    /// The record.
    pub work_item_id: Name,
    /// The rep.
    pub user: Name,
    /// When it was offered.
    pub at: Time,
    /// Why it went first. None: the order is not the reason, so the rep could not be offered this item then.
    pub why: Option<WhyPassed>,
}

/// A timer that may let an item be offered.
#[derive(Clone, Debug, PartialEq)]
pub struct Due {
    /// When it fires.
    pub at: Time,
    /// What happens then.
    pub what: DueWhat,
}

/// What a timer does.
#[derive(Clone, Debug, PartialEq)]
pub enum DueWhat {
    /// The item lets additional skills go.
    SkillsDropped {
        /// All that it has left; they may go in groups.
        skills: Vec<Name>,
    },
    /// An offer to a rep expires: of this item, or of another that then leaves the rep.
    OfferExpires {
        /// The record that is offered.
        work_item_id: Name,
        /// The rep.
        user: Name,
    },
    /// After conversation work of a rep is over.
    AfterConversationWorkEnds {
        /// The record.
        work_item_id: Name,
        /// The rep.
        user: Name,
    },
    /// The assignment of a skill begins or ends.
    SkillAssignmentChanges {
        /// The rep.
        user: Name,
    },
}
