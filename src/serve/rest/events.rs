//! Events: platform events are published, schemas of events are read.

use serde_json::{Value, json};

use super::sobjects::only;
use crate::serve::exchange::{ApiError, Request, Response};
use crate::serve::org::{Caller, Org};

/// `POST /sobjects/Name__e`: an answer with the word that it was taken, as an org's.
pub(crate) fn publish(org: &mut Org, caller: &Caller, request: &Request, name: &str) -> Result<Response, ApiError> {
    only(request, &["POST"])?;
    if org.event_schema(name).is_none() {
        let message =
            format!("The requested resource does not exist: define {name} with POST /omnic/v1/platform-events");
        return Err(ApiError::new(404, "NOT_FOUND", message));
    }
    let id = org.create(caller, name, &request.object()?)?;
    let taken = json!({ "statusCode": "OPERATION_ENQUEUED", "message": id.as_str(), "fields": [] });
    Ok(Response::json(201, &json!({ "id": id.as_str(), "success": true, "errors": [taken] })))
}

/// `/event/eventSchema/{id}` and `/sobjects/{event}/eventSchema`: the schema as Avro has it. `payloadFormat=COMPACT` is the
/// form that is served; `EXPANDED`, which is the default of an org, is refused.
pub(crate) fn schema(request: &Request, found: Option<Value>) -> Result<Response, ApiError> {
    only(request, &["GET"])?;
    let format = request.parameter("payloadFormat").unwrap_or("EXPANDED");
    if !format.eq_ignore_ascii_case("COMPACT") {
        return Err(ApiError::unserved(&format!("schemas of events with payloadFormat={format}: ask for COMPACT")));
    }
    found.map_or_else(|| Err(ApiError::not_found()), |schema| Ok(Response::json(200, &schema)))
}
