//! View: records as an org shows them, and what a supervisor sees.
//!
//! In: the directory and the book, by the rules. Out: values.
//! Must not change or tell anything.

mod figures;
mod inspect;
mod records;
mod sight;

pub(in crate::runtime) use figures::{active_time, acw_time, average_capacity, handle_time, seconds};
