//! Faults: at once, or for requests to come.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::runtime::Event;
use crate::serve::exchange::{ApiError, Request, Response};
use crate::serve::org::{Fault, Org};

/// The body of `POST /omnic/v1/faults`: a fault for requests to come, or one that happens at once.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[expect(dead_code, reason = "it stands for the two in the schema alone: which one a body is, is told by `now`")]
pub(crate) enum FaultRequest {
    /// For requests to come.
    Coming(Fault),
    /// At once.
    Now(FaultNow),
}

/// A fault that happens at once.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct FaultNow {
    /// What happens.
    now: NowKind,
    /// Of expired sessions: whose, by username or id; left out: all but those that control.
    #[serde(default)]
    user: Option<String>,
}

/// Kinds of faults that happen at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) enum NowKind {
    /// Sessions end: 401.
    ExpireSessions,
    /// Streaming forgets its clients: 403, unknown client.
    ForgetClients,
    /// Nothing that was published is retained: replay ids before now are out of range.
    WipeRetention,
    /// A switch of data centres: reps are logged out, streaming starts over.
    SwitchDataCenter,
    /// Streaming answers 503 until `streamingBack`.
    StreamingBusy,
    /// Streaming answers again.
    StreamingBack,
}

/// `/omnic/v1/faults`.
///
/// # Errors
///
/// If the body is no fault.
pub(crate) fn faults(org: &mut Org, request: &Request) -> Result<Response, ApiError> {
    match request.method.as_str() {
        "GET" => return Ok(Response::json(200, &org.faults.list())),
        "DELETE" => {
            org.faults.clear();
            org.set_streaming_busy(false);
            return Ok(Response::empty());
        }
        "POST" => {}
        _ => return Err(ApiError::method(&request.method, "DELETE,GET,POST")),
    }
    // By its tag, so that an error names what is wrong.
    let value = serde_json::Value::Object(request.object()?);
    if value.get("now").is_none() {
        let fault: Fault = serde_json::from_value(value).map_err(|error| ApiError::json(&error.to_string()))?;
        if let Some(problem) = fault.problem() {
            return Err(ApiError::new(400, "INVALID_ARGUMENT", problem));
        }
        org.faults.add(fault);
        return Ok(Response::json(200, &org.faults.list()));
    }
    let FaultNow { now, user } = serde_json::from_value(value).map_err(|error| ApiError::json(&error.to_string()))?;
    let user = match &user {
        None => None,
        Some(text) => Some(
            org.user(text)
                .ok_or_else(|| ApiError::new(400, "INVALID_ARGUMENT", format!("there is no user `{text}`")))?,
        ),
    };
    if user.is_some() && now != NowKind::ExpireSessions {
        return Err(ApiError::new(400, "INVALID_ARGUMENT", "`user` is for `expireSessions` alone"));
    }
    match now {
        NowKind::ExpireSessions => org.expire(user.as_ref()),
        NowKind::ForgetClients => org.forget_clients(),
        NowKind::WipeRetention => org.wipe_retention(),
        NowKind::SwitchDataCenter => {
            let at = org.clock.now().max(org.runtime().now());
            org.act(at, &Event::DataRecovered {})
                .map_err(|refusal| ApiError::new(400, "INVALID_ARGUMENT", refusal.to_string()))?;
        }
        NowKind::StreamingBusy => org.set_streaming_busy(true),
        NowKind::StreamingBack => org.set_streaming_busy(false),
    }
    Ok(Response::json(200, &org.faults.list()))
}
