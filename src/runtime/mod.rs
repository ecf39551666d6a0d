//! Runtime: executes a routing plan.
//!
//! In: a [`Plan`], options, and events, each with its time. Out: effects, in an order that is part of the contract; records
//! as the Set Up Omni-Channel Developer Guide describes them; a state that can be saved and resumed.
//! Must not know metadata, the graph, files or the clock. It is a pure state machine: the same plan, options and events give
//! the same effects and the same state, byte for byte. Time and the ids of records outside come with the events; ids of
//! records that it makes are counted; nothing is random.

mod decision;
mod effect;
mod event;
mod ids;
mod options;
pub mod records;
mod refusal;
mod supervisor;
mod time;

pub use decision::*;
pub use effect::*;
pub use event::*;
pub use ids::*;
pub use options::*;
pub use refusal::*;
pub use supervisor::*;
pub use time::Time;

use crate::plan::Plan;

/// Why a runtime could not begin.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StartError {
    /// A row of the plan names a row that is not there.
    #[error("the plan is broken: {0}")]
    Plan(String),
    /// The state is of another plan.
    #[error("the state was saved with a plan of another digest: {saved} instead of {given}")]
    OtherPlan {
        /// The digest of the state's plan.
        saved: String,
        /// The digest of the plan given.
        given: String,
    },
    /// The state contradicts itself or the plan.
    #[error("the state is broken: {0}")]
    State(String),
}

/// Routing as it happens: a plan, and everything that has happened since.
#[derive(Debug)]
pub struct Runtime {
    now: Time,
}

impl Runtime {
    /// Begins with a plan. Nobody is logged in, nothing waits.
    ///
    /// # Errors
    ///
    /// If the plan's tables name rows that are not there.
    pub fn new(_plan: &Plan, _options: RoutingOptions) -> Result<Self, StartError> {
        Ok(Self { now: Time::default() })
    }

    /// The time of the last event.
    pub fn now(&self) -> Time {
        self.now
    }

    /// When the next timer is due, if any runs.
    pub fn next_due(&self) -> Option<Time> {
        None
    }

    /// Whether [`Effect::Decision`] is given with each offer. It costs a look at every agent.
    pub fn trace(&mut self, _on: bool) {}

    /// Lets time pass until `at`, and then the event happen.
    ///
    /// # Errors
    ///
    /// If a rule refuses the event; see [`Refused`].
    pub fn apply(&mut self, _at: Time, _event: &Event) -> Result<Vec<TimedEffect>, Refused> {
        Ok(Vec::new())
    }
}
