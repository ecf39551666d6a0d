//! Why work is offered to an agent: looks at every agent, and is asked only when the runtime traces.

use super::Rules;
use super::declines::Round;
use super::index::{LaneKey, Reach};
use super::index_types::AgentIx;
use super::records::RoutingModel;
use super::route::{cost_of, keys};
use super::{AgentWorkId, Because, Decision, Name, Other, PendingServiceRoutingId, Runtime, Waiting, WhyNot};
use crate::plan::{Cost, Units};

/// At most this many agents who were not chosen are named; others are counted.
const MOST_OTHERS: usize = 5;

impl Runtime {
    /// Why work waits that Omni-Channel routes: for each agent who could be offered it at another time, why not now. It
    /// looks at every agent. None if the work does not wait.
    pub fn why_waiting(&self, id: PendingServiceRoutingId) -> Option<Waiting> {
        self.rules().waiting_for(id, MOST_OTHERS)
    }
}

impl Rules<'_> {
    /// The reasons of an offer that is made now. None for externally routed work: a partner has the reasons.
    pub(super) fn explain(self, pending: u64, chosen: AgentIx, given: Option<Cost>) -> Option<Decision> {
        let record = self.book.pending(pending).filter(|record| !record.is_external())?;
        let item = self.book.item(record.item)?;
        let keys: Vec<LaneKey> = keys(record).collect();
        let preferred = record.terms.preferred == Some(chosen);
        // The lane that the agent was chosen at: the preferred user's own, or the last.
        let key = if preferred { keys.first()? } else { keys.last()? };
        let others: Vec<AgentIx> = (0..self.book.state.agents.len())
            .map(super::directory::planned)
            .filter(|&agent| agent != chosen && keys.iter().any(|key| self.may_be_reached(agent, key)))
            .collect();
        let mine = self.measure(chosen, key);
        let is_new_round = self.is_left_out(pending, chosen, Round::This);
        let round = if is_new_round { Round::Next } else { Round::This };
        let mut rivals = Vec::new();
        let mut rest = Vec::new();
        for agent in others {
            match self.why_not(pending, agent, key_for(&keys, agent)?, round) {
                None if preferred || self.measure(agent, key) > mine => rivals.push(agent),
                None => rest.push((agent, WhyNot::EarlierItemWaits {})),
                Some(why) => rest.push((agent, why)),
            }
        }
        rivals.sort_by_key(|&agent| self.measure(agent, key));
        rest.sort_by_key(|(agent, _)| self.book.agent_name(*agent));
        let because = self.because(chosen, rivals.first().copied(), key, preferred);
        let eligible = rivals.len() as u32 + 1;
        let not_best = rivals.into_iter().map(|agent| {
            let capacity = self.capacity_of(agent)[key.pool.at()];
            (agent, WhyNot::NotBest { used: self.load(agent, key.pool), capacity })
        });
        let mut others: Vec<Other> =
            not_best.chain(rest).map(|(agent, why)| Other { user: self.book.agent_name(agent), why }).collect();
        let more = others.len().saturating_sub(MOST_OTHERS) as u32;
        others.truncate(MOST_OTHERS);
        let capacity = self.capacity_of(chosen)[key.pool.at()];
        let (passed, more_passed) = self.passed_over(pending, chosen);
        Some(Decision {
            work_id: AgentWorkId(self.book.state.works.next()),
            work_item_id: item.name.clone(),
            object: item.object.clone(),
            queue: record.terms.queue.map(|queue| self.plan.queues[queue.at()].name.clone()),
            priority: record.terms.priority,
            user: self.book.agent_name(chosen),
            pool: key.pool,
            used: self.load(chosen, key.pool),
            capacity,
            cost: cost_of(given.unwrap_or(record.terms.cost), capacity),
            because,
            eligible,
            others,
            more,
            passed,
            more_passed,
        })
    }

    /// Skills that nobody has.
    pub(super) fn missing_skills(self, key: &LaneKey) -> Vec<Name> {
        let Reach::Skills(needs) = &key.reach else { return Vec::new() };
        let skills = needs.iter().map(|(skill, _)| *skill);
        let missing = skills.filter(|&skill| !self.book.state.agents.iter().any(|known| known.held(skill).is_some()));
        missing.map(|skill| self.book.skill_name(skill)).collect()
    }

    /// A member, or somebody with the skills at any level, whatever the status.
    pub(super) fn may_be_reached(self, agent: AgentIx, key: &LaneKey) -> bool {
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
    pub(super) fn why_not(self, pending: u64, agent: AgentIx, key: &LaneKey, round: Round) -> Option<WhyNot> {
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
    pub(super) fn why_cannot(self, waiting: u64, agent: AgentIx) -> Option<WhyNot> {
        let keys: Vec<LaneKey> = keys(self.book.pending(waiting)?).collect();
        self.why_not(waiting, agent, key_for(&keys, agent)?, Round::Next)
    }

    fn because(self, chosen: AgentIx, rival: Option<AgentIx>, key: &LaneKey, preferred: bool) -> Because {
        if preferred {
            return Because::Preferred;
        }
        let Some(rival) = rival else { return Because::OnlyOne };
        let model = if key.most_available { RoutingModel::MostAvailable } else { RoutingModel::LeastActive };
        let (mine, other) = (self.measure(chosen, key), self.measure(rival, key));
        if mine.measure() != other.measure() {
            Because::Model(model)
        } else if mine.since() != other.since() && !(mine.since().had_work() && other.since().had_work()) {
            Because::LoggedInFirst(model)
        } else if mine.since() != other.since() {
            Because::LongestWithout(model)
        } else {
            Because::Name(model)
        }
    }
}

/// The lane at which an agent could get an item: the preferred user's own, or the last.
pub(super) fn key_for(keys: &[LaneKey], agent: AgentIx) -> Option<&LaneKey> {
    keys.iter().find(|key| key.reach == Reach::Agent(agent)).or(keys.last())
}
