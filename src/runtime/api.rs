//! `PendingServiceRouting` and `SkillRequirement` records, made through the API.

use std::collections::BTreeMap;

use super::Rules;
use super::arrive::Request;
use super::records::{RoutingModel, RoutingType};
use super::state::{Item, Pending};
use super::{Change, Name, PendingServiceRoutingFields, PendingServiceRoutingKey, Refusal, Runtime, SkillNeed};
use crate::plan::{Cost, Share, Units};

/// `CapacityWeight` has ten digits, two of them decimals (Object Reference 67.0).
pub(super) const MOST_WEIGHT: Units = Units(999_999_999_900);

/// 100 percent.
pub(super) const WHOLE: Share = Share(10_000);

fn refused(field: &str, problem: impl Into<String>) -> Refusal {
    Refusal::Field { field: Name::from(field), problem: Name::from(problem.into()) }
}

/// The cost that fields give, if any: a weight or a percentage, never both (Salesforce Help, "Routing Configuration
/// Settings").
pub(super) fn cost(weight: Option<Units>, percentage: Option<Share>) -> Result<Option<Cost>, Refusal> {
    match (weight, percentage) {
        (Some(_), Some(_)) => Err(refused("CapacityPercentage", "and CapacityWeight cannot be given together")),
        (Some(weight), None) if !(Units(0)..=MOST_WEIGHT).contains(&weight) => {
            Err(refused("CapacityWeight", format!("is {weight}, and must be from 0 to {MOST_WEIGHT}")))
        }
        (None, Some(percentage)) if !(Share(0)..=WHOLE).contains(&percentage) => {
            Err(refused("CapacityPercentage", format!("is {percentage}, and must be from 0 to {WHOLE}")))
        }
        (Some(weight), None) => Ok(Some(Cost::Units(weight))),
        (None, Some(percentage)) => Ok(Some(Cost::Share(percentage))),
        (None, None) => Ok(None),
    }
}

impl Runtime {
    pub(super) fn create_pending_service_routing(
        &mut self,
        name: &Name,
        object: &Name,
        fields: &PendingServiceRoutingFields,
    ) -> Result<(), Refusal> {
        super::arrive::check_id(name)?;
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
        let mut record = Pending { ready: false, ..Pending::new(0, channel, terms, self.book.state.now) };
        self.rules().set_fields(&mut record, object, fields)?;
        if let Some(limit) = self.rules().limit() {
            return Err(Refusal::LimitExceeded { limit });
        }
        record.item = known.unwrap_or_else(|| self.add_item(name, object));
        self.set_channel(record.item, Some(channel));
        if let Some(item) = self.book.state.items.get_mut(record.item) {
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

    pub(super) fn update_pending_service_routing(
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
        if let Some(item) = self.book.state.items.get_mut(record.item) {
            item.last = Some(record.terms);
            item.custom_requested = record.custom_requested;
            item.target_accept = record.target_accept;
        }
        if let Some(known) = self.book.state.pendings.get_mut(pending) {
            *known = record;
        }
        self.tell_pending(pending, Change::Updated);
        if ready {
            self.begin_routing(pending);
        }
        Ok(())
    }

    pub(super) fn create_skill_requirement(
        &mut self,
        key: &PendingServiceRoutingKey,
        given: &SkillNeed,
    ) -> Result<(), Refusal> {
        let (pending, _) = self.rules().editable(key)?;
        super::skills::check_level(given.skill_level)?;
        let need = self.need(given)?;
        if let Some(record) = self.book.state.pendings.get_mut(pending) {
            let mut needs: BTreeMap<_, _> = record.needs.iter().map(|need| (need.skill, *need)).collect();
            super::skills::merge(&mut needs, need);
            record.needs = needs.into_values().collect();
        }
        Ok(())
    }

    pub(super) fn delete_pending_service_routing(&mut self, key: &PendingServiceRoutingKey) -> Result<(), Refusal> {
        let pending = self.book.find_pending(key)?;
        if let Some(item) = self.book.pending(pending).map(|record| record.item) {
            self.cancel(item);
        }
        Ok(())
    }
}

impl Rules<'_> {
    /// A copy of a `PendingServiceRouting` that can be edited.
    fn editable(self, key: &PendingServiceRoutingKey) -> Result<(u64, Pending), Refusal> {
        let pending = self.book.find_pending(key)?;
        match self.book.pending(pending) {
            Some(record) if !record.ready => Ok((pending, record.clone())),
            Some(record) => Err(Refusal::ReadyForRouting { work_item: self.book.item_name(record.item) }),
            None => Err(refused("Id", "leads to nothing")),
        }
    }

    fn set_fields(
        self,
        record: &mut Pending,
        object: &Name,
        fields: &PendingServiceRoutingFields,
    ) -> Result<(), Refusal> {
        if fields.routing_model == Some(RoutingModel::ExternalRouting) {
            return Err(refused("RoutingModel", "cannot be ExternalRouting: a queue must name the configuration"));
        }
        let terms = &mut record.terms;
        if let Some(cost) = cost(fields.capacity_weight, fields.capacity_percentage)? {
            terms.cost = cost;
        }
        terms.model = fields.routing_model.or(terms.model);
        terms.priority = fields.routing_priority.or(terms.priority);
        terms.secondary = fields.secondary_routing_priority.or(terms.secondary);
        if let Some(seconds) = fields.push_timeout {
            terms.push_timeout = self.push_timeout_of(Some(seconds), object);
        }
        if let Some(user) = &fields.preferred_user_id {
            terms.preferred = Some(self.book.find_agent(user)?);
        }
        terms.required = fields.is_preferred_user_required.unwrap_or(terms.required);
        if terms.required && terms.preferred.is_none() {
            return Err(refused("IsPreferredUserRequired", "needs a PreferredUserId"));
        }
        if let Some(seconds) = fields.drop_additional_skills_timeout {
            record.drop_timeout = Some(seconds).filter(|&seconds| seconds > 0);
        }
        record.custom_requested = fields.custom_requested_date_time.or(record.custom_requested);
        record.target_accept = fields.target_accept_date_time.or(record.target_accept);
        record.requested = record.custom_requested.unwrap_or(record.created);
        record.place = record.requested;
        record.ready = fields.is_ready_for_routing.unwrap_or(record.ready);
        Ok(())
    }
}
