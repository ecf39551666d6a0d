//! Who may get an item now: what stands against it.

use super::basis::Rules;
use super::declines::Round;
use crate::plan::{SkillLevel, Units};
use crate::runtime::book::{LaneKey, Reach, cost_of, keys};
use crate::runtime::contract::{CapacityCheck, Name, Refusal, WhyNot};
use crate::runtime::numbers::{AgentIx, SkillIx};

impl Rules<'_> {
    /// Skills that nobody has.
    pub(in crate::runtime) fn missing_skills(self, key: &LaneKey) -> Vec<Name> {
        let Reach::Skills(needs) = &key.reach else { return Vec::new() };
        let skills = needs.iter().map(|(skill, _)| *skill);
        let missing = skills.filter(|&skill| !self.book.state.agents.iter().any(|known| known.held(skill).is_some()));
        missing.map(|skill| self.book.skill_name(skill)).collect()
    }

    /// A member, or somebody with the skills at any level, whatever the status.
    pub(in crate::runtime) fn may_be_reached(self, agent: AgentIx, key: &LaneKey) -> bool {
        let known = self.book.agent(agent);
        match &key.reach {
            Reach::Agent(only) => *only == agent,
            Reach::Queue(queue) => known.queues.binary_search(queue).is_ok(),
            Reach::Skills(needs) => needs.iter().all(|(skill, _)| known.held(*skill).is_some()),
        }
    }

    /// The skill that an agent has at too low a level.
    fn too_low(self, agent: AgentIx, key: &LaneKey) -> Option<WhyNot> {
        let Reach::Skills(needs) = &key.reach else { return None };
        needs.iter().find_map(|&(skill, level)| {
            let (needs, held) = (level?, self.book.agent(agent).held(skill)?.1?);
            (held < needs).then(|| WhyNot::SkillLevel { skill: self.book.skill_name(skill), needs, held })
        })
    }

    /// Why an agent cannot be offered it. None: could be.
    pub(in crate::runtime) fn why_not(
        self,
        pending: u64,
        agent: AgentIx,
        key: &LaneKey,
        round: Round,
    ) -> Option<WhyNot> {
        if let Some(too_low) = self.too_low(agent, key) {
            return Some(too_low);
        }
        let known = self.book.agent(agent);
        let Some(session) = &known.session else { return Some(WhyNot::Offline {}) };
        let status = &self.plan.statuses[session.status.at()];
        if !status.channels.contains(&key.channel) {
            let channel = self.plan.channels[key.channel.at()].name.clone();
            return Some(WhyNot::StatusOffersNotChannel { status: status.name.clone(), channel });
        }
        if self.is_left_out(pending, agent, round) {
            return Some(WhyNot::Declined {});
        }
        let open = known.works.len();
        if open >= self.book.state.options.max_open_items as usize {
            return Some(WhyNot::TooManyOpenItems { open: open as u32 });
        }
        if !self.receives(agent) {
            return Some(WhyNot::OverCapacity {});
        }
        if !self.fits(agent, key) {
            let capacity = session.capacity[key.pool.at()];
            let free = Units(capacity.0.saturating_sub(self.load(agent, key.pool).0));
            return Some(WhyNot::NoCapacity { needs: key.cost.of(capacity), free });
        }
        None
    }

    /// Why an agent cannot be offered an item that waits; none: no reason is known.
    pub(in crate::runtime) fn why_cannot(self, waiting: u64, agent: AgentIx) -> Option<WhyNot> {
        let keys: Vec<LaneKey> = keys(self.book.pending(waiting)?).collect();
        self.why_not(waiting, agent, key_for(&keys, agent)?, Round::Next)
    }

    pub(in crate::runtime) fn fits(self, agent: AgentIx, key: &LaneKey) -> bool {
        let Some(session) = self.book.session(agent) else { return false };
        let capacity = session.capacity[key.pool.at()];
        self.load(agent, key.pool).0.saturating_add(key.cost.of(capacity).0) <= capacity.0
    }

    /// Whether Omni-Channel may offer an agent anything now, capacity aside.
    pub(in crate::runtime) fn receives(self, agent: AgentIx) -> bool {
        let known = self.book.agent(agent);
        let Some(session) = &known.session else { return false };
        let over = || known.used.iter().zip(&session.capacity).any(|(used, capacity)| used > capacity);
        known.works.len() < self.book.state.options.max_open_items as usize && !(known.unchecked > 0 && over())
    }

    /// Whether an agent stands at a lane: the status offers the channel, and the agent is a member, or has the skills.
    pub(in crate::runtime) fn reaches(self, agent: AgentIx, key: &LaneKey) -> bool {
        let known = self.book.agent(agent);
        let offers =
            |status: crate::runtime::numbers::StatusIx| self.plan.statuses[status.at()].channels.contains(&key.channel);
        known.session.as_ref().is_some_and(|session| offers(session.status))
            && match &key.reach {
                Reach::Agent(only) => *only == agent,
                Reach::Queue(queue) => known.queues.binary_search(queue).is_ok(),
                Reach::Skills(needs) => self.has_skills(agent, needs),
            }
    }

    fn has_skills(self, agent: AgentIx, needs: &[(SkillIx, Option<SkillLevel>)]) -> bool {
        let known = self.book.agent(agent);
        needs.iter().all(|&(skill, level)| {
            // A level that is not known is taken for enough.
            known.held(skill).is_some_and(|(_, held)| held.is_none_or(|held| level.is_none_or(|least| held >= least)))
        })
    }

    /// Whether work can be given to an agent whom somebody else than Omni-Channel chose.
    pub(in crate::runtime) fn check_offer(
        self,
        agent: crate::runtime::numbers::AgentIx,
        channel: crate::runtime::numbers::ChannelIx,
        pool: crate::runtime::contract::Pool,
        cost: crate::plan::Cost,
        check: Option<CapacityCheck>,
    ) -> Result<(), Refusal> {
        let user = self.book.agent_name(agent);
        let Some(session) = self.book.session(agent) else { return Err(Refusal::NotLoggedIn { user }) };
        let status = &self.plan.statuses[session.status.at()];
        if !status.channels.contains(&channel) {
            let channel = self.plan.channels[channel.at()].name.clone();
            return Err(Refusal::StatusOffersNotChannel { user, status: status.name.clone(), channel });
        }
        let open = self.book.agent(agent).works.len();
        if open >= self.book.state.options.max_open_items as usize {
            return Err(Refusal::TooManyOpenItems { user, open: open as u32 });
        }
        let capacity = session.capacity[pool.at()];
        let needs = cost_of(cost, capacity);
        let load = self.load(agent, pool);
        match check {
            Some(check) if load.0.saturating_add(needs.0) > capacity.0 => {
                Err(Refusal::NoCapacity { user, needs, free: Units(capacity.0 - load.0), check })
            }
            _ => Ok(()),
        }
    }
}

/// The lane at which an agent could get an item: the preferred user's own, or the last.
pub(in crate::runtime) fn key_for(keys: &[LaneKey], agent: AgentIx) -> Option<&LaneKey> {
    keys.iter().find(|key| key.reach == Reach::Agent(agent)).or(keys.last())
}
