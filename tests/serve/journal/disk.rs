//! A disk in memory that stops after a number of steps: each byte that is written and each call is one.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{self, Error, ErrorKind};
use std::rc::Rc;

use omnic::serve::journal::{Storage, StorageFile};

#[derive(Clone, Debug, Default)]
struct Content {
    bytes: Vec<u8>,
    /// How many of them are on disk.
    synced: usize,
}

#[derive(Clone, Debug, Default)]
struct State {
    files: Vec<Content>,
    names: BTreeMap<String, usize>,
    synced_names: BTreeMap<String, usize>,
    steps: usize,
    /// Steps until it stops.
    left: Option<usize>,
}

/// A folder on it.
#[derive(Clone, Debug, Default)]
pub(super) struct Disk(Rc<RefCell<State>>);

#[derive(Debug)]
pub(super) struct DiskFile {
    disk: Disk,
    at: usize,
}

/// What remains of bytes and names that were not synced when it stopped.
#[derive(Clone, Copy, Debug)]
pub(super) enum Remains {
    /// Nothing.
    Synced,
    /// All that was written.
    Written,
    /// The length, with zeros instead of the bytes.
    Zeros,
    /// The bytes, but for the first ones, which are zeros.
    End,
    /// All that was written, and old names beside the new ones.
    BothNames,
    /// All that was written, and of the new names those of logs.
    Logs,
    /// The same for snapshots.
    Snapshots,
}

pub(super) const REMAINS: [Remains; 7] = [
    Remains::Synced,
    Remains::Written,
    Remains::Zeros,
    Remains::End,
    Remains::BothNames,
    Remains::Logs,
    Remains::Snapshots,
];

impl State {
    fn step(&mut self) -> io::Result<()> {
        match &mut self.left {
            Some(0) => Err(Error::new(ErrorKind::StorageFull, "no space left")),
            Some(left) => {
                *left -= 1;
                self.steps += 1;
                Ok(())
            }
            None => {
                self.steps += 1;
                Ok(())
            }
        }
    }

    fn find(&self, name: &str) -> io::Result<usize> {
        self.names.get(name).copied().ok_or_else(|| Error::new(ErrorKind::NotFound, name.to_owned()))
    }
}

impl Disk {
    pub(super) fn stopping_after(steps: usize) -> Self {
        let disk = Self::default();
        disk.stop_after(steps);
        disk
    }

    pub(super) fn stop_after(&self, steps: usize) {
        self.0.borrow_mut().left = Some(steps);
    }

    pub(super) fn steps(&self) -> usize {
        self.0.borrow().steps
    }

    /// The disk as it is found when the machine starts again.
    pub(super) fn after_stop(&self, remains: Remains) -> Self {
        let state = self.0.borrow();
        let mut names = if matches!(remains, Remains::Written | Remains::Zeros | Remains::End) {
            state.names.clone()
        } else {
            state.synced_names.clone()
        };
        let new = state.names.iter().filter(|(name, _)| match remains {
            Remains::BothNames => true,
            Remains::Logs => name.starts_with("log"),
            Remains::Snapshots => name.starts_with("snapshot"),
            _ => false,
        });
        names.extend(new.map(|(name, &at)| (name.clone(), at)));
        let files = state.files.iter().map(|content| {
            let (synced, rest) = content.bytes.split_at(content.synced);
            let rest = match remains {
                Remains::Synced => Vec::new(),
                Remains::Written | Remains::BothNames | Remains::Logs | Remains::Snapshots => rest.to_vec(),
                Remains::Zeros => vec![0; rest.len()],
                Remains::End => rest.iter().enumerate().map(|(at, &byte)| if at < 6 { 0 } else { byte }).collect(),
            };
            let bytes = [synced, &rest].concat();
            Content { synced: bytes.len(), bytes }
        });
        let files = files.collect();
        Self(Rc::new(RefCell::new(State { files, synced_names: names.clone(), names, steps: 0, left: None })))
    }

    /// A copy that is changed without affecting this one.
    pub(super) fn copy(&self) -> Self {
        self.after_stop(Remains::Written)
    }

    pub(super) fn bytes(&self, name: &str) -> Vec<u8> {
        self.read(name).unwrap()
    }

    pub(super) fn set_bytes(&self, name: &str, bytes: &[u8]) {
        let mut state = self.0.borrow_mut();
        let at = state.find(name).unwrap();
        state.files[at] = Content { bytes: bytes.to_vec(), synced: bytes.len() };
    }

    pub(super) fn names(&self) -> Vec<String> {
        self.0.borrow().names.keys().cloned().collect()
    }
}

impl Storage for Disk {
    type File = DiskFile;

    fn list(&self) -> io::Result<Vec<String>> {
        Ok(self.names())
    }

    fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        let state = self.0.borrow();
        Ok(state.files[state.find(name)?].bytes.clone())
    }

    fn create(&mut self, name: &str) -> io::Result<DiskFile> {
        let mut state = self.0.borrow_mut();
        state.step()?;
        let at = state.files.len();
        state.files.push(Content::default());
        state.names.insert(name.to_owned(), at);
        Ok(DiskFile { disk: self.clone(), at })
    }

    fn append(&mut self, name: &str, length: u64) -> io::Result<DiskFile> {
        let mut state = self.0.borrow_mut();
        state.step()?;
        let at = state.find(name)?;
        let length = usize::try_from(length).unwrap();
        assert!(length <= state.files[at].bytes.len());
        state.files[at].bytes.truncate(length);
        state.files[at].synced = length;
        Ok(DiskFile { disk: self.clone(), at })
    }

    fn rename(&mut self, from: &str, to: &str) -> io::Result<()> {
        let mut state = self.0.borrow_mut();
        state.step()?;
        let at = state.find(from)?;
        state.names.remove(from);
        state.names.insert(to.to_owned(), at);
        Ok(())
    }

    fn remove(&mut self, name: &str) -> io::Result<()> {
        let mut state = self.0.borrow_mut();
        state.step()?;
        state.find(name)?;
        state.names.remove(name);
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        let mut state = self.0.borrow_mut();
        state.step()?;
        state.synced_names = state.names.clone();
        Ok(())
    }
}

impl StorageFile for DiskFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut state = self.disk.0.borrow_mut();
        for &byte in bytes {
            state.step()?;
            state.files[self.at].bytes.push(byte);
        }
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        let mut state = self.disk.0.borrow_mut();
        state.step()?;
        let content = &mut state.files[self.at];
        content.synced = content.bytes.len();
        Ok(())
    }
}
