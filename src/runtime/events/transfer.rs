//! A rep hands work on.

use crate::runtime::book::{Need, Work, WorkNo};
use crate::runtime::contract::records::AgentWorkStatus;
use crate::runtime::contract::{
    AgentRoute, CHAT, CapacityCheck, DirectTransferCapacity, Name, Refusal, Route, WorkKey,
};
use crate::runtime::rules::Request;
use crate::runtime::steps::Runtime;

impl Runtime {
    pub(in crate::runtime) fn work_transferred(
        &mut self,
        user: &Name,
        key: &WorkKey,
        to: &Route,
    ) -> Result<(), Refusal> {
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
    fn hand_over(&mut self, first: WorkNo, from: &Name, to: &Name) -> Result<(), Refusal> {
        let Some(object) =
            self.book.work(first).and_then(|record| self.book.item(record.item)).map(|item| &item.object)
        else {
            return Ok(());
        };
        self.rules().check_direct_to_agent(object)?;
        let exceeds = match self.book.state().options.direct_transfer_capacity {
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
        let (item, channel, terms) = (record.item, record.channel, record.terms);
        let needs = record.needs.iter().map(|need| Need { deleted: false, ..*need }).collect();
        let place = record.place;
        self.rules().check_offer(agent, channel, terms.pool, terms.cost, check)?;
        let now = self.book.state().now;
        let mut terms = terms;
        terms.preferred = Some(agent);
        terms.required = false;
        let work = Work { takes_over: Some(first), place, needs, ..Work::begin(item, agent, channel, terms, now, now) };
        self.assign(work, false);
        Ok(())
    }
}
