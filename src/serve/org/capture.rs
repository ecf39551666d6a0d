//! Change Data Capture: the events that changes of rows are, with their headers.
//!
//! Sources: Change Data Capture Developer Guide ("Change Event Header Fields", "Merged Change Events", "Gap Events",
//! "Overflow Events", "Enrich Change Events", "Change Event Filters"). A job is a transaction. What merges, beyond that
//! "the same change" of records of one object does, is assumed: the same values, one after the other.

use std::sync::Arc;

use serde_json::{Map, Value, json};
use smol_str::SmolStr;

use super::channels::event_of;
use super::faults::EventFault;
use super::queries::Seen;
use super::state::{Org, RowChange};
use crate::plan::Name;
use crate::serve::bayeux::{Body, Event, When};
use crate::serve::ids::Id;

/// Fields that change events do not have.
const LEFT_OUT: [&str; 2] = ["IsDeleted", "SystemModstamp"];
/// What stands for the records of an overflow.
const NO_RECORD: &str = "000000000000000AAA";

type Fields = Vec<(SmolStr, Value)>;

/// A change, ready to be published.
#[derive(Debug, PartialEq)]
struct Captured {
    entity: Name,
    kind: String,
    ids: Vec<String>,
    changed: Vec<SmolStr>,
    user: String,
    /// What each group of channels is told: the channels, and the fields.
    told: Vec<(Vec<SmolStr>, Fields)>,
}

impl Captured {
    /// Takes the records of a like change. False if it is another change.
    fn merge(&mut self, other: &Self) -> bool {
        let is_same = self.kind == other.kind
            && self.changed == other.changed
            && self.user == other.user
            && self.told == other.told
            && other.ids.iter().all(|id| !self.ids.contains(id));
        if is_same {
            self.ids.extend(other.ids.iter().cloned());
        }
        is_same
    }
}

impl Org {
    /// Publishes what change events and platform events tell of changes; gives the events for the journal.
    pub(super) fn capture(&mut self, changes: &[RowChange], when: When) -> Vec<Arc<Event>> {
        let mut captured: Vec<Captured> = Vec::new();
        let mut published = Vec::new();
        for change in changes {
            if self.platform_event(&change.object).is_some() {
                published.extend(self.tell_platform_event(change, when));
                continue;
            }
            let Some(mut one) = self.captured(change) else { continue };
            if self.faults.meet_event(EventFault::Gap, &channel_of(&one.entity)) {
                one.kind = format!("GAP_{}", one.kind);
                one.changed.clear();
                one.told = vec![(one.told.into_iter().flat_map(|(channels, _)| channels).collect(), Vec::new())];
            }
            let last = captured.iter_mut().rev().find(|last| last.entity == one.entity);
            if !last.is_some_and(|last| last.merge(&one)) {
                captured.push(one);
            }
        }
        if !captured.is_empty() && self.faults.meet_event(EventFault::Overflow, "") {
            overflow(&mut captured);
        }
        let transaction = self.bayeux.log().last_replay_id() + 1;
        for (number, one) in captured.into_iter().enumerate() {
            published.extend(self.tell_change(&one, transaction, number + 1, when));
        }
        published
    }

    /// A change as the channels of its object tell it; none if none does.
    fn captured(&self, change: &RowChange) -> Option<Captured> {
        let members = self.channels.members.get(&change.object)?;
        let row = change.after.as_ref().or(change.before.as_ref())?;
        let object = self.catalogue.object(&change.object)?;
        let (kind, changed): (&str, Vec<Name>) = match (&change.before, &change.after) {
            (None, Some(_)) => (if change.restored { "UNDELETE" } else { "CREATE" }, Vec::new()),
            (Some(before), Some(after)) => ("UPDATE", after.changed(before)),
            (_, None) => ("DELETE", Vec::new()),
        };
        let is_left_out = |field: &Name| LEFT_OUT.contains(&field.as_str());
        let changed: Vec<SmolStr> =
            changed.iter().filter(|field| !is_left_out(field)).map(|field| SmolStr::from(field.as_str())).collect();
        if kind == "UPDATE" && changed.iter().all(|field| field == "LastModifiedDate" || field == "LastModifiedById") {
            // A write that changes nothing is no change.
            return None;
        }
        let has = |field: &str| match kind {
            "UPDATE" => field == "LastModifiedDate" || changed.iter().any(|name| name == field),
            "DELETE" => false,
            _ => row.fields.contains_key(field),
        };
        let described = object.fields().map(|field| SmolStr::from(&*field.name));
        let written = row.fields.keys().chain(change.before.iter().flat_map(|before| before.fields.keys()));
        let mut names: Vec<SmolStr> = described.collect();
        for name in written {
            if object.field(name).is_none() && !names.iter().any(|known| known == name.as_str()) {
                names.push(SmolStr::from(name.as_str()));
            }
        }
        names.retain(|name| name != "Id" && !LEFT_OUT.contains(&name.as_str()));
        let context = self.context();
        let mut told: Vec<(Vec<SmolStr>, Fields)> = Vec::new();
        for member in members {
            let seen = Seen::new(std::borrow::Cow::Borrowed(row), Some(object));
            if member.filter.as_ref().is_some_and(|filter| !filter.matches(&seen, &context)) {
                continue;
            }
            let always = |name: &SmolStr| member.always.contains(name) && row.fields.contains_key(name.as_str());
            let shown = names.iter().filter(|name| has(name) || always(name));
            let fields: Fields =
                shown.map(|name| (name.clone(), Self::shown_in_events(Some(object), name, row.get(name)))).collect();
            match told.iter_mut().find(|(_, known)| *known == fields) {
                Some((channels, _)) => channels.push(member.channel.clone()),
                None => told.push((vec![member.channel.clone()], fields)),
            }
        }
        let user = row.text("LastModifiedById").filter(|_| kind != "DELETE").unwrap_or(self.actor.as_str()).to_owned();
        let changed = if kind == "UPDATE" { with_date(changed) } else { changed };
        let (entity, ids) = (change.object.clone(), vec![row.id.to_string()]);
        (!told.is_empty()).then(|| Captured { entity, kind: kind.to_owned(), ids, changed, user, told })
    }

    fn tell_change(&mut self, one: &Captured, transaction: u64, number: usize, when: When) -> Vec<Arc<Event>> {
        let schema = self.channels.schemas.get(&one.entity).cloned().unwrap_or_default();
        let header = json!({
            "entityName": one.entity.as_str(),
            "recordIds": one.ids,
            "changeType": one.kind,
            "changedFields": one.changed,
            "changeOrigin": self.origin,
            "transactionKey": key(&self.organization(), transaction),
            "sequenceNumber": number,
            "commitTimestamp": when.org.as_millisecond(),
            "commitUser": one.user,
            "commitNumber": transaction,
        });
        let mut published = Vec::new();
        for (channels, fields) in &one.told {
            let Some((first, also)) = channels.split_first() else { continue };
            let mut payload: Fields = vec![(SmolStr::new_static("ChangeEventHeader"), header.clone())];
            payload.extend(compound(&one.entity, fields));
            let body = Body::Change { schema: &schema, payload: &payload };
            published.extend(self.bayeux.publish_on(first, also, body, when).ok());
        }
        published
    }

    fn tell_platform_event(&mut self, change: &RowChange, when: When) -> Option<Arc<Event>> {
        let event = change.after.as_ref()?;
        let payload = Self::payload_of_event(self.platform_event(&change.object)?, event);
        let schema = self.channels.schemas.get(&change.object).cloned().unwrap_or_default();
        let members = self.channels.members.get(&change.object)?;
        let channels: Vec<SmolStr> = members.iter().map(|member| member.channel.clone()).collect();
        let (first, also) = channels.split_first()?;
        self.bayeux.publish_on(first, also, Body::Change { schema: &schema, payload: &payload }, when).ok()
    }
}

fn channel_of(entity: &str) -> String {
    format!("/data/{}", event_of(entity))
}

/// The fields that an update changed: the time is always among them.
fn with_date(mut changed: Vec<SmolStr>) -> Vec<SmolStr> {
    if !changed.iter().any(|field| field == "LastModifiedDate") {
        changed.push(SmolStr::new_static("LastModifiedDate"));
    }
    changed
}

/// One event for each object, without records.
fn overflow(captured: &mut Vec<Captured>) {
    let mut seen: Vec<Name> = Vec::new();
    captured.retain(|one| {
        let is_new = !seen.contains(&one.entity);
        seen.push(one.entity.clone());
        is_new
    });
    for one in captured {
        "GAP_OVERFLOW".clone_into(&mut one.kind);
        one.ids = vec![NO_RECORD.to_owned()];
        one.changed.clear();
        let channels = std::mem::take(&mut one.told).into_iter().flat_map(|(channels, _)| channels);
        one.told = vec![(channels.collect(), Vec::new())];
    }
}

/// The key of a transaction in the form of an org's: it comes from the org and the number.
fn key(organization: &Id, transaction: u64) -> String {
    let sum =
        organization.as_str().bytes().fold(0_u64, |sum, byte| sum.wrapping_mul(131).wrapping_add(u64::from(byte)));
    format!(
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        transaction >> 32,
        (transaction >> 16) & 0xffff,
        transaction & 0xffff,
        (sum >> 48) & 0xffff,
        sum & 0xffff_ffff_ffff
    )
}

/// The name of a person is a compound in change events.
fn compound(entity: &str, fields: &Fields) -> Fields {
    const PARTS: [&str; 3] = ["Salutation", "FirstName", "LastName"];
    if !matches!(entity, "Contact" | "Lead") {
        return fields.clone();
    }
    let parts = fields.iter().filter(|(name, _)| PARTS.contains(&name.as_str()));
    let name: Map<String, Value> = parts.map(|(name, value)| (name.to_string(), value.clone())).collect();
    let others = fields.iter().filter(|(name, _)| name != "Name" && !PARTS.contains(&name.as_str())).cloned();
    let mut fields: Fields = others.collect();
    if !name.is_empty() {
        fields.push((SmolStr::new_static("Name"), Value::Object(name)));
    }
    fields
}
