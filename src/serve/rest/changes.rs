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
    let object = org.object(name, caller.version)?;
    let time = |name: &str| -> Result<Time, ApiError> {
        let given = request.parameter(name).unwrap_or_default();
        // A plus that was not escaped is a space.
        parse_datetime(&given.replace(' ', "+")).ok_or_else(|| {
            let message = format!("invalid datetime: {given}: `{name}` is a time such as 2026-11-23T08:00:00Z");
            ApiError::new(400, "INVALID_REPLICATION_DATE", message)
        })
    };
    let (start, end) = (time("start")?, time("end")?);
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
        let body =
            json!({ "deletedRecords": records, "earliestDateAvailable": datetime(start), "latestDateCovered": latest });
        return Ok(Response::json(200, &body));
    }
    let ids: Vec<String> =
        org.changed_between(&object.name, start, end).into_iter().map(|(id, _)| id.to_string()).collect();
    Ok(Response::json(200, &json!({ "ids": ids, "latestDateCovered": latest })))
}
