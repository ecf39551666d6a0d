//! Capacity in use, and what it makes of the records of presence.

use super::Rules;
use super::index_types::{AgentIx, PresenceIx};
use super::state::Agent;
use super::{ConsoleEvent, Effect, Pool, Runtime};
use crate::plan::Units;

impl Runtime {
    /// Changes the capacity that an agent has in use, and whatever else about the agent changes with it.
    pub(super) fn charge(&mut self, agent: AgentIx, pool: Pool, by: Units, change: impl FnOnce(&mut Agent)) {
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
    pub(super) fn tell_workload(&mut self, agent: AgentIx, before: Units) {
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
    pub(super) fn count_presence(&mut self, agent: AgentIx) {
        let now = self.book.state.now;
        let known = &self.book.state.agents[agent.at()];
        let Some(session) = &known.session else { return };
        let Some(record) = self.book.state.presences.get_mut(session.record) else { return };
        let elapsed = now.since(record.counted);
        record.counted = now;
        if known.used[Pool::Primary.at()] >= session.capacity[Pool::Primary.at()] {
            record.at_capacity_ms = record.at_capacity_ms.saturating_add(elapsed);
        }
        if known.works.is_empty() {
            record.idle_ms = record.idle_ms.saturating_add(elapsed);
        }
        let [primary, interruptible] = known.used;
        record.used_ms += i128::from(elapsed) * (i128::from(primary.0) + i128::from(interruptible.0));
    }

    /// Tells an agent's console, if there is one.
    pub(super) fn console(&mut self, agent: AgentIx, event: ConsoleEvent) {
        if self.book.session(agent).is_none() {
            return;
        }
        let user = self.book.agent_name(agent);
        self.emit(Effect::Console { user, event });
    }
}

impl Rules<'_> {
    /// Primary and interruptible capacity in use.
    pub(super) fn workload(self, agent: AgentIx) -> Units {
        let [primary, interruptible] = self.book.agent(agent).used;
        Units(primary.0.saturating_add(interruptible.0))
    }

    /// The capacities of the session; for an agent who is not logged in, those that a login now would give.
    pub(super) fn capacity_of(self, agent: AgentIx) -> [Units; 2] {
        match self.book.session(agent) {
            Some(session) => session.capacity,
            None => self.plan.presences[self.governing(agent).at()].capacity,
        }
    }

    /// What governs the presence of an agent: the session's configuration, or the one of a login now.
    pub(super) fn presence_of(self, agent: AgentIx) -> PresenceIx {
        self.book.session(agent).map_or_else(|| self.governing(agent), |session| session.presence)
    }

    /// The presence configuration that governs an agent: the one that names the user, else the profile's, else the org's
    /// default (Set Up Omni-Channel Developer Guide v56, `PresenceUserConfigUser`).
    pub(super) fn governing(self, agent: AgentIx) -> PresenceIx {
        let known = self.book.agent(agent);
        let by_profile = || {
            let profile = known.profile.as_ref()?;
            self.plan.by_profile.iter().find(|(name, _)| name == profile).map(|(_, presence)| *presence)
        };
        known.presence.or_else(by_profile).unwrap_or_else(|| self.plan.default_presence())
    }
}
