//! From a plan and records to results. Never fails; what it takes grows with the records, not with their square.
//!
//! The order of the files: `values`, then `filter`, `sort`, `fetch`, then `aggregate`, then `project`, then `run`.

mod aggregate;
mod fetch;
mod filter;
mod project;
mod run;
mod sort;
mod values;

pub(super) use filter::{holds, ready};
pub(super) use run::run;
