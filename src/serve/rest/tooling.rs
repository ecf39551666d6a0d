//! What of the Tooling API is there: channels and their members, as records and in queries.
//!
//! Source: Tooling API, `PlatformEventChannel` and `PlatformEventChannelMember`: a body has `FullName` and `Metadata`.

use serde_json::{Map, Value, json};

use super::query::{more, query};
use super::sobjects::{describe, only};
use crate::serve::exchange::{ApiError, Request, Response};
use crate::serve::org::{Caller, Org};
use crate::serve::records::Row;

/// The objects, each with the members of its `Metadata` and the fields that they are.
const OBJECTS: [(&str, &[(&str, &str)]); 2] = [
    ("PlatformEventChannel", &[("channelType", "ChannelType"), ("label", "MasterLabel")]),
    (
        "PlatformEventChannelMember",
        &[
            ("enrichedFields", "EnrichedFields"),
            ("eventChannel", "EventChannel"),
            ("filterExpression", "FilterExpression"),
            ("selectedEntity", "SelectedEntity"),
        ],
    ),
];

type Members = &'static [(&'static str, &'static str)];

fn known(name: &str) -> Result<(&'static str, Members), ApiError> {
    let found = OBJECTS.into_iter().find(|(object, _)| object.eq_ignore_ascii_case(name));
    found.ok_or_else(|| ApiError::unserved(&format!("the Tooling API object `{name}`")))
}

/// `/tooling/…`.
pub(crate) fn tooling(org: &mut Org, caller: &Caller, request: &Request, rest: &[&str]) -> Result<Response, ApiError> {
    let is = |segment: &str, name: &str| segment.eq_ignore_ascii_case(name);
    match *rest {
        [name] if is(name, "query") => {
            // An org has these two in the Tooling API alone; here queries of either API find all objects.
            query(org, caller, request, false)
        }
        [name, locator] if is(name, "query") => more(org, caller, request, locator, false),
        [name, kind] if is(name, "sobjects") => {
            let (object, members) = known(kind)?;
            only(request, &["POST"])?;
            let id = org.create(caller, object, &written(object, members, request.object()?)?)?;
            Ok(Response::json(
                201,
                &json!({ "id": id.as_str(), "success": true, "errors": [], "warnings": [], "infos": [] }),
            ))
        }
        [name, kind, last] if is(name, "sobjects") && is(last, "describe") => {
            describe(org, caller, request, known(kind)?.0)
        }
        [name, kind, id] if is(name, "sobjects") => {
            let (object, members) = known(kind)?;
            only(request, &["DELETE", "GET", "PATCH"])?;
            match request.method.as_str() {
                "DELETE" => org.delete(caller, object, id)?,
                "PATCH" => org.update(caller, object, id, &written(object, members, request.object()?)?)?,
                _ => {
                    let described = org.object(object, caller.version)?.clone();
                    let row = org.existing(&described, id)?;
                    return Ok(Response::json(200, &shown(object, members, &row, caller.version)));
                }
            }
            Ok(Response::empty())
        }
        _ => Err(ApiError::unserved(&format!("the resource `tooling/{}`", rest.join("/")))),
    }
}

/// The fields that a body is.
fn written(object: &str, members: Members, mut body: Map<String, Value>) -> Result<Map<String, Value>, ApiError> {
    let mut fields = Map::new();
    if let Some(name) = body.remove("FullName") {
        let text = name.as_str().unwrap_or_default();
        let own = if object == "PlatformEventChannel" {
            let wrong = || ApiError::new(400, "INVALID_INPUT", format!("`{text}`: a channel's FullName ends in __chn"));
            text.strip_suffix("__chn").ok_or_else(|| wrong().of_fields(["FullName"]))?
        } else {
            text
        };
        fields.insert("DeveloperName".to_owned(), Value::from(own));
    }
    match body.remove("Metadata") {
        Some(Value::Object(metadata)) => {
            for (name, value) in metadata {
                let Some((_, field)) = members.iter().find(|(known, _)| *known == name) else {
                    let message = format!("omnic serve does not serve `{name}` in the Metadata of {object}");
                    return Err(ApiError::new(400, "INVALID_FIELD", message).of_fields(["Metadata"]));
                };
                fields.insert((*field).to_owned(), flat(value));
            }
        }
        None => {}
        Some(_) => return Err(ApiError::json("`Metadata` is an object")),
    }
    fields.extend(body);
    Ok(fields)
}

/// Enriched fields are a list of objects with a name.
fn flat(value: Value) -> Value {
    let Value::Array(list) = value else { return value };
    let names = list.iter().filter_map(|item| item.get("name").and_then(Value::as_str));
    Value::from(names.collect::<Vec<&str>>().join(","))
}

/// A record with its `Metadata`.
fn shown(object: &str, members: Members, row: &Row, version: u32) -> Value {
    let name = row.text("DeveloperName").unwrap_or_default();
    let suffix = if object == "PlatformEventChannel" { "__chn" } else { "" };
    let metadata = members.iter().map(|(member, field)| {
        let value = match *member {
            "enrichedFields" => {
                let names = row.text(field).unwrap_or_default().split(',').filter(|name| !name.is_empty());
                Value::from(names.map(|name| json!({ "name": name.trim() })).collect::<Vec<Value>>())
            }
            _ => row.get(field),
        };
        ((*member).to_owned(), value)
    });
    let url = format!("/services/data/v{version}.0/tooling/sobjects/{object}/{}", row.id);
    let mut record = json!({
        "attributes": { "type": object, "url": url },
        "Id": row.id.as_str(),
        "FullName": format!("{name}{suffix}"),
        "Metadata": metadata.collect::<Map<String, Value>>(),
    });
    if let Value::Object(fields) = &mut record {
        fields.extend(
            row.fields
                .iter()
                .filter(|(name, _)| *name != "EnrichedFields")
                .map(|(name, value)| (name.to_string(), value.clone())),
        );
    }
    record
}
