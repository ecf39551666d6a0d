//! One record at a time: describe, create, retrieve, update, delete, upsert.

use serde_json::{Map, Value, json};

use super::shape::{Saved, record};
use crate::plan::Name;
use crate::serve::exchange::{ApiError, Request, Response};
use crate::serve::ids::Id;
use crate::serve::objects::ObjectType;
use crate::serve::org::{Caller, Org};
use crate::serve::records::Row;

/// `/sobjects`.
pub(super) fn global(org: &Org, request: &Request, version: u32) -> Result<Response, ApiError> {
    only(request, &["GET"])?;
    Ok(Response::json(200, &org.catalogue.describe_global(version)))
}

/// Refuses methods that a resource does not have.
pub(super) fn only(request: &Request, allowed: &[&str]) -> Result<(), ApiError> {
    let method = if request.method == "HEAD" { "GET" } else { request.method.as_str() };
    if allowed.contains(&method) { Ok(()) } else { Err(ApiError::method(&request.method, &allowed.join(","))) }
}

/// `/sobjects/T`: its description, or a new record.
pub(super) fn object(org: &mut Org, caller: &Caller, request: &Request, name: &str) -> Result<Response, ApiError> {
    only(request, &["GET", "POST"])?;
    let object = org.object(name, caller.version)?.name.clone();
    if request.method == "POST" {
        let id = org.create(caller, &object, &request.object()?)?;
        let place = format!("/services/data/v{}.0/sobjects/{object}/{id}", caller.version);
        return Ok(Response::json(201, &Saved::new(id)).with("Location", place));
    }
    org.catalogue
        .basic(&object, caller.version)
        .map_or_else(|| Err(ApiError::not_found()), |description| Ok(Response::json(200, &description)))
}

/// `/sobjects/T/describe`.
pub(super) fn describe(org: &Org, caller: &Caller, request: &Request, name: &str) -> Result<Response, ApiError> {
    only(request, &["GET"])?;
    if let Some(associated) = org.catalogue.associated(name) {
        return Err(ApiError::unserved(&format!("the object `{}`", associated.name)));
    }
    let described = org.catalogue.describe(name, caller.version).ok_or_else(ApiError::not_found)?;
    Ok(Response::json(200, &described))
}

/// The fields of a parameter `fields=`, by their own names; all if there is none.
pub(crate) fn fields(org: &Org, object: &ObjectType, given: Option<&str>, version: u32) -> Result<Vec<Name>, ApiError> {
    let Some(given) = given else { return Ok(org.columns(object, version)) };
    named_fields(org, object, given.split(',').map(str::trim).filter(|name| !name.is_empty()), version)
}

/// Fields by their own names, each once.
///
/// # Errors
///
/// If the object has no field of a name.
pub(super) fn named_fields<'a>(
    org: &Org,
    object: &ObjectType,
    names: impl Iterator<Item = &'a str>,
    version: u32,
) -> Result<Vec<Name>, ApiError> {
    let mut fields = Vec::new();
    for name in names {
        let field = org.column(object, name, version).ok_or_else(|| {
            let message = format!("No such column '{name}' on entity '{}'.", object.name);
            ApiError::new(400, "INVALID_FIELD", message)
        })?;
        if !fields.contains(&field) {
            fields.push(field);
        }
    }
    Ok(fields)
}

/// `/sobjects/T/{id}`.
pub(super) fn one(
    org: &mut Org,
    caller: &Caller,
    request: &Request,
    name: &str,
    id: &str,
) -> Result<Response, ApiError> {
    only(request, &["GET", "PATCH", "DELETE", "POST"])?;
    let object = org.object(name, caller.version)?.clone();
    // Clients that cannot send PATCH send POST with a parameter.
    let method = match request.parameter("_HttpMethod") {
        Some(method) if request.method == "POST" => method.to_ascii_uppercase(),
        _ => request.method.clone(),
    };
    match method.as_str() {
        "GET" | "HEAD" => {
            let row = org.existing(&object, id)?;
            let fields = fields(org, &object, request.parameter("fields"), caller.version)?;
            Ok(Response::json(200, &record(org, &object, &row, &fields, caller.version)))
        }
        "PATCH" => {
            let body = request.object()?;
            if body.keys().any(|name| name.eq_ignore_ascii_case("id")) {
                let message = "The Id field should not be specified in the sobject data.";
                return Err(ApiError::new(400, "INVALID_FIELD", message).of_fields(["Id"]));
            }
            org.update(caller, &object.name, id, &body)?;
            Ok(Response::empty())
        }
        "DELETE" => {
            org.delete(caller, &object.name, id)?;
            Ok(Response::empty())
        }
        _ => Err(ApiError::method(&request.method, "DELETE,GET,HEAD,PATCH")),
    }
}

/// `/sobjects/T/{field}/{value}`: by an external id.
pub(super) fn by_external_id(
    org: &mut Org,
    caller: &Caller,
    request: &Request,
    (name, field, value): (&str, &str, &str),
) -> Result<Response, ApiError> {
    only(request, &["GET", "PATCH", "DELETE"])?;
    let object = org.object(name, caller.version)?.clone();
    if field.eq_ignore_ascii_case("id") {
        return match request.method.as_str() {
            "PATCH" => {
                org.update(caller, &object.name, value, &request.object()?)?;
                let id = Id::parse(value).ok_or_else(ApiError::not_found)?;
                Ok(Response::json(200, &Saved { created: Some(false), ..Saved::new(id) }))
            }
            _ => one(org, caller, request, name, value),
        };
    }
    let column = object.column(field, caller.version).ok_or_else(ApiError::not_found)?;
    if !(column.properties.external_id || column.properties.id_lookup || (object.open && column.name.ends_with("__c")))
    {
        let message = format!("Provided external ID field does not exist or is not accessible: {field}");
        return Err(ApiError::new(404, "NOT_FOUND", message));
    }
    let column = org.column(&object, &column.name, caller.version).unwrap_or_else(|| Name::from(&*column.name));
    let found = with_value(org, &object, &column, value);
    match (request.method.as_str(), found.as_slice()) {
        (_, [_, _, ..]) => {
            let url = |row: &Row| {
                Value::from(format!("/services/data/v{}.0/sobjects/{}/{}", caller.version, object.name, row.id))
            };
            Ok(Response::json(300, &found.iter().map(url).collect::<Vec<Value>>()))
        }
        ("PATCH", found) => {
            let saved = upsert(org, caller, &object, (&column, value), found.first(), request.object()?)?;
            let status = if saved.created == Some(true) { 201 } else { 200 };
            Ok(Response::json(status, &saved))
        }
        (_, [row]) => {
            let id = row.id.to_string();
            one(org, caller, request, name, &id)
        }
        (_, _) => Err(ApiError::not_found()),
    }
}

/// The records in which a field has a value; no more than two are of interest.
pub(crate) fn with_value(org: &Org, object: &ObjectType, field: &str, value: &str) -> Vec<Row> {
    org.with_value(&object.name, field, value)
}

/// Updates the record that was found, or creates one.
pub(super) fn upsert(
    org: &mut Org,
    caller: &Caller,
    object: &ObjectType,
    (field, value): (&str, &str),
    found: Option<&Row>,
    mut body: Map<String, Value>,
) -> Result<Saved, ApiError> {
    body.retain(|name, _| !name.eq_ignore_ascii_case(field));
    if let Some(row) = found {
        org.update(caller, &object.name, row.id.as_str(), &body)?;
        return Ok(Saved { created: Some(false), ..Saved::new(row.id.clone()) });
    }
    body.insert(field.to_owned(), json!(value));
    let id = org.create(caller, &object.name, &body)?;
    Ok(Saved { created: Some(true), ..Saved::new(id) })
}
