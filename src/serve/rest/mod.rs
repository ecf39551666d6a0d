//! Rest: the REST API of an org, below `/services/data`.
//!
//! In: a request with its session. Out: an answer.
//! Must not know how records are kept, nor what writes mean for routing.
//!
//! Its files, of which each uses those after it alone: `dispatch`, `collections`, `retrieve`, `query`, `changes`,
//! `sobjects`, `resources`, `shape`.

mod changes;
mod collections;
mod dispatch;
mod query;
mod resources;
mod retrieve;
mod shape;
mod sobjects;

pub(crate) use dispatch::answer;
pub use resources::NEWEST;
