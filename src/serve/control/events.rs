//! Events: sent as `omnic run` reads them, and exported so that it comes to the same effects.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::clock::shown;
use crate::plan::Time;
use crate::runtime::{Effect, TimedEffect};
use crate::script;
use crate::serve::clock::Pace;
use crate::serve::exchange::{ApiError, Request, Response};
use crate::serve::org::Org;

/// The most events of one request.
const MOST: usize = 100_000;

/// The answer of `POST /omnic/v1/events`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Happened {
    /// What happened, in its order, as `omnic run` writes it; records by their ids. A refused event is an effect `refused`.
    #[schemars(with = "Vec<serde_json::Map<String, Value>>")]
    effects: Vec<Value>,
    /// How many events were refused.
    refused: usize,
}

/// `POST /omnic/v1/events`: an event or a list of events.
///
/// # Errors
///
/// If one of them is not an event; nothing has happened then.
pub(crate) fn post(org: &mut Org, request: &Request) -> Result<Response, ApiError> {
    let body: Value = serde_json::from_slice(&request.body).map_err(|error| ApiError::json(&error.to_string()))?;
    let given = match body {
        Value::Array(values) => values,
        value => vec![value],
    };
    if given.len() > MOST {
        return Err(ApiError::new(400, "LIMIT_EXCEEDED", format!("a request has at most {MOST} events")));
    }
    let mut lines = Vec::new();
    for (number, mut value) in given.into_iter().enumerate() {
        org.event_inward(&mut value);
        let has_time = value.get("at").is_some();
        if let Value::Object(fields) = &mut value
            && !has_time
        {
            fields.insert("at".to_owned(), Value::from(0));
        }
        let line = script::line(&value.to_string()).map_err(|error| {
            let help = error.help.map(|help| format!("; {help}")).unwrap_or_default();
            ApiError::json(&format!("event {}: {}{help}", number + 1, error.message))
        })?;
        lines.push((has_time.then_some(line.at), line.action));
    }
    if org.clock.pace() != Pace::Manual
        && let Some(late) = lines.iter().filter_map(|(at, _)| *at).find(|at| *at > org.clock.now())
    {
        let message =
            format!("an event is at {late}, which has not come: leave `at` out, or start with --clock manual");
        return Err(ApiError::new(400, "INVALID_ARGUMENT", message));
    }
    let mut effects = Vec::new();
    let mut refused = 0;
    for (at, action) in lines {
        let at = at.unwrap_or_else(|| org.clock.now().max(org.runtime().now()));
        if org.clock.pace() == Pace::Manual && at >= org.runtime().now() && at < Time::END {
            org.clock.set(at);
            let passed = org.pass();
            effects.extend(passed);
        }
        let done = action.resolve(org.runtime()).map_err(|unknown| unknown.refusal);
        match done.and_then(|event| org.act(at, &event)) {
            Ok(done) => effects.extend(done),
            Err(refusal) => {
                refused += 1;
                let at = at.max(org.runtime().now());
                effects.push(TimedEffect { at, effect: Effect::Refused { refusal } });
            }
        }
    }
    Ok(Response::json(200, &Happened { effects: shown(org, &effects), refused }))
}

/// `GET /omnic/v1/events`: every event, one a line.
pub(crate) fn export(org: &Org) -> Response {
    let mut text = String::new();
    for event in org.history().lines() {
        text.push_str(event);
        text.push('\n');
    }
    Response::text(200, "application/x-ndjson;charset=UTF-8", text)
}
