//! Channels of change events and platform events: which there are, what each carries.
//!
//! Sources: Change Data Capture Developer Guide (channels, filters, enrichment), Tooling API (`PlatformEventChannel`,
//! `PlatformEventChannelMember`). Which objects are selected before anybody selects one is our choice: the three that
//! external routing needs.

use std::collections::BTreeMap;

use serde_json::Value;
use smol_str::SmolStr;

use super::known::{Channels, Member};
use super::queries::Columns;
use super::state::{Org, RowChange};
use crate::caseless;
use crate::plan::Name;
use crate::serve::bayeux::{Retention, Topic};
use crate::serve::exchange::ApiError;
use crate::serve::objects::{Class, FieldType, ObjectType};
use crate::serve::records::Row;
use crate::serve::soql::{PushTopicQuery, Query, SoqlError};

/// The object of channels.
pub(super) const CHANNEL: &str = "PlatformEventChannel";
/// The object that says what a channel carries.
pub(super) const MEMBER: &str = "PlatformEventChannelMember";
/// The standard channel, which an org has without a record.
const STANDARD: &str = "ChangeEvents";
/// Objects on the standard channel that no record selects (assumed, so that external routing needs no setup).
const SELECTED: [&str; 3] = ["AgentWork", "PendingServiceRouting", "UserServicePresence"];

/// The name of the event of an object: `CaseChangeEvent`, `Order__ChangeEvent`.
pub(super) fn event_of(object: &str) -> String {
    object.strip_suffix("__c").map_or_else(|| format!("{object}ChangeEvent"), |name| format!("{name}__ChangeEvent"))
}

fn refuse(field: &str, message: impl Into<String>) -> ApiError {
    ApiError::new(400, "INVALID_INPUT", message).of_fields([field])
}

/// Whether changes of an object's records can be told: an org tells those of records, of work and of members.
fn has_changes(object: &ObjectType) -> bool {
    object.class != Class::Definition && !matches!(object.name.as_str(), CHANNEL | MEMBER | "PushTopic")
}

impl Org {
    /// The version by which events are written: the newest.
    fn newest(&self) -> u32 {
        let latest = self.options.streaming.latest_version.split('.').next();
        latest.and_then(|version| version.parse().ok()).unwrap_or(u32::MAX)
    }

    /// The object whose event has a name.
    pub(super) fn object_of_event(&self, event: &str) -> Option<&ObjectType> {
        let name = event.strip_suffix("ChangeEvent")?;
        let name = name.strip_suffix("__").map_or_else(|| name.to_owned(), |name| format!("{name}__c"));
        self.catalogue.object(&name).filter(|object| has_changes(object))
    }

    /// What a record of a member says.
    fn member(&self, row: &Row) -> Result<(Name, Member), ApiError> {
        let channel = row.text("EventChannel").unwrap_or_default();
        let selected = row.text("SelectedEntity").unwrap_or_default();
        let is_standard = channel == STANDARD;
        let kind = match channel.strip_suffix("__chn") {
            _ if is_standard => "data",
            None => return Err(refuse("EventChannel", format!("The event channel, {channel}, isn't valid."))),
            Some(name) => {
                let mut records = self.store.rows(CHANNEL);
                let found =
                    records.find(|row| row.text("DeveloperName").is_some_and(|known| caseless::equal(known, name)));
                let kind = found.and_then(|row| row.text("ChannelType"));
                kind.ok_or_else(|| {
                    refuse(
                        "EventChannel",
                        format!("The event channel, {channel}, isn't valid: create the {CHANNEL} first"),
                    )
                })?
            }
        };
        let path =
            SmolStr::from(if kind == "event" { format!("/event/{channel}") } else { format!("/data/{channel}") });
        let filter = row.text("FilterExpression").filter(|text| !text.trim().is_empty());
        let enriched = row.text("EnrichedFields").unwrap_or_default();
        if kind == "event" {
            let event = self.platform_event(selected).and_then(|event| event.text("FullName").map(Name::from));
            let Some(event) = event else {
                return Err(refuse(
                    "SelectedEntity",
                    format!("The selected entity, {selected}, isn't valid: define the platform event first"),
                ));
            };
            if filter.is_some() || !enriched.is_empty() {
                let problem = "omnic serve filters and enriches change events, and no platform events";
                return Err(refuse("FilterExpression", problem));
            }
            return Ok((event, Member { channel: path, filter: None, always: Vec::new() }));
        }
        let Some(object) = self.object_of_event(selected) else {
            return Err(refuse("SelectedEntity", format!("The selected entity, {selected}, isn't valid.")));
        };
        let filter = filter.map(|text| self.filter(object, text)).transpose()?;
        let mut always: Vec<SmolStr> =
            filter.as_ref().map(|filter| filter.filter_fields().to_vec()).unwrap_or_default();
        for name in enriched.split(',').map(str::trim).filter(|name| !name.is_empty()) {
            let field = self.column(object, name, self.newest());
            let field =
                field.ok_or_else(|| refuse("EnrichedFields", format!("No such column '{name}' on {selected}")))?;
            always.push(SmolStr::from(field.as_str()));
        }
        always.sort_unstable();
        always.dedup();
        Ok((Name::from(&*object.name), Member { channel: path, filter, always }))
    }

    /// A filter expression: what may stand in the clause WHERE of a `PushTopic`.
    fn filter(&self, object: &ObjectType, text: &str) -> Result<PushTopicQuery, ApiError> {
        let wrong = |error: SoqlError| {
            refuse("FilterExpression", format!("The filter expression isn't valid: {}", error.message))
        };
        let version = self.newest();
        let read = |condition: &str| {
            let query = format!("SELECT Id FROM {} WHERE {condition}", object.name);
            Query::parse(&query, version).and_then(|query| query.push_topic(&Columns { org: self, version }))
        };
        // Also in brackets, so that no other clause follows it.
        read(text).and_then(|_| read(&format!("({text})"))).map_err(wrong)
    }

    /// Checks a new or changed record of a channel or a member. It counts from the end of the job.
    pub(super) fn check_channel(&self, object: &str, row: &Row) -> Result<(), ApiError> {
        let name = row.text("DeveloperName").unwrap_or_default();
        match object {
            CHANNEL => {
                let is_name = name.starts_with(|first: char| first.is_ascii_alphabetic())
                    && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
                    && !name.contains("__")
                    && !name.ends_with('_');
                let what = "letters, digits and single underscores, a letter first; with __chn in FullName alone";
                if is_name {
                    Ok(())
                } else {
                    Err(refuse("DeveloperName", format!("`{name}`: a channel's name has {what}")))
                }
            }
            MEMBER => {
                let (entity, member) = self.member(row)?;
                let same = |other: &&Row| {
                    let is =
                        self.member(other).is_ok_and(|(of, known)| of == entity && known.channel == member.channel);
                    other.id != row.id && is
                };
                match self.store.rows(MEMBER).find(same) {
                    None => Ok(()),
                    Some(other) => {
                        let message = format!("The channel has this entity already, by the record {}", other.id);
                        Err(ApiError::new(400, "DUPLICATE_VALUE", message).of_fields(["SelectedEntity"]))
                    }
                }
            }
            _ => Ok(()),
        }
    }

    /// The name that a member gets if none is written.
    pub(super) fn name_member(row: &mut Row) {
        if row.text("DeveloperName").is_none()
            && let (Some(channel), Some(entity)) = (row.text("EventChannel"), row.text("SelectedEntity"))
        {
            let name = format!("{}_{entity}", channel.replace("__", "_"));
            row.set("DeveloperName", name);
        }
    }

    /// What a job has done to channels, members and platform events counts now.
    pub(super) fn settle_channels(&mut self, changes: &[RowChange]) {
        let concerns =
            |change: &RowChange| matches!(&*change.object, CHANNEL | MEMBER | super::platform_events::DEFINITION);
        if changes.iter().any(concerns) {
            self.restore_channels();
        }
    }

    /// Makes the channels of the records that are there; others end.
    pub(super) fn restore_channels(&mut self) {
        let mut members: BTreeMap<Name, Vec<Member>> = BTreeMap::new();
        for row in self.store.rows(MEMBER) {
            // Of a channel or an object that is no longer there, nothing is carried.
            if let Ok((entity, member)) = self.member(row) {
                members.entry(entity).or_default().push(member);
            }
        }
        let standard = format!("/data/{STANDARD}");
        for object in SELECTED {
            let own = members.entry(Name::from(object)).or_default();
            if !own.iter().any(|member| member.channel == standard) {
                own.push(Member { channel: SmolStr::from(&*standard), filter: None, always: Vec::new() });
            }
        }
        let mut known = vec![SmolStr::from(&*standard)];
        for (entity, members) in &mut members {
            // Whoever wants one object alone has its own channel.
            if members.iter().any(|member| member.channel == standard) {
                let channel = SmolStr::from(format!("/data/{}", event_of(entity)));
                known.push(channel.clone());
                members.push(Member { channel, filter: None, always: Vec::new() });
            }
        }
        for row in self.store.rows(CHANNEL) {
            let kind = if row.text("ChannelType") == Some("event") { "event" } else { "data" };
            known.push(SmolStr::from(format!("/{kind}/{}__chn", row.text("DeveloperName").unwrap_or_default())));
        }
        for event in self.platform_events() {
            let name = event.text("FullName").unwrap_or_default();
            let channel = SmolStr::from(format!("/event/{name}"));
            known.push(channel.clone());
            members.entry(Name::from(name)).or_default().push(Member { channel, filter: None, always: Vec::new() });
        }
        for channel in &known {
            self.bayeux.add_topic(Topic {
                channel: channel.clone(),
                fields: Vec::new(),
                retention: Retention::ThreeDays,
            });
            if let Some(name) = channel.strip_suffix("__chn") {
                // The developer guide's text writes one underscore.
                self.bayeux.add_spelling(&format!("{name}_chn"), channel);
            }
        }
        for gone in self.channels.known.iter().filter(|channel| !known.contains(channel)) {
            self.bayeux.remove_topic(gone);
        }
        let name = |entity: &Name| if entity.ends_with("__e") { entity.to_string() } else { event_of(entity) };
        let schema = |entity: &Name| Some((entity.clone(), self.schema_id(&name(entity))?));
        let schemas = members.keys().filter_map(schema).collect();
        self.channels = Channels { members, schemas, known };
    }

    /// The channels that there are.
    pub(crate) fn channel_names(&self) -> Vec<String> {
        self.channels.known.iter().map(ToString::to_string).collect()
    }

    /// A value as events show it: times end in `Z`.
    pub(super) fn shown_in_events(object: Option<&ObjectType>, field: &str, value: Value) -> Value {
        let is_time =
            object.and_then(|object| object.field(field)).is_some_and(|field| field.kind == FieldType::Datetime)
                || field == "CreatedDate";
        match value.as_str().filter(|_| is_time).and_then(|text| text.strip_suffix("+0000")) {
            Some(time) => Value::from(format!("{time}Z")),
            None => value,
        }
    }
}
