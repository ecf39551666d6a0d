//! Work goes back to where it came from.

use super::runtime::Runtime;
use crate::runtime::book::{Decline, HeldBy, WorkNo};
use crate::runtime::contract::records::AgentWorkStatus;
use crate::runtime::contract::{Change, ConsoleEvent, Name};

impl Runtime {
    /// An offer is declined, timed out or void: the work goes back where it came from.
    pub(in crate::runtime) fn give_back(&mut self, work: WorkNo, status: AgentWorkStatus, reason: Option<Name>) {
        let now = self.book.state().now;
        let Some(record) = self.book.work_mut(work) else { return };
        let (agent, item, pending, required) = (record.agent, record.item, record.pending, record.terms.required);
        let is_decline = status != AgentWorkStatus::Unavailable;
        let capacity = self.rules().capacity_of(agent);
        if let Some(record) = self.book.work_mut(work).filter(|_| is_decline) {
            record.decline = Some(Box::new(Decline { reason, capacity }));
        }
        self.end_work(work, status);
        if status == AgentWorkStatus::Declined {
            let work_item_id = self.book.item_name(item);
            self.console(agent, ConsoleEvent::WorkDeclined { work_item_id, work_id: work.id() });
        }
        self.release(work);
        let session = self.book.session(agent).map(|session| session.id);
        if let Some(pending) = pending {
            if let Some(session) = session.filter(|_| is_decline) {
                self.note_decline(pending, session);
            }
            let Some(record) = self.book.pending_mut(pending) else { return };
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
}
