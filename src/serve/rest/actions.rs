//! Invocable actions: `/actions/standard/skillsBasedRouting` (Actions Developer Guide, "Omni-Channel Action", API 44.0).

use serde::Deserialize;
use serde_json::{Map, json};

use super::sobjects::only;
use crate::serve::exchange::{ApiError, Request, Response};
use crate::serve::ids::Id;
use crate::serve::org::{Caller, Org};

/// The action, as answers name it.
pub(super) const SKILLS: &str = "skillsBasedRouting";
/// The first API version that has it.
const SINCE: u32 = 44;
/// The most skills of an item.
const MOST_SKILLS: usize = 25;
/// The most inputs of a request (assumed: as many as records in a collection).
const MOST: usize = 200;

/// What a request has from the routing configuration.
const OF_CONFIGURATION: [&str; 6] = [
    "CapacityWeight",
    "CapacityPercentage",
    "DropAdditionalSkillsTimeout",
    "PushTimeout",
    "RoutingModel",
    "RoutingPriority",
];

#[derive(Deserialize)]
struct Inputs {
    inputs: Vec<Input>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Input {
    record_id: Option<String>,
    routing_config_id: Option<String>,
    skill_id_list: Option<String>,
}

fn unknown(field: &str, given: &str) -> ApiError {
    let message = format!("{field} leads to no record: {given}");
    ApiError::new(400, "INVALID_CROSS_REFERENCE_KEY", message).of_fields([field])
}

/// A parameter that must be there.
fn required<'a>(value: Option<&'a str>, name: &str) -> Result<&'a str, ApiError> {
    value.filter(|value| !value.is_empty()).ok_or_else(|| {
        let message = format!("Missing required input parameter: {name}");
        ApiError::new(400, "REQUIRED_FIELD_MISSING", message).of_fields([name])
    })
}

/// Asks for routing by skills, as an integration does in three steps: the request, its skills, and then that it is ready. Skills
/// have no level, and those of the configuration are not added (assumed: only the list is documented).
fn route(org: &mut Org, caller: &Caller, input: &Input) -> Result<Id, ApiError> {
    let record = required(input.record_id.as_deref(), "recordId")?;
    let config = required(input.routing_config_id.as_deref(), "routingConfigId")?;
    let skills = input.skill_id_list.as_deref().unwrap_or_default().split(',');
    let skills: Vec<&str> = skills.map(str::trim).filter(|skill| !skill.is_empty()).collect();
    if skills.len() > MOST_SKILLS {
        let message = format!("skillIdList has at most {MOST_SKILLS} skills, and these are {}", skills.len());
        return Err(ApiError::new(400, "LIMIT_EXCEEDED", message).of_fields(["skillIdList"]));
    }
    let found = Id::parse(record).and_then(|id| Some((org.object_of(&id)?, id)));
    let (object, record) =
        found.filter(|(object, id)| org.row(object, id).is_some()).ok_or_else(|| unknown("recordId", record))?;
    let row = Id::parse(config).and_then(|id| org.row("QueueRoutingConfig", &id).map(std::borrow::Cow::into_owned));
    let row = row.ok_or_else(|| unknown("routingConfigId", config))?;
    let carries = |row: &crate::serve::records::Row| row.text("RelatedEntity") == Some(object.as_str());
    let channel = org.rows("ServiceChannel").find(|row| carries(row)).map(|row| row.id.clone());
    let channel = channel.ok_or_else(|| {
        let message = format!("no service channel carries the object {object}");
        ApiError::new(400, "FIELD_INTEGRITY_EXCEPTION", message).of_fields(["recordId"])
    })?;
    let mut fields = Map::new();
    for field in OF_CONFIGURATION {
        let value = row.get(field);
        if !value.is_null() {
            fields.insert(field.to_owned(), value);
        }
    }
    fields.insert("IsReadyForRouting".to_owned(), json!(false));
    fields.insert("RoutingType".to_owned(), json!("SkillsBased"));
    fields.insert("ServiceChannelId".to_owned(), json!(channel.as_str()));
    fields.insert("WorkItemId".to_owned(), json!(record.as_str()));
    let pending = org.create(caller, "PendingServiceRouting", &fields)?;
    for skill in skills {
        let need = json!({ "RelatedRecordId": pending.as_str(), "SkillId": skill });
        org.create(caller, "SkillRequirement", need.as_object().unwrap_or(&Map::new()))?;
    }
    let ready = Map::from_iter([("IsReadyForRouting".to_owned(), json!(true))]);
    org.update(caller, "PendingServiceRouting", pending.as_str(), &ready)?;
    Ok(pending)
}

/// `POST /actions/standard/skillsBasedRouting`. Each input is carried out wholly or not at all. If one fails, the status is 400
/// (assumed).
pub(super) fn skills_based_routing(org: &mut Org, caller: &Caller, request: &Request) -> Result<Response, ApiError> {
    if caller.version < SINCE {
        return Err(ApiError::not_found());
    }
    if matches!(request.method.as_str(), "GET" | "HEAD") {
        return Err(ApiError::unserved("descriptions of actions"));
    }
    only(request, &["POST"])?;
    let Inputs { inputs } =
        serde_json::from_slice(&request.body).map_err(|error| ApiError::json(&error.to_string()))?;
    if inputs.is_empty() || inputs.len() > MOST {
        let message = format!("inputs has 1 to {MOST} elements, and these are {}", inputs.len());
        return Err(ApiError::new(400, "INVALID_INPUT", message));
    }
    let mut status = 200;
    let mut results = Vec::new();
    for input in &inputs {
        results.push(match org.atomically(|org| route(org, caller, input)) {
            Ok(id) => json!({
                "actionName": SKILLS,
                "errors": null,
                "isSuccess": true,
                "outputValues": { "pendingServiceRoutingId": id.as_str() },
            }),
            Err(error) => {
                status = 400;
                let fields = error.fields.unwrap_or_default();
                let error = json!({ "statusCode": error.code, "message": error.message, "fields": fields });
                json!({ "actionName": SKILLS, "errors": [error], "isSuccess": false, "outputValues": null })
            }
        });
    }
    Ok(Response::json(status, &results))
}
