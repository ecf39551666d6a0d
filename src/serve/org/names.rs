//! Ids in and out of the runtime: clients know records by ids, routing by names and numbers.

use std::str::FromStr;

use serde_json::Value;

use super::state::{Entry, Org};
use crate::plan::Name;
use crate::runtime::{AgentWorkId, PendingServiceRoutingId, UserServicePresenceId};
use crate::serve::ids::Id;
use crate::serve::records::Named;

impl Org {
    /// The name by which routing knows a record.
    pub(super) fn item_name(&self, id: &Id) -> Name {
        self.unaliases.get(id).cloned().unwrap_or_else(|| Name::from(id.as_str()))
    }

    /// The id by which clients know a record of routing.
    pub(super) fn item_id(&self, name: &str) -> Option<Id> {
        self.aliases.get(name).cloned().or_else(|| Id::parse(name).filter(|id| id.as_str() == name))
    }

    pub(super) fn alias(&mut self, name: &Name, id: &Id) {
        self.aliases.insert(name.clone(), id.clone());
        self.unaliases.insert(id.clone(), name.clone());
        self.outbox.entries.push(Entry::Alias { name: name.clone(), id: id.clone() });
    }

    /// The number of a record that routing made, by its id.
    pub(super) fn number(&self, object: &str, id: &Id) -> Option<u64> {
        id.number().filter(|_| id.prefix() == self.directory.prefix(object))
    }

    /// What routing calls something that a client names by an id; the text itself if it is no id of ours.
    pub(super) fn inward(&self, text: &str) -> Option<Name> {
        let id = Id::parse(text)?;
        if let Some((_, name)) = self.directory.named(&id) {
            return Some(name.clone());
        }
        let numbered = |object: &str| self.number(object, &id);
        if let Some(number) = numbered("AgentWork") {
            return Some(Name::from(AgentWorkId(number).to_string()));
        }
        if let Some(number) = numbered("PendingServiceRouting") {
            return Some(Name::from(PendingServiceRoutingId(number).to_string()));
        }
        if let Some(number) = numbered("UserServicePresence") {
            return Some(Name::from(UserServicePresenceId(number).to_string()));
        }
        Some(self.item_name(&id))
    }

    /// The id of a text by which routing names a record that it made, or one that clients know by another id.
    fn outward(&self, text: &str) -> Option<Id> {
        let numbered = |object: &str, number: u64| Some(Id::numbered(self.directory.prefix(object), number));
        if let Ok(AgentWorkId(number)) = AgentWorkId::from_str(text) {
            return numbered("AgentWork", number);
        }
        if let Ok(PendingServiceRoutingId(number)) = PendingServiceRoutingId::from_str(text) {
            return numbered("PendingServiceRouting", number);
        }
        if let Ok(UserServicePresenceId(number)) = UserServicePresenceId::from_str(text) {
            return numbered("UserServicePresence", number);
        }
        self.aliases.get(text).cloned()
    }

    /// Replaces ids in an event that a client sent by what routing calls it. Values of fields stay as they are.
    pub(crate) fn event_inward(&self, value: &mut Value) {
        match value {
            Value::String(text) => {
                if let Some(name) = self.inward(text) {
                    *text = name.to_string();
                }
            }
            Value::Array(values) => values.iter_mut().for_each(|value| self.event_inward(value)),
            Value::Object(fields) => {
                let is_work =
                    fields.get("event").is_some_and(|event| event == "workArrived" || event == "workItemUpdated");
                for (name, value) in fields.iter_mut() {
                    let is_data = is_work && name == "fields";
                    if !is_data && !matches!(name.as_str(), "event" | "at" | "message" | "error") {
                        self.event_inward(value);
                    }
                }
            }
            _ => {}
        }
    }

    /// Replaces what routing calls records in an effect by their ids.
    pub(crate) fn effect_outward(&self, value: &mut Value) {
        match value {
            Value::String(text) => {
                if let Some(id) = self.outward(text) {
                    *text = id.to_string();
                }
            }
            Value::Array(values) => values.iter_mut().for_each(|value| self.effect_outward(value)),
            Value::Object(fields) => {
                for (name, value) in fields.iter_mut() {
                    if !matches!(name.as_str(), "effect" | "event" | "at" | "message" | "error") {
                        self.effect_outward(value);
                    }
                }
            }
            _ => {}
        }
    }

    /// The username of a user's id.
    pub(crate) fn username(&self, id: &Id) -> Option<&Name> {
        self.directory.name(Named::User, id)
    }

    /// The user of a username in any case, or of an id.
    pub(crate) fn user(&self, text: &str) -> Option<Id> {
        self.directory.find(Named::User, text).map(|name| self.directory.id(Named::User, name))
    }
}
