//! The fields of routing requests that the API sets.

use super::basis::Rules;
use crate::plan::{Cost, Share, Units};
use crate::runtime::book::{Pending, PendingNo, unknown};
use crate::runtime::contract::records::RoutingModel;
use crate::runtime::contract::{
    MOST_WEIGHT, Name, PendingServiceRoutingFields, PendingServiceRoutingKey, Refusal, WHOLE, What,
};

impl Rules<'_> {
    /// A copy of a `PendingServiceRouting` that can be edited.
    pub(in crate::runtime) fn editable(self, key: &PendingServiceRoutingKey) -> Result<(PendingNo, Pending), Refusal> {
        let pending = self.book.find_pending(key)?;
        match self.book.pending(pending) {
            Some(record) if !record.ready => Ok((pending, record.clone())),
            Some(record) => Err(Refusal::ReadyForRouting { work_item: self.book.item_name(record.item) }),
            None => Err(refused("Id", "leads to nothing")),
        }
    }

    /// Which of its skills a `PendingServiceRouting` asks for by this name.
    pub(in crate::runtime) fn required(self, record: &Pending, skill: &Name) -> Result<usize, Refusal> {
        let known = self.book.index().skills.get(skill).copied();
        let place = record.needs.iter().position(|need| Some(need.skill) == known);
        place.ok_or_else(|| unknown(What::SkillRequirement, skill))
    }

    pub(in crate::runtime) fn set_fields(
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

pub(in crate::runtime) fn refused(field: &str, problem: impl Into<String>) -> Refusal {
    Refusal::Field { field: Name::from(field), problem: Name::from(problem.into()) }
}

/// The cost that fields give, if any: a weight or a percentage, never both (Salesforce Help, "Routing Configuration
/// Settings").
pub(in crate::runtime) fn cost(weight: Option<Units>, percentage: Option<Share>) -> Result<Option<Cost>, Refusal> {
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
