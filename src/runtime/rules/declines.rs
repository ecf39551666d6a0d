//! Who is not offered work again after a decline or a push timeout, and which chats have nobody left.

use super::basis::Rules;
use crate::runtime::book::{LaneKey, Pending, PendingNo, keys};
use crate::runtime::contract::{CHAT, ChatDeclinedByAll, DeclineMemory};
use crate::runtime::numbers::AgentIx;

/// A round of offers: in each, everyone who can take the work is offered it once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::runtime) enum Round {
    /// The one that runs.
    This,
    /// The one that would begin now.
    Next,
}

impl Rules<'_> {
    /// Whether an item is not offered to an agent, in a round, because the agent declined it.
    pub(in crate::runtime) fn is_left_out(self, pending: PendingNo, agent: AgentIx, round: Round) -> bool {
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
    pub(in crate::runtime) fn may_begin_round(self, pending: PendingNo) -> bool {
        let Some(record) = self.book.pending(pending).filter(|record| !record.declined.is_empty()) else {
            return false;
        };
        matches!(self.decline_memory(record), DeclineMemory::Round | DeclineMemory::All)
    }

    /// Whether somebody is online who could be offered an item sooner or later, however much work they have now.
    pub(in crate::runtime) fn has_rep_left(self, pending: PendingNo) -> bool {
        let keys: Vec<LaneKey> = self.book.pending(pending).into_iter().flat_map(keys).collect();
        let agents = (0..self.book.state().agents.len()).map(|agent| AgentIx::from(agent as u32));
        let mut left = agents.filter(|&agent| !self.is_left_out(pending, agent, Round::Next));
        left.any(|agent| keys.iter().any(|key| self.reaches(agent, key)))
    }

    /// Whether an item ends once everybody has declined it.
    pub(in crate::runtime) fn ends_when_declined(self, record: &Pending) -> bool {
        self.book.state().options.chat_declined_by_all == ChatDeclinedByAll::Ends
            && self.book.item(record.item).is_some_and(|item| *item.object == *CHAT)
    }

    pub(in crate::runtime) fn decline_memory(self, record: &Pending) -> DeclineMemory {
        if self.ends_when_declined(record) { DeclineMemory::Session } else { self.book.state().options.decline_memory }
    }
}
