//! Why work is offered to an agent: looks at every agent, and is asked only when the runtime traces.

use super::basis::Rules;
use super::declines::Round;
use super::verdict::key_for;
use crate::plan::Cost;
use crate::runtime::book::{LaneKey, PendingNo, cost_of, keys};
use crate::runtime::contract::records::RoutingModel;
use crate::runtime::contract::{Because, Decision, Other, WhyNot};
use crate::runtime::directory::planned;
use crate::runtime::numbers::AgentIx;

/// At most this many agents who were not chosen are named; others are counted.
pub(in crate::runtime) const MOST_OTHERS: usize = 5;

impl Rules<'_> {
    /// The reasons of an offer that is made now. None for externally routed work: a partner has the reasons.
    pub(in crate::runtime) fn explain(
        self,
        pending: PendingNo,
        chosen: AgentIx,
        given: Option<Cost>,
    ) -> Option<Decision> {
        let record = self.book.pending(pending).filter(|record| !record.is_external())?;
        let item = self.book.item(record.item)?;
        let keys: Vec<LaneKey> = keys(record).collect();
        let preferred = record.terms.preferred == Some(chosen);
        // The lane that the agent was chosen at: the preferred user's own, or the last.
        let key = if preferred { keys.first()? } else { keys.last()? };
        let others: Vec<AgentIx> = (0..self.book.state().agents.len())
            .map(planned)
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
            work_id: self.book.state().works.next().id(),
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
