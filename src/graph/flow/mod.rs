//! What flows say of routing: where the inputs of their routing actions come from.
//!
//! In: flows, each with its actions, variables, look-ups and the flows that it runs. Out: for each routing action, the
//! queues, service channels, routing configurations, reps, bots and skills that it may name, or why they are not known;
//! and the names that a flow mentions.
//!
//! What a variable may hold is the union of all that is ever put into it, whatever the order of the elements and the
//! outcome of decisions: each value that is possible is among those found, but not each that is found is possible. What
//! else may be put into it is an [`Unknown`], so that a set without one is complete.

mod mentions;
mod reader;
mod routing;
mod value;

pub use mentions::INPUTS;
pub(super) use mentions::mentions;
pub(super) use routing::routings;
pub use routing::{By, IdGiven, Routing, SkillAsked, SkillsAsked, Target, Targets};
pub use value::{Unknown, Why};
