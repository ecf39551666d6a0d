//! Capacity in use, and what it makes of the records of presence.

use super::runtime::Runtime;
use crate::plan::Units;
use crate::runtime::book::Agent;
use crate::runtime::contract::{ConsoleEvent, Pool};
use crate::runtime::numbers::AgentIx;

impl Runtime {
    /// Changes the capacity that an agent has in use, and whatever else about the agent changes with it.
    pub(in crate::runtime) fn charge(
        &mut self,
        agent: AgentIx,
        pool: Pool,
        by: Units,
        change: impl FnOnce(&mut Agent),
    ) {
        self.count_presence(agent);
        let before = self.rules().workload(agent);
        self.reseat(agent, |known| {
            let used = &mut known.used[pool.at()].0;
            *used = used.saturating_add(by.0);
            change(known);
        });
        self.tell_workload(agent, before);
    }

    /// Tells the console, if the workload changed.
    pub(in crate::runtime) fn tell_workload(&mut self, agent: AgentIx, before: Units) {
        let now = self.rules().workload(agent);
        let Some(session) = self.book.session(agent).filter(|_| now != before && !self.quiet) else { return };
        let event = ConsoleEvent::WorkloadChanged {
            configured_capacity: session.capacity[Pool::Primary.at()],
            previous_workload: before,
            new_workload: now,
        };
        self.console(agent, event);
    }

    /// Brings the sums of the current record of presence up to now, before the capacity in use changes.
    pub(in crate::runtime) fn count_presence(&mut self, agent: AgentIx) {
        let now = self.book.state().now;
        let known = self.book.agent(agent);
        let Some(session) = &known.session else { return };
        let (used, is_idle, capacity) = (known.used, known.works.is_empty(), session.capacity);
        let Some(record) = self.book.presence_mut(session.record) else { return };
        let elapsed = now.since(record.counted);
        record.counted = now;
        if used[Pool::Primary.at()] >= capacity[Pool::Primary.at()] {
            record.at_capacity_ms = record.at_capacity_ms.saturating_add(elapsed);
        }
        if is_idle {
            record.idle_ms = record.idle_ms.saturating_add(elapsed);
        }
        let [primary, interruptible] = used;
        record.used_ms += i128::from(elapsed) * (i128::from(primary.0) + i128::from(interruptible.0));
    }
}
