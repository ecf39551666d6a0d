//! Script: the events and options that people and programs write for a run.
//!
//! In: lines of a file, or the text of a file of options. Out: events with their times, routing options; or what is wrong,
//! and what was expected. Must not know who asks, files, or what an event does.

mod by_holder;
mod expected;
mod options;
mod schemas;

use std::fmt;

use serde_json::Value;

pub use by_holder::ByHolder;
use expected::SchemaCheck;
pub use options::{OptionsFormat, options};
pub use schemas::schemas;

use crate::runtime::{Event, Refusal, Runtime, Time, Timed};
use crate::text::without_place;

/// An event, for those who wonder what one looks like.
pub const EXAMPLE: &str = r#"a line is one JSON object, such as {"at":"2026-11-23T08:00:00Z","event":"timePassed"}"#;

/// An event of a script, and when it happens.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// When.
    pub at: Time,
    /// What.
    pub action: Action,
}

/// What happens.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// An event that says everything.
    Event(Event),
    /// One that leaves out who does it.
    ByHolder(ByHolder),
}

impl Action {
    /// The event, once it is known who holds the work.
    ///
    /// # Errors
    ///
    /// If nobody holds it, or several agents do.
    pub fn resolve(self, runtime: &Runtime) -> Result<Event, Box<UnknownHolder>> {
        match self {
            Self::Event(event) => Ok(event),
            Self::ByHolder(event) => match runtime.holder(event.work(), event.statuses()) {
                Ok(user) => Ok(event.by(user)),
                Err(refusal) => Err(Box::new(UnknownHolder { refusal, event })),
            },
        }
    }
}

/// An event that leaves out who does it, where that is not known.
#[derive(Clone, Debug, PartialEq)]
pub struct UnknownHolder {
    /// Why it is not known.
    pub refusal: Refusal,
    /// The event.
    pub event: ByHolder,
}

/// Why a text could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptError {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

impl ScriptError {
    /// Without a help.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None }
    }

    /// With a help.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl fmt::Display for ScriptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// Reads one line.
///
/// # Errors
///
/// If it is not an event: what is wrong, and what was expected.
pub fn line(text: &str) -> Result<Line, ScriptError> {
    let error = match serde_json::from_str::<Timed>(text) {
        Ok(Timed { at, event }) => return Ok(Line { at, action: Action::Event(event) }),
        Err(error) => error,
    };
    let of_holder = match by_holder::line(text) {
        Ok(line) => return Ok(line),
        Err(error) => error,
    };
    let value: Value = serde_json::from_str(text).map_err(|error| {
        let words = error.to_string();
        ScriptError::new(format!("not JSON: {}, at column {}", without_place(&words), error.column()))
            .with_help(EXAMPLE)
    })?;
    // What serde says does not name the field, nor what a value may be.
    let by_schema = SchemaCheck::of(&schemas::events(), "a line").first_error(&value);
    let leaves_out_user = value.get("user").is_none() && ByHolder::has(&value);
    let error = if leaves_out_user { of_holder } else { error };
    Err(by_schema.unwrap_or_else(|| ScriptError::new(without_place(&error.to_string())).with_help(EXAMPLE)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_of_an_agent_may_leave_out_who_it_is() {
        let read = |fields: &str| line(&format!("{{\"at\":1,{fields}}}"));
        let left_out = read(r#""event":"acceptAgentWork","workId":"4711""#).map(|line| line.action);
        assert!(matches!(left_out, Ok(Action::ByHolder(ByHolder::AcceptAgentWork { .. }))), "{left_out:?}");
        let given = read(r#""event":"acceptAgentWork","user":"a","workId":"4711""#).map(|line| line.action);
        assert!(matches!(given, Ok(Action::Event(Event::AcceptAgentWork { .. }))), "{given:?}");
        let help = |fields: &str| read(fields).map_err(|error| (error.message, error.help)).err();
        let message = |fields: &str| help(fields).map(|(message, _)| message).unwrap_or_default();
        assert_eq!(message(r#""event":"acceptAgentWork""#), "`workId` is missing");
        assert_eq!(message(r#""event":"logout""#), "`user` is missing");
        assert_eq!(message(r#""event":"closeAgentWork","workId":"1","workId":"2""#), "duplicate field `workId`");
        assert_eq!(
            message(r#""event":"closeAgentWork","usr":"a","workId":"2""#),
            "`closeAgentWork` has no field `usr`"
        );
    }
}
