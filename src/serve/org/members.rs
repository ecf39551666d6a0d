//! Who belongs to what: writes of members count at once.

use std::collections::BTreeSet;

use serde_json::Value;

use super::people::{Person, with_queues, with_skills};
use super::refused;
use super::state::{Entry, Org, Values};
use crate::plan::{Name, SkillLevel};
use crate::runtime::{AgentChange, Event};
use crate::serve::exchange::ApiError;
use crate::serve::ids::Id;
use crate::serve::objects::ObjectType;
use crate::serve::records::{Named, Row};

fn wrong(field: &str, message: &str) -> ApiError {
    ApiError::new(400, "FIELD_INTEGRITY_EXCEPTION", message).of_fields([field])
}

impl Org {
    fn name_in(&self, named: Named, values: &Values, field: &str) -> Result<Name, ApiError> {
        let id = values.get(field).and_then(Value::as_str).and_then(Id::parse);
        let name = id.and_then(|id| self.directory.name(named, &id));
        name.cloned().ok_or_else(|| {
            ApiError::new(400, "INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id").of_fields([field])
        })
    }

    fn name_of(&self, named: Named, row: &Row, field: &str) -> Result<Name, ApiError> {
        let values = Values::from([(Name::from(field), row.get(field))]);
        self.name_in(named, &values, field)
    }

    fn change_person(&mut self, event: Event) -> Result<(), ApiError> {
        self.happen(event).map(drop).map_err(|refusal| refused::error(&refusal))
    }

    fn person_now(&self, user: &str) -> Person {
        self.people.get(user).cloned().unwrap_or_default()
    }

    pub(super) fn create_member(&mut self, object: &ObjectType, values: &Values) -> Result<Id, ApiError> {
        let duplicate = |id: &Id| {
            ApiError::new(
                400,
                "DUPLICATE_VALUE",
                format!("duplicate value found: the record with id {id} says the same"),
            )
            .of_fields([] as [&str; 0])
        };
        let object = &*object.name;
        match object {
            "GroupMember" => {
                let queue = self.name_in(Named::Queue, values, "GroupId")?;
                let user = self.name_in(Named::User, values, "UserOrGroupId")?;
                let mut queues = self.person_now(&user).queues;
                let id = self.membership(object, &user, &queue);
                if !queues.insert(queue) {
                    return Err(duplicate(&id));
                }
                self.change_person(with_queues(&user, &queues))?;
                Ok(id)
            }
            "PresenceUserConfigUser" => {
                let config = self.name_in(Named::PresenceConfiguration, values, "PresenceUserConfigId")?;
                let user = self.name_in(Named::User, values, "UserId")?;
                let id = self.membership(object, &user, &config);
                if self.person_now(&user).own_configuration.as_ref() == Some(&config) {
                    return Err(duplicate(&id));
                }
                let presence_configuration = Some(config.clone());
                let change = AgentChange { user: user.clone(), presence_configuration, ..AgentChange::default() };
                self.change_person(Event::AgentChanged(change))?;
                self.people.person(&user).own_configuration = Some(config.clone());
                self.outbox.entries.push(Entry::Configuration { user, config });
                Ok(id)
            }
            "PermissionSetAssignment" => {
                let set = self.name_in(Named::PermissionSet, values, "PermissionSetId")?;
                let user = self.name_in(Named::User, values, "AssigneeId")?;
                let id = self.membership(object, &user, &set);
                if self.person_now(&user).permission_sets.contains(&set) {
                    return Err(duplicate(&id));
                }
                self.assign(user, set, true)?;
                Ok(id)
            }
            "ServiceResource" => {
                let user = self.name_in(Named::User, values, "RelatedRecordId")?;
                let id = self.directory.id_of_parts(object, &[&user]);
                let person = self.person_now(&user);
                if person.is_resource || !person.skills.is_empty() {
                    return Err(duplicate(&id));
                }
                if let Some(is_active) = values.get("IsActive").and_then(Value::as_bool) {
                    let change =
                        AgentChange { user: user.clone(), is_active: Some(is_active), ..AgentChange::default() };
                    self.change_person(Event::AgentChanged(change))?;
                }
                self.set_resource(user, true);
                self.keep_written(object, &id, values);
                Ok(id)
            }
            "ServiceResourceSkill" => {
                let resource = values.get("ServiceResourceId").and_then(Value::as_str).and_then(Id::parse);
                let user = resource
                    .and_then(|id| self.resource_user(&id))
                    .ok_or_else(|| wrong("ServiceResourceId", "there is no such resource"))?;
                let skill = self.name_in(Named::Skill, values, "SkillId")?;
                let mut skills = self.person_now(&user).skills;
                let id = self.directory.id_of_parts(object, &[&user, &skill]);
                if skills.contains_key(&skill) {
                    return Err(duplicate(&id));
                }
                refuse_dates(values)?;
                skills.insert(skill, level(values)?);
                self.change_person(with_skills(&user, &skills))?;
                self.keep_written(object, &id, values);
                Ok(id)
            }
            other => Err(ApiError::unserved(&format!("new records of `{other}`"))),
        }
    }

    pub(super) fn resource_user(&self, id: &Id) -> Option<Name> {
        let is = |user: &Name| self.directory.id_of_parts("ServiceResource", &[user]) == *id;
        self.people.iter().map(|(user, _)| user).find(|user| is(user)).cloned()
    }

    /// Keeps what was written of a member beyond what routing knows.
    fn keep_written(&mut self, object: &str, id: &Id, values: &Values) {
        let object = Name::from(object);
        let mut row = self.store.row(&object, id).cloned().unwrap_or_else(|| Row::new(id.clone()));
        for (field, value) in values {
            row.set(field, value.clone());
        }
        self.outbox.entries.push(Entry::Put { object: object.clone(), row: row.clone() });
        self.store.put(&object, row);
    }

    /// What was kept of a member goes to the recycle bin.
    fn let_go(&mut self, object: &str, id: &Id) {
        let at = self.clock.now().max(self.runtime.now());
        if self.store.remove(object, id, at).is_some() {
            self.outbox.entries.push(Entry::Removed { object: Name::from(object), id: id.clone(), at });
        }
    }

    fn set_resource(&mut self, user: Name, is: bool) {
        self.people.person(&user).is_resource = is;
        self.outbox.entries.push(Entry::Resource { user, is });
    }

    /// A permission set grants statuses, or takes those away that nothing else grants.
    fn assign(&mut self, user: Name, set: Name, assigned: bool) -> Result<(), ApiError> {
        let mut person = self.person_now(&user);
        if assigned {
            person.permission_sets.insert(set.clone())
        } else {
            person.permission_sets.remove(&set)
        };
        let statuses = &self.plan.tables.presence_statuses;
        let granting = statuses.iter().filter(|status| status.granted_by_permission_sets.contains(&set));
        for status in granting {
            let by_set = status.granted_by_permission_sets.iter().any(|other| person.permission_sets.contains(other));
            let by_profile =
                person.profile.as_ref().is_some_and(|profile| status.granted_by_profiles.contains(profile));
            if by_set || by_profile {
                person.statuses.insert(status.name.clone())
            } else {
                person.statuses.remove(&status.name)
            };
        }
        let statuses: BTreeSet<Name> = person.statuses;
        let change = AgentChange {
            user: user.clone(),
            statuses: Some(statuses.into_iter().collect()),
            ..AgentChange::default()
        };
        self.change_person(Event::AgentChanged(change))?;
        self.people.person(&user).permission_sets = person.permission_sets;
        self.outbox.entries.push(Entry::PermissionSet { user, set, assigned });
        Ok(())
    }

    pub(super) fn update_member(&mut self, object: &ObjectType, row: &Row, values: &Values) -> Result<(), ApiError> {
        match &*object.name {
            "ServiceResource" => {
                let user = self.resource_user(&row.id).ok_or_else(ApiError::not_found)?;
                let related = values.get("RelatedRecordId").filter(|given| **given != row.get("RelatedRecordId"));
                if related.is_some() {
                    return Err(ApiError::unserved("changes of `ServiceResource.RelatedRecordId`"));
                }
                if let Some(is_active) = values.get("IsActive").and_then(Value::as_bool) {
                    let change = AgentChange { user, is_active: Some(is_active), ..AgentChange::default() };
                    self.change_person(Event::AgentChanged(change))?;
                }
                self.keep_written(&object.name, &row.id, values);
                Ok(())
            }
            "ServiceResourceSkill" => {
                refuse_dates(values)?;
                let resource = row.reference("ServiceResourceId").ok_or_else(ApiError::not_found)?;
                let user = self.resource_user(&resource).ok_or_else(ApiError::not_found)?;
                let skill = self.name_of(Named::Skill, row, "SkillId")?;
                let other = values.get("SkillId").filter(|given| **given != row.get("SkillId"));
                if other.is_some() {
                    return Err(ApiError::unserved("changes of `ServiceResourceSkill.SkillId`"));
                }
                if values.contains_key("SkillLevel") {
                    let mut skills = self.person_now(&user).skills;
                    skills.insert(skill, level(values)?);
                    self.change_person(with_skills(&user, &skills))?;
                }
                self.keep_written(&object.name, &row.id, values);
                Ok(())
            }
            other => Err(ApiError::unserved(&format!("changes of `{other}`"))),
        }
    }

    pub(super) fn delete_member(&mut self, object: &ObjectType, row: &Row) -> Result<(), ApiError> {
        match &*object.name {
            "GroupMember" => {
                let queue = self.name_of(Named::Queue, row, "GroupId").map_err(|_| {
                    ApiError::unserved("the removal of members that the project defines: change the metadata")
                })?;
                let user = self
                    .name_of(Named::User, row, "UserOrGroupId")
                    .map_err(|_| ApiError::unserved("the removal of groups from queues: change the metadata"))?;
                let mut queues = self.person_now(&user).queues;
                queues.remove(&queue);
                self.change_person(with_queues(&user, &queues))
            }
            "PermissionSetAssignment" => {
                let set = self.name_of(Named::PermissionSet, row, "PermissionSetId")?;
                let user = self.name_of(Named::User, row, "AssigneeId")?;
                self.assign(user, set, false)
            }
            "ServiceResourceSkill" => {
                let resource = row.reference("ServiceResourceId").ok_or_else(ApiError::not_found)?;
                let user = self.resource_user(&resource).ok_or_else(ApiError::not_found)?;
                let skill = self.name_of(Named::Skill, row, "SkillId")?;
                let mut skills = self.person_now(&user).skills;
                skills.remove(&skill);
                self.change_person(with_skills(&user, &skills))?;
                self.set_resource(user, true);
                let values = row.fields.iter().map(|(field, value)| (field.clone(), value.clone())).collect();
                self.keep_written(&object.name, &row.id, &values);
                self.let_go(&object.name, &row.id);
                Ok(())
            }
            other => Err(ApiError::unserved(&format!("the deletion of records of `{other}`"))),
        }
    }
}

/// The runtime takes skills without dates from events.
fn refuse_dates(values: &Values) -> Result<(), ApiError> {
    let given = ["EffectiveEndDate"].into_iter().find(|field| values.get(*field).is_some_and(|value| !value.is_null()));
    given.map_or(Ok(()), |field| Err(ApiError::unserved(&format!("`ServiceResourceSkill.{field}` in writes"))))
}

fn level(values: &Values) -> Result<Option<SkillLevel>, ApiError> {
    let given = values.get("SkillLevel").filter(|value| !value.is_null());
    given.map(|value| serde_json::from_value(value.clone())).transpose().map_err(|_| wrong("SkillLevel", "is no level"))
}
