//! Runtime: executes a routing plan.
//!
//! In: a [`Plan`], options, and events, each with its time. Out: effects, in an order that is part of the contract; records
//! as the Set Up Omni-Channel Developer Guide describes them; a state that can be saved and resumed.
//! Must not know metadata, the graph, files or the clock. It is a pure state machine: the same plan, options and events give
//! the same effects and the same state, byte for byte. Time and the ids of records outside come with the events; ids of
//! records that it makes are counted; nothing is random.
//!
//! [`State`] is all that there is to know; the index is made from it, so that a decision costs no more than the logarithm
//! of the agents and of the waiting work; what costs more is in docs/performance.md. `apply.rs` leads an event to the file
//! that knows it.

mod admin;
mod answer;
mod api;
mod apply;
mod arrive;
mod build;
mod by_flow;
mod by_name;
mod capacity;
mod change;
mod console;
mod decision;
mod declines;
mod directory;
mod effect;
mod event;
mod explain;
mod field_values;
mod held;
mod ids;
mod index;
mod index_types;
mod inspect;
mod lookup;
mod options;
mod partner;
mod passed;
mod presence;
mod prospect;
mod prospects;
pub mod records;
mod refusal;
mod route;
mod shelf;
mod skill_dates;
mod skills;
mod standing;
mod state;
mod supervise;
mod supervisor;
mod timers;
mod tournament;
mod transfer;
mod view;
mod waiting;

pub use decision::*;
pub use effect::*;
pub use event::*;
pub use ids::*;
pub use inspect::PoolUse;
pub use options::*;
pub use passed::MOST_PASSED;
pub use prospect::*;
pub use refusal::*;
pub use state::State;
pub use supervisor::*;
pub use timers::PassOutcome;
pub use waiting::*;

pub use crate::plan::Time;

use directory::Directory;
use index::Index;
use index_types::AgentIx;

use crate::plan::Plan;

/// Why a runtime could not begin.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StartError {
    /// A row of the plan names a row that is not there, and nothing outside of the project either.
    #[error("the plan is broken: {0}")]
    Plan(String),
    /// An option is outside of its range, or names what the plan does not have.
    #[error("{0}")]
    Option(String),
    /// The state is of another plan.
    #[error("the state was saved with another plan: its digest is {saved}, that of this plan {given}")]
    OtherPlan {
        /// The digest of the state's plan.
        saved: String,
        /// The digest of the plan given.
        given: String,
    },
    /// The state contradicts itself or the plan, or has another format.
    #[error("the state is broken: {0}")]
    State(String),
}

/// Routing as it happens: a plan, and everything that has happened since.
#[derive(Debug)]
pub struct Runtime {
    plan: Directory,
    book: Book,
    /// Effects of the present event.
    out: Vec<TimedEffect>,
    tracing: bool,
    /// Changes of workload are emitted together, later.
    quiet: bool,
    /// Waiting items that are in no lane yet: they may find an agent.
    new_pendings: Vec<u64>,
    /// Agents who may take more than before.
    freed: Vec<AgentIx>,
    /// Items that may be forgotten when the event is over.
    done_items: Vec<u64>,
}

/// All that has happened since, and what is derived from it.
#[derive(Debug)]
struct Book {
    /// What is saved.
    state: State,
    /// What is made from it.
    index: Index,
}

/// What the plan and the book say: nothing is changed or told through it.
#[derive(Clone, Copy)]
struct Rules<'r> {
    plan: &'r Directory,
    book: &'r Book,
}

impl Runtime {
    fn rules(&self) -> Rules<'_> {
        Rules { plan: &self.plan, book: &self.book }
    }

    /// The time of the last event.
    pub fn now(&self) -> Time {
        self.book.state.now
    }

    /// The options that it was begun with.
    pub fn options(&self) -> &RoutingOptions {
        self.book.state.options()
    }

    /// When the next timer is due, if any runs.
    pub fn next_due(&self) -> Option<Time> {
        self.book.index.timers.first().map(|(due, _)| *due)
    }

    /// Whether [`Effect::Decision`] is given with each offer. It looks at every agent, and is not part of the state.
    pub fn trace(&mut self, on: bool) {
        self.tracing = on;
    }

    /// The state, to be saved.
    pub fn save(&self) -> State {
        self.book.state.clone()
    }

    /// Begins with a plan. Nobody is logged in, nothing waits.
    ///
    /// # Errors
    ///
    /// If the plan's tables name rows that are not there, or the options a status that is not there.
    pub fn new(plan: &Plan, options: RoutingOptions) -> Result<Self, StartError> {
        build::begin(plan, options)
    }

    /// Goes on from a saved state.
    ///
    /// # Errors
    ///
    /// If the state was saved with another plan, or contradicts itself.
    pub fn resume(plan: &Plan, state: State) -> Result<Self, StartError> {
        build::resume(plan, state)
    }

    /// Lets time pass until `at`, and then the event happen. However much is due until then happens at once, and its effects
    /// are kept in memory: [`Runtime::pass`] before it lets time pass in slices.
    ///
    /// # Errors
    ///
    /// If a rule refuses the event; see [`Refused`].
    pub fn apply(&mut self, at: Time, event: &Event) -> Result<Vec<TimedEffect>, Refused> {
        let mut effects = Vec::new();
        match self.apply_into(at, event, &mut effects) {
            Ok(()) => Ok(effects),
            Err(refusal) => Err(Refused { refusal, effects }),
        }
    }

    fn emit(&mut self, effect: Effect) {
        self.out.push(TimedEffect { at: self.book.state.now, effect });
    }
}
