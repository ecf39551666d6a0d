//! What writes mean for routing: records of routed objects arrive, change owner or status, and go; records of routing are
//! made by partners.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::happen::Happened;
use super::refused;
use super::state::{Org, Values};
use crate::plan::Name;
use crate::runtime::{
    AgentWorkId, Event, Owner, PendingServiceRoutingId, PendingServiceRoutingKey, Refusal, Route,
    SkillRequirementFields, UserServicePresenceId, WorkArrived, WorkKey,
};
use crate::serve::exchange::ApiError;
use crate::serve::ids::Id;
use crate::serve::objects::ObjectType;
use crate::serve::records::{Named, Row};

/// A refusal as an error.
#[expect(clippy::needless_pass_by_value, reason = "a function for `map_err`")]
fn error(refusal: Refusal) -> ApiError {
    refused::error(&refusal)
}

impl Org {
    /// The values of a record's fields that routing compares, as it compares them.
    fn texts(&self, row: &Row) -> BTreeMap<Name, Name> {
        let text = |value: &Value| match value {
            Value::String(text) => Some(Name::from(text.as_str())),
            Value::Bool(_) | Value::Number(_) => Some(Name::from(value.to_string())),
            _ => None,
        };
        let fields = row.fields.iter().filter(|(field, _)| self.compared.contains(*field));
        fields.filter_map(|(field, value)| Some((field.clone(), text(value)?))).collect()
    }

    fn queue_of(&self, row: &Row) -> Option<Name> {
        self.directory.name(Named::Queue, &row.reference("OwnerId")?).cloned()
    }

    fn arrived(&self, object: &ObjectType, row: &Row, queue: &Name) -> Event {
        Event::WorkArrived(WorkArrived {
            work_item_id: self.item_name(&row.id),
            object: Name::from(&*object.name),
            fields: self.texts(row),
            service_channel_id: None,
            route: Route::Queue(queue.clone()),
            custom_requested_date_time: None,
            target_accept_date_time: None,
        })
    }

    /// Whether routing asks for records of an object.
    fn is_routed(&self, object: &str) -> bool {
        let tables = &self.plan.tables;
        let of_channel = tables.channels.iter().any(|channel| channel.object.as_deref() == Some(object));
        of_channel || tables.queues.iter().flat_map(|queue| &queue.objects).any(|held| held.object == object)
    }

    /// A new record: if a queue owns it, work arrives; else routing is told who does, for later.
    pub(super) fn enter_routing(&mut self, object: &ObjectType, row: &Row) -> Result<Option<Happened>, ApiError> {
        if let Some(queue) = self.queue_of(row) {
            let event = self.arrived(object, row, &queue);
            return self.attempt(event).map(Some).map_err(error);
        }
        if !self.is_routed(&object.name) {
            return Ok(None);
        }
        let owner = row.reference("OwnerId").and_then(|id| self.username(&id).cloned()).map(Owner::User);
        let work_item_id = self.item_name(&row.id);
        let event =
            Event::RecordCreated { work_item_id, object: Name::from(&*object.name), fields: self.texts(row), owner };
        self.attempt(event).map(Some).map_err(error)
    }

    /// A record out of the recycle bin: routing knows it still, so it only has to be told if the record waits again.
    pub(super) fn reenter_routing(&mut self, object: &ObjectType, row: &Row) -> Result<Option<Happened>, ApiError> {
        if self.queue_of(row).is_none() && self.runtime.is_record(&self.item_name(&row.id)) {
            return Ok(None);
        }
        self.enter_routing(object, row)
    }

    /// A changed record: its status frees capacity or takes it, its owner hands it over.
    pub(super) fn change_routing(
        &mut self,
        object: &ObjectType,
        before: &Row,
        after: &Row,
    ) -> Result<Vec<Happened>, ApiError> {
        let item = self.item_name(&after.id);
        let owner = (before.get("OwnerId") != after.get("OwnerId")).then(|| self.queue_of(after));
        if !self.runtime.is_record(&item) {
            // Routing has never heard of it: it arrives, if a queue gets it now.
            let Some(Some(queue)) = owner else { return Ok(Vec::new()) };
            let event = self.arrived(object, after, &queue);
            return self.attempt(event).map(|happened| vec![happened]).map_err(error);
        }
        let mut fields = BTreeMap::new();
        let texts = self.texts(after);
        for field in after.changed(before) {
            if self.compared.contains(&field) {
                fields.insert(field.clone(), texts.get(&field).cloned().unwrap_or_default());
            }
        }
        let owner = match owner {
            Some(Some(queue)) => Some(Owner::Queue(queue)),
            Some(None) => after.reference("OwnerId").and_then(|id| self.username(&id).cloned()).map(Owner::User),
            None => None,
        };
        if let (Some(Owner::Queue(queue)), false) = (&owner, fields.is_empty()) {
            // So that the change of fields need not be undone.
            self.runtime.may_give(&item, &fields, queue).map_err(error)?;
        }
        let updated = (!fields.is_empty()).then(|| Event::WorkItemUpdated { work_item_id: item.clone(), fields });
        let given = owner.map(|owner| Event::OwnerChanged { work_item_id: item, owner });
        let checkpoint = self.checkpoint();
        let mut changes = Vec::new();
        for event in updated.into_iter().chain(given) {
            match self.attempt(event) {
                Ok(happened) => changes.push(happened),
                Err(refusal) => {
                    // A refused event changes nothing by itself.
                    if !changes.is_empty() {
                        self.roll_back(&checkpoint);
                    }
                    return Err(error(refusal));
                }
            }
        }
        Ok(changes)
    }

    /// A deleted record: it no longer waits, and nobody works on it.
    pub(super) fn leave_routing(&mut self, id: &Id) -> Result<(), ApiError> {
        let work_item_id = self.item_name(id);
        if !self.runtime.is_record(&work_item_id) {
            return Ok(());
        }
        self.happen(Event::RecordDeleted { work_item_id }).map(drop).map_err(error)
    }

    /// Fields of a write as an event has them: names of fields begin in lower case, ids are what routing calls them.
    fn for_event(&self, values: &Values) -> Map<String, Value> {
        let mut fields = Map::new();
        for (field, value) in values.iter().filter(|(_, value)| !value.is_null()) {
            let mut letters = field.chars();
            let first = letters.next().map(|first| first.to_ascii_lowercase());
            let name: String = first.into_iter().chain(letters).collect();
            let inward = value.as_str().filter(|_| field.ends_with("Id")).and_then(|text| self.inward(text));
            let is_time = field.ends_with("DateTime") && value.is_string();
            let time = || crate::serve::records::parse_datetime(value.as_str()?).map(|at| json!(at));
            let time = is_time.then(time).flatten();
            fields
                .insert(name, inward.map(|name| Value::from(name.as_str())).or(time).unwrap_or_else(|| value.clone()));
        }
        fields
    }

    pub(super) fn create_work(&mut self, object: &ObjectType, values: &Values) -> Result<Id, ApiError> {
        let fields = self.for_event(values);
        match &*object.name {
            "AgentWork" => {
                let event = event("createAgentWork", fields)?;
                let effects = self.happen(event).map_err(error)?;
                self.made(&effects, "AgentWork")
            }
            "PendingServiceRouting" => {
                let item = values.get("WorkItemId").and_then(Value::as_str).and_then(Id::parse);
                let Some((of, _)) = item.as_ref().and_then(|id| self.find(id)) else {
                    return Err(ApiError::new(400, "INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id")
                        .of_fields(["WorkItemId"]));
                };
                let of = of.to_string();
                let mut fields = fields;
                let item = fields.remove("workItemId").unwrap_or_default();
                let outer = json!({ "workItemId": item, "object": of, "fields": routing_fields(fields) });
                let Value::Object(outer) = outer else { return Err(ApiError::not_found()) };
                let event = event("createPendingServiceRouting", outer)?;
                let effects = self.happen(event).map_err(error)?;
                self.made(&effects, "PendingServiceRouting")
            }
            "SkillRequirement" => {
                let mut fields = fields;
                let of = fields.remove("relatedRecordId").unwrap_or_default();
                let skill = fields.get("skillId").and_then(Value::as_str).unwrap_or_default().to_owned();
                let parts = [of.as_str().unwrap_or_default(), &skill];
                let id = self.directory.id_of_parts("SkillRequirement", &parts);
                if self.row("SkillRequirement", &id).is_some() {
                    let message = format!("duplicate value found: SkillId duplicates value on record with id: {id}");
                    return Err(ApiError::new(400, "DUPLICATE_VALUE", message).of_fields(["SkillId"]));
                }
                let outer = json!({ "relatedRecordId": of, "need": fields });
                let Value::Object(outer) = outer else { return Err(ApiError::not_found()) };
                let event = event("createSkillRequirement", outer)?;
                self.happen(event).map_err(error)?;
                let after = self.row("SkillRequirement", &id).map(Cow::into_owned);
                self.told("SkillRequirement", None, after);
                Ok(id)
            }
            other => Err(not_written(other, "created")),
        }
    }

    /// The id of the record that an event made.
    fn made(&self, effects: &[crate::runtime::TimedEffect], object: &str) -> Result<Id, ApiError> {
        use crate::runtime::{Change, Effect};
        let number = effects.iter().find_map(|timed| match (&timed.effect, object) {
            (Effect::AgentWorkCreated { id, .. }, "AgentWork") => Some(id.0),
            (Effect::PendingServiceRouting { change: Change::Created, id, .. }, "PendingServiceRouting") => Some(id.0),
            _ => None,
        });
        let prefix = self.directory.prefix(object);
        number
            .map(|number| Id::numbered(prefix, number))
            .ok_or_else(|| ApiError::new(500, "UNKNOWN_EXCEPTION", "routing made no record: this is a bug of omnic"))
    }

    pub(super) fn update_work(&mut self, object: &ObjectType, row: &Row, values: &Values) -> Result<(), ApiError> {
        if values.is_empty() {
            return Ok(());
        }
        match &*object.name {
            "PendingServiceRouting" => {
                let number = row.id.number().unwrap_or_default();
                let fields = routing_fields(self.for_event(values));
                let fields =
                    serde_json::from_value(Value::Object(fields)).map_err(|problem| unserved_field(&problem))?;
                let id = PendingServiceRoutingKey::Id(PendingServiceRoutingId(number));
                self.happen(Event::UpdatePendingServiceRouting { id, fields }).map(drop).map_err(error)
            }
            "SkillRequirement" => {
                let (request, skill) = self.requirement(row)?;
                let fields = self.for_event(values);
                let fields: SkillRequirementFields =
                    serde_json::from_value(Value::Object(fields)).map_err(|problem| unserved_field(&problem))?;
                let other = fields.skill_id.clone();
                let related_record_id = PendingServiceRoutingKey::Id(request);
                self.happen(Event::UpdateSkillRequirement { related_record_id, skill_id: skill, fields })
                    .map_err(error)?;
                if let Some(other) = other {
                    self.alias(&Name::from(format!("{request}/{other}")), &row.id);
                }
                let after = self.row("SkillRequirement", &row.id).map(Cow::into_owned);
                self.told("SkillRequirement", Some(row.clone()), after);
                Ok(())
            }
            other => Err(not_written(other, "updated")),
        }
    }

    pub(super) fn delete_work(&mut self, object: &ObjectType, row: &Row) -> Result<(), ApiError> {
        let number = row.id.number().unwrap_or_default();
        let event = match &*object.name {
            "AgentWork" => Event::DeleteAgentWork { id: WorkKey::Id(AgentWorkId(number)) },
            "PendingServiceRouting" => {
                let id = PendingServiceRoutingKey::Id(PendingServiceRoutingId(number));
                Event::DeletePendingServiceRouting { id }
            }
            "UserServicePresence" => Event::DeleteUserServicePresence { id: UserServicePresenceId(number) },
            "SkillRequirement" => {
                let (request, skill_id) = self.requirement(row)?;
                Event::DeleteSkillRequirement { related_record_id: PendingServiceRoutingKey::Id(request), skill_id }
            }
            "AgentWorkSkill" => {
                let agent_work_id = row.reference("AgentWorkId").and_then(|id| id.number()).unwrap_or_default();
                let skill_id = self.skill_of(row)?;
                Event::DeleteAgentWorkSkill { agent_work_id: AgentWorkId(agent_work_id), skill_id }
            }
            other => return Err(not_written(other, "deleted")),
        };
        self.happen(event).map_err(error)?;
        if matches!(&*object.name, "SkillRequirement" | "AgentWorkSkill") {
            self.told(&object.name, Some(row.clone()), None);
        }
        Ok(())
    }

    pub(super) fn undelete_work(&mut self, object: &ObjectType, row: &Row) -> Result<(), ApiError> {
        let number = row.id.number().unwrap_or_default();
        let event = match &*object.name {
            "AgentWork" => Event::UndeleteAgentWork { id: AgentWorkId(number) },
            "UserServicePresence" => Event::UndeleteUserServicePresence { id: UserServicePresenceId(number) },
            "AgentWorkSkill" => {
                let agent_work_id = row.reference("AgentWorkId").and_then(|id| id.number()).unwrap_or_default();
                let skill_id = self.skill_of(row)?;
                Event::UndeleteAgentWorkSkill { agent_work_id: AgentWorkId(agent_work_id), skill_id }
            }
            other => return Err(not_written(other, "undeleted")),
        };
        self.happen(event).map_err(error)?;
        if &*object.name == "AgentWorkSkill" {
            let after = self.row(&object.name, &row.id).map(Cow::into_owned);
            self.told(&object.name, None, after);
        }
        Ok(())
    }

    fn skill_of(&self, row: &Row) -> Result<Name, ApiError> {
        let skill = row.reference("SkillId").and_then(|id| self.directory.name(Named::Skill, &id));
        skill.cloned().ok_or_else(ApiError::not_found)
    }

    /// The request and the skill of a `SkillRequirement`.
    fn requirement(&self, row: &Row) -> Result<(PendingServiceRoutingId, Name), ApiError> {
        let request = row.reference("RelatedRecordId").and_then(|id| id.number()).unwrap_or_default();
        Ok((PendingServiceRoutingId(request), self.skill_of(row)?))
    }
}

/// The event that a write is; what of it routing does not take is named.
fn event(name: &str, mut fields: Map<String, Value>) -> Result<Event, ApiError> {
    fields.insert("event".to_owned(), Value::from(name));
    serde_json::from_value(Value::Object(fields)).map_err(|problem| unserved_field(&problem))
}

/// The fields of a routing request that events take. That a request is skills-based is what requests through the API are.
fn routing_fields(mut fields: Map<String, Value>) -> Map<String, Value> {
    if fields.get("routingType").is_some_and(|value| value == "SkillsBased") {
        fields.remove("routingType");
    }
    fields
}

/// A field that an org takes, and routing here does not.
fn unserved_field(problem: &serde_json::Error) -> ApiError {
    let words = crate::text::without_place(&problem.to_string()).to_owned();
    let field = words.strip_prefix("unknown field `").and_then(|rest| rest.split('`').next());
    let Some(field) = field else {
        return ApiError::new(400, "FIELD_INTEGRITY_EXCEPTION", words).of_fields([] as [&str; 0]);
    };
    let mut letters = field.chars();
    let name: String = letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect();
    let message = format!("omnic serve does not route by the field {name}; docs/serve.md lists what it serves");
    ApiError::new(400, "FIELD_INTEGRITY_EXCEPTION", message).of_fields([name])
}

fn not_written(object: &str, how: &str) -> ApiError {
    ApiError::new(400, "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", format!("entity type {object} cannot be {how} here"))
        .of_fields([] as [&str; 0])
}
