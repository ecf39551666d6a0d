//! Who may get an item now: one verdict, which decides, explains and refuses.

use super::basis::Rules;
use super::declines::Round;
use crate::plan::{Cost, SkillLevel, Units};
use crate::runtime::book::{LaneKey, PendingNo, Reach, cost_of, keys};
use crate::runtime::contract::{CapacityCheck, Name, Pool, Refusal, WhyNot};
use crate::runtime::numbers::{AgentIx, ChannelIx, SkillIx, StatusIx};

/// What stands between an agent and work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::runtime) enum Obstacle {
    /// The work is not for this agent: no member of the queue, no such skill, or another agent is named.
    NotReached,
    /// A skill is held at too low a level.
    SkillLevel { skill: SkillIx, needs: SkillLevel, held: SkillLevel },
    /// Nobody is logged in.
    Offline,
    /// The agent's status does not offer the channel.
    StatusOffersNotChannel { status: StatusIx, channel: ChannelIx },
    /// The agent declined the item, or let it time out.
    Declined,
    /// As much is open as may be.
    TooManyOpenItems { open: u32 },
    /// The agent has more than the capacity, some of it without a check.
    OverCapacity,
    /// The item costs more than what is free.
    NoCapacity { needs: Units, free: Units },
}

impl Rules<'_> {
    /// Skills that nobody has.
    pub(in crate::runtime) fn missing_skills(self, key: &LaneKey) -> Vec<Name> {
        let Reach::Skills(needs) = &key.reach else { return Vec::new() };
        let skills = needs.iter().map(|(skill, _)| *skill);
        let missing = skills.filter(|&skill| !self.book.state().agents.iter().any(|known| known.held(skill).is_some()));
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

    /// Whether an agent may get the items of a lane now: nothing stands against it, or this does first. `asked` is a waiting
    /// item and the round of offers; without it, declines do not count.
    ///
    /// Agents stand at lanes by [`Self::reaches`] and [`Self::receives`], and of those at a lane the ones for whom
    /// [`Self::fits`] are chosen: the parts of this, each kept where a decision need not ask it again.
    pub(in crate::runtime) fn verdict(
        self,
        agent: AgentIx,
        key: &LaneKey,
        asked: Option<(PendingNo, Round)>,
    ) -> Result<(), Obstacle> {
        self.reach(agent, key)?;
        if asked.is_some_and(|(pending, round)| self.is_left_out(pending, agent, round)) {
            return Err(Obstacle::Declined);
        }
        self.reception(agent)?;
        self.room(agent, key.pool, |capacity| key.cost.of(capacity))
    }

    /// Whether an agent stands at a lane, if the agent receives anything.
    pub(in crate::runtime) fn reaches(self, agent: AgentIx, key: &LaneKey) -> bool {
        self.reach(agent, key).is_ok()
    }

    /// Whether Omni-Channel may offer an agent anything now, capacity for it aside.
    pub(in crate::runtime) fn receives(self, agent: AgentIx) -> bool {
        self.reception(agent).is_ok()
    }

    /// Whether an agent has the capacity for an item of a lane.
    pub(in crate::runtime) fn fits(self, agent: AgentIx, key: &LaneKey) -> bool {
        self.room(agent, key.pool, |capacity| key.cost.of(capacity)).is_ok()
    }

    /// The agent has the skills or is a member, and is in a status that offers the channel.
    fn reach(self, agent: AgentIx, key: &LaneKey) -> Result<(), Obstacle> {
        let known = self.book.agent(agent);
        if let Reach::Skills(needs) = &key.reach {
            let held = |skill: SkillIx| known.held(skill).and_then(|&(_, level)| level);
            // A level that is not known is taken for enough.
            let low = needs.iter().find_map(|&(skill, level)| {
                let (needs, held) = (level?, held(skill)?);
                (held < needs).then_some(Obstacle::SkillLevel { skill, needs, held })
            });
            low.map_or(Ok(()), Err)?;
        }
        self.status_offers(agent, key.channel)?;
        let is_reached = match &key.reach {
            Reach::Agent(only) => *only == agent,
            Reach::Queue(queue) => known.queues.binary_search(queue).is_ok(),
            Reach::Skills(needs) => needs.iter().all(|(skill, _)| known.held(*skill).is_some()),
        };
        if is_reached { Ok(()) } else { Err(Obstacle::NotReached) }
    }

    fn status_offers(self, agent: AgentIx, channel: ChannelIx) -> Result<(), Obstacle> {
        let session = self.book.session(agent).ok_or(Obstacle::Offline)?;
        let offers = self.plan.statuses[session.status.at()].channels.contains(&channel);
        if offers { Ok(()) } else { Err(Obstacle::StatusOffersNotChannel { status: session.status, channel }) }
    }

    fn reception(self, agent: AgentIx) -> Result<(), Obstacle> {
        let session = self.book.session(agent).ok_or(Obstacle::Offline)?;
        self.open_items(agent)?;
        let known = self.book.agent(agent);
        let over = || known.used.iter().zip(&session.capacity).any(|(used, capacity)| used > capacity);
        if known.unchecked > 0 && over() { Err(Obstacle::OverCapacity) } else { Ok(()) }
    }

    fn open_items(self, agent: AgentIx) -> Result<(), Obstacle> {
        let open = self.book.agent(agent).works.len();
        let may_have_more = open < self.book.state().options.max_open_items as usize;
        if may_have_more { Ok(()) } else { Err(Obstacle::TooManyOpenItems { open: open as u32 }) }
    }

    fn room(self, agent: AgentIx, pool: Pool, cost: impl FnOnce(Units) -> Units) -> Result<(), Obstacle> {
        let session = self.book.session(agent).ok_or(Obstacle::Offline)?;
        let capacity = session.capacity[pool.at()];
        let needs = cost(capacity);
        self.fits_into(agent, pool, capacity, needs).map_err(|free| Obstacle::NoCapacity { needs, free })
    }

    /// Whether work can be given to an agent whom somebody else than Omni-Channel chose: whoever that is need be no member
    /// and have no skill, and capacity counts if it is to be checked.
    pub(in crate::runtime) fn check_offer(
        self,
        agent: AgentIx,
        channel: ChannelIx,
        pool: Pool,
        cost: Cost,
        check: Option<CapacityCheck>,
    ) -> Result<(), Refusal> {
        let room = |check| {
            let found = self.room(agent, pool, |capacity| cost_of(cost, capacity));
            found.map_err(|obstacle| (obstacle, check))
        };
        let given = self.status_offers(agent, channel).and_then(|()| self.open_items(agent));
        let given = given.map_err(|obstacle| (obstacle, CapacityCheck::AgentWork));
        let (obstacle, check) = match given.and_then(|()| check.map_or(Ok(()), room)) {
            Ok(()) => return Ok(()),
            Err(found) => found,
        };
        let user = self.book.agent_name(agent);
        Err(match obstacle {
            Obstacle::StatusOffersNotChannel { status, channel } => {
                let (status, channel) = self.status_and_channel(status, channel);
                Refusal::StatusOffersNotChannel { user, status, channel }
            }
            Obstacle::TooManyOpenItems { open } => Refusal::TooManyOpenItems { user, open },
            Obstacle::NoCapacity { needs, free } => Refusal::NoCapacity { user, needs, free, check },
            // What only matters where Omni-Channel chooses was not asked.
            Obstacle::Offline
            | Obstacle::NotReached
            | Obstacle::SkillLevel { .. }
            | Obstacle::Declined
            | Obstacle::OverCapacity => Refusal::NotLoggedIn { user },
        })
    }

    /// Why an agent cannot be offered it, for an agent who may be reached. None: could be.
    pub(in crate::runtime) fn why_not(
        self,
        pending: PendingNo,
        agent: AgentIx,
        key: &LaneKey,
        round: Round,
    ) -> Option<WhyNot> {
        self.verdict(agent, key, Some((pending, round))).err().and_then(|obstacle| self.in_words(obstacle))
    }

    /// Why an agent cannot be offered an item that waits; none: no reason is known.
    pub(in crate::runtime) fn why_cannot(self, waiting: PendingNo, agent: AgentIx) -> Option<WhyNot> {
        let keys: Vec<LaneKey> = keys(self.book.pending(waiting)?).collect();
        self.why_not(waiting, agent, key_for(&keys, agent)?, Round::Next)
    }

    fn in_words(self, obstacle: Obstacle) -> Option<WhyNot> {
        Some(match obstacle {
            // Nobody is told why an agent is not offered what is not for the agent.
            Obstacle::NotReached => return None,
            Obstacle::SkillLevel { skill, needs, held } => {
                WhyNot::SkillLevel { skill: self.book.skill_name(skill), needs, held }
            }
            Obstacle::Offline => WhyNot::Offline {},
            Obstacle::StatusOffersNotChannel { status, channel } => {
                let (status, channel) = self.status_and_channel(status, channel);
                WhyNot::StatusOffersNotChannel { status, channel }
            }
            Obstacle::Declined => WhyNot::Declined {},
            Obstacle::TooManyOpenItems { open } => WhyNot::TooManyOpenItems { open },
            Obstacle::OverCapacity => WhyNot::OverCapacity {},
            Obstacle::NoCapacity { needs, free } => WhyNot::NoCapacity { needs, free },
        })
    }

    fn status_and_channel(self, status: StatusIx, channel: ChannelIx) -> (Name, Name) {
        (self.plan.statuses[status.at()].name.clone(), self.plan.channels[channel.at()].name.clone())
    }
}

/// The lane at which an agent could get an item: the preferred user's own, or the last.
pub(in crate::runtime) fn key_for(keys: &[LaneKey], agent: AgentIx) -> Option<&LaneKey> {
    keys.iter().find(|key| key.reach == Reach::Agent(agent)).or(keys.last())
}
