//! Events that leave out who does it: whoever holds the work.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Action, Line};
use crate::runtime::records::AgentWorkStatus::{self, Assigned, Opened};
use crate::runtime::{Event, Name, Route, Time, WorkKey};

macro_rules! by_holder {
    ($($(#[$doc:meta])* $name:ident = $event:literal in [$($status:ident),*] { $($(#[$attribute:meta])* $field:ident: $kind:ty),* })*) => {
        /// An event of an agent that does not name the agent.
        #[derive(Clone, Debug, PartialEq, Deserialize)]
        #[serde(tag = "event", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
        pub enum ByHolder {$(
            $(#[$doc])*
            $name {
                /// The work.
                work_id: WorkKey,
                $(
                    /// As in the event.
                    $(#[$attribute])*
                    $field: $kind,
                )*
            },
        )*}

        impl ByHolder {
            /// The names of these events.
            pub const EVENTS: &[&str] = &[$($event),*];

            /// The work.
            pub const fn work(&self) -> &WorkKey {
                match self {
                    $(Self::$name { work_id, .. })|* => work_id,
                }
            }

            /// The name of the event.
            pub const fn name(&self) -> &'static str {
                match self {
                    $(Self::$name { .. } => $event,)*
                }
            }

            /// Where the work of the agent who is meant stands.
            pub const fn statuses(&self) -> &'static [AgentWorkStatus] {
                match self {
                    $(Self::$name { .. } => &[$($status),*],)*
                }
            }

            /// The event of a user.
            pub fn by(self, user: Name) -> Event {
                match self {
                    $(Self::$name { work_id, $($field),* } => Event::$name { user, work_id, $($field),* },)*
                }
            }
        }
    };
}

by_holder! {
    /// `acceptAgentWork`.
    AcceptAgentWork = "acceptAgentWork" in [Assigned] {}
    /// `declineAgentWork`.
    DeclineAgentWork = "declineAgentWork" in [Assigned] { #[serde(default)] decline_reason: Option<Name> }
    /// `closeAgentWork`.
    CloseAgentWork = "closeAgentWork" in [Opened] {}
    /// `tabClosed`.
    TabClosed = "tabClosed" in [Opened] {}
    /// `workTransferred`.
    WorkTransferred = "workTransferred" in [Opened] { to: Route }
    /// `afterConversationWorkExtended`.
    AfterConversationWorkExtended = "afterConversationWorkExtended" in [Opened] {}
    /// `raiseAgentWorkFlag`.
    RaiseAgentWorkFlag = "raiseAgentWorkFlag" in [Assigned, Opened] { #[serde(default)] message: Option<Name> }
    /// `lowerAgentWorkFlag`.
    LowerAgentWorkFlag = "lowerAgentWorkFlag" in [Assigned, Opened] {}
}

impl ByHolder {
    /// Whether a line is one of these events.
    pub(super) fn has(line: &Value) -> bool {
        line.get("event").and_then(Value::as_str).is_some_and(|event| Self::EVENTS.contains(&event))
    }

    /// Lets the schema of an event leave out the user, where that may be.
    pub(super) fn relax(event: &mut Value) {
        let name = event.pointer("/properties/event/const").and_then(Value::as_str);
        if !name.is_some_and(|name| Self::EVENTS.contains(&name)) {
            return;
        }
        if let Some(required) = event.get_mut("required").and_then(Value::as_array_mut) {
            required.retain(|field| field != "user");
        }
        if let Some(description) = event.pointer_mut("/properties/user/description") {
            *description = json!("The agent; left out: whoever holds the work.");
        }
    }
}

#[derive(Deserialize)]
struct Timed {
    at: Time,
    #[serde(flatten)]
    event: ByHolder,
}

pub(super) fn line(text: &str) -> Result<Line, serde_json::Error> {
    serde_json::from_str(text).map(|Timed { at, event }| Line { at, action: Action::ByHolder(event) })
}
