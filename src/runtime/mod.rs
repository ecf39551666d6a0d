//! Runtime: executes a routing plan.
//!
//! In: a [`Plan`], options, and events, each with its time. Out: effects, in an order that is part of the contract; records
//! as the Set Up Omni-Channel Developer Guide describes them; a state that can be saved and resumed.
//! Must not know metadata, the graph, files or the clock. It is a pure state machine: the same plan, options and events give
//! the same effects and the same state, byte for byte. Time and the ids of records outside come with the events; ids of
//! records that it makes are counted; nothing is random.
//!
//! [`State`] is all that there is to know; the index is made from it, so that a decision costs no more than the logarithm
//! of the agents and of the waiting work; what costs more is in docs/performance.md.
//!
//! Its rooms, of which each uses those after it alone: `ask`, `begin`, `engine`, `events`, `steps`, `view`, `rules`, `book`,
//! `directory`, `contract`, `numbers`. The way of one arriving case:
//!
//! 1. `engine` lets time pass until it comes: timers that are due fire, each by a step.
//! 2. `events` hands it to `work_arrived`, which asks `rules` how it will be routed: [`Refusal`], or a plan.
//! 3. `steps` note the record, and a routing request with its terms: nothing can be refused any more.
//! 4. `engine` settles: it asks `rules` which waiting work comes first, and which agent of its lane is the best.
//! 5. `steps` offer it: the work is charged, the agent's places in the lanes of `book` change, the console is told. Or it
//!    enters its lanes, and waits.
//! 6. What was emitted goes out, in the order in which it happened.

mod ask;
mod begin;
mod book;
mod contract;
mod directory;
mod engine;
mod events;
mod numbers;
mod rules;
mod steps;
mod view;

pub use book::State;
pub use contract::*;
pub use rules::MOST_PASSED;
pub use steps::Runtime;

pub use crate::plan::Time;

use crate::plan::Plan;

impl Runtime {
    /// The time of the last event.
    pub fn now(&self) -> Time {
        self.book.state().now
    }

    /// The options that it was begun with.
    pub fn options(&self) -> &RoutingOptions {
        self.book.state().options()
    }

    /// When the next timer is due, if any runs.
    pub fn next_due(&self) -> Option<Time> {
        self.book.index().timers.first().map(|(due, _)| *due)
    }

    /// Whether [`Effect::Decision`] is given with each offer. It looks at every agent, and is not part of the state.
    pub fn trace(&mut self, on: bool) {
        self.tracing = on;
    }

    /// The state, to be written.
    pub fn state(&self) -> &State {
        self.book.state()
    }

    /// A copy of the state, to be saved.
    pub fn save(&self) -> State {
        self.book.state().clone()
    }

    /// Begins with a plan. Nobody is logged in, nothing waits.
    ///
    /// # Errors
    ///
    /// If the plan's tables name rows that are not there, or the options a status that is not there.
    pub fn new(plan: &Plan, options: RoutingOptions) -> Result<Self, StartError> {
        begin::begin(plan, options)
    }

    /// Goes on from a saved state.
    ///
    /// # Errors
    ///
    /// If the state was saved with another plan, or contradicts itself.
    pub fn resume(plan: &Plan, state: State) -> Result<Self, StartError> {
        begin::resume(plan, state)
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
}
