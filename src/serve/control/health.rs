//! Whether the emulator is well, and which faults are on.

use schemars::JsonSchema;
use serde::Serialize;

use crate::plan::Time;
use crate::serve::exchange::Response;
use crate::serve::org::{Fault, Org};

/// The answer of `GET /omnic/v1/health`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Health {
    /// `ok`.
    status: String,
    /// The version of the program.
    version: String,
    /// The digest of the plan.
    plan: String,
    /// The emulated time.
    now: Time,
    /// How the clock runs: `real`, `manual`, or as `x10`.
    clock: String,
    /// The faults that wait for their requests.
    faults: Vec<Fault>,
    /// Whether streaming answers 503, until `streamingBack`.
    streaming_busy: bool,
}

/// The answer of `POST /omnic/v1/reload`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Reloaded {
    /// Whether the plan routes otherwise than before. If not, nobody was logged out, and nothing was routed again.
    changed: bool,
    /// As after any request.
    #[serde(flatten)]
    health: Health,
}

/// `GET /omnic/v1/health`: needs no token.
pub(crate) fn health(org: &Org) -> Response {
    Response::json(200, &of(org))
}

/// What became of a reload.
pub(super) fn reloaded(org: &Org, changed: bool) -> Response {
    Response::json(200, &Reloaded { changed, health: of(org) })
}

fn of(org: &Org) -> Health {
    Health {
        status: "ok".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        plan: org.plan().digest.clone(),
        now: org.clock.now(),
        clock: org.clock.pace().to_string(),
        faults: org.faults.list(),
        streaming_busy: org.is_streaming_busy(),
    }
}
