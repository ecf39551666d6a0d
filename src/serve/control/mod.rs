//! Control: what a test suite or a person tells the emulator itself: the clock, events, faults, state.
//!
//! In: a request to `/omnic/v1/…`, from whoever holds the token that was printed. Out: an answer. The files
//! `schemas/serve-*.schema.json` describe bodies and answers.
//! Must not know how records are kept, nor what clients of an org ask.
//!
//! Its files, of which each uses those after it alone: `dispatch`, `schemas`, `events`, `channels`, `faults`,
//! `sessions`, `clock`, `health`.

mod channels;
mod clock;
mod dispatch;
mod events;
mod faults;
mod health;
mod schemas;
mod sessions;

pub(crate) use dispatch::answer;
pub(crate) use health::health;
pub(super) use schemas::schemas;
pub(super) use schemas::text as schema_text;
