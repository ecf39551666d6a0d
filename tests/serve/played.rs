//! What `omnic run` makes of the events that a server exports.

use std::str::FromStr as _;

use omnic::runtime::{
    AgentWorkId, PendingServiceRoutingId, RoutingOptions, Runtime, TimedEffect, UserServicePresenceId,
};
use omnic::serve::ids::Id;
use serde_json::Value;

use crate::client::{Server, plan};

/// A run of exported events: the effects of each, and the runtime in the end.
pub(crate) fn played(lines: &str) -> (Vec<Vec<TimedEffect>>, Runtime) {
    let mut runtime = Runtime::new(plan(), RoutingOptions::default()).unwrap();
    let mut effects = Vec::new();
    for line in lines.lines() {
        let omnic::script::Line { at, action } = omnic::script::line(line).unwrap();
        let event = action.resolve(&runtime).unwrap();
        effects.push(runtime.apply(at, &event).unwrap_or_else(|refused| panic!("{line}: {}", refused.refusal)));
    }
    (effects, runtime)
}

/// Effects as a server shows them: records by their ids.
pub(crate) struct Shown {
    prefixes: [String; 3],
    aliases: Value,
}

impl Shown {
    /// As a server shows them now.
    pub(crate) fn by(server: &Server) -> Self {
        let prefix = |object: &str| {
            let described = server.rest("GET", &format!("/sobjects/{object}/describe"), &Value::Null).json();
            described["keyPrefix"].as_str().unwrap().to_owned()
        };
        let prefixes = ["AgentWork", "PendingServiceRouting", "UserServicePresence"].map(prefix);
        let aliases = server.control("GET", "state", &Value::Null).json()["aliases"].take();
        Self { prefixes, aliases }
    }

    /// An effect of a run as the server would show it.
    pub(crate) fn effect(&self, effect: &TimedEffect) -> Value {
        let mut value = serde_json::to_value(effect).unwrap();
        self.outward(&mut value);
        value
    }

    fn outward(&self, value: &mut Value) {
        match value {
            Value::String(text) => {
                let [work, request, presence] = &self.prefixes;
                let of_work = AgentWorkId::from_str(text).map(|id| Id::numbered(work, id.0));
                let of_request = || PendingServiceRoutingId::from_str(text).map(|id| Id::numbered(request, id.0));
                let of_presence = || UserServicePresenceId::from_str(text).map(|id| Id::numbered(presence, id.0));
                if let Ok(id) = of_work.or_else(|()| of_request()).or_else(|()| of_presence()) {
                    *text = id.to_string();
                } else if let Some(id) = self.aliases[text.as_str()].as_str() {
                    *text = id.to_owned();
                }
            }
            Value::Array(values) => values.iter_mut().for_each(|value| self.outward(value)),
            Value::Object(fields) => {
                let named = fields.iter_mut().filter(|(name, _)| !matches!(name.as_str(), "effect" | "event" | "at"));
                named.for_each(|(_, value)| self.outward(value));
            }
            _ => {}
        }
    }
}
