//! Rest: the REST API of an org, below `/services/data`.
//!
//! In: a request with its session. Out: an answer.
//! Must not know how records are kept, nor what writes mean for routing.
//!
//! Its files, of which each uses those after it alone: `dispatch`, `actions`, `composite`,
//! `reference`, `tree`, `collections`, `query`, `changes`, `sobjects`, `resources`, `shape`.

mod actions;
mod changes;
mod collections;
mod composite;
mod dispatch;
mod query;
mod reference;
mod resources;
mod shape;
mod sobjects;
mod tree;

pub(crate) use dispatch::answer;
pub use resources::NEWEST;
