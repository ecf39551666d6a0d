//! Work is offered.

use super::runtime::Runtime;
use crate::plan::Cost;
use crate::runtime::book::{Cause, HeldBy, PendingNo, Work, cost_of};
use crate::runtime::contract::records::AgentWorkStatus;
use crate::runtime::contract::{Change, ConsoleEvent, Effect, Owner};
use crate::runtime::numbers::AgentIx;

impl Runtime {
    /// Offers work to an agent. `given` is what a partner says of the cost.
    pub(in crate::runtime) fn offer(
        &mut self,
        pending: PendingNo,
        agent: AgentIx,
        given: Option<Cost>,
        unchecked: bool,
    ) {
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
        let number = self.book.state().works.next();
        let now = self.book.state().now;
        self.begin_round(pending, agent);
        let Some(record) = self.book.pending_mut(pending) else { return };
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
    pub(in crate::runtime) fn assign(&mut self, mut work: Work, takes_ownership: bool) {
        let (agent, item) = (work.agent, work.item);
        let now = self.book.state().now;
        let capacity = self.rules().capacity_of(agent)[work.terms.pool.at()];
        work.charged = cost_of(work.terms.cost, capacity);
        let timeout = work.terms.push_timeout.filter(|&seconds| seconds > 0 && !work.terms.required);
        work.push_timeout_at = timeout.map(|seconds| now.plus_seconds(seconds));
        let (charged, pool, unchecked, queue) = (work.charged, work.terms.pool, work.unchecked, work.terms.queue);
        let number = self.book.add_work(work);
        let user = self.book.agent_name(agent);
        let Some(record) = self.book.item_mut(item) else { return };
        record.was_routed = true;
        let work_item_id = record.name.clone();
        let owns = |owner: &HeldBy| matches!(owner, HeldBy::User(owner) if *owner == user);
        let new_owner = takes_ownership && !owns(&record.owner);
        if new_owner {
            record.owner = HeldBy::User(user.clone());
        }
        let queue = queue.map(|queue| self.plan.queues[queue.at()].name.clone());
        let id = number.id();
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
            self.book.set_push_timeout(number);
        }
    }
}
