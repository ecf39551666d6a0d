//! Capacity, and what governs it.

use super::basis::Rules;
use crate::plan::Units;
use crate::runtime::contract::Pool;
use crate::runtime::numbers::{AgentIx, PresenceIx};

impl Rules<'_> {
    /// Primary and interruptible capacity in use.
    pub(in crate::runtime) fn workload(self, agent: AgentIx) -> Units {
        let [primary, interruptible] = self.book.agent(agent).used;
        Units(primary.0.saturating_add(interruptible.0))
    }

    /// The capacities of the session; for an agent who is not logged in, those that a login now would give.
    pub(in crate::runtime) fn capacity_of(self, agent: AgentIx) -> [Units; 2] {
        match self.book.session(agent) {
            Some(session) => session.capacity,
            None => self.plan.presences[self.governing(agent).at()].capacity,
        }
    }

    /// Whether a cost fits into a capacity beside what counts as in use there; if not, what is free.
    pub(in crate::runtime) fn fits_into(
        self,
        agent: AgentIx,
        pool: Pool,
        capacity: Units,
        cost: Units,
    ) -> Result<(), Units> {
        let load = self.load(agent, pool);
        let fits = load.0.saturating_add(cost.0) <= capacity.0;
        if fits { Ok(()) } else { Err(Units(capacity.0.saturating_sub(load.0))) }
    }

    /// What governs the presence of an agent: the session's configuration, or the one of a login now.
    pub(in crate::runtime) fn presence_of(self, agent: AgentIx) -> PresenceIx {
        self.book.session(agent).map_or_else(|| self.governing(agent), |session| session.presence)
    }

    /// The presence configuration that governs an agent: the one that names the user, else the profile's, else the org's
    /// default (Set Up Omni-Channel Developer Guide v56, `PresenceUserConfigUser`).
    pub(in crate::runtime) fn governing(self, agent: AgentIx) -> PresenceIx {
        let known = self.book.agent(agent);
        let by_profile = || {
            let profile = known.profile.as_ref()?;
            self.plan.by_profile.iter().find(|(name, _)| name == profile).map(|(_, presence)| *presence)
        };
        known.presence.or_else(by_profile).unwrap_or_else(|| self.plan.default_presence())
    }
}
