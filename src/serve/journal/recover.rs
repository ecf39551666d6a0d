//! What is on disk, read at the opening.
//!
//! Snapshot `n` holds everything that the logs before `n` hold, and log `n` what came after it. The newest whole
//! snapshot is taken, and all logs from its number on. Only the last log may end within a frame: each other one was on
//! disk before the next was made.

use super::error::JournalError;
use super::frame::{self, Entry, Found, HeaderError};
use super::storage::Storage;

/// The plan that is served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Its digest.
    pub digest: String,
    /// True if data of another plan are taken over.
    pub accept_other: bool,
}

/// A torn end that was cut off: a commit that was being written when the server stopped, and was not acknowledged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The file.
    pub file: String,
    /// How many bytes.
    pub bytes: u64,
}

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Recovered {
    pub(super) snapshot: Option<Vec<u8>>,
    pub(super) entries: Vec<Entry>,
    pub(super) cut: Option<Cut>,
    pub(super) other_plan: Option<String>,
    pub(super) damaged_snapshot: Option<String>,
    /// The number of the newest log or snapshot.
    pub(super) newest: u64,
    /// How many bytes of the newest log are whole; none if it has to be made again.
    pub(super) length: Option<u64>,
    /// Files that are not needed.
    pub(super) stale: Vec<String>,
}

pub(super) fn log_name(number: u64) -> String {
    format!("log-{number:08}")
}

pub(super) fn snapshot_name(number: u64) -> String {
    format!("snapshot-{number:08}")
}

/// While it is written.
pub(super) const UNFINISHED: &str = "snapshot-unfinished";

/// Reads a folder.
pub(super) fn recover(storage: &impl Storage, plan: &Plan) -> Result<Recovered, JournalError> {
    let names = storage.list().map_err(JournalError::io(".", "listing"))?;
    let snapshots = numbered(&names, snapshot_name);
    let logs = numbered(&names, log_name);
    let mut found = Recovered::default();
    let (mut start, mut damaged) = (0, None);
    for &number in snapshots.iter().rev() {
        let name = snapshot_name(number);
        match read_snapshot(storage, plan, &name, &mut found) {
            Ok(content) => {
                found.snapshot = Some(content);
                start = number;
                break;
            }
            // An older one does as well, if the logs since then are there.
            Err(error @ JournalError::Damaged { .. }) if damaged.is_none() => {
                damaged = Some(error);
                found.damaged_snapshot = Some(name);
            }
            Err(JournalError::Damaged { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    let last = logs.last().copied().unwrap_or(start).max(start);
    let missing = (start..=last).find(|number| !logs.contains(number));
    // The server may have stopped after a snapshot, before it made the next log: then the log before is still there.
    let is_between = |number: u64| number == last && (number == 0 || logs.contains(&(number - 1)));
    match missing {
        None => {}
        Some(number) if damaged.is_none() && is_between(number) => {}
        Some(number) => return Err(damaged.unwrap_or(JournalError::Missing { file: log_name(number) })),
    }
    for &number in logs.iter().filter(|&&number| number >= start) {
        read_log(storage, plan, number == last, &log_name(number), &mut found)?;
    }
    found.newest = last;
    found.stale = stale(&names, start);
    Ok(found)
}

/// The numbers in names of a kind, in order.
fn numbered(names: &[String], name_of: fn(u64) -> String) -> Vec<u64> {
    let number = |name: &String| name.rsplit('-').next()?.parse().ok().filter(|&number| name_of(number) == *name);
    let mut numbers: Vec<u64> = names.iter().filter_map(number).collect();
    numbers.sort_unstable();
    numbers
}

/// The files that are not needed if the snapshot with this number is there.
pub(super) fn stale(names: &[String], start: u64) -> Vec<String> {
    let old = |name_of| numbered(names, name_of).into_iter().filter(|&number| number < start).map(name_of);
    let mut stale: Vec<String> = old(log_name).chain(old(snapshot_name)).collect();
    stale.extend(names.iter().filter(|name| *name == UNFINISHED).cloned());
    stale
}

fn read_snapshot(
    storage: &impl Storage,
    plan: &Plan,
    name: &str,
    found: &mut Recovered,
) -> Result<Vec<u8>, JournalError> {
    let bytes = storage.read(name).map_err(JournalError::io(name, "reading"))?;
    let damaged = |offset: usize, what| JournalError::Damaged { file: name.to_owned(), offset: offset as u64, what };
    let header = frame::read_header(&bytes, frame::SNAPSHOT).map_err(|error| match error {
        HeaderError::Format(format) => other_format(name, format),
        HeaderError::Torn | HeaderError::Damaged => damaged(0, "its header is not whole"),
    })?;
    match frame::find(&bytes, header.length) {
        Found::Whole { content, next } if next == bytes.len() => {
            check_plan(plan, header.digest, found)?;
            Ok(content.to_vec())
        }
        Found::Whole { next, .. } => Err(damaged(next, "something follows the state")),
        _ => Err(damaged(header.length, "the state is not whole")),
    }
}

fn read_log(
    storage: &impl Storage,
    plan: &Plan,
    is_last: bool,
    name: &str,
    found: &mut Recovered,
) -> Result<(), JournalError> {
    let bytes = storage.read(name).map_err(JournalError::io(name, "reading"))?;
    let damaged = |offset: usize, what| JournalError::Damaged { file: name.to_owned(), offset: offset as u64, what };
    let header = match frame::read_header(&bytes, frame::LOG) {
        Ok(header) => header,
        // The server stopped while it made the file, which holds nothing yet.
        Err(HeaderError::Torn | HeaderError::Damaged)
            if is_last && bytes.len() <= frame::header_length(&plan.digest) =>
        {
            found.cut = cut(name, bytes.len());
            return Ok(());
        }
        Err(HeaderError::Format(format)) => return Err(other_format(name, format)),
        Err(HeaderError::Torn | HeaderError::Damaged) => return Err(damaged(0, "its header is not whole")),
    };
    check_plan(plan, header.digest, found)?;
    let mut at = header.length;
    loop {
        match frame::find(&bytes, at) {
            Found::End => break,
            Found::Whole { content, next } => {
                let entries = frame::entries(content).ok_or_else(|| damaged(at, "a frame holds no entries"))?;
                found.entries.extend(entries);
                at = next;
            }
            Found::BadContent { next } if next < bytes.len() => {
                return Err(damaged(at, "a frame has another checksum"));
            }
            Found::BadHeader if whole_frame_follows(&bytes, at) => {
                return Err(damaged(at, "the header of a frame has another checksum"));
            }
            Found::Torn | Found::BadContent { .. } | Found::BadHeader if is_last => {
                found.cut = cut(name, bytes.len() - at);
                break;
            }
            Found::Torn | Found::BadContent { .. } | Found::BadHeader => {
                return Err(damaged(at, "it ends within a frame, although another log follows"));
            }
        }
    }
    if is_last {
        found.length = Some(at as u64);
    }
    Ok(())
}

fn cut(name: &str, bytes: usize) -> Option<Cut> {
    (bytes > 0).then(|| Cut { file: name.to_owned(), bytes: bytes as u64 })
}

/// True if a frame begins anywhere behind a place where none could be read: then that place was whole once.
fn whole_frame_follows(bytes: &[u8], at: usize) -> bool {
    (at + 1..bytes.len())
        .any(|at| matches!(frame::find(bytes, at), Found::Whole { content, .. } if !content.is_empty()))
}

fn other_format(name: &str, found: u32) -> JournalError {
    JournalError::Format { file: name.to_owned(), found, expected: frame::FORMAT }
}

fn check_plan(plan: &Plan, digest: String, found: &mut Recovered) -> Result<(), JournalError> {
    if digest == plan.digest {
        return Ok(());
    }
    if !plan.accept_other {
        return Err(JournalError::OtherPlan { found: digest, expected: plan.digest.clone() });
    }
    found.other_plan = Some(digest);
    Ok(())
}
