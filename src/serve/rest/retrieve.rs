//! Many records of one object by their ids: `/composite/sobjects/T`.

use serde_json::Value;

use super::shape::record;
use super::sobjects::named_fields;
use crate::plan::Name;
use crate::serve::exchange::{ApiError, Request, Response};
use crate::serve::org::{Caller, Org};

/// The most records of a request. With GET the address has no room for more than about 800.
const MOST: usize = 2_000;

/// The records in the order of the ids; null for what is not there. `GET` has `ids` and `fields` in its query, `POST` lists
/// in its body.
///
/// # Errors
///
/// If ids or fields are missing, too many, or not those of the object.
pub(super) fn many(org: &Org, caller: &Caller, request: &Request, kind: &str) -> Result<Response, ApiError> {
    let object = org.object(kind, caller.version)?;
    let (ids, fields) = match request.method.as_str() {
        "POST" => {
            let body = request.object()?;
            (listed(body.get("ids"), "ids")?, listed(body.get("fields"), "fields")?)
        }
        _ => (parameter(request, "ids")?, parameter(request, "fields")?),
    };
    if ids.len() > MOST {
        return Err(ApiError::new(400, "LIMIT_EXCEEDED", format!("a request has at most {MOST} ids")));
    }
    let fields: Vec<Name> = named_fields(org, object, fields.iter().map(String::as_str), caller.version)?;
    if fields.is_empty() {
        return Err(missing("fields"));
    }
    let one = |id: &String| match org.existing(object, id) {
        Ok(row) => Some(record(org, object, &row, &fields, caller.version)),
        Err(_) => None,
    };
    Ok(Response::json(200, &ids.iter().map(one).collect::<Vec<_>>()))
}

fn missing(name: &str) -> ApiError {
    // The code is assumed.
    ApiError::new(
        400,
        "MISSING_ARGUMENT",
        format!("`{name}` names none: ids of records and names of fields are needed"),
    )
}

/// Texts of a list in the body.
fn listed(list: Option<&Value>, name: &str) -> Result<Vec<String>, ApiError> {
    let Some(list) = list else { return Err(missing(name)) };
    let texts = list.as_array().and_then(|list| list.iter().map(|text| text.as_str().map(str::to_owned)).collect());
    texts.ok_or_else(|| ApiError::json(&format!("`{name}` is a list of texts")))
}

/// Texts between commas in the query.
fn parameter(request: &Request, name: &str) -> Result<Vec<String>, ApiError> {
    let given = request.parameter(name).ok_or_else(|| missing(name))?;
    Ok(given.split(',').map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned).collect())
}
