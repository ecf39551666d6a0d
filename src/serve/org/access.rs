//! Access: what is known of tokens beside the sessions, and how many requests came. It lives as long as the server.

use std::collections::BTreeMap;

use super::clients::Clients;
use crate::plan::Time;
use crate::serve::ids::Id;

/// An hour, in milliseconds.
pub(super) const HOUR: i64 = 3_600_000;
/// The hours in which requests are counted together (Salesforce: the last 24 hours).
pub(super) const HOURS: i64 = 24;
/// Refresh tokens of a user for a client: a further one ends the oldest (Salesforce Help: five approvals per app).
pub(super) const MOST_GRANTS: usize = 5;

/// Who gets in, and for how long.
#[derive(Clone, Debug)]
pub struct AccessOptions {
    /// How long a session lasts that is not used, in minutes of emulated time; none: until the server ends.
    pub session_minutes: Option<u32>,
    /// How many REST requests are answered in 24 hours of emulated time.
    pub api_requests: u32,
    /// Whether SOAP `login()` is served.
    pub soap_login: bool,
    /// The clients (connected apps) that may log in; none: any, and none by a signed assertion.
    pub clients: Option<Clients>,
}

impl Default for AccessOptions {
    fn default() -> Self {
        Self { session_minutes: None, api_requests: 1_000_000, soap_login: true, clients: None }
    }
}

/// What a refresh token stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Grant {
    /// Whom it logs in.
    pub user: Id,
    /// The client that may use it.
    pub client: String,
}

/// What is known of tokens beside the sessions themselves.
#[derive(Clone, Debug, Default)]
pub(crate) struct Access {
    /// When the session of a token was used, as far as it counts.
    pub(super) used: BTreeMap<String, Time>,
    /// By refresh token, with the number in whose order they were made.
    pub(super) grants: BTreeMap<String, (u64, Grant)>,
    pub(super) made: u64,
    /// The refresh tokens that access tokens come from.
    pub(super) from: BTreeMap<String, String>,
    /// Requests by hour.
    pub(super) requests: BTreeMap<i64, u32>,
}

impl Access {
    /// The requests of the last 24 hours.
    pub(super) fn requests(&self, now: Time) -> u32 {
        let first = now.0.div_euclid(HOUR) - HOURS + 1;
        self.requests.range(first..).fold(0, |sum, (_, count)| sum.saturating_add(*count))
    }
}
