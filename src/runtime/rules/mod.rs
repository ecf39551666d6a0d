//! Rules: who may, in which order, on what terms, with which skills, within which limits.
//!
//! In: the directory and the book. Out: values and refusals.
//! Must not change or tell anything: [`Rules`] holds both by shared references.

mod basis;
mod capacity;
mod choice;
mod declines;
mod explain;
mod fields;
mod passed;
mod presence;
mod prospects;
mod routing;
mod skills;
mod status;
mod stream;
mod supervise;
mod verdict;
mod waiting;
mod work;

pub(in crate::runtime) use basis::Rules;
pub(in crate::runtime) use declines::Round;
pub(in crate::runtime) use fields::{cost, refused};
pub use passed::MOST_PASSED;
pub(in crate::runtime) use routing::{HOUR, Planned, Request, Routing, VOICE, check_id};
pub(in crate::runtime) use skills::{check_level, enter, merge};
pub(in crate::runtime) use status::reopens;
pub(in crate::runtime) use supervise::sees;
