//! Steps: what changes the book, and tells it: an offer, an acceptance, a session's end.
//!
//! In: numbers of records that are there, and what the rules said. Out: a changed book, and effects.
//! Must not refuse anything, and not know which event it was.

mod accept;
mod acw;
mod build;
mod charge;
mod close;
mod declines;
mod give_back;
mod held;
mod offer;
mod owner;
mod pause;
mod presence;
mod request;
mod runtime;
mod seats;
mod skill_dates;
mod tell;
mod timers;

pub use runtime::Runtime;
