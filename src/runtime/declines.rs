//! Who is not offered work again after a decline or a push timeout, and which chats end because nobody is left.

use super::Rules;
use super::index::LaneKey;
use super::index_types::AgentIx;
use super::options::{ChatDeclinedByAll, DeclineMemory};
use super::route::keys;
use super::state::Pending;
use super::{Effect, Runtime, SessionId};

/// The object of chats.
pub(super) const CHAT: &str = "LiveChatTranscript";

/// A round of offers: in each, everyone who can take the work is offered it once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Round {
    /// The one that runs.
    This,
    /// The one that would begin now.
    Next,
}

impl Runtime {
    /// A new round begins with an offer to who declined the item in the one before.
    pub(super) fn begin_round(&mut self, pending: u64, agent: AgentIx) {
        let Some(session) = self.book.session(agent).map(|session| session.id) else { return };
        let Some(record) = self.book.pending(pending).filter(|record| record.declined.contains(&session)) else {
            return;
        };
        let keeps_last = self.rules().decline_memory(record) == DeclineMemory::Round;
        if let Some(record) = self.book.state.pendings.get_mut(pending) {
            record.declined.clear();
            record.declined.extend(record.last_declined.filter(|_| keeps_last));
        }
    }

    /// Notes that an agent declined an item, or let it time out.
    pub(super) fn note_decline(&mut self, pending: u64, session: SessionId) {
        let Some(record) = self.book.pending(pending) else { return };
        let remembers =
            self.rules().decline_memory(record) != DeclineMemory::Last && !record.declined.contains(&session);
        let ends = self.rules().ends_when_declined(record) && !record.is_external();
        if let Some(record) = self.book.state.pendings.get_mut(pending) {
            record.last_declined = Some(session);
            record.declined.extend(Some(session).filter(|_| remembers));
        }
        if ends {
            self.book.index.declined_chats.insert(pending);
            self.book.index.may_end_chats = true;
        }
    }

    /// Ends the chats that are left with nobody to offer them to. True if there were any.
    pub(super) fn end_declined_chats(&mut self) -> bool {
        if self.book.index.declined_chats.is_empty() || !std::mem::take(&mut self.book.index.may_end_chats) {
            return false;
        }
        let left = |pending: &u64| {
            self.book
                .pending(*pending)
                .filter(|record| record.waits())
                .is_some_and(|_| !self.rules().has_rep_left(*pending))
        };
        let ended: Vec<u64> = self.book.index.declined_chats.iter().copied().filter(|pending| left(pending)).collect();
        for &pending in &ended {
            let Some(item) = self.book.pending(pending).map(|record| record.item) else { continue };
            self.emit(Effect::NoAvailableAgent { work_item_id: self.book.item_name(item) });
            self.cancel(item);
        }
        !ended.is_empty()
    }
}

impl Rules<'_> {
    /// Whether an item is not offered to an agent, in a round, because the agent declined it.
    pub(super) fn is_left_out(self, pending: u64, agent: AgentIx, round: Round) -> bool {
        let Some(record) = self.book.pending(pending) else { return false };
        let Some(last) = record.last_declined else { return false };
        let Some(session) = self.book.session(agent) else { return false };
        let in_round = || record.declined.contains(&session.id);
        match (self.decline_memory(record), round) {
            (DeclineMemory::Last, _) | (DeclineMemory::Round, Round::Next) => last == session.id,
            (DeclineMemory::All, Round::Next) => false,
            (DeclineMemory::Round | DeclineMemory::All, Round::This) | (DeclineMemory::Session, _) => in_round(),
        }
    }

    /// Whether a next round can reach more agents than the one that runs.
    pub(super) fn may_begin_round(self, pending: u64) -> bool {
        let Some(record) = self.book.pending(pending).filter(|record| !record.declined.is_empty()) else {
            return false;
        };
        matches!(self.decline_memory(record), DeclineMemory::Round | DeclineMemory::All)
    }

    /// Whether somebody is online who could be offered an item sooner or later, however much work they have now.
    fn has_rep_left(self, pending: u64) -> bool {
        let keys: Vec<LaneKey> = self.book.pending(pending).into_iter().flat_map(keys).collect();
        let agents = (0..self.book.state.agents.len()).map(|agent| AgentIx::from(agent as u32));
        let mut left = agents.filter(|&agent| !self.is_left_out(pending, agent, Round::Next));
        left.any(|agent| keys.iter().any(|key| self.reaches(agent, key)))
    }

    /// Whether an item ends once everybody has declined it.
    pub(super) fn ends_when_declined(self, record: &Pending) -> bool {
        self.book.state.options.chat_declined_by_all == ChatDeclinedByAll::Ends
            && self.book.item(record.item).is_some_and(|item| *item.object == *CHAT)
    }

    fn decline_memory(self, record: &Pending) -> DeclineMemory {
        if self.ends_when_declined(record) { DeclineMemory::Session } else { self.book.state.options.decline_memory }
    }
}
