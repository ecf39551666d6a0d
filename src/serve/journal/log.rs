//! The journal that is open.

use super::error::JournalError;
use super::frame::{self, Entry};
use super::recover::{self, Cut, Plan};
use super::storage::{Storage, StorageFile};

/// A journal that is written.
#[derive(Debug)]
pub struct Journal<S: Storage> {
    storage: S,
    digest: String,
    file: S::File,
    /// The number of the log.
    number: u64,
    /// Entries that were appended and not committed, as the content of a frame.
    batch: Vec<u8>,
    log_bytes: u64,
    condition: Condition,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Condition {
    Sound,
    /// The log names another plan.
    SnapshotNeeded,
    /// A write failed.
    Broken,
}

/// A journal, and what it held.
#[derive(Debug)]
pub struct Opened<S: Storage> {
    /// To be written.
    pub journal: Journal<S>,
    /// The state of the newest snapshot; none if none was taken.
    pub snapshot: Option<Vec<u8>>,
    /// What was committed after it, in order.
    pub entries: Vec<Entry>,
    /// A torn end that was cut off.
    pub cut: Option<Cut>,
    /// The digest of the other plan whose data were taken over. A snapshot has to be taken before anything is appended.
    pub other_plan: Option<String>,
    /// A snapshot that is damaged, though nothing is lost: an older one and the logs since then were there.
    pub damaged_snapshot: Option<String>,
}

impl<S: Storage> Journal<S> {
    /// Opens the journal in a folder, or begins one.
    ///
    /// # Errors
    ///
    /// If the folder cannot be used, its data are damaged or they belong to another plan.
    pub fn open(mut storage: S, plan: &Plan) -> Result<Opened<S>, JournalError> {
        let found = recover::recover(&storage, plan)?;
        let name = recover::log_name(found.newest);
        let (file, log_bytes) = match found.length {
            Some(length) => (storage.append(&name, length).map_err(JournalError::io(&name, "opening"))?, length),
            None => begin_log(&mut storage, &name, &plan.digest)?,
        };
        remove(&mut storage, &found.stale)?;
        let condition = if found.other_plan.is_some() { Condition::SnapshotNeeded } else { Condition::Sound };
        let digest = plan.digest.clone();
        let journal = Self { storage, digest, file, number: found.newest, batch: Vec::new(), log_bytes, condition };
        Ok(Opened {
            journal,
            snapshot: found.snapshot,
            entries: found.entries,
            cut: found.cut,
            other_plan: found.other_plan,
            damaged_snapshot: found.damaged_snapshot,
        })
    }

    /// Appends an entry to the batch. It is in memory until [`Self::commit`].
    ///
    /// # Errors
    ///
    /// If the batch would be longer than a gigabyte, then it stays as it is; if an earlier write failed; if a snapshot
    /// is needed first.
    pub fn append(&mut self, kind: u8, payload: &[u8]) -> Result<(), JournalError> {
        match self.condition {
            Condition::Sound => frame::push_entry(&mut self.batch, kind, payload),
            Condition::SnapshotNeeded => Err(JournalError::SnapshotNeeded),
            Condition::Broken => Err(JournalError::Broken),
        }
    }

    /// Brings the batch to disk: one write, one fsync. After that, and only then, its entries may be acknowledged.
    ///
    /// # Errors
    ///
    /// If the write fails, as on a full disk. It is not known then whether the batch is on disk, so nothing of it may be
    /// acknowledged, and the journal takes nothing more.
    pub fn commit(&mut self) -> Result<(), JournalError> {
        match self.condition {
            Condition::Broken => return Err(JournalError::Broken),
            _ if self.batch.is_empty() => return Ok(()),
            Condition::Sound | Condition::SnapshotNeeded => {}
        }
        let frame = frame::frame(&self.batch)?;
        let name = recover::log_name(self.number);
        let written = self.file.write(&frame).map_err(JournalError::io(&name, "writing"));
        written.and_then(|()| self.file.sync().map_err(JournalError::io(&name, "syncing"))).inspect_err(|_| {
            self.condition = Condition::Broken;
        })?;
        self.batch.clear();
        self.log_bytes = self.log_bytes.saturating_add(frame.len() as u64);
        Ok(())
    }

    /// Keeps a state that stands for everything committed up to now, and begins a new log. What was appended and not
    /// committed is committed first.
    ///
    /// # Errors
    ///
    /// As [`Self::commit`]; what was acknowledged before is not lost. A state of more than a gigabyte is refused, and the
    /// journal goes on.
    pub fn snapshot(&mut self, state: &[u8]) -> Result<(), JournalError> {
        self.commit()?;
        let header = frame::header(frame::SNAPSHOT, &self.digest)?;
        // The state is long: it is not copied.
        let head = [header, frame::frame_header(state, 0)?].concat();
        self.replace(&head, state).inspect_err(|_| self.condition = Condition::Broken)?;
        self.condition = Condition::Sound;
        Ok(())
    }

    fn replace(&mut self, head: &[u8], state: &[u8]) -> Result<(), JournalError> {
        let number = self.number.saturating_add(1);
        let (unfinished, name) = (recover::UNFINISHED, recover::snapshot_name(number));
        let mut file = self.storage.create(unfinished).map_err(JournalError::io(unfinished, "creating"))?;
        let written = file.write(head).and_then(|()| file.write(state));
        written.map_err(JournalError::io(unfinished, "writing"))?;
        file.sync().map_err(JournalError::io(unfinished, "syncing"))?;
        drop(file);
        self.storage.rename(unfinished, &name).map_err(JournalError::io(&name, "renaming"))?;
        // This brings both names to disk. Whichever of them is there without the other, nothing is lost.
        (self.file, self.log_bytes) = begin_log(&mut self.storage, &recover::log_name(number), &self.digest)?;
        self.number = number;
        // A stop in between leaves more than is needed: the next opening removes it.
        let names = self.storage.list().map_err(JournalError::io(".", "listing"))?;
        remove(&mut self.storage, &recover::stale(&names, number))
    }

    /// From the next snapshot on, the data are of another plan: what is read after it has to be opened with that one.
    pub fn change_plan(&mut self, digest: &str) {
        digest.clone_into(&mut self.digest);
    }

    /// How long the log is: it tells when the next snapshot is due.
    pub fn log_bytes(&self) -> u64 {
        self.log_bytes
    }

    /// True if a write failed: nothing more is taken.
    pub fn is_broken(&self) -> bool {
        self.condition == Condition::Broken
    }

    /// The folder. The journal is gone, and with it what was not committed.
    pub fn into_storage(self) -> S {
        self.storage
    }
}

fn remove(storage: &mut impl Storage, names: &[String]) -> Result<(), JournalError> {
    names.iter().try_for_each(|name| storage.remove(name).map_err(JournalError::io(name, "removing")))
}

/// A log without entries, on disk.
fn begin_log<S: Storage>(storage: &mut S, name: &str, digest: &str) -> Result<(S::File, u64), JournalError> {
    let header = frame::header(frame::LOG, digest)?;
    let mut file = storage.create(name).map_err(JournalError::io(name, "creating"))?;
    file.write(&header).map_err(JournalError::io(name, "writing"))?;
    file.sync().map_err(JournalError::io(name, "syncing"))?;
    storage.sync().map_err(JournalError::io(".", "syncing"))?;
    Ok((file, header.len() as u64))
}
