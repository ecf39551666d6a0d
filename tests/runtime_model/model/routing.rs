//! The routing loop: who is next, who may be offered it, and who of these is.

use omnic::plan::{Cost, Units};
use omnic::runtime::records::{AgentWorkStatus, RoutingModel};
use omnic::runtime::{
    AgentWorkId, Change, ChatDeclinedByAll, ConsoleEvent, DeclineMemory, Effect, InterruptiblePools, LeastActive, Name,
    Owner, PendingServiceRoutingId, SessionId, TargetAcceptTime, Time, UnmappedPriority,
};

use super::{Model, Pool, Psr, Reach, Terms, Work};

/// A number that may be missing, and then comes last.
type OrLast<T> = (bool, Option<T>);

/// A round of offers: the one that runs, or the one that would begin.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Round {
    This,
    Next,
}

fn or_last<T>(value: Option<T>) -> OrLast<T> {
    (value.is_none(), value)
}

impl Model {
    /// Until nobody can be offered anything: the first item that has a candidate is offered to the best.
    pub(super) fn settle(&mut self) {
        loop {
            while let Some((psr, user)) = self.next_offer() {
                self.offer(psr, &user, false, None);
            }
            let ended: Vec<Psr> =
                self.waiting_in_order().into_iter().filter(|psr| self.has_no_rep_left(psr)).cloned().collect();
            if ended.is_empty() {
                break;
            }
            for psr in self.waiting.clone() {
                if ended.iter().any(|ended| ended.record.id == psr.record.id) {
                    let work_item_id = psr.record.work_item_id;
                    self.tell(Effect::NoAvailableAgent { work_item_id: work_item_id.clone() });
                    self.cancel(&work_item_id);
                }
            }
        }
    }

    /// Somebody declined a chat that nobody is offered twice, and nobody is left.
    fn has_no_rep_left(&self, psr: &Psr) -> bool {
        let declined = psr.record.last_declined_agent_session.is_some();
        declined
            && self.ends_when_declined(psr)
            && !self.agents.iter().any(|agent| self.could_but_for_work(psr, &agent.name, Round::Next))
    }

    fn ends_when_declined(&self, psr: &Psr) -> bool {
        let item = self.items.iter().find(|item| item.id == psr.record.work_item_id).expect("a known item");
        &*item.object == "LiveChatTranscript" && self.options.chat_declined_by_all == ChatDeclinedByAll::Ends
    }

    fn decline_memory(&self, psr: &Psr) -> DeclineMemory {
        if self.ends_when_declined(psr) { DeclineMemory::Session } else { self.options.decline_memory }
    }

    /// Whether a decline keeps an agent from being offered it in a round.
    fn is_left_out(&self, psr: &Psr, session: SessionId, round: Round) -> bool {
        let is_last = psr.record.last_declined_agent_session == Some(session);
        let in_round = psr.declined_by.contains(&session);
        match self.decline_memory(psr) {
            DeclineMemory::Last => is_last,
            DeclineMemory::Session => in_round,
            DeclineMemory::Round => {
                if round == Round::This {
                    in_round
                } else {
                    is_last
                }
            }
            DeclineMemory::All => round == Round::This && in_round,
        }
    }

    fn next_offer(&self) -> Option<(PendingServiceRoutingId, Name)> {
        self.waiting_in_order().into_iter().find_map(|psr| Some((psr.record.id, self.best(psr)?)))
    }

    /// Items that Omni-Channel is to offer.
    pub(crate) fn waiting_in_order(&self) -> Vec<&Psr> {
        let is_waiting = |psr: &&Psr| !psr.external && psr.record.is_ready_for_routing && !psr.record.is_pushed;
        let mut items: Vec<&Psr> = self.waiting.iter().filter(is_waiting).collect();
        items.sort_by_key(|psr| self.order(psr));
        items
    }

    fn order(&self, psr: &Psr) -> impl Ord + use<> {
        let target = or_last(psr.terms.target);
        let nothing = or_last(None::<Time>);
        let (before_secondary, before_age) = match self.options.target_accept_time {
            TargetAcceptTime::BeforeSecondaryPriority => (target, nothing),
            TargetAcceptTime::BeforeAge => (nothing, target),
            TargetAcceptTime::Ignored => (nothing, nothing),
        };
        let on = self.tables().settings.secondary_routing_priority;
        let unmapped = match self.options.unmapped_secondary_priority {
            UnmappedPriority::First => Some(0),
            UnmappedPriority::Last => None,
        };
        let secondary = or_last(psr.record.secondary_routing_priority.filter(|_| on).or(unmapped));
        (or_last(psr.record.routing_priority), before_secondary, secondary, before_age, psr.place, psr.record.id)
    }

    /// The agents who may be offered it now.
    pub(crate) fn candidates(&self, psr: &Psr) -> Vec<Name> {
        let this = self.candidates_in(psr, Round::This);
        if this.is_empty() { self.candidates_in(psr, Round::Next) } else { this }
    }

    fn candidates_in(&self, psr: &Psr, round: Round) -> Vec<Name> {
        let names = self.agents.iter().map(|agent| agent.name.clone());
        names.filter(|user| self.is_candidate(psr, user, round)).collect()
    }

    fn is_candidate(&self, psr: &Psr, user: &Name, round: Round) -> bool {
        self.could_but_for_capacity(psr, user, round)
            && self.fits(psr, user)
            && !(self.options.head_of_line_blocking && self.is_behind_another(psr, user))
    }

    /// An earlier item waits for the agent, who has too little capacity for it.
    fn is_behind_another(&self, psr: &Psr, user: &Name) -> bool {
        let items = self.waiting_in_order();
        let mut earlier = items.into_iter().take_while(|other| other.record.id != psr.record.id);
        earlier.any(|other| self.could_but_for_capacity(other, user, Round::Next) && !self.fits(other, user))
    }

    fn could_but_for_capacity(&self, psr: &Psr, user: &Name, round: Round) -> bool {
        let open = u32::try_from(self.held(user).count()).unwrap();
        open < self.options.max_open_items && !self.is_over_blocked(user) && self.could_but_for_work(psr, user, round)
    }

    /// Whether an agent could be offered it without any of the work that they have.
    fn could_but_for_work(&self, psr: &Psr, user: &Name, round: Round) -> bool {
        let Some(session) = self.session_of(user) else { return false };
        self.channels_of_status(&session.presence.status).contains(&psr.terms.channel)
            && !self.is_left_out(psr, session.id, round)
            && self.reaches(psr, user, round)
    }

    /// Work whose capacity was not checked has brought the agent above a capacity.
    fn is_over_blocked(&self, user: &Name) -> bool {
        let capacity = self.capacity(user);
        let over = |pool: Pool| self.used(user, pool) > capacity[pool as usize];
        self.held(user).any(|work| work.skips_check) && (over(Pool::Primary) || over(Pool::Interruptible))
    }

    fn reaches(&self, psr: &Psr, user: &Name, round: Round) -> bool {
        let agent = self.find_agent(user).expect("a known agent");
        if let Some(preferred) = &psr.record.preferred_user_id {
            if preferred == user {
                return true;
            }
            if psr.terms.required || self.find_agent(preferred).is_some() && self.is_candidate(psr, preferred, round) {
                return false;
            }
        }
        match psr.reach {
            Reach::Nobody => false,
            Reach::Members => psr.terms.queue.as_ref().is_some_and(|queue| agent.queues.contains(queue)),
            Reach::Skilled => psr.needs.iter().filter(|need| !need.dropped).all(|need| {
                let held = agent.skills.iter().find(|(skill, _)| *skill == need.skill);
                // An unknown level is enough.
                held.is_some_and(|(_, level)| level.is_none() || need.level.is_none() || *level >= need.level)
            }),
        }
    }

    fn fits(&self, psr: &Psr, user: &Name) -> bool {
        // What is given by hand is charged as it stands; an offer is charged as if it were in progress.
        let is_paused = psr.waits_for_room() && self.is_paused(&psr.record.work_item_id);
        let cost = if is_paused { psr.terms.paused_cost } else { psr.terms.cost };
        self.free(user, psr.terms.pool) >= self.charge(user, psr.terms.pool, cost)
    }

    /// What an item costs the agent.
    pub(super) fn charge(&self, user: &str, pool: Pool, cost: Cost) -> Units {
        match cost {
            Cost::Units(units) => units,
            Cost::Share(share) => share.of(self.capacity(user)[pool as usize]),
        }
    }

    /// The capacity in use.
    pub(crate) fn used(&self, user: &str, pool: Pool) -> Units {
        Units(self.held(user).filter(|work| work.terms.pool == pool).map(|work| work.charge.0).sum())
    }

    /// The capacity that counts as in use where an item is to fit.
    pub(super) fn load(&self, user: &str, pool: Pool) -> Units {
        let primary_too =
            pool == Pool::Interruptible && self.options.interruptible_pools == InterruptiblePools::PrimaryCountsToo;
        let primary = if primary_too { self.used(user, Pool::Primary) } else { Units(0) };
        Units(self.used(user, pool).0 + primary.0)
    }

    pub(super) fn free(&self, user: &str, pool: Pool) -> Units {
        Units(self.capacity(user)[pool as usize].0 - self.load(user, pool).0)
    }

    fn best(&self, psr: &Psr) -> Option<Name> {
        let candidates = self.candidates(psr);
        if let Some(preferred) = psr.record.preferred_user_id.as_ref().filter(|user| candidates.contains(user)) {
            return Some(preferred.clone());
        }
        let rank = |user: &Name| {
            let session = self.session_of(user).expect("a candidate is logged in");
            let measure = match (psr.model, self.options.least_active) {
                (RoutingModel::MostAvailable, _) => -self.free(user, psr.terms.pool).0,
                (_, LeastActive::Units) => self.load(user, psr.terms.pool).0,
                (_, LeastActive::Items) => i64::try_from(self.held(user).count()).unwrap(),
            };
            let had_work = session.last_assigned.is_some();
            (measure, had_work, session.last_assigned.unwrap_or(session.since), user.clone())
        };
        candidates.into_iter().min_by_key(rank)
    }

    /// Offers a waiting item to an agent. A partner may say what it costs, and that capacity is not looked at.
    pub(super) fn offer(&mut self, id: PendingServiceRoutingId, user: &Name, skips_check: bool, cost: Option<Cost>) {
        if self.psr_by_id(id).waits_for_room() {
            let item = self.psr_by_id(id).record.work_item_id.clone();
            let terms = self.item(&item).expect("a known item").terms.clone().expect("it was routed before");
            self.delete_psr(id);
            self.give(&item, user, &terms);
            return;
        }
        let session = self.session_of(user).expect("the agent is logged in").id;
        let keeps_last = self.decline_memory(self.psr_by_id(id)) == DeclineMemory::Round;
        let psr = self.psr(id);
        if psr.declined_by.contains(&session) {
            let last = psr.record.last_declined_agent_session.filter(|_| keeps_last);
            psr.declined_by = last.into_iter().collect();
        }
        psr.record.is_pushed = true;
        psr.record.is_push_attempted = true;
        psr.record.serial += 1;
        psr.drop_at = None;
        let mut psr = psr.clone();
        self.tell_psr(id, Change::Updated);
        psr.terms.cost = cost.unwrap_or(psr.terms.cost);
        let item = psr.record.work_item_id;
        let before = self.workload(user);
        let work = self.assign(&item, user, psr.terms, psr.requested);
        self.work(work).psr = Some(id);
        self.work(work).place = psr.place;
        self.work(work).skips_check = skips_check;
        self.work(work).skills = psr.needs;
        self.set_owner(&item, &Owner::User(user.clone()));
        self.console(user, ConsoleEvent::WorkAssigned { work_item_id: item, work_id: work });
        self.tell_workload(user, before);
        self.accept_if_automatic(work);
    }

    /// Makes an assigned work, and charges it.
    pub(super) fn assign(&mut self, item: &Name, user: &Name, terms: Terms, requested: Time) -> AgentWorkId {
        let now = self.now;
        self.session(user).expect("the agent is logged in").last_assigned = Some(now);
        let seconds = terms.push_timeout.filter(|_| !terms.required);
        let charge = self.charge(user, terms.pool, terms.cost);
        let id = self.new_work(item, user, AgentWorkStatus::Assigned, terms, charge);
        let work = self.work(id);
        work.requested = requested;
        work.timeout_at = seconds.map(|seconds| now.plus_seconds(seconds));
        id
    }

    pub(super) fn new_work(
        &mut self,
        item: &Name,
        user: &Name,
        status: AgentWorkStatus,
        terms: Terms,
        charge: Units,
    ) -> AgentWorkId {
        let id = AgentWorkId(self.next.work);
        self.next.work += 1;
        let queue = terms.queue.clone();
        self.item(item).expect("a known item").routed = true;
        self.works.push(Work {
            id,
            item: item.clone(),
            user: user.clone(),
            status,
            psr: None,
            from: None,
            terms,
            charge,
            skips_check: false,
            is_held: false,
            requested: self.now,
            place: self.now,
            accepted: None,
            timeout_at: None,
            paused: false,
            in_focus: 0,
            acw: None,
            skills: Vec::new(),
            deleted_skills: Vec::new(),
        });
        self.tell(Effect::AgentWorkCreated { id, work_item_id: item.clone(), user_id: user.clone(), status, queue });
        id
    }
}
