//! How records begin, and what each says of itself.

use super::state::{Cause, Pending, Terms, Work};
use crate::plan::{Time, Units};
use crate::runtime::contract::records::{AgentWorkStatus, RoutingModel};
use crate::runtime::numbers::{AgentIx, ChannelIx, ItemNo};

impl Work {
    /// Work that is assigned now.
    pub(in crate::runtime) fn begin(
        item: ItemNo,
        agent: AgentIx,
        channel: ChannelIx,
        terms: Terms,
        requested: Time,
        assigned: Time,
    ) -> Self {
        Self {
            item,
            agent,
            channel,
            terms,
            pending: None,
            takes_over: None,
            status: AgentWorkStatus::Assigned,
            paused: false,
            charged: Units(0),
            unchecked: false,
            held: false,
            cause: Cause::Offer,
            requested,
            place: requested,
            assigned,
            accepted: None,
            ended: None,
            decline: None,
            push_timeout_at: None,
            acw: None,
            active_ms: 0,
            focused_since: None,
            needs: Vec::new(),
            flag: None,
            deleted: false,
        }
    }

    /// It is assigned, and not answered.
    pub(in crate::runtime) fn is_offered(&self) -> bool {
        self.status == AgentWorkStatus::Assigned
    }

    pub(in crate::runtime) fn is_open(&self) -> bool {
        self.status == AgentWorkStatus::Opened
    }
}

impl Pending {
    /// A request that is made now, and is ready for routing.
    pub(in crate::runtime) fn new(item: ItemNo, channel: ChannelIx, terms: Terms, now: Time) -> Self {
        Self {
            item,
            channel,
            terms,
            needs: Vec::new(),
            drop_timeout: None,
            drop_at: None,
            created: now,
            requested: now,
            place: now,
            custom_requested: None,
            target_accept: None,
            ready: true,
            pushed: None,
            push_attempted: false,
            transfer: false,
            cause: Cause::Offer,
            paused: false,
            last_declined: None,
            declined: Vec::new(),
            serial: 1,
        }
    }

    /// It is to be routed by Omni-Channel, and waits for an agent.
    pub(in crate::runtime) fn waits(&self) -> bool {
        self.ready && self.pushed.is_none() && !self.is_external()
    }

    pub(in crate::runtime) fn is_external(&self) -> bool {
        self.terms.model == Some(RoutingModel::ExternalRouting)
    }
}

impl Work {
    /// After conversation work runs.
    pub(in crate::runtime) fn wraps_up(&self) -> bool {
        self.acw.as_ref().is_some_and(|acw| acw.ended.is_none())
    }
}
