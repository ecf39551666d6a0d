//! Events that the control interface sends: as routing takes them, and with the rows that they imply.

use std::collections::BTreeMap;

use serde_json::Value;

use super::happen::Happened;
use super::records::Caller;
use super::state::Org;
use crate::plan::{Name, Time};
use crate::runtime::{Event, Owner, Refusal, Route, TimedEffect, WorkArrived};
use crate::serve::ids::Id;
use crate::serve::records::{Named, Row, datetime};

impl Org {
    /// An event happens at a time. Records that it names and clients have not made are made.
    ///
    /// # Errors
    ///
    /// If routing refuses it. What timers did until then is known to clients.
    pub(crate) fn act(&mut self, at: Time, event: &Event) -> Result<Vec<TimedEffect>, Refusal> {
        let known = self.stored(event);
        let happened = self.attempt_at(at, event.clone())?;
        match event {
            Event::WorkArrived(arrived) => self.record_arrived(arrived, at),
            Event::WorkItemUpdated { fields, .. } => self.record_updated(known.as_ref(), fields, at),
            Event::OwnerChanged { owner, .. } => {
                let owner = self.owner_id(owner);
                let fields = BTreeMap::from([(Name::from("OwnerId"), Name::from(owner.as_str()))]);
                self.record_updated(known.as_ref(), &fields, at);
            }
            Event::AgentChanged(change) => {
                self.know_user(&change.user);
                if let Some(is_active) = change.is_active {
                    self.activate(&change.user, is_active, at);
                }
            }
            Event::DataRecovered {} => {
                self.wipe_retention();
                self.forget_clients();
            }
            _ => {}
        }
        let happened: Happened = happened;
        Ok(self.tell_happened(happened))
    }

    fn owner_id(&self, owner: &Owner) -> Id {
        match owner {
            Owner::Queue(queue) => self.directory.id(Named::Queue, queue),
            Owner::User(user) => self.directory.id(Named::User, user),
        }
    }

    /// The object and id of the record that an event names, if clients know it.
    fn stored(&self, event: &Event) -> Option<(Name, Id)> {
        let (Event::WorkItemUpdated { work_item_id, .. } | Event::OwnerChanged { work_item_id, .. }) = event else {
            return None;
        };
        let id = self.item_id(work_item_id)?;
        let object = self.store.object_of(&id)?.clone();
        Some((object, id))
    }

    fn record_arrived(&mut self, arrived: &WorkArrived, at: Time) {
        let Some(described) = self.catalogue.object(&arrived.object).cloned() else { return };
        let object = Name::from(&*described.name);
        let prefix = self.directory.prefix(&object).to_owned();
        let id = self.item_id(&arrived.work_item_id).filter(|id| id.prefix() == prefix).unwrap_or_else(|| {
            let id = self.directory.id_of_parts(&object, &[&arrived.work_item_id]);
            self.alias(&arrived.work_item_id, &id);
            id
        });
        let mut row = self.store.row(&object, &id).cloned().unwrap_or_else(|| {
            let caller = Caller { user: self.actor.clone(), version: u32::MAX };
            self.new_row(&described, id.clone(), &caller, at)
        });
        self.write_fields(&object, &mut row, &arrived.fields);
        if let Route::Queue(queue) = &arrived.route {
            row.set("OwnerId", self.directory.id(Named::Queue, queue).as_str());
        }
        self.derive(&object, &mut row);
        self.put(&object, row);
    }

    fn record_updated(&mut self, known: Option<&(Name, Id)>, fields: &BTreeMap<Name, Name>, at: Time) {
        let Some((object, id)) = known else { return };
        let Some(mut row) = self.store.row(object, id).cloned() else { return };
        self.write_fields(object, &mut row, fields);
        self.derive(object, &mut row);
        row.set("LastModifiedDate", datetime(at));
        row.set("SystemModstamp", datetime(at));
        row.set("LastModifiedById", self.actor.as_str());
        self.put(object, row);
    }

    fn write_fields(&self, object: &str, row: &mut Row, fields: &BTreeMap<Name, Name>) {
        let described = self.catalogue.object(object);
        for (field, value) in fields {
            let text = Value::from(value.as_str());
            match described.and_then(|object| object.field(field)) {
                // An event may say of a record what no client could write: it stays as it was said.
                Some(field) => row.set(&field.name, self.value(field, &text).unwrap_or(text)),
                None => row.set(field, Some(value.as_str()).filter(|value| !value.is_empty())),
            }
        }
    }

    /// A user whom nobody knew before.
    fn know_user(&mut self, user: &Name) {
        if self.user(user).is_none() {
            let id = self.directory.add(Named::User, user);
            let row = self.user_row(user);
            debug_assert_eq!(row.id, id, "a user's id comes from the name");
            self.put(&Name::from("User"), row);
        }
    }

    /// A user may log in, or no longer may: sessions end then.
    fn activate(&mut self, user: &Name, is_active: bool, at: Time) {
        let id = self.directory.id(Named::User, user);
        let Some(mut row) = self.store.row("User", &id).filter(|row| row.is("IsActive") != is_active).cloned() else {
            return;
        };
        row.set("IsActive", is_active);
        row.set("LastModifiedDate", datetime(at));
        row.set("SystemModstamp", datetime(at));
        row.set("LastModifiedById", self.actor.as_str());
        self.put(&Name::from("User"), row);
        if !is_active {
            self.expire(Some(&id));
        }
    }

    /// Moves the clock, and gives what timers did.
    pub(crate) fn move_clock(&mut self, at: Time) -> Vec<TimedEffect> {
        self.clock.set(at);
        let passed = self.pass();
        // That the time was reached is to survive a restart, also if nothing was due.
        if passed.is_empty()
            && let Ok(happened) = self.attempt_at(at, Event::TimePassed {})
        {
            return self.tell_happened(happened);
        }
        passed
    }

    /// Every event that routing took, in their order.
    pub(crate) const fn history(&self) -> &super::history::History {
        &self.history
    }
}
