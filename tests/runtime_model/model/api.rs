//! Records through the API.

use std::collections::BTreeMap;

use omnic::plan::{Cost, Share, SkillLevel, Units};
use omnic::runtime::records::{RoutingModel, RoutingType};
use omnic::runtime::{
    Change, Name, PendingServiceRoutingFields, PendingServiceRoutingId, PendingServiceRoutingKey, Refusal, SkillNeed,
    SkillRequirementFields, What,
};

use super::arrival::{Arrival, merged, need_given};
use super::names::unknown;
use super::{Model, Need, Reach, Step};

fn field<T>(field: &str, problem: &str) -> Step<T> {
    Err(Refusal::Field { field: field.into(), problem: problem.into() })
}

impl Model {
    pub(super) fn create_pending_service_routing(
        &mut self,
        item: &Name,
        object: &Name,
        fields: &PendingServiceRoutingFields,
    ) -> Step {
        self.not_busy(item)?;
        self.know(item, object, &BTreeMap::new());
        let arrival = Arrival {
            item: item.clone(),
            object: object.clone(),
            channel: fields.service_channel_id.clone(),
            custom: fields.custom_requested_date_time,
            target: fields.target_accept_date_time,
            ..Arrival::default()
        };
        let Some(channel) = self.channel_for(&arrival, None)? else {
            return Err(Refusal::NoServiceChannel { object: object.clone() });
        };
        let mut routing = self.routing_by(&arrival, channel, None);
        routing.terms.secondary = None;
        routing.reach = Reach::Skilled;
        routing.kind = Some(RoutingType::SkillsBased);
        routing.ready = false;
        self.check(fields)?;
        self.wait(&arrival, routing)?;
        let id = self.psr_of(item).expect("it was just made").record.id;
        self.write(id, fields)?;
        self.get_ready(id, fields);
        Ok(())
    }

    pub(super) fn update_pending_service_routing(
        &mut self,
        key: &PendingServiceRoutingKey,
        fields: &PendingServiceRoutingFields,
    ) -> Step {
        let id = self.not_ready(key)?;
        self.write(id, fields)?;
        self.psr(id).record.serial += 1;
        self.tell_psr(id, Change::Updated);
        self.get_ready(id, fields);
        Ok(())
    }

    /// One that can be edited.
    fn not_ready(&self, key: &PendingServiceRoutingKey) -> Step<PendingServiceRoutingId> {
        let id = self.psr_by_key(key)?;
        let record = &self.waiting.iter().find(|psr| psr.record.id == id).unwrap().record;
        if record.is_ready_for_routing {
            return Err(Refusal::ReadyForRouting { work_item: record.work_item_id.clone() });
        }
        Ok(id)
    }

    /// What can be seen of fields alone.
    fn check(&self, fields: &PendingServiceRoutingFields) -> Step {
        if fields.routing_model == Some(RoutingModel::ExternalRouting) {
            return field("RoutingModel", "cannot be external");
        }
        if fields.capacity_weight.is_some() && fields.capacity_percentage.is_some() {
            return field("CapacityPercentage", "and weight");
        }
        if fields.capacity_weight.is_some_and(|weight| weight < Units(0)) {
            return field("CapacityWeight", "is negative");
        }
        if fields.capacity_percentage.is_some_and(|percentage| !(Share(0)..=Share(10_000)).contains(&percentage)) {
            return field("CapacityPercentage", "is out of range");
        }
        if let Some(user) = &fields.preferred_user_id {
            self.known_agent(user)?;
        }
        Ok(())
    }

    /// Writes fields, as far as they are given.
    fn write(&mut self, id: PendingServiceRoutingId, fields: &PendingServiceRoutingFields) -> Step {
        self.check(fields)?;
        let item = self.psr(id).record.work_item_id.clone();
        let object = self.item(&item)?.object.clone();
        let push_timeout = self.push_timeout_of(&object, fields.push_timeout);
        let psr = self.psr(id);
        let record = &mut psr.record;
        psr.model = fields.routing_model.unwrap_or(psr.model);
        record.routing_model = Some(psr.model);
        record.routing_priority = fields.routing_priority.or(record.routing_priority);
        record.secondary_routing_priority = fields.secondary_routing_priority.or(record.secondary_routing_priority);
        record.preferred_user_id = fields.preferred_user_id.clone().or(record.preferred_user_id.take());
        (psr.terms.priority, psr.terms.secondary) = (record.routing_priority, record.secondary_routing_priority);
        psr.terms.required = fields.is_preferred_user_required.unwrap_or(psr.terms.required);
        psr.terms.custom = fields.custom_requested_date_time.or(psr.terms.custom);
        psr.terms.target = fields.target_accept_date_time.or(psr.terms.target);
        if fields.push_timeout.is_some() {
            psr.terms.push_timeout = push_timeout;
        }
        if let Some(seconds) = fields.drop_additional_skills_timeout {
            psr.drop_after = Some(i64::from(seconds) * 1_000).filter(|after| *after > 0);
        }
        if let Some(weight) = fields.capacity_weight {
            psr.terms.cost = Cost::Units(weight);
        }
        if let Some(percentage) = fields.capacity_percentage {
            psr.terms.cost = Cost::Share(percentage);
        }
        let terms = psr.terms.clone();
        let item = self.item(&item)?;
        (item.custom, item.target) = (terms.custom, terms.target);
        item.terms = Some(terms);
        Ok(())
    }

    /// From now on it is routed, if the fields say so.
    fn get_ready(&mut self, id: PendingServiceRoutingId, fields: &PendingServiceRoutingFields) {
        if fields.is_ready_for_routing == Some(true) {
            let psr = self.psr(id);
            psr.record.is_ready_for_routing = true;
            psr.requested = psr.terms.custom.unwrap_or(psr.record.created_date);
            psr.place = psr.requested;
            let requested = psr.requested;
            self.start_drop_timer(id, requested);
        }
    }

    pub(super) fn delete_pending_service_routing(&mut self, key: &PendingServiceRoutingKey) -> Step {
        let id = self.psr_by_key(key)?;
        let item = self.psr(id).record.work_item_id.clone();
        self.cancel(&item);
        Ok(())
    }

    pub(super) fn create_skill_requirement(&mut self, key: &PendingServiceRoutingKey, need: &SkillNeed) -> Step {
        let id = self.not_ready(key)?;
        if !is_level(need.skill_level) {
            return field("SkillLevel", "is out of range");
        }
        let psr = self.psr(id);
        psr.needs = merged(psr.needs.iter().cloned().chain([need_given(need)]).collect());
        Ok(())
    }

    pub(super) fn update_skill_requirement(
        &mut self,
        key: &PendingServiceRoutingKey,
        skill: &Name,
        fields: &SkillRequirementFields,
    ) -> Step {
        let id = self.not_ready(key)?;
        let needs = self.psr(id).needs.clone();
        let Some(mut need) = needs.iter().find(|need| need.skill == *skill).cloned() else {
            return unknown(What::SkillRequirement, skill);
        };
        let mut others: Vec<Need> = needs.into_iter().filter(|need| need.skill != *skill).collect();
        if !is_level(fields.skill_level) {
            return field("SkillLevel", "is out of range");
        }
        need.skill = fields.skill_id.clone().unwrap_or(need.skill);
        need.level = fields.skill_level.or(need.level);
        need.additional = fields.is_additional_skill.unwrap_or(need.additional);
        need.priority = fields.skill_priority.or(need.priority);
        if others.iter().any(|other| other.skill == need.skill) {
            return field("SkillId", "is asked for already");
        }
        others.push(need);
        self.psr(id).needs = others;
        Ok(())
    }

    pub(super) fn delete_skill_requirement(&mut self, key: &PendingServiceRoutingKey, skill: &Name) -> Step {
        let id = self.not_ready(key)?;
        let needs = &mut self.psr(id).needs;
        if !needs.iter().any(|need| need.skill == *skill) {
            return unknown(What::SkillRequirement, skill);
        }
        needs.retain(|need| need.skill != *skill);
        Ok(())
    }
}

fn is_level(level: Option<SkillLevel>) -> bool {
    level.is_none_or(|level| (SkillLevel(0)..=SkillLevel(999_900)).contains(&level))
}
