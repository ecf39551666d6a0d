//! Work ends, and what nobody asks for any more is forgotten.

use super::runtime::Runtime;
use crate::plan::Units;
use crate::runtime::book::{Item, ItemNo, WorkNo};
use crate::runtime::contract::records::AgentWorkStatus;
use crate::runtime::contract::{ConsoleEvent, Effect};
use crate::runtime::view::{active_time, acw_time, handle_time};

impl Runtime {
    /// Open work ends: it closes, or goes to somebody else.
    pub(in crate::runtime) fn close(&mut self, work: WorkNo, status: AgentWorkStatus) {
        if !self.book.work(work).is_some_and(|work| work.status.is_active()) {
            return;
        }
        self.end_acw(work);
        self.end_work(work, status);
        let Some(record) = self.book.work(work) else { return };
        let (agent, item) = (record.agent, record.item);
        if status == AgentWorkStatus::Closed {
            let work_item_id = self.book.item_name(item);
            self.console(agent, ConsoleEvent::WorkClosed { work_item_id, work_id: work.id() });
        }
        self.release(work);
        self.forget_if_done(work);
    }

    /// The record's last status, its times, and the effect that tells them.
    pub(in crate::runtime) fn end_work(&mut self, work: WorkNo, status: AgentWorkStatus) {
        self.lose_focus(work);
        let now = self.book.state().now;
        self.book.stop_push_timeout(work);
        let Some(record) = self.book.work_mut(work) else { return };
        record.status = status;
        record.ended = Some(now);
        let (agent, item) = (record.agent, record.item);
        let is_tab_based = self.plan.channels[record.channel.at()].status.is_none();
        let effect = Effect::AgentWorkEnded {
            id: work.id(),
            work_item_id: self.book.item_name(item),
            user_id: self.book.agent_name(agent),
            status,
            handle_time: self.book.work(work).and_then(handle_time),
            active_time: self.book.work(work).filter(|_| is_tab_based).and_then(active_time),
            after_conversation_actual_time: self.book.work(work).and_then(acw_time),
        };
        self.emit(effect);
        if let Some(record) = self.book.item_mut(item) {
            record.active.retain(|active| *active != work);
        }
    }

    /// The agent has the capacity of ended work back.
    pub(in crate::runtime) fn release(&mut self, work: WorkNo) {
        let Some(record) = self.book.work_mut(work) else { return };
        let charged = std::mem::take(&mut record.charged);
        let (agent, pool, unchecked) = (record.agent, record.terms.pool, record.unchecked);
        self.charge(agent, pool, Units(-charged.0), |known| {
            known.works.retain(|&other| other != work);
            known.unchecked = known.unchecked.saturating_sub(u32::from(unchecked));
        });
        self.freed.push(agent);
    }

    /// Focus leaves the tab: the time in it counts.
    pub(in crate::runtime) fn lose_focus(&mut self, work: WorkNo) {
        let now = self.book.state().now;
        let Some(record) = self.book.work_mut(work) else { return };
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

    /// Drops the record of ended work, and the item that nothing is left of, if finished work is forgotten.
    pub(in crate::runtime) fn forget_if_done(&mut self, work: WorkNo) {
        if !self.rules().forgets() {
            return;
        }
        let Some(record) = self.book.work(work).filter(|record| !record.status.is_active() && !record.held) else {
            return;
        };
        let item = record.item;
        self.book.remove_work(work);
        self.forget_item(item);
    }

    /// Drops an item when the event is over, if it neither waits nor is worked on then, and finished work is forgotten.
    pub(in crate::runtime) fn forget_item(&mut self, item: ItemNo) {
        if self.rules().forgets() {
            self.done_items.push(item);
        }
    }

    /// Drops the items that nothing is left of.
    pub(in crate::runtime) fn forget_items(&mut self) {
        let mut done = std::mem::take(&mut self.done_items);
        for item in done.drain(..) {
            let idle = |record: &Item| record.pending.is_none() && record.active.is_empty() && record.held.is_empty();
            // It may have been noted twice.
            if self.book.state().items.get(item).is_some_and(idle) {
                self.book.remove_item(item);
            }
        }
        // Kept for its memory.
        self.done_items = done;
    }
}
