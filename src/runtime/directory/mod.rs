//! Directory: the plan, prepared. Names are looked up once, references resolved, defaults of options filled in.
//!
//! In: a plan, and options. Out: rows that name each other by numbers.
//! Must not know what happens.

mod dated;
mod flow;
mod read;

pub(in crate::runtime) use dated::{DatedSkill, one_level_each};
pub(in crate::runtime) use flow::FlowWork;
pub(in crate::runtime) use read::*;
