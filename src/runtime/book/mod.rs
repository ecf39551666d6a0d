//! Book: what has happened, and what is derived from it.
//!
//! In: records that begin, and changes of them. Out: records by their numbers and names; lanes in which items wait and
//! agents stand, in order; timers.
//! Must not know the plan, a rule, or what is told to whom.

mod by_name;
mod change;
mod dated;
mod index;
mod lanes;
mod lookup;
mod record_no;
mod records;
mod saved;
mod shelf;
mod standing;
mod state;
mod tournament;

pub(in crate::runtime) use index::{Index, LaneKey, MOST_LANES, Order, Reach, Timer};
pub(in crate::runtime) use lanes::{cost_of, keys};
pub(in crate::runtime) use lookup::{Book, unknown};
pub(in crate::runtime) use record_no::{ItemNo, PendingNo, PresenceNo, WorkNo};
pub(in crate::runtime) use shelf::Shelf;
pub(in crate::runtime) use standing::{Since, Standing};
pub use state::State;
pub(in crate::runtime) use state::{
    Acw, Agent, Cause, Decline, FORMAT, Flag, HeldBy, Item, Need, Pending, PresenceRecord, Session, Stream, Terms, Work,
};
