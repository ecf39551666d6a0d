//! What steps work on.

use crate::runtime::book::{Book, ItemNo, PendingNo};
use crate::runtime::contract::{Effect, TimedEffect};
use crate::runtime::directory::Directory;
use crate::runtime::numbers::AgentIx;
use crate::runtime::rules::Rules;

/// Routing as it happens: a plan, and everything that has happened since.
#[derive(Debug)]
pub struct Runtime {
    pub(in crate::runtime) plan: Directory,
    pub(in crate::runtime) book: Book,
    /// Effects of the present event.
    pub(in crate::runtime) out: Vec<TimedEffect>,
    pub(in crate::runtime) tracing: bool,
    /// Changes of workload are emitted together, later.
    pub(in crate::runtime) quiet: bool,
    /// Waiting items that are in no lane yet: they may find an agent.
    pub(in crate::runtime) new_pendings: Vec<PendingNo>,
    /// Agents who may take more than before.
    pub(in crate::runtime) freed: Vec<AgentIx>,
    /// Items that may be forgotten when the event is over.
    pub(in crate::runtime) done_items: Vec<ItemNo>,
}

impl Runtime {
    /// What is asked before anything is changed.
    pub(in crate::runtime) fn rules(&self) -> Rules<'_> {
        Rules { plan: &self.plan, book: &self.book }
    }

    pub(in crate::runtime) fn emit(&mut self, effect: Effect) {
        self.out.push(TimedEffect { at: self.book.state().now, effect });
    }
}
