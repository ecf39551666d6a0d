//! Rest: the REST API of an org, below `/services/data`.
//!
//! In: a request with its session. Out: an answer.
//! Must not know how records are kept, nor what writes mean for routing.
//!
//! Its files, of which each uses those after it alone: `dispatch`, `tooling`, `actions`, `composite`, `reference`,
//! `tree`, `collections`, `retrieve`, `query`, `changes`, `events`, `sobjects`, `resources`, `served`, `shape`.

mod actions;
mod changes;
mod collections;
mod composite;
mod dispatch;
mod events;
mod query;
mod reference;
mod resources;
mod retrieve;
mod served;
mod shape;
mod sobjects;
mod tooling;
mod tree;

pub(crate) use changes::changed;
pub(crate) use collections::{Write, carry_out};
pub(crate) use dispatch::answer;
pub use resources::NEWEST;
pub use served::{RESOURCES, Served};
pub(crate) use shape::record as record_of;
pub(crate) use sobjects::fields as fields_of;
