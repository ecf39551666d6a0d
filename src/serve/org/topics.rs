//! `PushTopic`s: which changes of rows they report, and what their events hold.

use serde_json::Value;
use smol_str::SmolStr;

use super::known::Known;
use super::queries::{Columns, Seen};
use super::state::{Org, RowChange};
use crate::runtime::records::AgentWorkStatus;
use crate::serve::bayeux::{
    Body, Change, Event, EventKind, NotifyForFields, Operation, Operations, PushTopic, Retention, Topic, When,
};
use crate::serve::exchange::ApiError;
use crate::serve::ids::Id;
use crate::serve::records::Row;
use crate::serve::soql::Query;

/// The longest name of a `PushTopic`.
const LONGEST_NAME: usize = 25;

fn wrong(code: &str, field: &str, message: impl Into<String>) -> ApiError {
    ApiError::new(400, code, message).of_fields([field])
}

impl Org {
    /// The times as streaming takes them.
    pub(super) fn when(&self) -> When {
        When { real_ms: u64::try_from(self.clock.real()).unwrap_or(0), org: self.context().now }
    }

    fn known(&self, row: &Row) -> Result<Known, ApiError> {
        let name = row.text("Name").unwrap_or_default();
        if name.is_empty() || name.chars().count() > LONGEST_NAME {
            let message = format!("Name: the name of a topic has 1 to {LONGEST_NAME} characters");
            return Err(wrong("INVALID_FIELD", "Name", message));
        }
        let version = row.fields.get("ApiVersion").map(Value::to_string).unwrap_or_default();
        let version = version.split('.').next().and_then(|version| version.parse().ok()).unwrap_or_default();
        let text = row.text("Query").unwrap_or_default();
        let of_query = |error: crate::serve::soql::SoqlError| wrong("INVALID_FIELD", "Query", error.message);
        let columns = Columns { org: self, version };
        let query = Query::parse(text, version).and_then(|query| query.push_topic(&columns)).map_err(of_query)?;
        let is = |operation: &str| {
            let field = format!("NotifyForOperation{operation}");
            row.fields.get(field.as_str()).and_then(Value::as_bool).unwrap_or(true)
        };
        let operations =
            Operations { create: is("Create"), update: is("Update"), delete: is("Delete"), undelete: is("Undelete") };
        let notify = row.text("NotifyForFields").unwrap_or("Referenced");
        let Some(notify) = NotifyForFields::from_name(notify) else {
            return Err(wrong("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", "NotifyForFields", "no such value"));
        };
        let (selected, filtered) = (query.fields().to_vec(), query.filter_fields().to_vec());
        let decision = PushTopic { operations, notify, selected, filtered };
        decision.check().map_err(|error| wrong("INVALID_FIELD", "NotifyForFields", error.to_string()))?;
        Ok(Known { channel: SmolStr::from(format!("/topic/{name}")), query, decision })
    }

    /// Checks a new or changed record of an object, if it is a topic or a channel. It counts from the end of the job on.
    pub(super) fn check_topic(&self, object: &str, row: &Row) -> Result<(), ApiError> {
        if object == "PushTopic" {
            self.known(row)?;
        }
        self.check_channel(object, row)
    }

    /// Takes a record for a topic: one that is not active, or that the plan no longer has fields for, ends it.
    fn take_topic(&mut self, row: &Row) {
        let is_active = row.fields.get("IsActive").and_then(Value::as_bool).unwrap_or(true);
        let known = self.known(row).ok().filter(|_| is_active);
        let channel = known.as_ref().map(|known| known.channel.clone());
        if let Some(old) = self.topics.remove(&row.id).filter(|old| Some(&old.channel) != channel.as_ref()) {
            self.bayeux.remove_topic(&old.channel);
        }
        if let Some(known) = known {
            let fields = known.query.fields().to_vec();
            self.bayeux.add_topic(Topic { channel: known.channel.clone(), fields, retention: Retention::Day });
            self.topics.insert(row.id.clone(), known);
        }
    }

    /// What the job has done to records of topics counts now: it is not undone any more.
    fn settle_topics(&mut self, changes: &[RowChange]) {
        for change in changes.iter().filter(|change| change.object == "PushTopic") {
            match (&change.before, &change.after) {
                (_, Some(row)) => self.take_topic(row),
                (Some(row), None) => {
                    if let Some(old) = self.topics.remove(&row.id) {
                        self.bayeux.remove_topic(&old.channel);
                    }
                }
                (None, None) => {}
            }
        }
    }

    /// Makes the topics of the records that are there; others end.
    pub(super) fn restore_topics(&mut self) {
        let before = std::mem::take(&mut self.topics);
        let rows: Vec<Row> = self.store.rows("PushTopic").cloned().collect();
        for row in rows {
            self.take_topic(&row);
        }
        for old in before.into_values() {
            if !self.topics.values().any(|known| known.channel == old.channel) {
                self.bayeux.remove_topic(&old.channel);
            }
        }
        self.restore_channels();
    }

    /// Publishes what topics report of changes; gives the events for the journal.
    pub(super) fn publish(&mut self, changes: &[RowChange]) -> Vec<std::sync::Arc<Event>> {
        self.settle_topics(changes);
        self.settle_channels(changes);
        let when = self.when();
        let context = self.context();
        let mut published = Vec::new();
        for change in changes {
            let operation = match (&change.before, &change.after) {
                (None, Some(_)) if change.restored => Operation::Undelete,
                (None, _) => Operation::Create,
                (Some(_), Some(_)) => Operation::Update,
                (Some(_), None) => Operation::Delete,
            };
            let differing = match (&change.before, &change.after) {
                (Some(before), Some(after)) => after.changed(before),
                _ => Vec::new(),
            };
            for known in self.topics.values().filter(|known| known.query.object() == change.object) {
                let matches = |row: &Option<Row>| {
                    row.as_ref().is_some_and(|row| {
                        known.query.matches(&Seen::new(std::borrow::Cow::Borrowed(row), None), &context)
                    })
                };
                let (matched_before, matches_now) = (matches(&change.before), matches(&change.after));
                let fired =
                    known.decision.fires(&Change { operation, matched_before, matches_now, changed: &differing });
                let Some(row) = change.after.as_ref().or(change.before.as_ref()).filter(|_| fired) else { continue };
                let kind = match operation {
                    Operation::Create => EventKind::Created,
                    Operation::Update => EventKind::Updated,
                    Operation::Delete => EventKind::Deleted,
                    Operation::Undelete => EventKind::Undeleted,
                };
                let fields = known.query.fields().iter();
                let sobject: Vec<(SmolStr, Value)> =
                    fields.map(|name| (name.clone(), streamed(&change.object, name, row.get(name)))).collect();
                if let Ok(event) = self.bayeux.publish(&known.channel, Body::Topic { kind, sobject: &sobject }, when) {
                    published.push(event);
                }
            }
        }
        published.extend(self.capture(changes, when));
        published
    }
}

/// A value as streaming shows it: the status of an `AgentWork` by its number (guide, "Integrate External Routing").
fn streamed(object: &str, field: &str, value: Value) -> Value {
    if object == "AgentWork" && field == "Status" {
        let status = serde_json::from_value::<AgentWorkStatus>(value.clone());
        return status.map_or(value, |status| Value::from(status.database_value()));
    }
    value
}

impl Org {
    /// Hands a request of a streaming client on.
    pub(crate) fn streaming(&mut self, post: &crate::serve::bayeux::Request<'_>) -> crate::serve::bayeux::Reply {
        let when = self.when();
        let handled = self.bayeux.handle(post, when);
        self.releases.extend(handled.released);
        handled.reply
    }

    /// Streaming forgets its clients: 403, unknown client.
    pub(crate) fn forget_clients(&mut self) {
        let when = self.when();
        let released = self.bayeux.forget_clients(when);
        self.releases.extend(released);
    }

    /// Nothing is retained any more, as if its time were over.
    pub(crate) fn wipe_retention(&mut self) {
        self.bayeux.wipe();
        self.must_snapshot = true;
    }

    /// Streaming answers 503, or does so no longer.
    pub(crate) fn set_streaming_busy(&mut self, is_busy: bool) {
        self.bayeux.set_busy(is_busy);
    }

    /// Whether streaming answers 503.
    pub(crate) const fn is_streaming_busy(&self) -> bool {
        self.bayeux.is_busy()
    }

    /// The server ends: whoever waits is answered.
    pub(crate) fn say_farewell(&mut self) {
        self.forget_clients();
        self.consoles.end();
    }

    /// Ends sessions: those of one user, or all but those that control.
    pub(crate) fn expire(&mut self, user: Option<&Id>) {
        self.consoles.stir();
        let when = self.when();
        for session in self.sessions.expire(user) {
            let released = self.bayeux.sign_out(session.user.as_str(), when);
            self.releases.extend(released);
        }
    }

    /// A session ends by its token.
    pub(crate) fn end_session(&mut self, token: &str) -> bool {
        self.consoles.stir();
        let when = self.when();
        let ended = self.sessions.end(token);
        if let Some(session) = &ended
            && !self.sessions.has(&session.user)
        {
            let released = self.bayeux.sign_out(session.user.as_str(), when);
            self.releases.extend(released);
        }
        ended.is_some()
    }
}
