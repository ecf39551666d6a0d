//! Rows of the records that routing makes. The runtime's field names are the guide's; its names and numbers become ids.

use serde::Serialize;
use serde_json::Value;

use super::directory::{Directory, Named};
use super::row::{Row, datetime, parse_datetime};
use crate::plan::Name;
use crate::runtime::records::{
    AgentWork, AgentWorkSkill, PendingServiceRouting, ServiceResource, ServiceResourceSkill, SkillRequirement,
    UserServicePresence,
};
use crate::serve::ids::Id;

/// Where the names in a record's fields lead.
const REFERENCES: [(&str, Named); 8] = [
    ("UserId", Named::User),
    ("OwnerId", Named::User),
    ("PreferredUserId", Named::User),
    ("RelatedRecordId", Named::User),
    ("ServiceChannelId", Named::ServiceChannel),
    ("ServicePresenceStatusId", Named::PresenceStatus),
    ("OriginalGroupId", Named::Queue),
    ("SkillId", Named::Skill),
];

/// The name of an autonumber: eight digits (assumed: the guide shows none).
fn autonumber(number: u64) -> String {
    format!("{number:08}")
}

fn row(object: &str, id: Id, record: &impl Serialize, directory: &Directory) -> Row {
    let mut row = Row::new(id);
    if let Ok(Value::Object(fields)) = serde_json::to_value(record) {
        for (field, value) in fields {
            if field != "Id" {
                row.set(&field, value);
            }
        }
    }
    let is_time = |field: &Name| field.ends_with("DateTime") || field.ends_with("Date");
    let times: Vec<Name> = row.fields.keys().filter(|field| is_time(field)).cloned().collect();
    for field in times {
        if let Some(at) = row.text(&field).and_then(parse_datetime) {
            row.set(&field, datetime(at));
        }
    }
    for (field, named) in REFERENCES {
        if let Some(name) = row.text(field).map(Name::from) {
            row.set(field, directory.id(named, &name).as_str());
        }
    }
    row.settle(object);
    row
}

/// An `AgentWork`.
pub(crate) fn agent_work(work: &AgentWork, directory: &Directory) -> Row {
    let mut row = row("AgentWork", Id::numbered(directory.prefix("AgentWork"), work.id.0), work, directory);
    row.set("Name", autonumber(work.id.0));
    // The older name of the field.
    row.set("OriginalQueueId", row.get("OriginalGroupId"));
    let request =
        work.pending_service_routing_id.map(|id| Id::numbered(directory.prefix("PendingServiceRouting"), id.0));
    row.set("PendingServiceRoutingId", request.map(|id| id.to_string()));
    row.set("CreatedDate", work.assigned_date_time.map(datetime));
    row
}

/// A skill of an `AgentWork`.
pub(crate) fn agent_work_skill(skill: &AgentWorkSkill, directory: &Directory) -> Row {
    let id = directory.id_of_parts("AgentWorkSkill", &[&skill.agent_work_id.to_string(), &skill.skill_id]);
    let work = Id::numbered(directory.prefix("AgentWork"), skill.agent_work_id.0);
    row("AgentWorkSkill", id, skill, directory).with("AgentWorkId", work.as_str())
}

/// A `PendingServiceRouting`. `QueueId` is the older name of `GroupId`, which adapters still ask for.
pub(crate) fn pending_service_routing(request: &PendingServiceRouting, directory: &Directory) -> Row {
    let id = Id::numbered(directory.prefix("PendingServiceRouting"), request.id.0);
    let mut row = row("PendingServiceRouting", id, request, directory);
    row.set("Name", autonumber(request.id.0));
    let queue = request.group_id.as_ref().map(|queue| directory.id(Named::Queue, queue).to_string());
    for field in ["GroupId", "QueueId", "OwnerId"] {
        row.set(field, queue.clone());
    }
    row
}

/// A skill that waiting work asks for.
pub(crate) fn skill_requirement(need: &SkillRequirement, directory: &Directory) -> Row {
    let id = directory.id_of_parts("SkillRequirement", &[&need.related_record_id.to_string(), &need.skill_id]);
    let request = Id::numbered(directory.prefix("PendingServiceRouting"), need.related_record_id.0);
    let mut row = row("SkillRequirement", id, need, directory);
    row.set("RelatedRecordId", request.as_str());
    row
}

/// A `UserServicePresence`.
pub(crate) fn user_service_presence(presence: &UserServicePresence, directory: &Directory) -> Row {
    let id = Id::numbered(directory.prefix("UserServicePresence"), presence.id.0);
    let mut row = row("UserServicePresence", id, presence, directory);
    row.set("Name", autonumber(presence.id.0));
    row.set("CreatedDate", datetime(presence.status_start_date));
    row
}

/// A `ServiceResource`.
pub(crate) fn service_resource(resource: &ServiceResource, directory: &Directory) -> Row {
    let id = directory.id_of_parts("ServiceResource", &[&resource.name]);
    let mut row = row("ServiceResource", id, resource, directory);
    row.set("skills", Value::Null);
    row.set("Skills", Value::Null);
    row
}

/// A skill of a `ServiceResource`.
pub(crate) fn service_resource_skill(
    resource: &ServiceResource,
    skill: &ServiceResourceSkill,
    directory: &Directory,
) -> Row {
    let id = directory.id_of_parts("ServiceResourceSkill", &[&resource.name, &skill.skill_id]);
    let of = directory.id_of_parts("ServiceResource", &[&resource.name]);
    row("ServiceResourceSkill", id, skill, directory).with("ServiceResourceId", of.as_str())
}
