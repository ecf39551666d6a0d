//! Contract: what others see of the runtime: events, effects, refusals, decisions, options, ids, records.
//!
//! In: nothing. Out: the types by which a runtime is spoken to, and in which it answers.
//! Must not know a plan's rows, the state, or a rule.

mod decision;
mod effect;
mod event;
mod field_values;
mod ids;
mod limits;
mod options;
mod prospect;
pub mod records;
mod refusal;
mod start;
mod supervisor;
mod timed;
mod waiting;

pub use decision::*;
pub use effect::*;
pub use event::*;
pub use ids::*;
pub(in crate::runtime) use limits::{CHAT, MOST_WEIGHT, WHOLE};
pub use options::*;
pub use prospect::*;
pub use refusal::*;
pub use start::{Contradiction, StartError};
pub use supervisor::*;
pub use timed::Timed;
pub use waiting::*;
