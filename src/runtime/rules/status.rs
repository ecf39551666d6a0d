//! What the status field of a record says of capacity.

use std::collections::BTreeMap;

use smallvec::SmallVec;

use super::basis::Rules;
use super::skills::value_of;
use crate::plan::StatusMeaning;
use crate::runtime::book::{Cause, HeldBy, Item, Terms, cost_of};
use crate::runtime::contract::Name;
use crate::runtime::directory::StatusField;
use crate::runtime::numbers::{AgentIx, ChannelIx, ItemNo, PendingNo, WorkNo};

impl<'r> Rules<'r> {
    /// What the status field of a record says of capacity.
    pub(in crate::runtime) fn meaning(
        self,
        channel: Option<ChannelIx>,
        fields: &BTreeMap<Name, Name>,
    ) -> Option<StatusMeaning> {
        let status = self.status_field(channel)?;
        status.meanings.get(value_of(fields, &status.field)?).copied()
    }

    /// The status field of a channel, if its work is status-based.
    pub(in crate::runtime) fn status_field(self, channel: Option<ChannelIx>) -> Option<&'r StatusField> {
        self.plan.channels[channel?.at()].status.as_ref()
    }

    /// The agent who has reopened work.
    pub(in crate::runtime) fn reopened_by(self, record: &Item) -> Option<AgentIx> {
        let HeldBy::User(user) = &record.owner else { return None };
        self.book.agent_number(user)
    }

    pub(in crate::runtime) fn has_room(self, agent: AgentIx, terms: &Terms, paused: bool) -> bool {
        let capacity = self.capacity_of(agent)[terms.pool.at()];
        self.fits_into(agent, terms.pool, capacity, cost_of(terms.cost_while(paused), capacity)).is_ok()
    }

    /// The request of a record that waits until its owner has room for it.
    pub(in crate::runtime) fn waiting_for_room(self, item: ItemNo) -> Option<PendingNo> {
        let pending = self.book.item(item)?.pending?;
        self.book.pending(pending).filter(|record| record.cause != Cause::Offer).map(|_| pending)
    }

    /// Assigned and opened work on a record.
    pub(in crate::runtime) fn active(self, item: ItemNo) -> SmallVec<[WorkNo; 2]> {
        self.book.item(item).map(|record| record.active.clone()).unwrap_or_default()
    }
}

/// Finished work that Omni-Channel had routed goes on.
pub(in crate::runtime) fn reopens(record: &Item, meaning: StatusMeaning) -> bool {
    record.pending.is_none()
        && record.active.is_empty()
        && record.was_routed
        && record.meaning == Some(StatusMeaning::Completed)
        && meaning != StatusMeaning::Completed
}
