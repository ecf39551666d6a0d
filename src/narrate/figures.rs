//! The figures of a run: what came of the work of each queue, and what each rep did.

use schemars::JsonSchema;
use serde::Serialize;

use crate::runtime::{Name, Time};

/// What a run comes to.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RunSummary {
    /// When the first event happened; none: there was none.
    pub from: Option<Time>,
    /// The time that the run reached.
    pub until: Option<Time>,
    /// How many events there were.
    pub events: usize,
    /// Queues that had work, by name; last, without a name, work that was routed to no queue.
    pub queues: Vec<QueueFigures>,
    /// Reps who were logged in or had work, by name.
    pub agents: Vec<AgentFigures>,
    /// Events that were refused, in the order of their lines.
    pub refusals: Vec<RefusedEvent>,
}

/// What came of the work of a queue.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct QueueFigures {
    /// The queue; none: work that was routed to no queue.
    pub queue: Option<Name>,
    /// Routing requests that were made, by arrivals, transfers and changes of owner.
    pub arrived: usize,
    /// Offers.
    pub offered: usize,
    /// Offers that were accepted.
    pub answered: usize,
    /// Offers that were declined.
    pub declined: usize,
    /// Offers that timed out.
    pub timed_out: usize,
    /// Items that wait at the end and are offered to nobody.
    pub waiting: usize,
    /// Seconds for which the oldest of them waits; none: nothing waits.
    pub longest_wait: Option<i64>,
}

/// What a rep did.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AgentFigures {
    /// Who.
    pub user: Name,
    /// Accepted work that was closed or handed on.
    pub handled: usize,
    /// Accepted work that is open at the end.
    pub open: usize,
    /// Offers that the rep declined.
    pub declined: usize,
    /// Offers that timed out.
    pub timed_out: usize,
    /// Seconds for which the rep was logged in.
    pub logged_in: i64,
    /// Seconds for which the rep had work, offered or open.
    pub busy: i64,
    /// The part of the capacity that was in use, over the time logged in: from 0 to 1, or above for work without a check.
    /// None: there was no such time, or no capacity.
    pub capacity_used: Option<f64>,
    /// The same of the capacity for interruptible work.
    pub interruptible_capacity_used: Option<f64>,
}

/// An event that was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RefusedEvent {
    /// Its line, from 1.
    pub line: u64,
    /// Its name.
    pub event: Name,
    /// Why, in words.
    pub message: String,
}
