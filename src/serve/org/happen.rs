//! What happens: time passes, the runtime takes events, and its effects become changes of rows.

use std::borrow::Cow;

use super::state::{Entry, Org, RowChange, Shadow};
use crate::plan::{Name, Time};
use crate::runtime::{AgentWorkId, Change, Effect, Event, Owner, PendingServiceRoutingId, Refusal, Timed, TimedEffect};
use crate::serve::ids::Id;
use crate::serve::records::{Named, Row, datetime, pending_service_routing};

/// An event that the runtime took, whose effects clients have not been told yet.
#[must_use]
pub(super) struct Happened {
    /// What timers did until then: clients know it.
    pub passed: Vec<TimedEffect>,
    /// What the event did.
    pub effects: Vec<TimedEffect>,
}

impl Org {
    /// Lets time pass until now: timers fire one by one, so that what each changes is told.
    pub(crate) fn pass(&mut self) -> Vec<TimedEffect> {
        let now = self.clock.now();
        self.pass_until(now)
    }

    fn pass_until(&mut self, until: Time) -> Vec<TimedEffect> {
        let mut all = Vec::new();
        while self.runtime.next_due().is_some_and(|due| due <= until) {
            let outcome = self.runtime.pass(until, 1);
            if outcome.timers == 0 && outcome.effects.is_empty() {
                break;
            }
            self.tell(&outcome.effects);
            all.extend(outcome.effects);
        }
        if !all.is_empty() {
            // So that a restart comes to the same.
            let at = self.runtime.now();
            self.note(at, Event::TimePassed {});
        }
        all
    }

    fn note(&mut self, at: Time, event: Event) {
        let timed = Timed { at, event };
        self.history.push(&timed);
        self.outbox.entries.push(Entry::Happened { at, by: self.actor.clone(), event: timed.event });
    }

    /// The runtime takes an event now. Its effects are to be told by [`Org::tell_happened`].
    pub(super) fn attempt(&mut self, event: Event) -> Result<Happened, Refusal> {
        let at = self.clock.now().max(self.runtime.now());
        self.attempt_at(at, event)
    }

    /// The runtime takes an event at a time.
    pub(super) fn attempt_at(&mut self, at: Time, event: Event) -> Result<Happened, Refusal> {
        if at < self.runtime.now() {
            return Err(Refusal::TimeRunsBackward { at, now: self.runtime.now() });
        }
        let passed = self.pass_until(at);
        match self.runtime.apply(at, &event) {
            Ok(effects) => {
                // That time passed was noted, if anything was due.
                if event != (Event::TimePassed {}) || passed.is_empty() {
                    self.note(at, event);
                }
                Ok(Happened { passed, effects })
            }
            Err(refused) => {
                self.tell(&refused.effects);
                Err(refused.refusal)
            }
        }
    }

    /// The runtime takes an event now, and clients are told.
    pub(super) fn happen(&mut self, event: Event) -> Result<Vec<TimedEffect>, Refusal> {
        let happened = self.attempt(event)?;
        Ok(self.tell_happened(happened))
    }

    pub(super) fn tell_happened(&mut self, happened: Happened) -> Vec<TimedEffect> {
        self.tell(&happened.effects);
        let Happened { mut passed, effects } = happened;
        passed.extend(effects);
        passed
    }

    /// The changes of rows that effects are.
    fn tell(&mut self, effects: &[TimedEffect]) {
        if self.consoles.are_open(self.clock.real()) {
            self.outbox.effects.extend_from_slice(effects);
        } else {
            self.consoles.miss(effects.len());
        }
        for (at, timed) in effects.iter().enumerate() {
            let when = timed.at;
            match &timed.effect {
                Effect::OwnerChanged { work_item_id, owner } | Effect::Overflowed { work_item_id, owner, .. } => {
                    self.own(work_item_id, owner, when);
                }
                Effect::PendingServiceRouting { change, id, serial, is_pushed, .. } => {
                    let told = effects.get(at + 1..).and_then(|rest| streamed(rest, *id, *serial));
                    let row = match (change, told) {
                        (Change::Deleted, _) => None,
                        (_, Some(request)) => Some(pending_service_routing(request, &self.directory)),
                        (_, None) => self.runtime.pending_service_routing(*id).map(|request| {
                            // As it was then: more may have happened in this event.
                            let row = pending_service_routing(&request, &self.directory);
                            row.with("Serial", *serial).with("IsPushed", *is_pushed)
                        }),
                    };
                    let key = Id::numbered(self.directory.prefix("PendingServiceRouting"), id.0);
                    self.change("PendingServiceRouting", &key, row, when);
                }
                Effect::AgentWorkCreated { id, status, .. } => {
                    self.work_changed(*id, Some(&format!("{status:?}")), when);
                    for skill in self.runtime.agent_work_skills(*id) {
                        let row = self.as_told(crate::serve::records::agent_work_skill(&skill, &self.directory));
                        self.told("AgentWorkSkill", None, Some(row));
                    }
                }
                Effect::AgentWorkEnded { id, status, .. } => {
                    self.work_changed(*id, Some(&format!("{status:?}")), when);
                }
                Effect::AgentWorkOpened { id, work_item_id, user_id, .. } => {
                    self.work_changed(*id, Some("Opened"), when);
                    self.chat_accepted(work_item_id, user_id, when);
                }
                Effect::AgentWorkPaused { id, .. }
                | Effect::AfterConversationWork { id, .. }
                | Effect::AfterConversationWorkEnded { id, .. } => self.work_changed(*id, None, when),
                Effect::AgentWorkDeleted { id } => {
                    let key = Id::numbered(self.directory.prefix("AgentWork"), id.0);
                    self.change("AgentWork", &key, None, when);
                }
                Effect::AgentWorkUndeleted { id } => {
                    self.is_restoring = true;
                    self.work_changed(*id, None, when);
                    self.is_restoring = false;
                }
                Effect::AgentWorkSkillDeleted { agent_work_id, skill_id } => {
                    let id = self.directory.id_of_parts("AgentWorkSkill", &[&agent_work_id.to_string(), skill_id]);
                    let work = Id::numbered(self.directory.prefix("AgentWork"), agent_work_id.0);
                    let skill = self.directory.id(Named::Skill, skill_id);
                    let row = Row::new(id).with("AgentWorkId", work.as_str()).with("SkillId", skill.as_str());
                    self.store.bin("AgentWorkSkill", row, when);
                }
                Effect::AgentWorkSkillUndeleted { agent_work_id, skill_id } => {
                    let id = self.directory.id_of_parts("AgentWorkSkill", &[&agent_work_id.to_string(), skill_id]);
                    self.store.unbin("AgentWorkSkill", &id);
                }
                Effect::AgentChanged { user } | Effect::SkillsChanged { user, .. } => {
                    self.people.refresh(user, &self.runtime);
                }
                Effect::UserServicePresenceDeleted { id } => {
                    let key = Id::numbered(self.directory.prefix("UserServicePresence"), id.0);
                    self.change("UserServicePresence", &key, None, when);
                }
                Effect::UserServicePresenceStarted { id, .. }
                | Effect::UserServicePresenceEnded { id, .. }
                | Effect::UserServicePresenceUndeleted { id } => {
                    let key = Id::numbered(self.directory.prefix("UserServicePresence"), id.0);
                    let row = self.presence(id.0);
                    self.is_restoring = matches!(timed.effect, Effect::UserServicePresenceUndeleted { .. });
                    self.change("UserServicePresence", &key, row, when);
                    self.is_restoring = false;
                }
                _ => {}
            }
        }
    }

    fn work_changed(&mut self, id: AgentWorkId, status: Option<&str>, when: Time) {
        let key = Id::numbered(self.directory.prefix("AgentWork"), id.0);
        let work = self.runtime.agent_work(id);
        let row = work.map(|work| crate::serve::records::agent_work(&work, &self.directory));
        let row = match (row, status) {
            (Some(row), Some(status)) => Some(row.with("Status", status)),
            (row, _) => row,
        };
        self.change("AgentWork", &key, row, when);
    }

    /// A record of routing was created, updated or deleted.
    fn change(&mut self, object: &str, key: &Id, row: Option<Row>, when: Time) {
        self.highest = self.highest.max(key.number().unwrap_or(0));
        let before = self.shadows.get(key).map(|shadow| shadow.row.clone());
        let after = row.map(|row| {
            let changed = (when, self.actor.clone());
            let made = self.shadows.get(key).map_or_else(|| changed.clone(), |shadow| shadow.made.clone());
            let row = self.as_told_of(row, &made, &changed);
            self.shadows.insert(key.clone(), Shadow { row: row.clone(), made, changed });
            row
        });
        self.shadow_index.change(object, before.as_ref(), after.as_ref());
        if after.is_none() {
            self.shadows.remove(key);
            // Requests are gone when they are answered (assumed: an org keeps none of them in the recycle bin).
            if let Some(row) = before.clone().filter(|_| object != "PendingServiceRouting") {
                self.store.bin(object, row, when);
            }
        } else if self.is_restoring {
            self.store.unbin(object, key);
        }
        if before.is_some() || after.is_some() {
            let restored = before.is_none() && self.is_restoring;
            self.outbox.changes.push(RowChange { object: Name::from(object), before, after, restored });
        }
    }

    /// A row changed that nothing keeps.
    pub(super) fn told(&mut self, object: &str, before: Option<Row>, after: Option<Row>) {
        if before != after {
            self.outbox.changes.push(RowChange { object: Name::from(object), before, after, restored: false });
        }
    }

    /// A record gets another owner by routing.
    fn own(&mut self, item: &str, owner: &Owner, when: Time) {
        let owner = match owner {
            Owner::Queue(queue) => self.directory.id(Named::Queue, queue),
            Owner::User(user) => self.directory.id(Named::User, user),
        };
        self.rewrite(item, when, &[("OwnerId", owner.as_str())]);
    }

    /// The second rep of the guide's agent transfer accepts: the transcript is theirs, and in progress.
    fn chat_accepted(&mut self, item: &str, user: &str, when: Time) {
        let is_chat = self.item_id(item).is_some_and(|id| self.store.row("LiveChatTranscript", &id).is_some());
        if is_chat {
            let owner = self.directory.id(Named::User, user);
            self.rewrite(item, when, &[("OwnerId", owner.as_str()), ("Status", "InProgress")]);
        }
    }

    fn rewrite(&mut self, item: &str, when: Time, fields: &[(&str, &str)]) {
        let Some(id) = self.item_id(item) else { return };
        let Some(object) = self.store.object_of(&id).cloned() else { return };
        let Some(row) = self.store.row(&object, &id) else { return };
        if fields.iter().all(|(field, value)| row.text(field) == Some(value)) {
            return;
        }
        let mut after = row.clone();
        for (field, value) in fields {
            after.set(field, *value);
        }
        after.set("LastModifiedDate", datetime(when));
        after.set("SystemModstamp", datetime(when));
        after.set("LastModifiedById", self.actor.as_str());
        self.put(&object, after);
    }

    /// Writes a row, for the journal and for subscribers.
    pub(super) fn put(&mut self, object: &Name, row: Row) {
        let before = self.store.row(object, &row.id).cloned();
        let restored = before.is_none() && self.store.deleted_row(object, &row.id).is_some();
        self.outbox.entries.push(Entry::Put { object: object.clone(), row: row.clone() });
        self.outbox.changes.push(RowChange { object: object.clone(), before, after: Some(row.clone()), restored });
        self.store.put(object, row);
    }

    /// Moves a row to the recycle bin.
    pub(super) fn remove(&mut self, object: &Name, id: &Id) {
        let at = self.clock.now().max(self.runtime.now());
        if let Some(before) = self.store.remove(object, id, at) {
            self.outbox.entries.push(Entry::Removed { object: object.clone(), id: id.clone(), at });
            let change = RowChange { object: object.clone(), before: Some(before), after: None, restored: false };
            self.outbox.changes.push(change);
        }
    }

    /// A row by its id, wherever its object keeps it.
    pub(crate) fn find(&self, id: &Id) -> Option<(Name, Cow<'_, Row>)> {
        let object = self.object_of(id)?;
        let row = self.row(&object, id)?;
        Some((object, row))
    }
}

/// The record that the streaming event of a change shows.
fn streamed(
    rest: &[TimedEffect],
    of: PendingServiceRoutingId,
    number: u32,
) -> Option<&crate::runtime::records::PendingServiceRouting> {
    rest.iter().find_map(|timed| match &timed.effect {
        Effect::Streaming { event } if event.sobject.id == of && event.sobject.serial == number => Some(&event.sobject),
        _ => None,
    })
}
