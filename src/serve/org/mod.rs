//! Org: the one thread that owns everything that changes: the runtime, records, the clock, the journal, subscriptions.
//!
//! In: a plan, options; then jobs, one at a time, each a function of the org. Out: what the job returns, once what it
//! changed is on disk; answers to clients that wait for events.
//! Must not know HTTP, paths of requests or formats of answers.
//!
//! Its files, of which each uses those after it alone: `thread`, `restore`, `reload`, `members_kept`, `acts`, `records`, `members`,
//! `work`, `undo`, `heard`, `topics`, `capture`, `event_schemas`, `channels`, `platform_events`, `queries`, `happen`, `rows`,
//! `names`, `admission`, `state`, `access`, `clients`, `history`, `known`, `people`, `sessions`, `consoles`, `faults`,
//! `refused`.

mod access;
mod acts;
mod admission;
mod capture;
mod channels;
mod clients;
mod consoles;
mod event_schemas;
mod faults;
mod happen;
mod heard;
mod history;
mod known;
mod members;
mod members_kept;
mod names;
mod people;
mod platform_events;
mod queries;
mod records;
pub(super) mod refused;
mod reload;
mod restore;
mod rows;
mod sessions;
mod state;
mod thread;
mod topics;
mod undo;
mod work;

pub use access::AccessOptions;
pub(crate) use access::Grant;
pub use clients::{Clients, ClientsError};
pub(crate) use consoles::{Line, Since};
pub(crate) use faults::{Fault, FaultKind};
pub(crate) use queries::{Page, QueryAnswer};
pub(crate) use records::Caller;
pub use restore::Recovered;
pub(crate) use sessions::Session;
pub use state::{ADMIN, ComponentFile, Components, OrgOptions, Reload, StartError};
pub(crate) use state::{LoggedRequest, Org};
pub(crate) use thread::{Gone, OrgHandle, start};
