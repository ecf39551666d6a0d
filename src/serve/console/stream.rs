//! What happens for users: one request for all consoles of a browser, which is answered as soon as there is something to tell.

use std::sync::Arc;
use std::time::Duration;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::sync::watch;

use super::told::told;
use crate::serve::exchange::{ApiError, Request, Response};
use crate::serve::org::{Org, Since};

/// The most consoles of one request.
const MOST_CONSOLES: usize = 500;
/// The longest wait, in seconds.
const LONGEST_WAIT: f64 = 55.0;
/// Lines of one answer to one console: more come with the next request.
const MOST_LINES: usize = 2_000;

/// The body of `POST /omnic/v1/console/stream`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Listening {
    /// The consoles that listen.
    consoles: Vec<Listener>,
    /// How many seconds the answer may be held, at most 55; left out: it is not held.
    #[serde(default)]
    wait: f64,
}

/// A console that listens.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Listener {
    /// The token of its user.
    token: String,
    /// The position up to which it knows what happened; left out: now, which is told at once.
    #[serde(default)]
    after: Option<String>,
    /// It hears of everybody: for supervisors, and with the printed token.
    #[serde(default)]
    everybody: bool,
}

/// The answer of `POST /omnic/v1/console/stream`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Heard {
    /// For each console, in the order of the request.
    consoles: Vec<HeardOf>,
}

/// What one console is told.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct HeardOf {
    /// The position from which to go on; none if the console may not listen.
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<String>,
    /// What happened since, in its order.
    #[schemars(with = "Vec<serde_json::Map<String, Value>>")]
    events: Vec<Value>,
    /// What happened since is no longer known: read the state anew.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    lost: bool,
    /// Why it may not listen, by the code of the error.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'static str>,
}

/// Looks whether there is something to tell; at the end of the wait there is always an answer.
type Look = Arc<dyn Fn(&mut Org, bool) -> Option<Response> + Send + Sync>;

/// A request that waits.
pub(crate) struct Waiting {
    /// Rings when there may be something.
    pub bell: watch::Receiver<u64>,
    /// Looks whether there is.
    pub look: Look,
    /// How long it waits.
    pub longest: Duration,
}

/// What becomes of a request.
pub(crate) enum Answered {
    /// It is answered.
    Now(Response),
    /// It is answered when something happens.
    Later(Waiting),
}

/// `POST /omnic/v1/console/stream`.
///
/// # Errors
///
/// If the body is not a request to listen.
pub(super) fn stream(org: &mut Org, request: &Request) -> Result<Answered, ApiError> {
    let asked: Listening = serde_json::from_slice(&request.body).map_err(|error| ApiError::json(&error.to_string()))?;
    let wrong = |message: String| Err(ApiError::new(400, "INVALID_ARGUMENT", message));
    if asked.consoles.is_empty() || asked.consoles.len() > MOST_CONSOLES {
        return wrong(format!("`consoles` names 1 to {MOST_CONSOLES} consoles"));
    }
    if !(0.0..=LONGEST_WAIT).contains(&asked.wait) {
        return wrong(format!("`wait` is a number of seconds, 0 to {LONGEST_WAIT}"));
    }
    let longest = Duration::from_secs_f64(asked.wait);
    let bell = org.consoles.bell();
    let look: Look = Arc::new(move |org, is_over| look(org, &asked.consoles, is_over));
    Ok(look(org, longest.is_zero()).map_or(Answered::Later(Waiting { bell, look, longest }), Answered::Now))
}

fn look(org: &mut Org, consoles: &[Listener], is_over: bool) -> Option<Response> {
    let real = org.clock.real();
    org.consoles.listen(real);
    if org.consoles.has_ended() {
        return Some(ApiError::new(503, "SERVER_UNAVAILABLE", "the server is going down").into());
    }
    let heard: Vec<HeardOf> = consoles.iter().map(|console| heard(org, console)).collect();
    let is_news = |(heard, console): (&HeardOf, &Listener)| {
        !heard.events.is_empty() || heard.lost || heard.error.is_some() || console.after.is_none()
    };
    let has_news = heard.iter().zip(consoles).any(is_news);
    (has_news || is_over).then(|| Response::json(200, &Heard { consoles: heard }))
}

fn heard(org: &Org, console: &Listener) -> HeardOf {
    let refused = |error| HeardOf { error: Some(error), ..HeardOf::default() };
    let Some(session) = org.sessions.get(&console.token) else { return refused("INVALID_SESSION_ID") };
    let Some(user) = org.username(&session.user) else { return refused("INVALID_SESSION_ID") };
    if console.everybody && !session.control && org.runtime().supervisor_view(user).is_none() {
        return refused("INSUFFICIENT_ACCESS");
    }
    let now = org.consoles.position();
    let Some(after) = &console.after else { return HeardOf { after: Some(now), ..HeardOf::default() } };
    let Since::Lines(lines) = org.consoles.since(after) else {
        return HeardOf { after: Some(now), lost: true, ..HeardOf::default() };
    };
    let for_whom = (!console.everybody).then_some(user.as_str());
    let (mut taken, mut events) = (0_u64, Vec::new());
    for line in lines {
        taken += 1;
        events.extend(told(org, line, for_whom));
        if events.len() >= MOST_LINES {
            break;
        }
    }
    HeardOf { after: Some(moved(after, taken)), events, ..HeardOf::default() }
}

/// A position so many lines later.
fn moved(position: &str, lines: u64) -> String {
    let moved = position.split_once('.').and_then(|(name, number)| {
        let number: u64 = number.parse().ok()?;
        Some(format!("{name}.{}", number.saturating_add(lines)))
    });
    moved.unwrap_or_else(|| position.to_owned())
}
