//! Many records in one request: `/composite/sobjects`.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::retrieve;
use super::shape::Saved;
use super::sobjects::{only, upsert, with_value};
use crate::plan::Name;
use crate::serve::exchange::{ApiError, Request, Response};
use crate::serve::ids::Id;
use crate::serve::org::{Caller, Org};

/// The most records of a request.
const MOST: usize = 200;

/// What is written.
pub(crate) enum Write {
    /// A new record, which names its object.
    Create(Map<String, Value>),
    /// A record with its id and new values.
    Update(Map<String, Value>),
    /// The record of an id.
    Delete(String),
    /// The record of an id, out of the recycle bin.
    Undelete(String),
    /// The object, the field that is an external id, a record.
    Upsert(String, String, Map<String, Value>),
}

/// The object that a record names.
fn kind(org: &Org, caller: &Caller, record: &Map<String, Value>) -> Result<String, ApiError> {
    let kind = record.get("attributes").and_then(|attributes| attributes.get("type")).and_then(Value::as_str);
    let kind = kind.ok_or_else(|| {
        ApiError::new(400, "INVALID_INPUT", "each record names its object: attributes.type").of_fields([] as [&str; 0])
    })?;
    if org.platform_event(kind).is_some() {
        return Ok(kind.to_owned());
    }
    org.object(kind, caller.version).map(|object| object.name.clone()).map_err(|error| {
        // What an org has and this server does not is refused by name already.
        let message = format!("sObject type '{kind}' is not supported.");
        if error.status == 404 { ApiError::new(400, "INVALID_TYPE", message).of_fields([] as [&str; 0]) } else { error }
    })
}

impl Write {
    /// The record that it names by its id, if that is one.
    fn id(&self) -> Option<Id> {
        match self {
            Self::Update(record) => {
                let (_, id) = record.iter().find(|(name, _)| name.eq_ignore_ascii_case("id"))?;
                Id::parse(id.as_str()?)
            }
            Self::Delete(id) | Self::Undelete(id) => Id::parse(id),
            Self::Create(_) | Self::Upsert(..) => None,
        }
    }
}

/// The records that a request names more than once. None of them is written (assumed for deletions).
fn repeated(writes: &[Write]) -> BTreeSet<Id> {
    let mut seen = BTreeSet::new();
    writes.iter().filter_map(Write::id).filter(|id| !seen.insert(id.clone())).collect()
}

fn write(org: &mut Org, caller: &Caller, repeated: &BTreeSet<Id>, write: Write) -> Result<Saved, ApiError> {
    if let Some(id) = write.id().filter(|id| repeated.contains(id)) {
        let message = format!("Duplicate id specified: {id}");
        return Err(ApiError::new(400, "DUPLICATE_VALUE", message).of_fields([] as [&str; 0]));
    }
    match write {
        Write::Create(record) => {
            let kind = kind(org, caller, &record)?;
            org.create(caller, &kind, &record).map(Saved::new)
        }
        Write::Update(mut record) => {
            let kind = kind(org, caller, &record)?;
            let at = record.keys().find(|name| name.eq_ignore_ascii_case("id")).cloned();
            let id = at.and_then(|name| record.remove(&name));
            let id = id.as_ref().and_then(Value::as_str).unwrap_or_default().to_owned();
            if id.is_empty() {
                return Err(
                    ApiError::new(400, "MISSING_ARGUMENT", "Id not specified in an update call").of_fields(["Id"])
                );
            }
            org.update(caller, &kind, &id, &record)?;
            Id::parse(&id).map(Saved::new).ok_or_else(ApiError::not_found)
        }
        Write::Delete(id) => {
            let parsed = Id::parse(&id);
            let parsed = parsed.ok_or_else(|| {
                ApiError::new(400, "MALFORMED_ID", format!("malformed id {id}")).of_fields([] as [&str; 0])
            })?;
            let object = org.object_of(&parsed).ok_or_else(|| {
                ApiError::new(404, "INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id")
                    .of_fields([] as [&str; 0])
            })?;
            org.delete(caller, &object, parsed.as_str())?;
            Ok(Saved::new(parsed))
        }
        Write::Undelete(id) => {
            let wrong = |code: &str, message: String| ApiError::new(400, code, message).of_fields([] as [&str; 0]);
            let parsed = Id::parse(&id).ok_or_else(|| wrong("MALFORMED_ID", format!("malformed id {id}")))?;
            // A record that is gone for good is known by its prefix.
            let by_prefix = || org.catalogue.by_prefix(parsed.as_str()).map(|object| Name::from(&*object.name));
            let object = org.object_of(&parsed).or_else(by_prefix);
            let object =
                object.ok_or_else(|| wrong("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id".to_owned()))?;
            org.undelete(caller, &object, &parsed)?;
            Ok(Saved::new(parsed))
        }
        Write::Upsert(kind, field, record) => {
            let object = org.object(&kind, caller.version)?.clone();
            let column = org.column(&object, &field, caller.version).unwrap_or_else(|| Name::from(&*field));
            let given =
                record.iter().find(|(name, _)| name.eq_ignore_ascii_case(&field)).map(|(_, value)| value.clone());
            let value = match given {
                Some(Value::String(text)) => text,
                Some(Value::Null) | None => {
                    return Err(
                        ApiError::new(400, "MISSING_ARGUMENT", format!("{field} not specified")).of_fields([field])
                    );
                }
                Some(other) => other.to_string(),
            };
            let found = with_value(org, &object, &column, &value);
            if found.len() > 1 {
                return Err(ApiError::new(400, "DUPLICATE_EXTERNAL_ID", "several records have the external id")
                    .of_fields([field]));
            }
            upsert(org, caller, &object, (&column, &value), found.first(), record)
        }
    }
}

/// `/composite/sobjects` and `/composite/sobjects/T/{field}`.
pub(super) fn collection(
    org: &mut Org,
    caller: &Caller,
    request: &Request,
    rest: &[&str],
) -> Result<Response, ApiError> {
    let (writes, all_or_none) = match (request.method.as_str(), rest) {
        ("POST" | "GET" | "HEAD", [kind]) => return retrieve::many(org, caller, request, kind),
        (_, [_]) => {
            only(request, &["GET", "POST"])?;
            return Err(ApiError::unserved("this resource of composite/sobjects"));
        }
        ("POST" | "PATCH", rest) => {
            let mut body = request.object()?;
            let all_or_none = body.get("allOrNone").and_then(Value::as_bool).unwrap_or(false);
            let Some(Value::Array(records)) = body.remove("records") else {
                return Err(ApiError::json("the body has a list `records`"));
            };
            let mut writes = Vec::new();
            for record in records {
                let Value::Object(record) = record else { return Err(ApiError::json("a record is an object")) };
                writes.push(match (request.method.as_str(), rest) {
                    ("POST", []) => Write::Create(record),
                    ("PATCH", []) => Write::Update(record),
                    ("PATCH", [kind, field]) => Write::Upsert((*kind).to_owned(), (*field).to_owned(), record),
                    _ => return Err(ApiError::not_found()),
                });
            }
            (writes, all_or_none)
        }
        ("DELETE", []) => {
            let ids = request.parameter("ids").unwrap_or_default();
            let ids = ids.split(',').map(str::trim).filter(|id| !id.is_empty());
            let writes: Vec<Write> = ids.map(|id| Write::Delete(id.to_owned())).collect();
            (writes, request.parameter("allOrNone").is_some_and(|value| value.eq_ignore_ascii_case("true")))
        }
        _ => {
            only(request, &["DELETE", "PATCH", "POST"])?;
            return Err(ApiError::unserved("this resource of composite/sobjects"));
        }
    };
    if writes.len() > MOST {
        let message = format!("Maximum record limit {MOST} reached");
        return Err(ApiError::new(400, "LIMIT_EXCEEDED", message));
    }
    Ok(Response::json(200, &carry_out(org, caller, writes, all_or_none)))
}

/// Writes each, or all or none; what became of each.
pub(crate) fn carry_out(org: &mut Org, caller: &Caller, writes: Vec<Write>, all_or_none: bool) -> Vec<Saved> {
    let count = writes.len();
    let repeated = repeated(&writes);
    if !all_or_none {
        let saved = |item| write(org, caller, &repeated, item).unwrap_or_else(Saved::refused);
        return writes.into_iter().map(saved).collect();
    }
    let done = org.atomically(|org| {
        let each = writes.into_iter().enumerate();
        each.map(|(at, item)| write(org, caller, &repeated, item).map_err(|error| (at, error)))
            .collect::<Result<Vec<Saved>, _>>()
    });
    done.unwrap_or_else(|(failed, error)| {
        let rolled_back =
            "Record rolled back because not all records were valid and the request was using AllOrNone header";
        let others = ApiError::new(400, "ALL_OR_NONE_OPERATION_ROLLED_BACK", rolled_back).of_fields([] as [&str; 0]);
        (0..count).map(|at| Saved::refused(if at == failed { error.clone() } else { others.clone() })).collect()
    })
}
