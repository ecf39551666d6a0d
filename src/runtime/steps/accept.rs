//! Work is accepted.

use super::runtime::Runtime;
use crate::plan::StatusMeaning;
use crate::runtime::book::{HeldBy, Work, WorkNo};
use crate::runtime::contract::records::AgentWorkStatus;
use crate::runtime::contract::{ConsoleEvent, Effect};
use crate::runtime::view::seconds;

impl Runtime {
    pub(in crate::runtime) fn accept(&mut self, work: WorkNo) {
        let now = self.book.state().now;
        self.book.stop_push_timeout(work);
        let Some(record) = self.book.work_mut(work) else { return };
        record.status = AgentWorkStatus::Opened;
        record.accepted = Some(now);
        record.push_timeout_at = None;
        let (agent, item, pending, takes_over) = (record.agent, record.item, record.pending, record.takes_over);
        let speed_to_answer = seconds(now.since(record.requested));
        let id = work.id();
        let work_item_id = self.book.item_name(item);
        let user_id = self.book.agent_name(agent);
        self.emit(Effect::AgentWorkOpened { id, work_item_id: work_item_id.clone(), user_id, speed_to_answer });
        if let Some(pending) = pending {
            self.delete_pending(pending);
        }
        if let Some(first) = takes_over {
            self.own(item, HeldBy::User(self.book.agent_name(agent)));
            // The first work may have ended since, and be forgotten.
            if self.book.state().works.get(first).is_some_and(Work::is_open) {
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
}
