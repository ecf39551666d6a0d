//! In which order items wait, and which agent is the best.

use super::basis::Rules;
use super::declines::Round;
use crate::plan::{Time, Units};
use crate::runtime::book::{LaneKey, Order, Pending, PendingNo, Since, Standing, keys};
use crate::runtime::contract::{InterruptiblePools, LeastActive, Pool, TargetAcceptTime, UnmappedPriority};
use crate::runtime::numbers::{AgentIx, LaneIx};

impl Rules<'_> {
    /// The first waiting item that a freed agent could take.
    pub(in crate::runtime) fn first_for_freed(self, freed: &[AgentIx]) -> Option<(Order, PendingNo)> {
        if self.book.index().is_idle() {
            return None;
        }
        let mut first: Option<(Order, PendingNo)> = None;
        for &agent in freed {
            let stands = self.book.index().seats[agent.at()].stands.iter();
            for stand in stands.filter(|stand| self.book.index().lane_waits[stand.lane.at()]) {
                let lane = self.book.index().lane(stand.lane);
                if !self.fits(agent, &lane.key) {
                    continue;
                }
                let found = lane.waiting.iter().find(|(_, pending)| !self.is_left_out(**pending, agent, Round::Next));
                let found = found.map(|(&order, &pending)| (order, pending));
                first = first.into_iter().chain(found).min();
            }
        }
        first
    }

    /// The agents who could have it if they had the capacity.
    pub(in crate::runtime) fn too_small_for(self, pending: PendingNo) -> Vec<AgentIx> {
        let keys = self.book.pending(pending).into_iter().flat_map(keys);
        let lanes = keys.filter_map(|key| self.book.index().lane_of(&key)).map(|lane| self.book.index().lane(lane));
        lanes
            .flat_map(|lane| {
                let left = lane.all().filter(|&agent| !self.is_left_out(pending, agent, Round::Next));
                left.filter(|&agent| !self.fits(agent, &lane.key))
            })
            .collect()
    }

    /// The place of an item among those that wait.
    pub(in crate::runtime) fn order(self, pending: PendingNo, record: &Pending) -> Order {
        let last = i64::MAX;
        let options = &self.book.state().options;
        // A record of the API may have one where the feature is off: then it does not count.
        let secondary = record.terms.secondary.filter(|_| self.plan.settings.secondary_routing_priority);
        let secondary = secondary.map_or(
            match options.unmapped_secondary_priority {
                UnmappedPriority::Last => last,
                UnmappedPriority::First => 0,
            },
            i64::from,
        );
        let target = record.target_accept.map_or(last, |at| at.0);
        let (second, third) = match options.target_accept_time {
            TargetAcceptTime::BeforeAge => (secondary, target),
            TargetAcceptTime::BeforeSecondaryPriority => (target, secondary),
            TargetAcceptTime::Ignored => (secondary, last),
        };
        (record.terms.priority.map_or(last, i64::from), second, third, record.place.0, pending)
    }

    /// The best of a lane's agents.
    pub(in crate::runtime) fn best(self, lane: LaneIx, passed: &dyn Fn(AgentIx) -> bool) -> Option<AgentIx> {
        let lane = self.book.index().lane(lane);
        let key = &lane.key;
        if !self.orders_by_load(key.most_available) {
            let fitting = lane.all().filter(|&agent| self.fits(agent, key) && !passed(agent));
            return fitting.min_by_key(|&agent| self.measure(agent, key));
        }
        let firsts = (0..lane.agents.len()).filter_map(|group| {
            let (agent, standing) = lane.first(group, passed)?;
            let of_all =
                |standing: Standing| standing.with_measure(standing.measure().saturating_sub(lane.agents[group].0.0));
            Some((if key.most_available { of_all(standing) } else { standing }, agent))
        });
        firsts.min().map(|(_, agent)| agent)
    }

    /// Whether the agents of a lane stand in the order in which they are chosen. By items they do not: then all are looked
    /// at.
    fn orders_by_load(self, most_available: bool) -> bool {
        most_available || self.book.state().options.least_active == LeastActive::Units
    }

    /// By which agents of all capacities are compared: the least is the best.
    pub(in crate::runtime) fn measure(self, agent: AgentIx, key: &LaneKey) -> Standing {
        let standing = self.standing(agent, key.pool);
        if key.most_available {
            let capacity = self.book.session(agent).map_or(0, |session| session.capacity[key.pool.at()].0);
            standing.with_measure(self.load(agent, key.pool).0.saturating_sub(capacity))
        } else if self.book.state().options.least_active == LeastActive::Items {
            standing.with_measure(i64::try_from(self.book.agent(agent).works.len()).unwrap_or(i64::MAX))
        } else {
            standing
        }
    }

    /// The place among agents of equal capacity.
    pub(in crate::runtime) fn standing(self, agent: AgentIx, pool: Pool) -> Standing {
        let known = self.book.agent(agent);
        let rank = self.book.index().seats[agent.at()].rank;
        let Some(session) = &known.session else { return Standing::new(0, Since::login(Time::BEGINNING), rank) };
        let since = session.last_assignment.map_or_else(|| Since::login(session.login), Since::assignment);
        Standing::new(self.load(agent, pool).0, since, rank)
    }

    /// Both standings.
    pub(in crate::runtime) fn standings(self, agent: AgentIx) -> [Standing; 2] {
        [self.standing(agent, Pool::Primary), self.standing(agent, Pool::Interruptible)]
    }

    /// Capacity in use, as work of that pool counts it.
    pub(in crate::runtime) fn load(self, agent: AgentIx, pool: Pool) -> Units {
        let [primary, interruptible] = self.book.agent(agent).used;
        match pool {
            Pool::Primary => primary,
            Pool::Interruptible => match self.book.state().options.interruptible_pools {
                InterruptiblePools::Independent => interruptible,
                InterruptiblePools::PrimaryCountsToo => Units(primary.0.saturating_add(interruptible.0)),
            },
        }
    }
}
