//! Serve: an org with a routing plan, that real clients connect to.
//!
//! In: a plan, options, connections. Out: what an org with that plan answers: REST, SOQL, login, streaming; and a control
//! interface for tests. docs/serve.md says what is served.
//! Must not know metadata, the graph, or how a plan is made: whoever starts it hands a plan over.
//!
//! Its rooms, of which each uses those after it alone: `coverage`, `http`, `console`, `control`, `soap`, `rest`, `login`,
//! `stream`, `org`, `records`, `ids`, `soql`, `bayeux`, `journal`, `objects`, `exchange`, `envelope`, `ordered`,
//! `chance`, `clock`. The way of a request:
//!
//! 1. `http` reads it whole, within limits, and hands it to the thread of `org`.
//! 2. There time passes until now, and one of `console`, `control`, `soap`, `rest`, `login` and `stream` answers it.
//! 3. `org` checks a write against `objects`, and turns it into an event if it is about routing. The runtime takes or
//!    refuses that; its effects become changes of rows.
//! 4. `bayeux` is given the events that changes are to subscribers.
//! 5. `journal` has everything on disk. Only then the answer goes out, and events to those who wait for them.

pub mod bayeux;
mod chance;
pub mod clock;
mod console;
mod control;
pub mod coverage;
mod envelope;
mod exchange;
mod http;
pub mod ids;
pub mod journal;
mod login;
pub mod objects;
pub mod ordered;
mod org;
mod records;
mod rest;
mod soap;
pub mod soql;
mod stream;

pub use http::{Limits, Log, Reloader, Running, ServeError, ServerOptions, TlsError, TlsOptions, start};
pub use org::{
    ADMIN, AccessOptions, Clients, ClientsError, ComponentFile, Components, OrgOptions, Recovered, Reload, StartError,
};
pub use rest::{NEWEST, RESOURCES, Served};
pub use soap::call_names as soap_calls;

/// The JSON Schemas of bodies and answers, by the names of their files, without `.schema.json`.
pub fn schemas() -> Vec<(&'static str, String)> {
    control::schemas().into_iter().chain(console::schemas()).collect()
}

/// What a refusal of the runtime becomes: its name, the status and the code of the error, the fields that it names.
#[doc(hidden)]
pub fn refused(refusal: &crate::runtime::Refusal) -> (String, u16, String, Vec<String>) {
    let error = org::refused::error(refusal);
    (org::refused::name(refusal), error.status, error.code, error.fields.unwrap_or_default())
}

/// A password for a server that has no file of passwords: another one with each start.
pub fn development_password() -> String {
    chance::word(16)
}
