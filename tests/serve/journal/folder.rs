//! On a real disk, with real processes.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use omnic::serve::journal::{Folder, Journal, JournalError, Opened};

use super::stops::plan;

fn open(path: &Path) -> Opened<Folder> {
    Journal::open(Folder::open(path).unwrap(), &plan()).unwrap()
}

#[test]
fn a_journal_is_found_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("made/here");
    let Opened { mut journal, snapshot, entries, cut, .. } = open(&path);
    assert!(snapshot.is_none() && entries.is_empty() && cut.is_none());
    journal.append(1, b"a").unwrap();
    journal.append(2, b"b").unwrap();
    journal.commit().unwrap();
    journal.append(3, b"not committed").unwrap();
    drop(journal);
    let Opened { mut journal, entries, .. } = open(&path);
    assert_eq!(entries.iter().map(|entry| entry.kind).collect::<Vec<_>>(), [1, 2]);
    journal.snapshot(b"state").unwrap();
    journal.append(4, b"d").unwrap();
    journal.commit().unwrap();
    drop(journal);
    // A torn end.
    let log = path.join("log-00000001");
    let mut bytes = std::fs::read(&log).unwrap();
    let whole = bytes.len();
    bytes.extend([1, 2, 3]);
    std::fs::write(&log, &bytes).unwrap();
    let Opened { snapshot, entries, cut, .. } = open(&path);
    assert_eq!((snapshot.as_deref(), entries.len()), (Some(b"state".as_slice()), 1));
    assert_eq!(cut.unwrap().bytes, 3);
    assert_eq!(std::fs::metadata(&log).unwrap().len(), whole as u64);
    assert!(open(&path).cut.is_none());
}

#[test]
#[cfg(unix)]
fn a_new_folder_is_closed_to_others() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data");
    drop(open(&path));
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o700);
}

#[test]
fn two_servers_never_share_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let first = Folder::open(folder.path()).unwrap();
    let error = Folder::open(folder.path()).unwrap_err();
    assert!(matches!(error, JournalError::InUse { .. }));
    if cfg!(unix) {
        let process = std::process::id();
        assert_eq!(
            error.to_string(),
            format!("the data folder is in use by another server (process {process}): stop it, or name another folder")
        );
    }
    drop(first);
    Folder::open(folder.path()).unwrap();
}

const CHILD: &str = "JOURNAL_TEST_FOLDER";

/// Not a test, but the process that the next one ends.
#[test]
fn writer() {
    let Ok(path) = std::env::var(CHILD) else { return };
    let Opened { mut journal, snapshot, entries, .. } = open(Path::new(&path));
    let mut count = snapshot.map_or(0, |state| u32::from_le_bytes(state.try_into().unwrap()));
    count += u32::try_from(entries.len()).unwrap();
    loop {
        for _ in 0..3 {
            journal.append(1, &count.to_le_bytes()).unwrap();
            count += 1;
        }
        journal.commit().unwrap();
        println!("\nacknowledged {count}");
        if count % 30 == 0 {
            journal.snapshot(&count.to_le_bytes()).unwrap();
        }
    }
}

#[test]
fn a_killed_server_loses_nothing_and_holds_no_lock() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data");
    let mut acknowledged: u32 = 0;
    for round in 0..20 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "journal::folder::writer", "--nocapture"])
            .env(CHILD, &path)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut seen = 0;
        for line in lines {
            let line = line.unwrap();
            if let Some(count) = line.strip_prefix("acknowledged ") {
                acknowledged = count.parse().unwrap();
                seen += 1;
                if seen == 5 + round {
                    child.kill().unwrap();
                }
            }
        }
        child.wait().unwrap();
        assert!(seen >= 5, "the writer wrote");
        let opened = open(&path);
        let start = opened.snapshot.map_or(0, |state| u32::from_le_bytes(state.try_into().unwrap()));
        let numbers: Vec<u32> = opened
            .entries
            .iter()
            .map(|entry| u32::from_le_bytes(entry.payload.as_slice().try_into().unwrap()))
            .collect();
        let end = start + u32::try_from(numbers.len()).unwrap();
        assert_eq!(numbers, (start..end).collect::<Vec<_>>());
        assert!(end >= acknowledged && end <= acknowledged + 3, "{end} of {acknowledged}");
        acknowledged = end;
    }
}
