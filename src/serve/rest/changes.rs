//! What was updated and deleted in a time.

use serde_json::{Value, json};

use super::sobjects::only;
use crate::plan::Time;
use crate::serve::exchange::{ApiError, Request, Response};
use crate::serve::org::{Caller, Org};
use crate::serve::records::{datetime, parse_datetime};

/// `/sobjects/T/updated` and `/sobjects/T/deleted`, from `start` to `end`.
pub(crate) fn changes(
    org: &Org,
    caller: &Caller,
    request: &Request,
    name: &str,
    deleted: bool,
) -> Result<Response, ApiError> {
    only(request, &["GET"])?;
    // A plus that was not escaped is a space.
    let time = |name: &str| request.parameter(name).unwrap_or_default().replace(' ', "+");
    changed(org, caller, name, (&time("start"), &time("end")), deleted).map(|body| Response::json(200, &body))
}

/// What of an object was updated or deleted from a time to another.
///
/// # Errors
///
/// If there is no such object, or the times are none.
pub(crate) fn changed(
    org: &Org,
    caller: &Caller,
    name: &str,
    (start, end): (&str, &str),
    deleted: bool,
) -> Result<Value, ApiError> {
    let object = org.object(name, caller.version)?;
    let time = |given: &str, name: &str| -> Result<Time, ApiError> {
        parse_datetime(given).ok_or_else(|| {
            let message = format!("invalid datetime: {given}: `{name}` is a time such as 2026-11-23T08:00:00Z");
            ApiError::new(400, "INVALID_REPLICATION_DATE", message)
        })
    };
    let (start, end) = (time(start, "start")?, time(end, "end")?);
    if end <= start {
        let message = "startDate cannot be after endDate";
        return Err(ApiError::new(400, "INVALID_REPLICATION_DATE", message));
    }
    // What is still to come is not known.
    let latest = datetime(end.min(org.clock.now()));
    if deleted {
        let records = org.deleted_between(&object.name, start, end).into_iter();
        let records: Vec<Value> =
            records.map(|(id, at)| json!({ "deletedDate": datetime(at), "id": id.as_str() })).collect();
        return Ok(
            json!({ "deletedRecords": records, "earliestDateAvailable": datetime(start), "latestDateCovered": latest }),
        );
    }
    let ids: Vec<String> =
        org.changed_between(&object.name, start, end).into_iter().map(|(id, _)| id.to_string()).collect();
    Ok(json!({ "ids": ids, "latestDateCovered": latest }))
}
