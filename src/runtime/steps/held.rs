//! Work that has left its agent and still takes capacity: a call until its after conversation work is over, and tab-based work
//! until its tab closes.

use super::runtime::Runtime;
use crate::runtime::book::{Work, WorkNo};
use crate::runtime::contract::ReassignedTab;
use crate::runtime::contract::records::AgentWorkStatus;
use crate::runtime::numbers::AgentIx;
use crate::runtime::rules::VOICE;

impl Runtime {
    /// Open work is handed on. An agent who leaves a call has after conversation work from then on (Salesforce Help, "After
    /// Conversation Work": of warm and cold transfers).
    pub(in crate::runtime) fn hand_on(&mut self, work: WorkNo) {
        let item = self.book.work(work).and_then(|record| self.book.item(record.item));
        if item.is_some_and(|item| *item.object == *VOICE) {
            self.begin_acw(work);
        }
        if self.book.work(work).is_some_and(Work::wraps_up) {
            self.hold(work);
        } else {
            self.close(work, AgentWorkStatus::Transferred);
        }
    }

    /// The record of open work is given to a queue by hand. The tab stays open, and tab-based work takes capacity until it
    /// closes (Salesforce Help, "Understanding Your Work Capacity").
    pub(in crate::runtime) fn leave_tab(&mut self, work: WorkNo) {
        let Some(record) = self.book.work(work).filter(|record| record.is_open()) else { return };
        let is_tab_based = self.plan.channels[record.channel.at()].status.is_none();
        if is_tab_based && self.book.state().options.reassigned_tab == ReassignedTab::HoldsCapacity {
            self.end_acw(work);
            self.hold(work);
        } else {
            self.close(work, AgentWorkStatus::Transferred);
        }
    }

    /// Ends open work as transferred, and leaves its capacity in use.
    fn hold(&mut self, work: WorkNo) {
        self.end_work(work, AgentWorkStatus::Transferred);
        let Some(record) = self.book.work_mut(work) else { return };
        record.held = true;
        let item = record.item;
        if let Some(item) = self.book.item_mut(item) {
            item.held.push(work);
        }
    }

    /// The agent is done with work that was held.
    pub(in crate::runtime) fn let_go(&mut self, work: WorkNo) {
        let Some(record) = self.book.work_mut(work).filter(|record| record.held) else { return };
        record.held = false;
        let item = record.item;
        if let Some(item) = self.book.item_mut(item) {
            item.held.retain(|held| *held != work);
        }
        self.end_acw(work);
        self.release(work);
        self.forget_if_done(work);
        self.forget_item(item);
    }

    /// The agent changes the status, which ends after conversation work and closes the work (Salesforce Help, "After
    /// Conversation Work").
    pub(in crate::runtime) fn end_wrap_ups(&mut self, agent: AgentIx) {
        for work in self.book.agent(agent).works.clone() {
            if self.book.work(work).is_some_and(Work::wraps_up) {
                self.finish(work);
            }
        }
    }

    /// Closes open work, and lets held work go.
    pub(in crate::runtime) fn finish(&mut self, work: WorkNo) {
        if self.book.work(work).is_some_and(|record| record.held) {
            self.let_go(work);
        } else {
            self.close(work, AgentWorkStatus::Closed);
        }
    }
}
