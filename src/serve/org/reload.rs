//! Another plan: made again from its files, or the same one from the beginning.

use std::collections::BTreeMap;

use super::people::People;
use super::state::{DEFINED, Org, StartError};
use crate::plan::{Name, Plan, Time};
use crate::runtime::records::AgentWorkStatus;
use crate::serve::exchange::ApiError;
use crate::serve::objects::Class;
use crate::serve::records::{Row, definitions};

impl Org {
    /// Begins again, with nothing but the plan.
    ///
    /// # Errors
    ///
    /// If the plan is refused: it was not before.
    pub(crate) fn reset(&mut self) -> Result<(), ApiError> {
        let plan = self.plan.clone();
        self.replace_plan(plan, false).map_err(|problem| ApiError::new(500, "UNKNOWN_EXCEPTION", problem.to_string()))
    }

    /// Takes another plan. With `keep`, records that clients wrote stay; reps are logged out either way.
    fn replace_plan(&mut self, plan: Plan, keep: bool) -> Result<(), StartError> {
        let highest = if keep { self.highest } else { 0 };
        let at = if keep { self.runtime.now() } else { Time::BEGINNING };
        let prefixes = if keep { self.store.custom_prefixes() } else { BTreeMap::new() };
        let mut fresh = Self::after(plan, self.options.clone(), highest, &prefixes)?;
        let when = self.when();
        let released = self.bayeux.forget_clients(when);
        self.releases.extend(released);
        std::mem::swap(&mut fresh.bayeux, &mut self.bayeux);
        if !keep {
            fresh.bayeux.wipe();
            for known in self.topics.values() {
                fresh.bayeux.remove_topic(&known.channel);
            }
        }
        // Streaming knows these, so that those of records that are gone can end.
        fresh.channels = std::mem::take(&mut self.channels);
        fresh.clock = self.clock;
        fresh.sessions = std::mem::take(&mut self.sessions);
        fresh.access = std::mem::take(&mut self.access);
        fresh.faults = std::mem::take(&mut self.faults);
        fresh.requests = std::mem::take(&mut self.requests);
        fresh.consoles = std::mem::take(&mut self.consoles);
        fresh.consoles.add(std::mem::take(&mut self.outbox.effects));
        fresh.consoles.begin_again(self.clock.now());
        fresh.components = self.components.take();
        fresh.reload = self.reload.take();
        fresh.journal = self.journal.take();
        if let Some(journal) = &mut fresh.journal {
            journal.change_plan(&fresh.plan.digest);
        }
        let mut people = std::mem::take(&mut self.people);
        let mut planned = std::mem::take(&mut self.planned);
        if keep {
            self.end_routing();
        } else {
            (people, planned) = (People::default(), People::default());
        }
        fresh.outbox.changes = std::mem::take(&mut self.outbox.changes);
        fresh.held = std::mem::take(&mut self.held);
        fresh.releases = std::mem::take(&mut self.releases);
        if keep {
            fresh.store = std::mem::take(&mut self.store);
            fresh.topics = std::mem::take(&mut self.topics);
            fresh.aliases = std::mem::take(&mut self.aliases);
            fresh.unaliases = std::mem::take(&mut self.unaliases);
            fresh.keep_users();
            fresh.seed();
        }
        fresh.must_snapshot = true;
        *self = fresh;
        self.restore_topics();
        self.clock.set(self.clock.now().max(at));
        self.keep_members(&planned, &people);
        Ok(())
    }

    /// Makes the plan again from its files. If it routes otherwise, records stay, reps are logged out, and work that waits in
    /// a queue is routed again; if not, only labels are taken. Gives whether it routes otherwise.
    ///
    /// # Errors
    ///
    /// If there are no files, or they do not compile.
    pub(crate) fn reload(&mut self) -> Result<bool, ApiError> {
        let refused = |problem: String| ApiError::new(400, "RELOAD_FAILED", problem);
        let Some(reload) = &mut self.reload else {
            return Err(refused("the server was started with a plan, not with a project".to_owned()));
        };
        let plan = reload().map_err(refused)?;
        if plan.digest == self.plan.digest {
            self.definitions = definitions(&plan, &self.directory, &self.admin(), DEFINED);
            self.plan = plan;
            return Ok(false);
        }
        // Who is logged in is told, so that subscribers and consoles see it.
        self.log_everybody_out();
        self.replace_plan(plan, true).map_err(|problem| refused(problem.to_string()))?;
        self.route_again();
        Ok(true)
    }

    /// The records of routing end with the plan that they belong to. Finished work and presence stay as they are; of others
    /// subscribers are told, and open work is in the recycle bin.
    fn end_routing(&mut self) {
        let at = self.clock.now().max(self.runtime.now());
        self.shadow_index.clear();
        for shadow in std::mem::take(&mut self.shadows).into_values() {
            let kinds = ["AgentWork", "UserServicePresence", "PendingServiceRouting"];
            let object = kinds.into_iter().find(|kind| shadow.row.id.prefix() == self.directory.prefix(kind));
            let Some(object) = object else { continue };
            if is_finished(object, &shadow.row) {
                self.store.put(&Name::from(object), self.only_described(object, shadow.row));
                continue;
            }
            if object != "PendingServiceRouting" {
                self.store.bin(object, shadow.row.clone(), at);
            }
            self.told(object, Some(shadow.row), None);
        }
    }

    /// A row without what only the streaming of requests shows.
    fn only_described(&self, object: &str, mut row: Row) -> Row {
        let described = self.catalogue.object(object);
        row.fields.retain(|field| described.is_some_and(|object| object.field(field).is_some()));
        row
    }

    fn log_everybody_out(&mut self) {
        let users: std::collections::BTreeSet<Name> = self
            .runtime
            .user_service_presences()
            .filter(|presence| presence.is_current_state)
            .map(|presence| presence.user_id)
            .collect();
        for user in users {
            // Whoever is logged in can be logged out.
            let _ = self.happen(crate::runtime::Event::Logout { user });
        }
    }

    /// Every record that a queue owns arrives again.
    pub(super) fn route_again(&mut self) {
        let objects: Vec<crate::serve::objects::ObjectType> =
            self.catalogue.objects().filter(|object| object.class == Class::Record).cloned().collect();
        for object in objects {
            let rows: Vec<Row> = self.store.rows(&object.name).cloned().collect();
            for row in rows {
                if let Ok(Some(happened)) = self.enter_routing(&object, &row) {
                    self.tell_happened(happened);
                }
            }
        }
    }
}

/// Whether nothing more becomes of a record of routing.
fn is_finished(object: &str, row: &Row) -> bool {
    match object {
        "AgentWork" => {
            serde_json::from_value::<AgentWorkStatus>(row.get("Status")).is_ok_and(|status| !status.is_active())
        }
        "UserServicePresence" => !row.is("IsCurrentState"),
        _ => false,
    }
}
