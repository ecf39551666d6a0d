//! Records arrive, change and go. After a change routing is not applied again (Omni-Channel Developer Guide 262.0), but
//! status-based capacity follows.

use std::collections::BTreeMap;

use crate::plan::StatusMeaning;
use crate::runtime::book::{Cause, HeldBy, ItemNo, Work};
use crate::runtime::contract::records::AgentWorkStatus;
use crate::runtime::contract::{Name, Owner, Refusal, Route, WorkArrived};
use crate::runtime::rules::{Request, check_id, enter, refused, reopens};
use crate::runtime::steps::Runtime;

impl Runtime {
    pub(in crate::runtime) fn work_arrived(&mut self, arrived: &WorkArrived) -> Result<(), Refusal> {
        check_id(&arrived.work_item_id)?;
        let known = self.book.item_number(&arrived.work_item_id);
        let open = self.rules().open_work(known, &arrived.work_item_id)?;
        let channel = arrived.service_channel_id.as_ref();
        let fields = self.rules().fields_now(known, arrived);
        let request = Request {
            object: &arrived.object,
            channel: channel.map(|name| self.plan.channel_names.find(name)).transpose()?,
            fields: &fields,
            target_accept: arrived.target_accept_date_time,
            custom_requested: arrived.custom_requested_date_time,
        };
        let route = self.rules().followed(&arrived.route)?;
        let planned = match open {
            Some(work) => self.rules().plan_again(&request, &route, work)?,
            None => self.rules().plan_route(&request, &route)?,
        };
        let item = self.take_in(known, &arrived.work_item_id, &request, &planned);
        let place = open.map(|work| self.rules().place_after(work));
        if let Some(work) = open {
            self.hand_on(work);
        }
        self.carry_out(item, planned, place);
        Ok(())
    }

    pub(in crate::runtime) fn work_canceled(&mut self, name: &Name) -> Result<(), Refusal> {
        let item = self.book.find_item(name)?;
        let Some(record) = self.book.item(item) else { return Ok(()) };
        let offered = record.active.iter().copied().find(|&work| self.book.work(work).is_some_and(Work::is_offered));
        if record.pending.is_none() && offered.is_none() {
            return Err(Refusal::NotRouted { work_item: name.clone() });
        }
        self.cancel(item);
        Ok(())
    }

    pub(in crate::runtime) fn work_item_updated(
        &mut self,
        name: &Name,
        fields: &BTreeMap<Name, Name>,
    ) -> Result<(), Refusal> {
        let item = self.book.find_item(name)?;
        let Some(record) = self.book.item(item) else { return Ok(()) };
        let meaning = self.rules().meaning(record.channel, fields);
        let open = record.active.iter().copied().find(|&work| self.book.work(work).is_some_and(Work::is_open));
        let reopens = open.is_none() && meaning.is_some_and(|meaning| reopens(record, meaning));
        let reopened = if reopens { self.rules().reopened_by(record) } else { None };
        let checks = self.rules().status_field(record.channel).is_some_and(|row| row.checks_status_change);
        if let Some(record) = self.book.item_mut(item) {
            enter(&mut record.fields, &record.object, fields);
            record.meaning = meaning.or(record.meaning);
        }
        match (open, meaning) {
            (Some(work), Some(StatusMeaning::Completed)) => self.close(work, AgentWorkStatus::Closed),
            (Some(work), Some(meaning)) => self.pause(work, meaning == StatusMeaning::Paused),
            (None, Some(meaning)) => self.change_waiting(item, meaning),
            (_, None) => {}
        }
        if let Some(agent) = reopened {
            self.charge_change(item, agent, Cause::StatusChange, checks);
        }
        Ok(())
    }

    pub(in crate::runtime) fn record_created(
        &mut self,
        name: &Name,
        object: &Name,
        fields: &BTreeMap<Name, Name>,
        owner: Option<&Owner>,
    ) -> Result<(), Refusal> {
        check_id(name)?;
        if self.book.item_number(name).is_some() {
            return Err(refused("WorkItemId", format!("`{name}` is the id of another record")));
        }
        let channel = self.rules().channel_of(object);
        let meaning = self.rules().meaning(channel, fields);
        let item = self.add_item(name, object);
        self.set_channel(item, channel);
        if let Some(record) = self.book.item_mut(item) {
            enter(&mut record.fields, object, fields);
            record.meaning = meaning;
            record.owner = match owner {
                None => HeldBy::Nobody,
                Some(Owner::User(user)) => HeldBy::User(user.clone()),
                Some(Owner::Queue(queue)) => HeldBy::Queue(queue.clone()),
            };
        }
        self.forget_item(item);
        Ok(())
    }

    pub(in crate::runtime) fn record_deleted(&mut self, name: &Name) -> Result<(), Refusal> {
        let item = self.book.find_item(name)?;
        self.cancel(item);
        let held = self.book.item(item).map(|record| record.held.clone()).unwrap_or_default();
        for work in self.rules().active(item).into_iter().chain(held) {
            self.finish(work);
        }
        Ok(())
    }

    pub(in crate::runtime) fn owner_changed(&mut self, name: &Name, owner: &Owner) -> Result<(), Refusal> {
        let item = self.book.find_item(name)?;
        match owner {
            Owner::User(user) => {
                self.given_to_user(item, user);
                Ok(())
            }
            Owner::Queue(queue) => self.given_to_queue(item, queue),
        }
    }

    pub(in crate::runtime) fn conversation_ended(&mut self, item: &Name) -> Result<(), Refusal> {
        let number = self.book.find_item(item)?;
        let active = self.book.item(number).map(|item| item.active.as_slice()).unwrap_or_default();
        let open = active.iter().rev().copied().find(|&work| self.book.work(work).is_some_and(Work::is_open));
        let Some(work) = open else { return Err(Refusal::NotRouted { work_item: item.clone() }) };
        self.begin_acw(work);
        Ok(())
    }

    fn given_to_queue(&mut self, item: ItemNo, queue: &Name) -> Result<(), Refusal> {
        let Some(record) = self.book.item(item) else { return Ok(()) };
        // The same owner is not a change: the record keeps waiting in its place.
        if record.owner == HeldBy::Queue(queue.clone()) && record.pending.is_some() {
            return Ok(());
        }
        let route = Route::Queue(queue.clone());
        let (object, fields) = (record.object.clone(), record.fields.clone());
        let request = Request {
            object: &object,
            channel: None,
            fields: &fields,
            target_accept: record.target_accept,
            custom_requested: record.custom_requested,
        };
        let planned = self.rules().plan_route(&request, &route)?;
        self.cancel(item);
        for work in self.rules().active(item) {
            self.leave_tab(work);
        }
        self.carry_out(item, planned, None);
        Ok(())
    }
}
