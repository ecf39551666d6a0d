//! What a job has done can be undone until it ends. To be able to costs nothing that grows with the records: each map keeps
//! what its changed entries were before. The runtime keeps nothing of that kind; when it has to go back, which happens only
//! if a list is refused in its middle, the events up to there are played again.

use super::state::Org;
use crate::runtime::Runtime;

/// A place to go back to within a job.
#[derive(Debug)]
pub(super) struct Checkpoint {
    store: usize,
    people: usize,
    directory: usize,
    shadows: usize,
    aliases: usize,
    unaliases: usize,
    highest: u64,
    history: usize,
    entries: usize,
    changes: usize,
    effects: usize,
}

impl Org {
    /// What can be undone until the job ends.
    pub(super) fn checkpoint(&self) -> Checkpoint {
        Checkpoint {
            store: self.store.mark(),
            people: self.people.mark(),
            directory: self.directory.mark(),
            shadows: self.shadows.mark(),
            aliases: self.aliases.mark(),
            unaliases: self.unaliases.mark(),
            highest: self.highest,
            history: self.history.len(),
            entries: self.outbox.entries.len(),
            changes: self.outbox.changes.len(),
            effects: self.outbox.effects.len(),
        }
    }

    /// Undoes what was done since.
    pub(super) fn roll_back(&mut self, checkpoint: &Checkpoint) {
        if self.history.len() > checkpoint.history {
            self.history.truncate(checkpoint.history);
            self.play_again();
        }
        self.store.undo(checkpoint.store);
        self.people.undo(checkpoint.people);
        self.directory.undo(checkpoint.directory);
        self.shadows.undo(checkpoint.shadows);
        self.shadow_index.clear();
        self.aliases.undo(checkpoint.aliases);
        self.unaliases.undo(checkpoint.unaliases);
        self.highest = checkpoint.highest;
        self.outbox.entries.truncate(checkpoint.entries);
        self.outbox.changes.truncate(checkpoint.changes);
        self.outbox.effects.truncate(checkpoint.effects);
    }

    /// Makes the runtime again from the events that it took. If that fails, nothing more is done: what is on disk is right.
    fn play_again(&mut self) {
        let Ok(mut runtime) = Runtime::new(&self.plan, self.runtime.options().clone()) else {
            self.is_lost = true;
            return;
        };
        let mut effects = Vec::new();
        for timed in self.history.events() {
            effects.clear();
            let is_taken = timed.is_ok_and(|timed| runtime.apply_into(timed.at, &timed.event, &mut effects).is_ok());
            if !is_taken {
                self.is_lost = true;
                return;
            }
        }
        // What was due since the last of them was told when it happened.
        let _ = runtime.pass(self.runtime.now(), usize::MAX);
        self.runtime = runtime;
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
            self.roll_back(&checkpoint);
        }
        done
    }

    /// What was done is not undone any more.
    pub(super) fn keep(&mut self) {
        self.store.keep();
        self.people.keep();
        self.directory.keep();
        self.shadows.keep();
        self.aliases.keep();
        self.unaliases.keep();
    }
}
