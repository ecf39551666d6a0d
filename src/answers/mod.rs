//! Answers: what can be said about a component, and about who is offered work.
//!
//! In: the graph, and a component or two of it. Out: plain values, and the sentences for them: facts and numbers about a
//! component, how its work is really routed, why a rep is or is not offered it, the graph around it, and
//! pictures of that and of the whole project. A sentence is
//! without a full stop, and what a user wrote stands in back-quotes.
//! Must not know who asks: no types of an editor, no ranges of lines, no command line.

pub mod comes_to;
pub mod counts;
pub mod effective;
pub mod facts;
pub mod numbers;
pub mod offered;
pub mod picture;
pub mod roles;
pub mod state;

mod around;
mod drawn;
mod step;
mod steps;
mod why;

pub use around::Neighbourhood;
pub use step::{Holds, Step};
pub use why::Explanation;
