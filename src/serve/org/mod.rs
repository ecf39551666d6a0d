//! Org: the one thread that owns everything that changes: the runtime, records, the clock, the journal, subscriptions.
//!
//! In: a plan, options; then jobs, one at a time, each a function of the org. Out: what the job returns, once what it
//! changed is on disk; answers to clients that wait for events.
//! Must not know HTTP, paths of requests or formats of answers.
//!
//! Its files, of which each uses those after it alone: `thread`, `restore`, `reload`, `members_kept`, `acts`, `records`, `members`,
//! `work`, `undo`, `topics`, `queries`, `happen`, `rows`, `names`, `state`, `history`, `known`,
//! `people`, `sessions`, `faults`, `refused`.

mod acts;
mod faults;
mod happen;
mod history;
mod known;
mod members;
mod members_kept;
mod names;
mod people;
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

pub(crate) use faults::{Fault, FaultKind};
pub(crate) use queries::{Page, QueryAnswer};
pub(crate) use records::Caller;
pub use restore::Recovered;
pub(crate) use sessions::Session;
pub use state::{ADMIN, OrgOptions, Reload, StartError};
pub(crate) use state::{LoggedRequest, Org};
pub(crate) use thread::{Gone, OrgHandle, start};
