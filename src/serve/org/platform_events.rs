//! Platform events: defined by the control interface, published as records that nobody keeps.
//!
//! Source: Platform Events Developer Guide (publishing with REST and SOAP, the form of an event).

use serde_json::{Map, Value};
use smol_str::SmolStr;

use super::state::{Org, RowChange};
use crate::caseless;
use crate::plan::Name;
use crate::serve::exchange::ApiError;
use crate::serve::ids::Id;
use crate::serve::records::{Row, datetime};

/// Under this name definitions are kept; clients cannot ask for it.
pub(super) const DEFINITION: &str = "PlatformEventDefinition";

/// What a field of a platform event may hold. Salesforce has these, and areas of text, which are texts here.
const KINDS: [&str; 4] = ["boolean", "datetime", "double", "string"];

fn wrong(message: impl Into<String>) -> ApiError {
    ApiError::new(400, "INVALID_ARGUMENT", message)
}

fn fits(kind: &str, value: &Value) -> bool {
    match kind {
        "boolean" => value.is_boolean(),
        "double" => value.is_number(),
        "datetime" => value.as_str().and_then(crate::serve::records::parse_datetime).is_some(),
        _ => value.is_string(),
    }
}

impl Org {
    /// The platform events that are defined.
    pub(super) fn platform_events(&self) -> impl Iterator<Item = &Row> {
        self.store.rows(DEFINITION)
    }

    /// The platform event of a name in any case.
    pub(crate) fn platform_event(&self, name: &str) -> Option<&Row> {
        self.platform_events().find(|row| row.text("FullName").is_some_and(|known| caseless::equal(known, name)))
    }

    /// The fields of a platform event, with what each may hold.
    pub(super) fn fields_of_event(row: &Row) -> impl Iterator<Item = (&str, &str)> {
        let fields = row.fields.get("Fields").and_then(Value::as_object);
        fields.into_iter().flatten().filter_map(|(name, kind)| Some((name.as_str(), kind.as_str()?)))
    }

    /// What a field of a platform event may hold; none if there is no such event or field.
    pub(crate) fn kind_of_event_field(&self, event: &str, field: &str) -> Option<&str> {
        let row = self.platform_event(event)?;
        Self::fields_of_event(row).find(|(name, _)| caseless::equal(name, field)).map(|(_, kind)| kind)
    }

    /// The platform events by name, each with its fields.
    pub(crate) fn platform_event_list(&self) -> Vec<(String, Map<String, Value>)> {
        let entry = |row: &Row| {
            let fields = row.fields.get("Fields").and_then(Value::as_object).cloned().unwrap_or_default();
            (row.text("FullName").unwrap_or_default().to_owned(), fields)
        };
        self.platform_events().map(entry).collect()
    }

    /// Defines a platform event, or defines it again.
    ///
    /// # Errors
    ///
    /// If its name, or one of its fields, is not one that an org could have.
    pub(crate) fn define_platform_event(&mut self, name: &str, fields: &[(String, String)]) -> Result<(), ApiError> {
        let is_name = |text: &str, suffix: &str| {
            let Some(base) = text.strip_suffix(suffix) else { return false };
            base.len() <= 40
                && base.starts_with(|first: char| first.is_ascii_alphabetic())
                && base.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
                && !base.contains("__")
                && !base.ends_with('_')
        };
        if !is_name(name, "__e") {
            return Err(wrong(format!("`{name}`: the name of a platform event ends in __e, such as Order__e")));
        }
        let mut kinds = Map::new();
        for (field, kind) in fields {
            if !is_name(field, "__c") {
                return Err(wrong(format!("`{field}`: the name of a field ends in __c")));
            }
            if !KINDS.contains(&kind.as_str()) {
                return Err(wrong(format!("`{field}`: `{kind}` is not a type; the types are {}", KINDS.join(", "))));
            }
            kinds.insert(field.clone(), Value::from(kind.as_str()));
        }
        let object = Name::from(DEFINITION);
        let id = match self.platform_event(name) {
            Some(row) => row.id.clone(),
            None => self.store.next_id(&object, "01I"),
        };
        self.put(&object, Row::new(id).with("FullName", name).with("Fields", Value::Object(kinds)));
        Ok(())
    }

    /// Publishes a platform event, if the name is one. Subscribers get it when the job has ended, and not if it is undone.
    pub(super) fn publish_platform_event(
        &mut self,
        user: &Id,
        name: &str,
        body: &Map<String, Value>,
    ) -> Option<Result<Id, ApiError>> {
        let row = self.platform_event(name)?.clone();
        Some(self.publish_event(user, &row, body))
    }

    fn publish_event(&mut self, user: &Id, definition: &Row, body: &Map<String, Value>) -> Result<Id, ApiError> {
        let name = definition.text("FullName").unwrap_or_default();
        // Those that this job has published have no replay ids yet.
        let published = self.outbox.changes.iter().filter(|change| self.platform_event(&change.object).is_some());
        let number = self.bayeux.log().last_replay_id() + 1 + published.count() as u64;
        let mut event = Row::new(Id::numbered("e00", number));
        for (given, value) in body.iter().filter(|(name, _)| *name != "attributes") {
            let Some((field, kind)) =
                Self::fields_of_event(definition).find(|(known, _)| caseless::equal(known, given))
            else {
                let message = format!("No such column '{given}' on sobject of type {name}");
                return Err(ApiError::new(400, "INVALID_FIELD", message).of_fields([] as [&str; 0]));
            };
            let is_empty = value.is_null() || value.as_str() == Some("");
            if !is_empty && !fits(kind, value) {
                let message = format!("{field}: value not of required type: {value}");
                return Err(ApiError::new(400, "INVALID_TYPE_ON_FIELD_IN_RECORD", message).of_fields([field]));
            }
            event.set(field, if is_empty { Value::Null } else { value.clone() });
        }
        event.set("CreatedById", user.as_str());
        event.set("CreatedDate", datetime(self.clock.now().max(self.runtime.now())));
        let id = event.id.clone();
        let object = Name::from(name);
        self.outbox.changes.push(RowChange { object, before: None, after: Some(event), restored: false });
        Ok(id)
    }

    /// What an event of a definition carries: each field, also empty ones.
    pub(super) fn payload_of_event(definition: &Row, event: &Row) -> Vec<(SmolStr, Value)> {
        let mut payload: Vec<(SmolStr, Value)> = ["CreatedById", "CreatedDate"]
            .into_iter()
            .map(|field| (SmolStr::from(field), Self::shown_in_events(None, field, event.get(field))))
            .collect();
        payload.extend(Self::fields_of_event(definition).map(|(field, _)| (SmolStr::from(field), event.get(field))));
        payload
    }
}
