//! An agent answers an offer, or does not; and how work ends.

use super::Rules;
use super::index::Timer;
use super::index_types::AgentIx;
use super::records::AgentWorkStatus;
use super::state::{Acw, Decline, HeldBy};
use super::view;
use super::{
    AgentWorkId, Change, ConsoleEvent, Effect, FinishedWork, Name, Owner, PendingServiceRoutingId, Refusal, Runtime,
    WorkKey,
};
use crate::plan::{StatusMeaning, Units};

impl Runtime {
    pub(super) fn accept(&mut self, work: u64) {
        let now = self.book.state.now;
        let Some(record) = self.book.state.works.get_mut(work) else { return };
        record.status = AgentWorkStatus::Opened;
        record.accepted = Some(now);
        if let Some(at) = record.push_timeout_at.take() {
            self.book.index.timers.remove(&(at, Timer::PushTimeout(work)));
        }
        let (agent, item, pending, takes_over) = (record.agent, record.item, record.pending, record.takes_over);
        let speed_to_answer = view::seconds(now.since(record.requested));
        let id = AgentWorkId(work);
        let work_item_id = self.book.item_name(item);
        let user_id = self.book.agent_name(agent);
        self.emit(Effect::AgentWorkOpened { id, work_item_id: work_item_id.clone(), user_id, speed_to_answer });
        if let Some(pending) = pending {
            self.delete_pending(pending);
        }
        if let Some(first) = takes_over {
            self.own(item, HeldBy::User(self.book.agent_name(agent)));
            if self.book.work(first).is_some_and(super::state::Work::is_open) {
                self.hand_on(first);
            }
        }
        self.console(agent, ConsoleEvent::WorkAccepted { work_item_id, work_id: id });
        // The status may have changed while the offer was open.
        match self.book.item(item).and_then(|record| record.meaning) {
            Some(StatusMeaning::Completed) => self.close(work, AgentWorkStatus::Closed),
            Some(StatusMeaning::Paused) => self.pause(work, true),
            Some(StatusMeaning::InProgress) | None => {}
        }
    }

    /// Changes the owner of a record, and emits the change if there is one.
    pub(super) fn own(&mut self, item: u64, owner: HeldBy) {
        let Some(record) = self.book.state.items.get_mut(item) else { return };
        if record.owner == owner {
            return;
        }
        record.owner = owner.clone();
        let work_item_id = record.name.clone();
        let owner = match owner {
            HeldBy::Nobody => return,
            HeldBy::Queue(queue) => Owner::Queue(queue),
            HeldBy::User(user) => Owner::User(user),
        };
        self.emit(Effect::OwnerChanged { work_item_id, owner });
    }

    /// Deletes a `PendingServiceRouting`, wherever it waits.
    pub(super) fn delete_pending(&mut self, pending: u64) {
        self.clear_drop_timer(pending);
        if self.book.pending(pending).is_some_and(super::state::Pending::waits) {
            self.leave_lanes(pending);
        }
        self.tell_pending(pending, Change::Deleted);
        let Some(item) = self.book.pending(pending).map(|record| record.item) else { return };
        self.book.state.pendings.remove(pending);
        self.book.index.declined_chats.remove(&pending);
        self.book.index.pending_count = self.book.index.pending_count.saturating_sub(1);
        if let Some(item) = self.book.state.items.get_mut(item) {
            item.pending = None;
        }
    }

    /// Tells of a change of a `PendingServiceRouting`: everyone, and partners if it is theirs.
    pub(super) fn tell_pending(&mut self, pending: u64, change: Change) {
        let Some(record) = self.book.pending(pending) else { return };
        let (external, item) = (record.is_external(), record.item);
        let (serial, is_pushed) = (record.serial, record.pushed.is_some());
        let (id, work_item_id) = (PendingServiceRoutingId(pending), self.book.item_name(item));
        self.emit(Effect::PendingServiceRouting { change, id, work_item_id, serial, is_pushed });
        if external {
            self.stream(pending, change);
        }
    }

    /// An offer is declined, timed out or void: the work goes back where it came from.
    pub(super) fn give_back(&mut self, work: u64, status: AgentWorkStatus, reason: Option<Name>) {
        let now = self.book.state.now;
        let Some(record) = self.book.state.works.get_mut(work) else { return };
        let (agent, item, pending, required) = (record.agent, record.item, record.pending, record.terms.required);
        let is_decline = status != AgentWorkStatus::Unavailable;
        let capacity = self.rules().capacity_of(agent);
        if let Some(record) = self.book.state.works.get_mut(work).filter(|_| is_decline) {
            record.decline = Some(Box::new(Decline { reason, capacity }));
        }
        self.end_work(work, status);
        if status == AgentWorkStatus::Declined {
            let work_item_id = self.book.item_name(item);
            self.console(agent, ConsoleEvent::WorkDeclined { work_item_id, work_id: AgentWorkId(work) });
        }
        self.release(work);
        let session = self.book.session(agent).map(|session| session.id);
        if let Some(pending) = pending {
            if let Some(session) = session.filter(|_| is_decline) {
                self.note_decline(pending, session);
            }
            let Some(record) = self.book.state.pendings.get_mut(pending) else { return };
            record.pushed = None;
            record.serial = record.serial.saturating_add(1);
            record.needs.iter_mut().for_each(|need| need.dropped = false);
            if !is_decline {
                record.requested = record.custom_requested.unwrap_or(now);
                record.place = record.requested;
            }
            let (queue, external) = (record.terms.queue, record.is_external());
            self.tell_pending(pending, Change::Updated);
            if let Some(queue) = queue {
                self.own(item, HeldBy::Queue(self.plan.queues[queue.at()].name.clone()));
            }
            if !external {
                self.set_drop_timer(pending, now);
                self.new_pendings.push(pending);
            }
        }
        let presence = &self.plan.presences[self.rules().presence_of(agent).at()];
        let after = match status {
            AgentWorkStatus::Declined => presence.decline.as_ref().and_then(|(_, status)| *status),
            AgentWorkStatus::DeclinedOnPushTimeout => presence.status_on_push_timeout,
            _ => None,
        };
        if let Some(status) = after.filter(|_| !required) {
            self.change_status(agent, status);
        }
        self.forget_if_done(work);
    }

    /// Open work ends: it closes, or goes to somebody else.
    pub(super) fn close(&mut self, work: u64, status: AgentWorkStatus) {
        if !self.book.work(work).is_some_and(|work| work.status.is_active()) {
            return;
        }
        self.end_acw(work);
        self.end_work(work, status);
        let Some(record) = self.book.work(work) else { return };
        let (agent, item) = (record.agent, record.item);
        if status == AgentWorkStatus::Closed {
            let work_item_id = self.book.item_name(item);
            self.console(agent, ConsoleEvent::WorkClosed { work_item_id, work_id: AgentWorkId(work) });
        }
        self.release(work);
        self.forget_if_done(work);
    }

    /// The record's last status, its times, and the effect that tells them.
    pub(super) fn end_work(&mut self, work: u64, status: AgentWorkStatus) {
        self.lose_focus(work);
        let now = self.book.state.now;
        let Some(record) = self.book.state.works.get_mut(work) else { return };
        record.status = status;
        record.ended = Some(now);
        if let Some(at) = record.push_timeout_at {
            self.book.index.timers.remove(&(at, super::index::Timer::PushTimeout(work)));
        }
        let (agent, item) = (record.agent, record.item);
        let is_tab_based = self.plan.channels[record.channel.at()].status.is_none();
        let effect = Effect::AgentWorkEnded {
            id: AgentWorkId(work),
            work_item_id: self.book.item_name(item),
            user_id: self.book.agent_name(agent),
            status,
            handle_time: self.book.work(work).and_then(view::handle_time),
            active_time: self.book.work(work).filter(|_| is_tab_based).and_then(view::active_time),
            after_conversation_actual_time: self.book.work(work).and_then(view::acw_time),
        };
        self.emit(effect);
        if let Some(record) = self.book.state.items.get_mut(item) {
            record.active.retain(|active| *active != work);
        }
    }

    /// The agent has the capacity of ended work back.
    pub(super) fn release(&mut self, work: u64) {
        let Some(record) = self.book.state.works.get_mut(work) else { return };
        let charged = std::mem::take(&mut record.charged);
        let (agent, pool, unchecked) = (record.agent, record.terms.pool, record.unchecked);
        self.charge(agent, pool, Units(-charged.0), |known| {
            known.works.retain(|&other| other != work);
            known.unchecked = known.unchecked.saturating_sub(u32::from(unchecked));
        });
        self.freed.push(agent);
    }

    /// Focus leaves the tab: the time in it counts.
    pub(super) fn lose_focus(&mut self, work: u64) {
        let now = self.book.state.now;
        let Some(record) = self.book.state.works.get_mut(work) else { return };
        let Some(since) = record.focused_since.take() else { return };
        let ended = record.acw.as_ref().and_then(|acw| acw.ended);
        let focused = ended.map_or(now, |ended| ended.min(now)).since(since).max(0);
        record.active_ms = record.active_ms.saturating_add(focused);
        let agent = record.agent;
        if let Some(session) = self.book.agent_mut(agent).session.as_mut().filter(|session| session.focus == Some(work))
        {
            session.focus = None;
        }
    }

    pub(super) fn conversation_ended(&mut self, item: &Name) -> Result<(), Refusal> {
        let number = self.book.find_item(item)?;
        let active = self.book.item(number).map(|item| item.active.as_slice()).unwrap_or_default();
        let open =
            active.iter().rev().copied().find(|&work| self.book.work(work).is_some_and(super::state::Work::is_open));
        let Some(work) = open else { return Err(Refusal::NotRouted { work_item: item.clone() }) };
        self.begin_acw(work);
        Ok(())
    }

    /// After conversation work begins, if there is any, and it has not begun before.
    pub(super) fn begin_acw(&mut self, work: u64) {
        let Some(record) = self.book.work(work).filter(|record| record.acw.is_none()) else { return };
        let of_presence = self.plan.presences[self.rules().presence_of(record.agent).at()].acw;
        let Some(acw) = self.plan.channels[record.channel.at()].acw.or(of_presence) else { return };
        let now = self.book.state.now;
        let until = now.plus_seconds(acw.max_seconds);
        let extension = acw.extension.map(|extension| (extension.seconds, extension.most));
        if let Some(record) = self.book.state.works.get_mut(work) {
            record.acw = Some(Box::new(Acw { started: now, until, ended: None, extensions: 0, extension }));
        }
        self.book.index.timers.insert((until, Timer::AcwEnd(work)));
        self.tell_acw(work);
    }

    pub(super) fn after_conversation_work_extended(&mut self, user: &Name, key: &WorkKey) -> Result<(), Refusal> {
        let (_, work) = self.rules().own_closable(user, key)?;
        let id = AgentWorkId(work);
        let Some(acw) = self.book.state.works.get_mut(work).and_then(|record| record.acw.as_mut()) else {
            return Err(Refusal::NoExtension { work: id });
        };
        let Some((seconds, most)) = acw.extension.filter(|_| acw.ended.is_none()) else {
            return Err(Refusal::NoExtension { work: id });
        };
        if acw.extensions >= most {
            return Err(Refusal::NoMoreExtensions { work: id, most });
        }
        let before = acw.until;
        acw.extensions += 1;
        acw.until = before.plus_seconds(seconds);
        let until = acw.until;
        self.book.index.timers.remove(&(before, Timer::AcwEnd(work)));
        self.book.index.timers.insert((until, Timer::AcwEnd(work)));
        self.tell_acw(work);
        Ok(())
    }

    fn tell_acw(&mut self, work: u64) {
        let Some(record) = self.book.work(work) else { return };
        let Some(acw) = &record.acw else { return };
        let effect = Effect::AfterConversationWork {
            id: AgentWorkId(work),
            work_item_id: self.book.item_name(record.item),
            user_id: self.book.agent_name(record.agent),
            until: acw.until,
            extensions: acw.extensions,
        };
        self.emit(effect);
    }

    /// After conversation work ends, if it runs.
    pub(super) fn end_acw(&mut self, work: u64) {
        let now = self.book.state.now;
        let Some(record) = self.book.state.works.get_mut(work) else { return };
        let Some(acw) = record.acw.as_mut().filter(|acw| acw.ended.is_none()) else { return };
        acw.ended = Some(now);
        self.book.index.timers.remove(&(acw.until, Timer::AcwEnd(work)));
        let time = view::seconds(now.since(acw.started));
        let (item, agent) = (record.item, record.agent);
        let effect = Effect::AfterConversationWorkEnded {
            id: AgentWorkId(work),
            work_item_id: self.book.item_name(item),
            user_id: self.book.agent_name(agent),
            after_conversation_actual_time: time,
        };
        self.emit(effect);
    }

    /// Drops the record of ended work, and the item that nothing is left of, if finished work is forgotten.
    pub(super) fn forget_if_done(&mut self, work: u64) {
        if !self.rules().forgets() {
            return;
        }
        let Some(record) = self.book.work(work).filter(|record| !record.status.is_active() && !record.held) else {
            return;
        };
        let item = record.item;
        self.book.state.works.remove(work);
        if let Some(record) = self.book.state.items.get_mut(item).filter(|record| record.latest_work == Some(work)) {
            // Those that are left are those that an agent holds.
            record.latest_work = record.active.iter().chain(&record.held).copied().max();
        }
        self.forget_item(item);
    }

    /// Drops an item when the event is over, if it neither waits nor is worked on then, and finished work is forgotten.
    pub(super) fn forget_item(&mut self, item: u64) {
        if self.rules().forgets() {
            self.done_items.push(item);
        }
    }

    /// Drops the items that nothing is left of.
    pub(super) fn forget_items(&mut self) {
        let mut done = std::mem::take(&mut self.done_items);
        for item in done.drain(..) {
            let idle = |record: &&super::state::Item| {
                record.pending.is_none() && record.active.is_empty() && record.held.is_empty()
            };
            let Some(name) = self.book.item(item).filter(idle).map(|record| record.name.clone()) else { continue };
            self.book.index.items.remove(&name, item);
            self.book.state.items.remove(item);
        }
        // Kept for its memory.
        self.done_items = done;
    }
}

impl Rules<'_> {
    /// True if the channel or the presence configuration accepts for the agent.
    pub(super) fn accepts_by_itself(self, agent: AgentIx, work: u64) -> bool {
        let channel = self.book.work(work).is_some_and(|work| self.plan.channels[work.channel.at()].auto_accept);
        channel || self.plan.presences[self.presence_of(agent).at()].auto_accept
    }

    pub(super) fn forgets(self) -> bool {
        self.book.state.options.finished_work == FinishedWork::Forget
    }
}
