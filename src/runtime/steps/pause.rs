//! Work is paused, taken on again, or given to somebody.

use super::runtime::Runtime;
use crate::plan::{StatusMeaning, Units};
use crate::runtime::book::{Cause, HeldBy, ItemNo, Pending, PendingNo, Terms, Work, WorkNo, cost_of};
use crate::runtime::contract::records::{AgentWorkStatus, RoutingModel};
use crate::runtime::contract::{Change, Effect, Name};
use crate::runtime::numbers::{AgentIx, ChannelIx};

impl Runtime {
    /// A record has another channel, which may have its own words for the status.
    pub(in crate::runtime) fn set_channel(&mut self, item: ItemNo, channel: Option<ChannelIx>) {
        let meaning = self.book.item(item).and_then(|record| self.rules().meaning(channel, &record.fields));
        let Some(record) = self.book.item_mut(item) else { return };
        record.channel = channel;
        record.meaning = meaning.or(record.meaning);
    }

    /// An agent has work because of a change of owner or status. The change is made whatever the capacity; if the channel
    /// checks it ("Check Agent Capacity on Reopened Work Items", Knowledge 002727382), the work is charged once it fits.
    pub(in crate::runtime) fn charge_change(&mut self, item: ItemNo, agent: AgentIx, cause: Cause, checks: bool) {
        let Some(record) = self.book.item(item) else { return };
        let paused = record.is_paused();
        if let Some(terms) = record.last.filter(|terms| checks && !self.rules().has_room(agent, terms, paused)) {
            self.wait_for_room(item, agent, cause, terms);
        } else {
            self.take_on(item, agent, cause, None);
        }
    }

    /// Makes the routing request of a direct assignment.
    fn wait_for_room(&mut self, item: ItemNo, agent: AgentIx, cause: Cause, terms: Terms) {
        let Some(record) = self.book.item(item) else { return };
        let Some(channel) = record.channel else { return };
        let paused = record.is_paused();
        let now = self.book.state().now;
        let model = terms.model.filter(|model| *model != RoutingModel::ExternalRouting);
        let terms = Terms { queue: None, routing_type: None, model, preferred: Some(agent), required: true, ..terms };
        let waiting = Pending { cause, paused, ..Pending::new(item, channel, terms, now) };
        let number = self.add_pending(waiting);
        self.tell_pending(number, Change::Created);
        self.begin_routing(number);
    }

    /// The status of a record changes that nobody has open. If it waits for room, it no longer does once it is completed, and
    /// needs another amount once it is paused or resumed.
    pub(in crate::runtime) fn change_waiting(&mut self, item: ItemNo, meaning: StatusMeaning) {
        let Some(pending) = self.rules().waiting_for_room(item) else { return };
        if meaning == StatusMeaning::Completed {
            self.cancel(item);
            return;
        }
        self.leave_lanes(pending);
        if let Some(record) = self.book.pending_mut(pending) {
            record.paused = meaning == StatusMeaning::Paused;
        }
        self.new_pendings.push(pending);
    }

    /// The agent has room for work that waited for it.
    pub(in crate::runtime) fn charge_waiting(&mut self, pending: PendingNo, agent: AgentIx) {
        let Some(record) = self.book.pending(pending) else { return };
        let (item, cause) = (record.item, record.cause);
        self.delete_pending(pending);
        self.take_on(item, agent, cause, Some(pending));
    }

    /// An agent has open work because of a change of owner or status.
    fn take_on(&mut self, item: ItemNo, agent: AgentIx, cause: Cause, pending: Option<PendingNo>) {
        let now = self.book.state().now;
        let Some(record) = self.book.item(item) else { return };
        let (Some(terms), Some(channel)) = (record.last, record.channel) else { return };
        let paused = record.is_paused();
        let capacity = self.rules().capacity_of(agent)[terms.pool.at()];
        let charged = cost_of(terms.cost_while(paused), capacity);
        let work = Work {
            status: AgentWorkStatus::Opened,
            accepted: Some(now),
            paused,
            charged,
            cause,
            pending,
            ..Work::begin(item, agent, channel, terms, now, now)
        };
        let number = self.book.add_work(work);
        let queue = terms.queue.map(|queue| self.plan.queues[queue.at()].name.clone());
        let effect = Effect::AgentWorkCreated {
            id: number.id(),
            work_item_id: self.book.item_name(item),
            user_id: self.book.agent_name(agent),
            status: AgentWorkStatus::Opened,
            queue,
        };
        self.emit(effect);
        self.charge(agent, terms.pool, charged, |known| known.works.push(number));
    }

    /// Open work is paused, or goes on: it costs the paused cost, or the full one.
    pub(in crate::runtime) fn pause(&mut self, work: WorkNo, paused: bool) {
        let Some(record) = self.book.work(work).filter(|record| record.paused != paused) else { return };
        let (agent, item, terms) = (record.agent, record.item, record.terms);
        let capacity = self.rules().capacity_of(agent)[terms.pool.at()];
        let cost = cost_of(terms.cost_while(paused), capacity);
        let change = Units(cost.0 - record.charged.0);
        if let Some(record) = self.book.work_mut(work) {
            record.paused = paused;
            record.charged = cost;
        }
        let (work_item_id, user_id) = (self.book.item_name(item), self.book.agent_name(agent));
        self.emit(Effect::AgentWorkPaused { id: work.id(), work_item_id, user_id, paused });
        self.charge(agent, terms.pool, change, |_| {});
        self.freed.push(agent);
    }

    pub(in crate::runtime) fn given_to_user(&mut self, item: ItemNo, user: &Name) {
        let Some(record) = self.book.item(item) else { return };
        // The same owner is not a change: the work keeps waiting for room.
        if record.owner == HeldBy::User(user.clone()) && self.rules().waiting_for_room(item).is_some() {
            return;
        }
        let agent = self.book.agent_number(user);
        let has_it = |work: &WorkNo| self.book.work(*work).is_some_and(|work| Some(work.agent) == agent);
        let held = agent.is_some() && record.active.iter().any(has_it);
        let status = self.rules().status_field(record.channel);
        let counts = record.was_routed && record.meaning != Some(StatusMeaning::Completed);
        let taken_on = agent.filter(|_| !held && status.is_some() && counts);
        let checks = status.is_some_and(|status| status.checks_owner_change);
        if !held {
            self.cancel(item);
            for work in self.rules().active(item) {
                self.close(work, AgentWorkStatus::Transferred);
            }
        }
        if let Some(record) = self.book.item_mut(item) {
            record.owner = HeldBy::User(user.clone());
        }
        if let Some(agent) = taken_on {
            self.charge_change(item, agent, Cause::OwnerChange, checks);
        }
    }
}
