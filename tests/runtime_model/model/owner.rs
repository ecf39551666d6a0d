//! Status fields, owners, cancellations and transfers.

use std::collections::BTreeMap;

use omnic::plan::StatusMeaning;
use omnic::runtime::records::AgentWorkStatus as Status;
use omnic::runtime::{
    AgentWorkId, CapacityCheck, ConsoleEvent, DirectTransferCapacity, Effect, Name, Owner, ReassignedTab, Refusal,
    Route, WorkKey,
};

use super::arrival::Arrival;
use super::{Model, Psr, Step, Terms, Work};

impl Model {
    /// Gives a record another owner, and tells it.
    pub(super) fn set_owner(&mut self, item: &Name, owner: &Owner) {
        let known = self.item(item).expect("a known item");
        if known.owner.as_ref() != Some(owner) {
            known.owner = Some(owner.clone());
            self.tell(Effect::OwnerChanged { work_item_id: item.clone(), owner: owner.clone() });
        }
    }

    pub(super) fn record_created(
        &mut self,
        id: &Name,
        object: &Name,
        fields: &BTreeMap<Name, Name>,
        owner: Option<&Owner>,
    ) -> Step {
        if self.items.iter().any(|item| item.id == *id) {
            return Err(Refusal::Field { field: "WorkItemId".into(), problem: "is another record's".into() });
        }
        self.know(id, object, fields);
        self.item(id)?.owner = owner.cloned();
        self.leave(&Arrival { item: id.clone(), object: object.clone(), ..Arrival::default() });
        Ok(())
    }

    pub(super) fn record_deleted(&mut self, id: &Name) -> Step {
        self.item(id)?;
        self.cancel(id);
        let held = self.works.iter().filter(|work| work.item == *id && work.is_held).cloned();
        for work in self.active(id).into_iter().chain(held.collect::<Vec<_>>()) {
            self.close(work.id);
        }
        Ok(())
    }

    pub(super) fn work_item_updated(&mut self, id: &Name, fields: &BTreeMap<Name, Name>) -> Step {
        let item = self.item(id)?;
        item.enter(fields);
        let item = item.clone();
        let Some(channel) = item.terms.as_ref().map(|terms| &terms.channel).or(item.channel.as_ref()) else {
            return Ok(());
        };
        let field = self.channel(channel).status_capacity.map(|status| status.field).unwrap_or_default();
        let Some(value) = fields.get(field.as_str()) else { return Ok(()) };
        let Some(meaning) = self.meaning(channel, &field, value) else { return Ok(()) };
        self.item(id)?.meaning = Some(meaning);
        let Some(terms) = &item.terms else { return Ok(()) };
        let active = self.active(id);
        let waits_for_room = self.psr_of(id).filter(|psr| psr.waits_for_room());
        if waits_for_room.is_some() && meaning == StatusMeaning::Completed {
            self.cancel(id);
            return Ok(());
        }
        if let Some(work) = active.iter().find(|work| work.status == Status::Opened) {
            match meaning {
                StatusMeaning::Completed => self.close(work.id),
                StatusMeaning::Paused if !work.paused => self.pause(work.id, true),
                StatusMeaning::InProgress if work.paused => self.pause(work.id, false),
                _ => {}
            }
            return Ok(());
        }
        let Some(Owner::User(user)) = &item.owner else { return Ok(()) };
        let is_reopened = item.meaning == Some(StatusMeaning::Completed) && meaning != StatusMeaning::Completed;
        let is_free = active.is_empty() && self.psr_of(id).is_none();
        if item.routed && is_reopened && is_free && self.find_agent(user).is_some() {
            let checks = self.channel(&terms.channel).status_capacity.is_some_and(|status| status.checks_status_change);
            self.give_or_wait(id, user, terms, checks, false);
        }
        Ok(())
    }

    pub(super) fn pause(&mut self, id: AgentWorkId, paused: bool) {
        let work = self.work(id).clone();
        let before = self.workload(&work.user);
        let terms = &work.terms;
        let charge = self.charge(&work.user, terms.pool, if paused { terms.paused_cost } else { terms.cost });
        self.work(id).paused = paused;
        self.work(id).charge = charge;
        self.tell(Effect::AgentWorkPaused { id, work_item_id: work.item, user_id: work.user.clone(), paused });
        self.tell_workload(&work.user, before);
    }

    /// The owner or the status changed. Where capacity is checked, work that does not fit waits for its agent.
    fn give_or_wait(&mut self, item: &Name, user: &Name, terms: &Terms, checks: bool, by_owner: bool) {
        let cost = if self.is_paused(item) { terms.paused_cost } else { terms.cost };
        if !checks || self.charge(user, terms.pool, cost) <= self.free(user, terms.pool) {
            self.give(item, user, terms);
            return;
        }
        let object = self.item(item).expect("a known item").object.clone();
        let arrival = Arrival { item: item.clone(), object, ..Arrival::default() };
        let mut routing = self.routing_by(&arrival, terms.channel.clone(), None);
        routing.terms = Terms { required: true, queue: None, custom: None, target: None, ..terms.clone() };
        routing.preferred = Some(user.clone());
        routing.by_owner = Some(by_owner);
        self.create_psr(&arrival, routing);
        self.item(item).expect("a known item").terms = Some(terms.clone());
    }

    /// The last that the status of a record said.
    pub(super) fn is_paused(&self, item: &Name) -> bool {
        self.items.iter().any(|known| known.id == *item && known.meaning == Some(StatusMeaning::Paused))
    }

    /// An agent has open work that was not offered.
    pub(super) fn give(&mut self, item: &Name, user: &Name, terms: &Terms) {
        let paused = self.is_paused(item);
        let charge = self.charge(user, terms.pool, if paused { terms.paused_cost } else { terms.cost });
        let before = self.workload(user);
        let id = self.new_work(item, user, Status::Opened, terms.clone(), charge);
        let now = self.now;
        let work = self.work(id);
        work.paused = paused;
        work.accepted = Some(now);
        self.tell_workload(user, before);
    }

    pub(super) fn must_fit(&self, user: &Name, terms: &Terms, needs: omnic::plan::Units, check: CapacityCheck) -> Step {
        let free = self.free(user, terms.pool);
        if needs > free {
            return Err(Refusal::NoCapacity { user: user.clone(), needs, free, check });
        }
        Ok(())
    }

    pub(super) fn work_canceled(&mut self, id: &Name) -> Step {
        self.item(id)?;
        let is_assigned = self.active(id).iter().any(|work| work.status == Status::Assigned);
        if self.psr_of(id).is_none() && !is_assigned {
            return Err(Refusal::NotRouted { work_item: id.clone() });
        }
        self.cancel(id);
        Ok(())
    }

    /// Nobody is offered it any more.
    pub(super) fn cancel(&mut self, id: &Name) {
        for work in self.active(id) {
            if work.status == Status::Assigned {
                self.end_and_release(work.id, Status::Canceled);
            }
        }
        if let Some(psr) = self.psr_of(id) {
            self.delete_psr(psr.record.id);
        }
    }

    pub(super) fn owner_changed(&mut self, id: &Name, owner: &Owner) -> Step {
        let item = self.item(id)?.clone();
        if let Owner::Queue(queue) = owner {
            self.queue(queue)?;
            if item.owner.as_ref() == Some(owner) && self.psr_of(id).is_some() {
                return Ok(());
            }
        }
        if item.owner.as_ref() == Some(owner) && self.psr_of(id).is_some_and(Psr::waits_for_room) {
            return Ok(());
        }
        let active = self.active(id);
        if active.iter().any(|work| *owner == Owner::User(work.user.clone())) {
            self.item(id)?.owner = Some(owner.clone());
            return Ok(());
        }
        self.cancel(id);
        for work in active.iter().filter(|work| work.status == Status::Opened) {
            let keeps_tab = self.options.reassigned_tab == ReassignedTab::HoldsCapacity;
            let is_tab_based = !self.is_status_based(&work.terms.channel);
            if matches!(owner, Owner::Queue(_)) && is_tab_based && keeps_tab {
                self.end_acw(work.id);
                self.hold(work.id);
            } else {
                self.end_and_release(work.id, Status::Transferred);
            }
        }
        self.item(id)?.owner = Some(owner.clone());
        match owner {
            Owner::Queue(queue) => {
                let object = item.object.clone();
                let (custom, target) = (item.custom, item.target);
                let arrival = Arrival { item: id.clone(), object, custom, target, ..Arrival::default() };
                self.arrive(&arrival, &Route::Queue(queue.clone()))
            }
            // Anyone can own a record, but only agents work on it.
            Owner::User(user) if self.find_agent(user).is_none() => Ok(()),
            Owner::User(user) => {
                let Some(terms) = item.terms.filter(|terms| item.routed && self.is_status_based(&terms.channel)) else {
                    return Ok(());
                };
                let meaning = item.meaning.unwrap_or(StatusMeaning::InProgress);
                if meaning == StatusMeaning::Completed {
                    return Ok(());
                }
                let checks =
                    self.channel(&terms.channel).status_capacity.is_some_and(|status| status.checks_owner_change);
                self.give_or_wait(id, user, &terms, checks, true);
                Ok(())
            }
        }
    }

    pub(super) fn work_transferred(&mut self, user: &Name, key: &WorkKey, to: &Route) -> Step {
        let work = self.own(user, key, Status::Opened)?;
        if self.active(&work.item).len() > 1 {
            return Err(Refusal::AlreadyRouted { work_item: work.item });
        }
        if let Route::Agent(route) = to
            && !route.required
            && route.backup_queue.is_none()
        {
            return self.hand_over(&work, &route.user);
        }
        let known = self.item(&work.item)?;
        let (object, custom, target) = (known.object.clone(), known.custom, known.target);
        let (item, channel) = (work.item.clone(), Some(work.terms.channel.clone()));
        self.arrive_again(work, Arrival { item, object, channel, custom, target, ..Arrival::default() }, to)
    }

    /// Offers open work to another agent. It stays with the first until the second accepts.
    fn hand_over(&mut self, first: &Work, user: &Name) -> Step {
        if &*self.item(&first.item)?.object != "VoiceCall" {
            self.skills_based_routing_is_on()?;
        }
        self.known_agent(user)?;
        if *user == first.user {
            return Err(Refusal::Field { field: "user".into(), problem: "is the agent who has it".into() });
        }
        self.ready_for(user, &first.terms.channel)?;
        let terms = Terms { required: false, ..first.terms.clone() };
        let is_chat = &*self.item(&first.item)?.object == "LiveChatTranscript";
        let may_exceed = match self.options.direct_transfer_capacity {
            DirectTransferCapacity::ChatsExceed => is_chat,
            DirectTransferCapacity::Checked => false,
            DirectTransferCapacity::Exceeds => true,
        };
        if !may_exceed {
            self.must_fit(user, &terms, self.charge(user, terms.pool, terms.cost), CapacityCheck::Transfer)?;
        }
        let before = self.workload(user);
        let id = self.assign(&first.item, user, terms, self.now);
        self.work(id).from = Some(first.id);
        self.work(id).place = first.place;
        self.work(id).skills = first.skills.iter().chain(&first.deleted_skills).cloned().collect();
        self.console(user, ConsoleEvent::WorkAssigned { work_item_id: first.item.clone(), work_id: id });
        self.tell_workload(user, before);
        self.accept_if_automatic(id);
        Ok(())
    }

    /// The agent can be given an item of a channel, capacity aside.
    pub(super) fn ready_for(&mut self, user: &Name, channel: &Name) -> Step {
        let status = self.session(user)?.presence.status.clone();
        if !self.channels_of_status(&status).contains(channel) {
            let (user, channel) = (user.clone(), channel.clone());
            return Err(Refusal::StatusOffersNotChannel { user, status, channel });
        }
        let open = u32::try_from(self.held(user).count()).unwrap();
        if open >= self.options.max_open_items {
            return Err(Refusal::TooManyOpenItems { user: user.clone(), open });
        }
        Ok(())
    }
}
