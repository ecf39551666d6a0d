//! Rows by object, wherever they come from.

use std::borrow::Cow;

use super::state::Org;
use crate::plan::{Name, Time};
use crate::runtime::records::{ServiceResource, ServiceResourceSkill, SkillRequirement, UserServicePresence};
use crate::runtime::{AgentWorkId, PendingServiceRoutingId, UserServicePresenceId};
use crate::serve::ids::Id;
use crate::serve::records::{
    Named, Row, agent_work, agent_work_skill, datetime, pending_service_routing, service_resource,
    service_resource_skill, skill_requirement, system_fields, user_service_presence,
};

/// Objects whose rows are made when they are asked for.
const LIVE: [&str; 5] =
    ["AgentWork", "PendingServiceRouting", "UserServicePresence", "SkillRequirement", "AgentWorkSkill"];

/// Objects whose rows say who may get work.
const MEMBERS: [&str; 5] =
    ["GroupMember", "ServiceResource", "ServiceResourceSkill", "PresenceUserConfigUser", "PermissionSetAssignment"];

impl Org {
    /// The rows of an object, in the order of their ids, without deleted ones.
    pub(crate) fn rows<'a>(&'a self, object: &'a str) -> Box<dyn Iterator<Item = Cow<'a, Row>> + 'a> {
        let stored = || self.store.rows(object).map(Cow::Borrowed);
        let defined = || self.definitions.get(object).into_iter().flat_map(|rows| rows.values()).map(Cow::Borrowed);
        if LIVE.contains(&object) {
            // Finished ones stay under another plan.
            return Box::new(stored().chain(self.live_rows(object).map(Cow::Owned)));
        }
        if MEMBERS.contains(&object) {
            let rows = self.member_rows(object).into_iter().map(Cow::Owned);
            return Box::new(defined().chain(rows));
        }
        Box::new(defined().chain(stored()))
    }

    /// How many rows an object has, without deleted ones.
    pub(crate) fn count(&self, object: &str) -> usize {
        let defined = self.definitions.get(object).map_or(0, std::collections::BTreeMap::len);
        match object {
            "AgentWork" => self.store.count(object) + self.runtime.agent_works().count(),
            "PendingServiceRouting" => self.store.count(object) + self.runtime.pending_service_routings().count(),
            "UserServicePresence" => self.store.count(object) + self.runtime.user_service_presences().count(),
            _ if self.is_stored(object) => self.store.count(object),
            _ if LIVE.contains(&object) || MEMBERS.contains(&object) => self.rows(object).count(),
            _ => defined + self.store.count(object),
        }
    }

    /// Whether a row of an object is found by its id without making others.
    pub(super) fn is_found_by_id(object: &str) -> bool {
        !MEMBERS.contains(&object) && !matches!(object, "SkillRequirement" | "AgentWorkSkill")
    }

    /// Whether all rows of an object are ones that clients wrote.
    pub(super) fn is_stored(&self, object: &str) -> bool {
        !LIVE.contains(&object) && !MEMBERS.contains(&object) && !self.definitions.contains_key(object)
    }

    /// A row that is there.
    pub(crate) fn row<'a>(&'a self, object: &str, id: &Id) -> Option<Cow<'a, Row>> {
        if LIVE.contains(&object)
            && let Some(row) = self.store.row(object, id)
        {
            return Some(Cow::Borrowed(row));
        }
        match object {
            "AgentWork" => {
                let work = self.runtime.agent_work(AgentWorkId(self.number(object, id)?))?;
                Some(Cow::Owned(self.as_told(agent_work(&work, &self.directory))))
            }
            "PendingServiceRouting" => {
                let number = self.number(object, id)?;
                let request = self.runtime.pending_service_routing(PendingServiceRoutingId(number))?;
                Some(Cow::Owned(self.as_told(pending_service_routing(&request, &self.directory))))
            }
            "UserServicePresence" => self.presence(self.number(object, id)?).map(Cow::Owned),
            _ if LIVE.contains(&object) => self.live_rows(object).find(|row| row.id == *id).map(Cow::Owned),
            _ if MEMBERS.contains(&object) => {
                let defined = self.definitions.get(object).and_then(|rows| rows.get(id)).map(Cow::Borrowed);
                let member = || self.member_rows(object).into_iter().find(|row| row.id == *id).map(Cow::Owned);
                defined.or_else(member)
            }
            _ => {
                let defined = self.definitions.get(object).and_then(|rows| rows.get(id));
                defined.or_else(|| self.store.row(object, id)).map(Cow::Borrowed)
            }
        }
    }

    /// A `UserServicePresence` by its number.
    pub(super) fn presence(&self, number: u64) -> Option<Row> {
        let presence = self.runtime.user_service_presence(UserServicePresenceId(number))?;
        Some(self.presence_row(&presence))
    }

    fn presence_row(&self, presence: &UserServicePresence) -> Row {
        self.as_told(user_service_presence(presence, &self.directory))
    }

    /// The row of a record of routing, with the fields that its history gives: who changed it last, and when.
    pub(super) fn as_told(&self, row: Row) -> Row {
        if let Some(shadow) = self.shadows.get(&row.id) {
            return self.as_told_of(row, &shadow.made, &shadow.changed);
        }
        let now = (self.runtime.now(), self.admin());
        self.as_told_of(row, &now, &now)
    }

    /// The same of a record that was made, and changed last, at these times and by these users. What routing knows by another
    /// name is shown by its id.
    pub(super) fn as_told_of(&self, mut row: Row, made: &(Time, Id), changed: &(Time, Id)) -> Row {
        if let Some(id) = row.text("WorkItemId").and_then(|item| self.item_id(item)) {
            row.set("WorkItemId", id.as_str());
        }
        // What the runtime says of its own records is the truth.
        let created = row.fields.get("CreatedDate").cloned();
        system_fields(&mut row, (made.0, &made.1), (changed.0, &changed.1));
        if let Some(created) = created {
            row.set("CreatedDate", created);
        }
        row
    }

    /// Made one by one: whoever needs the first few alone does not wait for the others.
    fn live_rows<'a>(&'a self, object: &str) -> Box<dyn Iterator<Item = Row> + 'a> {
        let directory = &self.directory;
        match object {
            "AgentWork" => Box::new(self.runtime.agent_works().map(|work| self.as_told(agent_work(&work, directory)))),
            "PendingServiceRouting" => {
                let requests = self.runtime.pending_service_routings();
                Box::new(requests.map(|request| self.as_told(pending_service_routing(&request, directory))))
            }
            "UserServicePresence" => {
                Box::new(self.runtime.user_service_presences().map(|presence| self.presence_row(&presence)))
            }
            "SkillRequirement" => {
                let requests = self.runtime.pending_service_routings();
                let needs = requests.flat_map(|request| self.runtime.skill_requirements(request.id));
                Box::new(needs.map(|need| self.requirement_row(&need)))
            }
            _ => {
                let works = self.runtime.agent_works().flat_map(|work| self.runtime.agent_work_skills(work.id));
                Box::new(works.map(|skill| self.as_told(agent_work_skill(&skill, directory))))
            }
        }
    }

    /// A `SkillRequirement`: one whose skill was changed keeps its id.
    pub(super) fn requirement_row(&self, need: &SkillRequirement) -> Row {
        let mut row = self.as_told(skill_requirement(need, &self.directory));
        let key = format!("{}/{}", need.related_record_id, need.skill_id);
        row.id = self.aliases.get(key.as_str()).cloned().unwrap_or(row.id);
        row
    }

    fn defined(&self, mut row: Row) -> Row {
        let admin = self.admin();
        let at = super::state::DEFINED;
        system_fields(&mut row, (at, &admin), (at, &admin));
        row
    }

    /// The id of the row that says that a user belongs to something.
    pub(super) fn membership(&self, object: &str, user: &str, to: &str) -> Id {
        self.directory.id_of_parts(object, &[user, to])
    }

    fn member_rows(&self, object: &str) -> Vec<Row> {
        let id = |named: Named, name: &str| self.directory.id(named, name).to_string();
        let mut rows = Vec::new();
        for (user, person) in self.people.iter() {
            let user_id = id(Named::User, user);
            let row = |to: &Name| Row::new(self.membership(object, user, to));
            match object {
                "GroupMember" => rows.extend(person.queues.iter().map(|queue| {
                    row(queue).with("GroupId", id(Named::Queue, queue)).with("UserOrGroupId", user_id.as_str())
                })),
                "PresenceUserConfigUser" => rows.extend(person.own_configuration.iter().map(|config| {
                    let config_id = id(Named::PresenceConfiguration, config);
                    row(config).with("PresenceUserConfigId", config_id).with("UserId", user_id.as_str())
                })),
                "PermissionSetAssignment" => rows.extend(person.permission_sets.iter().map(|set| {
                    row(set).with("PermissionSetId", id(Named::PermissionSet, set)).with("AssigneeId", user_id.as_str())
                })),
                _ if person.skills.is_empty() && !person.is_resource => {}
                _ => {
                    let skills = person
                        .skills
                        .iter()
                        .map(|(skill, level)| ServiceResourceSkill { skill_id: skill.clone(), skill_level: *level });
                    let resource = ServiceResource {
                        is_active: person.is_active,
                        name: user.clone(),
                        related_record_id: user.clone(),
                        resource_type: Name::from("A"),
                        skills: skills.collect(),
                    };
                    if object == "ServiceResource" {
                        rows.push(service_resource(&resource, &self.directory));
                    } else {
                        let row = |skill| service_resource_skill(&resource, skill, &self.directory);
                        rows.extend(resource.skills.iter().map(row));
                    }
                }
            }
        }
        rows.into_iter().map(|row| self.with_kept(object, self.defined(row))).collect()
    }

    /// A member with what was written of it beyond what routing knows, which is the truth where it knows something.
    fn with_kept(&self, object: &str, mut row: Row) -> Row {
        const ROUTED: [&str; 5] = ["IsActive", "RelatedRecordId", "ServiceResourceId", "SkillId", "SkillLevel"];
        if object == "ServiceResourceSkill" {
            // Plans have no such dates.
            row.set("EffectiveStartDate", datetime(super::state::DEFINED));
        }
        let kept = self.store.row(object, &row.id).into_iter().flat_map(|kept| kept.fields.iter());
        for (field, value) in kept.filter(|(field, _)| !ROUTED.contains(&field.as_str())) {
            row.set(field, value.clone());
        }
        row
    }

    /// The object that has a record of an id.
    pub(crate) fn object_of(&self, id: &Id) -> Option<Name> {
        if let Some(object) = self.store.object_of(id) {
            return Some(object.clone());
        }
        let object = self.catalogue.by_prefix(id.as_str())?;
        let name = Name::from(&*object.name);
        self.row(&name, id).map(|_| name)
    }
}
