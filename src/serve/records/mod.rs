//! Records: what an org holds, as rows: those that clients write, those that the plan defines, those that routing makes.
//!
//! In: a plan, records of the runtime, writes that were checked. Out: rows with ids, by object.
//! Must not know who asks, nor what a write means for routing.
//!
//! Its files, of which each uses those after it alone: `definitions`, `live`, `store`, `index`,
//! `directory`, `ledger`, `row`, `fields`.

mod definitions;
mod directory;
mod fields;
mod index;
mod ledger;
mod live;
mod row;
mod store;

pub(crate) use definitions::{Definitions, definitions};
pub(crate) use directory::{Directory, Named};
pub(crate) use index::Index;
pub(crate) use ledger::Ledger;
pub(crate) use live::{
    agent_work, agent_work_skill, pending_service_routing, service_resource, service_resource_skill, skill_requirement,
    user_service_presence,
};
pub(crate) use row::{Row, datetime, parse_datetime, system_fields};
pub(crate) use store::Store;
