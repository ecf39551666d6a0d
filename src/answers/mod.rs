//! Answers: what can be said about a component, and about who is offered work.
//!
//! In: the graph, and a component or two of it. Out: plain values, and the sentences for them: facts and numbers about a
//! component, how its work is really routed, who is offered it and why nobody else, the graph around it, and pictures of
//! that and of the whole project. A sentence is
//! without a full stop, and what a user wrote stands in back-quotes.
//! Must not know who asks: no types of an editor, no ranges of lines, no command line.

pub mod comes_to;
pub mod counts;
pub mod effective;
pub mod facts;
pub mod flow;
pub mod numbers;
pub mod offered;
pub mod picture;
pub mod roles;
pub mod state;

mod around;
mod ask;
mod changes;
mod drawn;
mod gets;
mod step;
mod steps;
mod who;
mod why;
mod work;

pub use around::Neighbourhood;
pub use ask::{Ask, AskedSkill};
pub use changes::{Change, Way};
pub use gets::{Group, Verdict, WhoGets};
pub use step::{Condition, Holds, Step};
pub use who::Who;
pub use why::{Explanation, steps};
pub use work::{FlowWork, Reach, Work};
