//! The JSON Schemas of bodies and answers.

use schemars::{Schema, schema_for};

use super::channels::{ChannelRequest, PlatformEventRequest};
use super::clock::{ClockChange, ClockState};
use super::events::Happened;
use super::faults::FaultRequest;
use super::health::{Health, Reloaded};
use super::sessions::{SessionBegun, SessionRequest};

/// The schemas by the names of their files, without `.schema.json`. The events that are sent are those of
/// `run-events.schema.json`, with `at` left out if they happen now.
pub(crate) fn schemas() -> Vec<(&'static str, String)> {
    let all: [(&'static str, Schema); 10] = [
        ("serve-channel", schema_for!(ChannelRequest)),
        ("serve-clock", schema_for!(ClockChange)),
        ("serve-clock-answer", schema_for!(ClockState)),
        ("serve-events-answer", schema_for!(Happened)),
        ("serve-fault", schema_for!(FaultRequest)),
        ("serve-health", schema_for!(Health)),
        ("serve-platform-event", schema_for!(PlatformEventRequest)),
        ("serve-reload-answer", schema_for!(Reloaded)),
        ("serve-session", schema_for!(SessionRequest)),
        ("serve-session-answer", schema_for!(SessionBegun)),
    ];
    all.iter().map(|(name, schema)| (*name, text(schema))).collect()
}

/// A schema as its file has it.
pub(crate) fn text(schema: &Schema) -> String {
    let mut text = serde_json::to_string_pretty(schema).unwrap_or_default();
    text.push('\n');
    text
}
