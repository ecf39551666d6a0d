//! The routing decision: which waiting item is offered to whom.

use std::collections::BTreeSet;

use smallvec::SmallVec;

use super::Rules;
use super::declines::Round;
use super::index::{LaneKey, Order, Reach, Timer};
use super::index_types::{AgentIx, LaneIx, SkillIx};
use super::options::{InterruptiblePools, LeastActive, TargetAcceptTime, UnmappedPriority};
use super::records::{AgentWorkStatus, RoutingModel, RoutingType};
use super::standing::{Since, Standing};
use super::state::{Cause, HeldBy, Pending, Work};
use super::{AgentWorkId, Change, ConsoleEvent, Effect, Owner, Pool, Runtime, Time};
use crate::plan::{Cost, SkillLevel, Units};

/// Above this many lanes, those in which nothing waits are dropped.
pub(super) const MOST_LANES: usize = 10_000;

impl Runtime {
    /// Offers what can be offered, in the order of the waiting work, until nothing can.
    ///
    /// Only what is new can have changed what is possible: an item that waits in a lane had no agent before, so that it can
    /// have one now only among those who were freed.
    pub(super) fn settle(&mut self) {
        self.settle_once();
        while self.end_declined_chats() {
            self.settle_once();
        }
        self.freed.clear();
        self.forget_items();
        if self.book.index.lanes.len() > self.book.index.most_lanes {
            // Most are for skills or agents that no work asks for now.
            self.rebuild_index();
            self.book.index.most_lanes = MOST_LANES.max(2 * self.book.index.lanes.len());
        }
    }

    fn settle_once(&mut self) {
        if self.book.state.options.head_of_line_blocking {
            self.settle_blocking();
        } else {
            self.settle_new();
        }
    }

    fn settle_new(&mut self) {
        // The most frequent case: one new request, and nobody freed. The loop below gives the same result.
        if let ([pending], []) = (self.new_pendings.as_slice(), self.freed.as_slice()) {
            let pending = *pending;
            self.new_pendings.clear();
            self.offer_or_wait(pending);
        }
        if self.new_pendings.is_empty() && self.freed.is_empty() {
            return;
        }
        // Sorted in reverse, so that `pop` takes the first.
        let mut pendings = std::mem::take(&mut self.new_pendings);
        let mut new: SmallVec<[(Order, u64); 2]> = pendings
            .drain(..)
            .filter_map(|pending| Some((self.rules().order(pending, self.book.pending(pending)?), pending)))
            .collect();
        // Keep the allocation.
        self.new_pendings = pendings;
        new.sort_unstable_by(|a, b| b.cmp(a));
        loop {
            let waiting = self.rules().first_for_freed(&self.freed);
            match (waiting, new.last().copied()) {
                (Some(waiting), newest) if newest.is_none_or(|newest| waiting < newest) => {
                    let (_, pending) = waiting;
                    if let Some(agent) = self.choose(pending, &|_| false) {
                        self.leave_lanes(pending);
                        self.offer(pending, agent, None, false);
                    } else {
                        // A freed agent seemed able to take it and was not: no such case is known.
                        self.freed.clear();
                    }
                }
                (_, Some((_, pending))) => {
                    new.pop();
                    self.offer_or_wait(pending);
                }
                _ => break,
            }
        }
    }

    fn offer_or_wait(&mut self, pending: u64) {
        match self.choose(pending, &|_| false) {
            Some(agent) => self.offer(pending, agent, None, false),
            None => self.wait(pending),
        }
    }

    /// As [`Self::settle`], where an item keeps what is behind it from the agents who have too little capacity for it. Looks
    /// at everything that waits.
    fn settle_blocking(&mut self) {
        for pending in std::mem::take(&mut self.new_pendings) {
            self.wait(pending);
        }
        'again: loop {
            let mut waiting: BTreeSet<(Order, u64)> = BTreeSet::new();
            for lane in &self.book.index.lanes {
                waiting.extend(lane.waiting.iter().map(|(&order, &pending)| (order, pending)));
            }
            let mut blocked: BTreeSet<AgentIx> = BTreeSet::new();
            for (_, pending) in waiting {
                if let Some(agent) = self.choose(pending, &|agent| blocked.contains(&agent)) {
                    self.leave_lanes(pending);
                    self.offer(pending, agent, None, false);
                    continue 'again;
                }
                blocked.extend(self.rules().too_small_for(pending));
            }
            return;
        }
    }

    /// Puts an item into its lanes.
    pub(super) fn wait(&mut self, pending: u64) {
        let Some(record) = self.book.pending(pending) else { return };
        let order = self.rules().order(pending, record);
        for key in keys(record) {
            let lane = self.lane(key);
            self.book.index.wait_in(lane, order, pending);
        }
    }

    /// Takes an item from its lanes, or from the new ones.
    pub(super) fn leave_lanes(&mut self, pending: u64) {
        self.new_pendings.retain(|&new| new != pending);
        let Some(record) = self.book.pending(pending) else { return };
        let order = self.rules().order(pending, record);
        for key in keys(record) {
            if let Some(lane) = self.book.index.lane_of(&key) {
                self.book.index.leave(lane, &order);
            }
        }
    }

    /// The lane of a key, with everyone at it who may get its items.
    fn lane(&mut self, key: LaneKey) -> LaneIx {
        if let Some(lane) = self.book.index.lane_of(&key) {
            return lane;
        }
        let candidates: Vec<AgentIx> = match &key.reach {
            Reach::Agent(agent) => vec![*agent],
            Reach::Queue(_) | Reach::Skills(_) => {
                (0..self.book.state.agents.len()).map(super::directory::planned).collect()
            }
        };
        let stands: Vec<AgentIx> = candidates
            .into_iter()
            .filter(|&agent| self.rules().receives(agent) && self.rules().reaches(agent, &key))
            .collect();
        let lane = self.book.index.add_lane(key);
        for agent in stands {
            let capacity = self.rules().capacity_of(agent);
            self.book.index.seat_at(agent, lane, capacity);
        }
        lane
    }

    /// Whom an item is offered to: in the round of offers that runs, else in the next one.
    fn choose(&mut self, pending: u64, blocked: &dyn Fn(AgentIx) -> bool) -> Option<AgentIx> {
        let this = self.choose_in(pending, Round::This, blocked);
        this.or_else(|| self.rules().may_begin_round(pending).then(|| self.choose_in(pending, Round::Next, blocked))?)
    }

    fn choose_in(&mut self, pending: u64, round: Round, blocked: &dyn Fn(AgentIx) -> bool) -> Option<AgentIx> {
        for key in self.book.pending(pending).map(keys)? {
            let lane = self.lane(key);
            let best =
                self.rules().best(lane, &|agent| self.rules().is_left_out(pending, agent, round) || blocked(agent));
            if best.is_some() {
                return best;
            }
        }
        None
    }

    /// Finds the lanes of an agent again, after a change of the status, the skills or the queues.
    pub(super) fn take_seats(&mut self, agent: AgentIx) {
        self.book.index.unseat(agent);
        let mut lanes: Vec<LaneIx> = Vec::new();
        if self.rules().receives(agent) {
            let known = self.book.agent(agent);
            let all = self.book.index.lanes_for(agent, &known.queues, known.skills.iter().map(|(skill, _)| *skill));
            lanes = all.filter(|&lane| self.rules().reaches(agent, &self.book.index.lane(lane).key)).collect();
        }
        let by = self.rules().standings(agent);
        self.book.index.restand(agent, by);
        let capacity = self.rules().capacity_of(agent);
        for lane in lanes {
            self.book.index.seat_at(agent, lane, capacity);
        }
    }

    /// Changes an agent's load, and the agent's places with it.
    pub(super) fn reseat(&mut self, agent: AgentIx, change: impl FnOnce(&mut super::state::Agent)) {
        let received = self.rules().receives(agent);
        change(self.book.agent_mut(agent));
        let by = self.rules().standings(agent);
        self.book.index.restand(agent, by);
        if self.rules().receives(agent) != received {
            self.take_seats(agent);
        }
    }

    /// Offers work to an agent. `given` is what a partner says of the cost.
    pub(super) fn offer(&mut self, pending: u64, agent: AgentIx, given: Option<Cost>, unchecked: bool) {
        if self.book.pending(pending).is_some_and(|record| record.cause != Cause::Offer) {
            self.charge_waiting(pending, agent);
            return;
        }
        if self.tracing
            && let Some(decision) = self.rules().explain(pending, agent, given)
        {
            self.emit(Effect::Decision(Box::new(decision)));
        }
        self.clear_drop_timer(pending);
        let number = self.book.state.works.next();
        let now = self.book.state.now;
        self.begin_round(pending, agent);
        let Some(record) = self.book.state.pendings.get_mut(pending) else { return };
        record.pushed = Some(number);
        record.push_attempted = true;
        record.serial = record.serial.saturating_add(1);
        let mut terms = record.terms;
        terms.cost = given.unwrap_or(terms.cost);
        let (item, needs, requested, channel) = (record.item, record.needs.clone(), record.requested, record.channel);
        let place = record.place;
        self.tell_pending(pending, Change::Updated);
        let work = Work { unchecked, place, needs, ..Work::begin(item, agent, channel, terms, requested, now) };
        self.assign(Work { pending: Some(pending), ..work }, true);
    }

    /// Gives work to an agent, which begins as an offer.
    pub(super) fn assign(&mut self, mut work: Work, takes_ownership: bool) {
        let (agent, item) = (work.agent, work.item);
        let now = self.book.state.now;
        let capacity = self.rules().capacity_of(agent)[work.terms.pool.at()];
        work.charged = cost_of(work.terms.cost, capacity);
        let timeout = work.terms.push_timeout.filter(|&seconds| seconds > 0 && !work.terms.required);
        work.push_timeout_at = timeout.map(|seconds| now.plus_seconds(seconds));
        let (charged, pool, unchecked, queue) = (work.charged, work.terms.pool, work.unchecked, work.terms.queue);
        let push_timeout_at = work.push_timeout_at;
        let number = self.book.state.works.add(work);
        let user = self.book.agent_name(agent);
        let Some(record) = self.book.state.items.get_mut(item) else { return };
        record.active.push(number);
        record.latest_work = Some(number);
        record.was_routed = true;
        let work_item_id = record.name.clone();
        let owns = |owner: &HeldBy| matches!(owner, HeldBy::User(owner) if *owner == user);
        let new_owner = takes_ownership && !owns(&record.owner);
        if new_owner {
            record.owner = HeldBy::User(user.clone());
        }
        let queue = queue.map(|queue| self.plan.queues[queue.at()].name.clone());
        let id = AgentWorkId(number);
        let status = AgentWorkStatus::Assigned;
        self.emit(Effect::AgentWorkCreated {
            id,
            work_item_id: work_item_id.clone(),
            user_id: user.clone(),
            status,
            queue,
        });
        if new_owner {
            self.emit(Effect::OwnerChanged { work_item_id: work_item_id.clone(), owner: Owner::User(user) });
        }
        self.console(agent, ConsoleEvent::WorkAssigned { work_item_id, work_id: id });
        self.charge(agent, pool, charged, |known| {
            known.works.push(number);
            known.unchecked += u32::from(unchecked);
            if let Some(session) = &mut known.session {
                session.last_assignment = Some(now);
            }
        });
        if self.rules().accepts_by_itself(agent, number) {
            self.accept(number);
        } else {
            self.book.index.timers.extend(push_timeout_at.map(|at| (at, Timer::PushTimeout(number))));
        }
    }
}

impl Rules<'_> {
    /// The first waiting item that a freed agent could take.
    fn first_for_freed(self, freed: &[AgentIx]) -> Option<(Order, u64)> {
        if self.book.index.is_idle() {
            return None;
        }
        let mut first: Option<(Order, u64)> = None;
        for &agent in freed {
            let stands = self.book.index.seats[agent.at()].stands.iter();
            for stand in stands.filter(|stand| self.book.index.lane_waits[stand.lane.at()]) {
                let lane = self.book.index.lane(stand.lane);
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
    fn too_small_for(self, pending: u64) -> Vec<AgentIx> {
        let keys = self.book.pending(pending).into_iter().flat_map(keys);
        let lanes = keys.filter_map(|key| self.book.index.lane_of(&key)).map(|lane| self.book.index.lane(lane));
        lanes
            .flat_map(|lane| {
                let left = lane.all().filter(|&agent| !self.is_left_out(pending, agent, Round::Next));
                left.filter(|&agent| !self.fits(agent, &lane.key))
            })
            .collect()
    }

    /// The place of an item among those that wait.
    pub(super) fn order(self, pending: u64, record: &Pending) -> Order {
        let last = i64::MAX;
        let options = &self.book.state.options;
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
    fn best(self, lane: LaneIx, passed: &dyn Fn(AgentIx) -> bool) -> Option<AgentIx> {
        let lane = self.book.index.lane(lane);
        let key = &lane.key;
        if !self.orders_by_load(key.most_available) {
            let fitting = lane.all().filter(|&agent| self.fits(agent, key) && !passed(agent));
            return fitting.min_by_key(|&agent| self.measure(agent, key));
        }
        let firsts = (0..lane.agents.len()).filter_map(|group| {
            let agent = lane.first(group, &self.book.index.standings, passed)?;
            let standing = self.book.index.standings[key.pool.at()][agent.at()];
            let of_all =
                |standing: Standing| standing.with_measure(standing.measure().saturating_sub(lane.agents[group].0.0));
            Some((if key.most_available { of_all(standing) } else { standing }, agent))
        });
        firsts.min().map(|(_, agent)| agent)
    }

    /// Whether the agents of a lane stand in the order in which they are chosen. By items they do not: then all are looked
    /// at.
    pub(super) fn orders_by_load(self, most_available: bool) -> bool {
        most_available || self.book.state.options.least_active == LeastActive::Units
    }

    /// By which agents of all capacities are compared: the least is the best.
    pub(super) fn measure(self, agent: AgentIx, key: &LaneKey) -> Standing {
        let standing = self.standing(agent, key.pool);
        if key.most_available {
            let capacity = self.book.session(agent).map_or(0, |session| session.capacity[key.pool.at()].0);
            standing.with_measure(self.load(agent, key.pool).0.saturating_sub(capacity))
        } else if self.book.state.options.least_active == LeastActive::Items {
            standing.with_measure(i64::try_from(self.book.agent(agent).works.len()).unwrap_or(i64::MAX))
        } else {
            standing
        }
    }

    /// The place among agents of equal capacity.
    fn standing(self, agent: AgentIx, pool: Pool) -> Standing {
        let known = self.book.agent(agent);
        let rank = self.book.index.seats[agent.at()].rank;
        let Some(session) = &known.session else { return Standing::new(0, Since::login(Time::BEGINNING), rank) };
        let since = session.last_assignment.map_or_else(|| Since::login(session.login), Since::assignment);
        Standing::new(self.load(agent, pool).0, since, rank)
    }

    /// Both standings.
    fn standings(self, agent: AgentIx) -> [Standing; 2] {
        [self.standing(agent, Pool::Primary), self.standing(agent, Pool::Interruptible)]
    }

    /// Capacity in use, as work of that pool counts it.
    pub(super) fn load(self, agent: AgentIx, pool: Pool) -> Units {
        let [primary, interruptible] = self.book.agent(agent).used;
        match pool {
            Pool::Primary => primary,
            Pool::Interruptible => match self.book.state.options.interruptible_pools {
                InterruptiblePools::Independent => interruptible,
                InterruptiblePools::PrimaryCountsToo => Units(primary.0.saturating_add(interruptible.0)),
            },
        }
    }

    pub(super) fn fits(self, agent: AgentIx, key: &LaneKey) -> bool {
        let Some(session) = self.book.session(agent) else { return false };
        let capacity = session.capacity[key.pool.at()];
        self.load(agent, key.pool).0.saturating_add(key.cost.of(capacity).0) <= capacity.0
    }

    /// Whether Omni-Channel may offer an agent anything now, capacity aside.
    pub(super) fn receives(self, agent: AgentIx) -> bool {
        let known = self.book.agent(agent);
        let Some(session) = &known.session else { return false };
        let over = || known.used.iter().zip(&session.capacity).any(|(used, capacity)| used > capacity);
        known.works.len() < self.book.state.options.max_open_items as usize && !(known.unchecked > 0 && over())
    }

    /// Whether an agent stands at a lane: the status offers the channel, and the agent is a member, or has the skills.
    pub(super) fn reaches(self, agent: AgentIx, key: &LaneKey) -> bool {
        let known = self.book.agent(agent);
        let offers =
            |status: super::index_types::StatusIx| self.plan.statuses[status.at()].channels.contains(&key.channel);
        known.session.as_ref().is_some_and(|session| offers(session.status))
            && match &key.reach {
                Reach::Agent(only) => *only == agent,
                Reach::Queue(queue) => known.queues.binary_search(queue).is_ok(),
                Reach::Skills(needs) => self.has_skills(agent, needs),
            }
    }

    pub(super) fn has_skills(self, agent: AgentIx, needs: &[(SkillIx, Option<SkillLevel>)]) -> bool {
        let known = self.book.agent(agent);
        needs.iter().all(|&(skill, level)| {
            // A level that is not known is taken for enough.
            known.held(skill).is_some_and(|(_, held)| held.is_none_or(|held| level.is_none_or(|least| held >= least)))
        })
    }
}

/// What work costs an agent.
pub(super) fn cost_of(cost: Cost, capacity: Units) -> Units {
    match cost {
        Cost::Units(units) => units,
        Cost::Share(share) => share.of(capacity),
    }
}

/// The lanes of an item: the preferred user's, then that of everyone else who may get it.
pub(super) fn keys(record: &Pending) -> impl Iterator<Item = LaneKey> + use<> {
    let terms = &record.terms;
    let key = |reach| LaneKey {
        reach,
        channel: record.channel,
        pool: terms.pool,
        cost: terms.cost_while(record.paused).into(),
        most_available: terms.model == Some(RoutingModel::MostAvailable),
    };
    let preferred = terms.preferred.map(|agent| key(Reach::Agent(agent)));
    let reach = match terms.routing_type {
        _ if terms.required => None,
        Some(RoutingType::SkillsBased) => {
            let needs = record.needs.iter().filter(|need| !need.dropped);
            let mut needs: Vec<_> = needs.map(|need| (need.skill, need.level)).collect();
            needs.sort();
            Some(Reach::Skills(needs.into()))
        }
        Some(RoutingType::QueueBased) | None => terms.queue.map(Reach::Queue),
    };
    preferred.into_iter().chain(reach.map(key))
}
