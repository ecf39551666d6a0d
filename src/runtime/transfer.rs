//! An agent hands open work on.

use super::Rules;
use super::arrive::{Planned, Request};
use super::declines::CHAT;
use super::records::AgentWorkStatus;
use super::route::cost_of;
use super::state::{Terms, Work};
use super::{
    AgentRoute, CapacityCheck, DirectTransferCapacity, Name, Refusal, Route, Runtime, Time, TransferPlace, WorkKey,
};
use crate::plan::Units;

impl Runtime {
    pub(super) fn work_transferred(&mut self, user: &Name, key: &WorkKey, to: &Route) -> Result<(), Refusal> {
        let (_, work) = self.book.own_work(user, key, AgentWorkStatus::Opened)?;
        let Some(item) = self.book.work(work).map(|record| record.item) else { return Ok(()) };
        let Some(record) = self.book.item(item) else { return Ok(()) };
        // Somebody else is offered it already.
        if record.pending.is_some() || record.active.len() > 1 {
            return Err(Refusal::AlreadyRouted { work_item: record.name.clone() });
        }
        if let Route::Agent(AgentRoute { user: to, required: false, backup_queue: None, .. }) = to {
            return self.hand_over(work, user, to);
        }
        let (object, fields, channel) = (record.object.clone(), record.fields.clone(), record.channel);
        let request = Request {
            object: &object,
            channel,
            fields: &fields,
            target_accept: record.target_accept,
            custom_requested: record.custom_requested,
        };
        let route = self.rules().followed(to)?;
        let planned = self.rules().plan_again(&request, &route, work)?;
        let place = self.rules().place_after(work);
        self.hand_on(work);
        self.carry_out(item, planned, Some(place));
        Ok(())
    }

    /// A transfer to an agent alone makes no `PendingServiceRouting`: there are two `AgentWork` records, the first opened,
    /// the second assigned (Set Up Omni-Channel Developer Guide v56, "Agent transfers the work to another agent").
    fn hand_over(&mut self, first: u64, from: &Name, to: &Name) -> Result<(), Refusal> {
        let Some(object) =
            self.book.work(first).and_then(|record| self.book.item(record.item)).map(|item| &item.object)
        else {
            return Ok(());
        };
        self.rules().check_direct_to_agent(object)?;
        let exceeds = match self.book.state.options.direct_transfer_capacity {
            DirectTransferCapacity::ChatsExceed => **object == *CHAT,
            DirectTransferCapacity::Checked => false,
            DirectTransferCapacity::Exceeds => true,
        };
        let check = (!exceeds).then_some(CapacityCheck::Transfer);
        let agent = self.book.find_agent(to)?;
        if from == to {
            let problem = Name::from("names the agent who has the work");
            return Err(Refusal::Field { field: Name::from("user"), problem });
        }
        let Some(record) = self.book.work(first) else { return Ok(()) };
        let (item, channel, terms, needs) = (record.item, record.channel, record.terms, record.needs.clone());
        let place = record.place;
        self.rules().check_offer(agent, channel, terms.pool, terms.cost, check)?;
        let now = self.book.state.now;
        let mut terms = terms;
        terms.preferred = Some(agent);
        terms.required = false;
        let work = Work { takes_over: Some(first), place, needs, ..Work::begin(item, agent, channel, terms, now, now) };
        self.assign(work, false);
        Ok(())
    }
}

impl Rules<'_> {
    /// As [`Self::plan_route`], for open work that goes elsewhere. To a rep alone, it keeps its cost and
    /// its priority.
    pub(super) fn plan_again<'e>(
        self,
        request: &Request<'_>,
        route: &'e Route,
        work: u64,
    ) -> Result<Planned<'e>, Refusal> {
        let mut planned = self.plan_route(request, route)?;
        let alone = matches!(route, Route::Agent(agent) if agent.backup_queue.is_none() && agent.routing_configuration.is_none());
        if let (Planned::Route(routing), Some(work)) = (&mut planned, self.book.work(work).filter(|_| alone)) {
            let Terms { priority, cost, paused_cost, pool, push_timeout, .. } = work.terms;
            routing.terms = Terms { priority, cost, paused_cost, pool, push_timeout, ..routing.terms };
        }
        Ok(planned)
    }

    /// Since when open work counts as waiting once it is handed on.
    pub(super) fn place_after(self, work: u64) -> Time {
        let kept = self.book.work(work).map(|record| record.place);
        let keeps = self.book.state.options.transfer_place == TransferPlace::Keeps;
        kept.filter(|_| keeps).unwrap_or(self.book.state.now)
    }

    /// Whether work can be given to an agent whom somebody else than Omni-Channel chose.
    pub(super) fn check_offer(
        self,
        agent: super::index_types::AgentIx,
        channel: super::index_types::ChannelIx,
        pool: super::Pool,
        cost: crate::plan::Cost,
        check: Option<CapacityCheck>,
    ) -> Result<(), Refusal> {
        let user = self.book.agent_name(agent);
        let Some(session) = self.book.session(agent) else { return Err(Refusal::NotLoggedIn { user }) };
        let status = &self.plan.statuses[session.status.at()];
        if !status.channels.contains(&channel) {
            let channel = self.plan.channels[channel.at()].name.clone();
            return Err(Refusal::StatusOffersNotChannel { user, status: status.name.clone(), channel });
        }
        let open = self.book.agent(agent).works.len();
        if open >= self.book.state.options.max_open_items as usize {
            return Err(Refusal::TooManyOpenItems { user, open: open as u32 });
        }
        let capacity = session.capacity[pool.at()];
        let needs = cost_of(cost, capacity);
        let load = self.load(agent, pool);
        match check {
            Some(check) if load.0.saturating_add(needs.0) > capacity.0 => {
                Err(Refusal::NoCapacity { user, needs, free: Units(capacity.0 - load.0), check })
            }
            _ => Ok(()),
        }
    }
}
