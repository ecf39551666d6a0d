//! A decline is noted, rounds of offers begin, and chats that are left with nobody end.

use super::runtime::Runtime;
use crate::runtime::book::PendingNo;
use crate::runtime::contract::{DeclineMemory, Effect, SessionId};
use crate::runtime::numbers::AgentIx;

impl Runtime {
    /// A new round begins with an offer to who declined the item in the one before.
    pub(in crate::runtime) fn begin_round(&mut self, pending: PendingNo, agent: AgentIx) {
        let Some(session) = self.book.session(agent).map(|session| session.id) else { return };
        let Some(record) = self.book.pending(pending).filter(|record| record.declined.contains(&session)) else {
            return;
        };
        let keeps_last = self.rules().decline_memory(record) == DeclineMemory::Round;
        if let Some(record) = self.book.pending_mut(pending) {
            record.declined.clear();
            record.declined.extend(record.last_declined.filter(|_| keeps_last));
        }
    }

    /// Notes that an agent declined an item, or let it time out.
    pub(in crate::runtime) fn note_decline(&mut self, pending: PendingNo, session: SessionId) {
        let Some(record) = self.book.pending(pending) else { return };
        let remembers =
            self.rules().decline_memory(record) != DeclineMemory::Last && !record.declined.contains(&session);
        let ends = self.rules().ends_when_declined(record) && !record.is_external();
        if let Some(record) = self.book.pending_mut(pending) {
            record.last_declined = Some(session);
            record.declined.extend(Some(session).filter(|_| remembers));
        }
        if ends {
            self.book.note_declined_chat(pending);
        }
    }

    /// Ends the chats that are left with nobody to offer them to. True if there were any.
    pub(in crate::runtime) fn end_declined_chats(&mut self) -> bool {
        if !self.book.may_end_chats() {
            return false;
        }
        let left = |pending: &PendingNo| {
            self.book
                .pending(*pending)
                .filter(|record| record.waits())
                .is_some_and(|_| !self.rules().has_rep_left(*pending))
        };
        let ended: Vec<PendingNo> =
            self.book.index().declined_chats.iter().copied().filter(|pending| left(pending)).collect();
        for &pending in &ended {
            let Some(item) = self.book.pending(pending).map(|record| record.item) else { continue };
            self.emit(Effect::NoAvailableAgent { work_item_id: self.book.item_name(item) });
            self.cancel(item);
        }
        !ended.is_empty()
    }
}
