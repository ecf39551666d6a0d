//! Routing requests through the API.

use std::collections::BTreeMap;

use crate::runtime::book::{Item, Pending};
use crate::runtime::contract::records::{RoutingModel, RoutingType};
use crate::runtime::contract::{
    Change, Name, PendingServiceRoutingFields, PendingServiceRoutingKey, Refusal, SkillNeed, SkillRequirementFields,
};
use crate::runtime::rules::{Request, check_id, check_level, merge, refused};
use crate::runtime::steps::Runtime;

impl Runtime {
    pub(in crate::runtime) fn create_pending_service_routing(
        &mut self,
        name: &Name,
        object: &Name,
        fields: &PendingServiceRoutingFields,
    ) -> Result<(), Refusal> {
        check_id(name)?;
        let known = self.book.item_number(name);
        let busy = |item: &Item| item.pending.is_some() || !item.active.is_empty();
        if known.and_then(|item| self.book.item(item)).is_some_and(busy) {
            return Err(Refusal::AlreadyRouted { work_item: name.clone() });
        }
        let channel = fields.service_channel_id.as_ref();
        let request = Request {
            object,
            channel: channel.map(|name| self.plan.channel_names.find(name)).transpose()?,
            // Whoever makes the request gives its secondary priority: the record's field does not count.
            fields: &BTreeMap::new(),
            target_accept: fields.target_accept_date_time,
            custom_requested: fields.custom_requested_date_time,
        };
        let channel = self.rules().needed_channel(&request)?;
        let mut terms = self.rules().free_terms(channel, &request);
        terms.routing_type = Some(RoutingType::SkillsBased);
        terms.model = Some(RoutingModel::LeastActive);
        // The number that a new record will have.
        let item = known.unwrap_or_else(|| self.book.state().items.next());
        let mut record = Pending { ready: false, ..Pending::new(item, channel, terms, self.book.state().now) };
        self.rules().set_fields(&mut record, object, fields)?;
        if let Some(limit) = self.rules().limit() {
            return Err(Refusal::LimitExceeded { limit });
        }
        if known.is_none() {
            self.add_item(name, object);
        }
        self.set_channel(record.item, Some(channel));
        if let Some(item) = self.book.item_mut(record.item) {
            item.last = Some(record.terms);
            item.custom_requested = record.custom_requested;
            item.target_accept = record.target_accept;
        }
        let ready = record.ready;
        let number = self.add_pending(record);
        self.tell_pending(number, Change::Created);
        if ready {
            self.begin_routing(number);
        }
        Ok(())
    }

    pub(in crate::runtime) fn update_pending_service_routing(
        &mut self,
        key: &PendingServiceRoutingKey,
        fields: &PendingServiceRoutingFields,
    ) -> Result<(), Refusal> {
        let (pending, mut record) = self.rules().editable(key)?;
        if let Some(channel) = &fields.service_channel_id {
            // The guide's properties of the field: it can be created, and not updated.
            self.plan.channel_names.find(channel)?;
            return Err(refused("ServiceChannelId", "cannot be updated"));
        }
        let object = self.book.item(record.item).map_or_else(|| Name::from(""), |item| item.object.clone());
        self.rules().set_fields(&mut record, &object, fields)?;
        record.serial = record.serial.saturating_add(1);
        let ready = record.ready;
        if let Some(item) = self.book.item_mut(record.item) {
            item.last = Some(record.terms);
            item.custom_requested = record.custom_requested;
            item.target_accept = record.target_accept;
        }
        if let Some(known) = self.book.pending_mut(pending) {
            *known = record;
        }
        self.tell_pending(pending, Change::Updated);
        if ready {
            self.begin_routing(pending);
        }
        Ok(())
    }

    pub(in crate::runtime) fn create_skill_requirement(
        &mut self,
        key: &PendingServiceRoutingKey,
        given: &SkillNeed,
    ) -> Result<(), Refusal> {
        let (pending, _) = self.rules().editable(key)?;
        check_level(given.skill_level)?;
        let need = self.need(given);
        if let Some(record) = self.book.pending_mut(pending) {
            let mut needs: BTreeMap<_, _> = record.needs.iter().map(|need| (need.skill, *need)).collect();
            merge(&mut needs, need);
            record.needs = needs.into_values().collect();
        }
        Ok(())
    }

    pub(in crate::runtime) fn update_skill_requirement(
        &mut self,
        key: &PendingServiceRoutingKey,
        skill: &Name,
        fields: &SkillRequirementFields,
    ) -> Result<(), Refusal> {
        let (pending, record) = self.rules().editable(key)?;
        let place = self.rules().required(&record, skill)?;
        check_level(fields.skill_level)?;
        if let Some(other) = fields.skill_id.as_ref().filter(|other| *other != skill)
            && self.rules().required(&record, other).is_ok()
        {
            return Err(refused("SkillId", "is a skill that the work asks for already"));
        }
        let other = fields.skill_id.as_ref().map(|other| self.book.skill(other));
        if let Some(record) = self.book.pending_mut(pending) {
            if let Some(need) = record.needs.get_mut(place) {
                need.skill = other.unwrap_or(need.skill);
                need.level = fields.skill_level.or(need.level);
                need.additional = fields.is_additional_skill.unwrap_or(need.additional);
                need.priority = fields.skill_priority.or(need.priority);
            }
            record.needs.sort_by_key(|need| need.skill);
        }
        Ok(())
    }

    pub(in crate::runtime) fn delete_skill_requirement(
        &mut self,
        key: &PendingServiceRoutingKey,
        skill: &Name,
    ) -> Result<(), Refusal> {
        let (pending, record) = self.rules().editable(key)?;
        let place = self.rules().required(&record, skill)?;
        if let Some(record) = self.book.pending_mut(pending) {
            record.needs.remove(place);
        }
        Ok(())
    }

    pub(in crate::runtime) fn delete_pending_service_routing(
        &mut self,
        key: &PendingServiceRoutingKey,
    ) -> Result<(), Refusal> {
        let pending = self.book.find_pending(key)?;
        if let Some(item) = self.book.pending(pending).map(|record| record.item) {
            self.cancel(item);
        }
        Ok(())
    }
}
