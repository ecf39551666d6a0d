//! The clock: read, moved, set.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::plan::Time;
use crate::runtime::TimedEffect;
use crate::serve::clock::Pace;
use crate::serve::exchange::{ApiError, Request, Response};
use crate::serve::org::Org;

/// The body of `POST /omnic/v1/clock`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub(crate) struct ClockChange {
    /// Moves the clock on by so many seconds; fractions count to the millisecond.
    advance_seconds: Option<f64>,
    /// Sets the clock; not to a time before the last event.
    set: Option<Time>,
    /// From now on it runs so: `real`, `manual`, or as `x10`.
    pace: Option<String>,
}

/// The answer of `GET` and `POST /omnic/v1/clock`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ClockState {
    /// The emulated time.
    now: Time,
    /// How the clock runs.
    pace: String,
    /// What timers did meanwhile, as `omnic run` writes it; records by their ids.
    #[schemars(with = "Vec<serde_json::Map<String, Value>>")]
    effects: Vec<Value>,
}

/// Effects as they are shown to clients.
pub(crate) fn shown(org: &Org, effects: &[TimedEffect]) -> Vec<Value> {
    let shown = |effect: &TimedEffect| {
        let mut value = serde_json::to_value(effect).unwrap_or_default();
        org.effect_outward(&mut value);
        value
    };
    effects.iter().map(shown).collect()
}

fn state(org: &Org, effects: &[TimedEffect]) -> Response {
    let (now, pace) = (org.clock.now(), org.clock.pace().to_string());
    Response::json(200, &ClockState { now, pace, effects: shown(org, effects) })
}

/// `GET /omnic/v1/clock`.
pub(crate) fn read(org: &Org) -> Response {
    state(org, &[])
}

/// `POST /omnic/v1/clock`.
///
/// # Errors
///
/// If the body is not a change of the clock, or time would run backward.
pub(crate) fn change(org: &mut Org, request: &Request) -> Result<Response, ApiError> {
    let wrong = |message: String| ApiError::new(400, "INVALID_ARGUMENT", message);
    let change: ClockChange =
        serde_json::from_slice(&request.body).map_err(|error| ApiError::json(&error.to_string()))?;
    let pace =
        change.pace.as_deref().map(str::parse::<Pace>).transpose().map_err(|error| wrong(format!("pace: {error}")))?;
    let mut at = match (change.set, change.advance_seconds) {
        (Some(_), Some(_)) => return Err(wrong("give `set` or `advanceSeconds`, not both".to_owned())),
        (Some(at), None) => Some(at),
        (None, Some(seconds)) => {
            if !(0.0..=1e10).contains(&seconds) {
                return Err(wrong("`advanceSeconds` is a number of seconds, 0 or more".to_owned()));
            }
            // Within the range that was just checked.
            Some(org.clock.now().plus((seconds * 1_000.0).round() as i64))
        }
        (None, None) => None,
    };
    if let Some(at) = at.filter(|at| *at < org.runtime().now() || *at >= Time::END) {
        let now = org.runtime().now();
        return Err(wrong(format!("the clock cannot be set to {at}: the last event was at {now}")));
    }
    if let Some(pace) = pace {
        org.clock.change(pace);
    }
    let effects = at.take().map(|at| org.move_clock(at)).unwrap_or_default();
    Ok(state(org, &effects))
}
