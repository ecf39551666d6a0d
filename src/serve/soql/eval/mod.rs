//! From a plan and records to results. Never fails; what it takes grows with the records, not with their square.
//!
//! Its rooms, of which each uses those after it alone: `run`, `project`, `aggregate`, `fetch`, `sort`, `filter`, `values`.

mod aggregate;
mod fetch;
mod filter;
mod project;
mod run;
mod sort;
mod values;

pub(super) use filter::{holds, ready};
pub(super) use run::{Read, Selected, answer};
