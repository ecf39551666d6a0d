//! What a job has done can be undone until it ends.

use std::collections::BTreeMap;

use super::people::People;
use super::state::{Org, Shadow};
use crate::plan::Name;
use crate::runtime::{Runtime, State};
use crate::serve::ids::Id;
use crate::serve::records::{Directory, Store};

/// What a job may undo.
#[derive(Debug)]
pub(super) struct Checkpoint {
    routing: State,
    store: Store,
    people: People,
    directory: Directory,
    shadows: BTreeMap<Id, Shadow>,
    highest: u64,
    aliases: BTreeMap<Name, Id>,
    unaliases: BTreeMap<Id, Name>,
    history: usize,
    entries: usize,
    changes: usize,
    effects: usize,
}

impl Org {
    /// What can be undone until the job ends.
    pub(super) fn checkpoint(&self) -> Checkpoint {
        Checkpoint {
            routing: self.runtime.save(),
            store: self.store.clone(),
            people: self.people.clone(),
            directory: self.directory.clone(),
            shadows: self.shadows.clone(),
            highest: self.highest,
            aliases: self.aliases.clone(),
            unaliases: self.unaliases.clone(),
            history: self.history.len(),
            entries: self.outbox.entries.len(),
            changes: self.outbox.changes.len(),
            effects: self.outbox.effects.len(),
        }
    }

    /// Undoes what was done since.
    pub(super) fn roll_back(&mut self, checkpoint: Checkpoint) {
        if let Ok(runtime) = Runtime::resume(&self.plan, checkpoint.routing) {
            self.runtime = runtime;
        }
        self.store = checkpoint.store;
        self.people = checkpoint.people;
        self.directory = checkpoint.directory;
        self.shadows = checkpoint.shadows;
        self.highest = checkpoint.highest;
        self.aliases = checkpoint.aliases;
        self.unaliases = checkpoint.unaliases;
        self.history.truncate(checkpoint.history);
        self.outbox.entries.truncate(checkpoint.entries);
        self.outbox.changes.truncate(checkpoint.changes);
        self.outbox.effects.truncate(checkpoint.effects);
    }

    /// Does all of something, or nothing.
    ///
    /// # Errors
    ///
    /// As `act` says; what it changed is undone.
    pub(crate) fn atomically<T, E>(&mut self, act: impl FnOnce(&mut Self) -> Result<T, E>) -> Result<T, E> {
        let checkpoint = self.checkpoint();
        let done = act(self);
        if done.is_err() {
            self.roll_back(checkpoint);
        }
        done
    }
}
