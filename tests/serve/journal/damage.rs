//! Bytes that changed, files that are gone, data of another plan.

use omnic::serve::journal::{Entry, Journal, JournalError, Opened, Plan};
use proptest::prelude::*;

use super::disk::Disk;
use super::stops::{History, found, plan, play, step};

fn filled() -> Disk {
    let disk = Disk::default();
    let Opened { mut journal, .. } = Journal::open(disk.clone(), &plan()).unwrap();
    for payload in [b"first", b"other", b"third"] {
        journal.append(1, payload).unwrap();
        journal.commit().unwrap();
    }
    disk
}

fn entry(payload: &[u8]) -> Entry {
    Entry { kind: 1, payload: payload.to_vec() }
}

/// The header is 8 + 4 + 1 + 8 + 4 bytes, each frame 12 + 5 + 5.
const HEADER: usize = 25;
const FRAME: usize = 22;

#[test]
fn damage_in_the_middle_is_named_by_its_offset() {
    let name = "log-00000000";
    let bytes = filled().bytes(name);
    assert_eq!(bytes.len(), HEADER + 3 * FRAME);
    for at in 0..bytes.len() {
        let disk = filled();
        let mut bytes = bytes.clone();
        bytes[at] ^= 0x10;
        disk.set_bytes(name, &bytes);
        let opened = Journal::open(disk, &plan());
        let frame = at.checked_sub(HEADER).map(|at| at / FRAME);
        match (frame, opened) {
            (None, Err(JournalError::Damaged { file, offset: 0, .. })) => assert_eq!(file, name),
            (None, Err(JournalError::Format { file, .. })) => {
                assert_eq!((file.as_str(), (8..12).contains(&at)), (name, true));
            }
            (Some(frame @ 0..=1), Err(JournalError::Damaged { file, offset, .. })) => {
                assert_eq!((file.as_str(), offset), (name, (HEADER + frame * FRAME) as u64));
            }
            // The last frame may be one that was being written.
            (Some(2), Ok(opened)) => {
                assert_eq!(opened.entries, [entry(b"first"), entry(b"other")]);
                assert_eq!(opened.cut.map(|cut| cut.bytes), Some(FRAME as u64));
            }
            (frame, opened) => panic!("byte {at}, frame {frame:?}: {opened:?}"),
        }
    }
}

#[test]
fn what_is_said_of_damage_is_what_to_do() {
    let disk = filled();
    let mut bytes = disk.bytes("log-00000000");
    bytes[HEADER + FRAME + 13] ^= 1;
    disk.set_bytes("log-00000000", &bytes);
    assert_eq!(
        Journal::open(disk, &plan()).unwrap_err().to_string(),
        "`log-00000000` in the data folder is damaged at byte 47: a frame has another checksum. Reading past it could lose what was acknowledged: restore the folder from a copy, or begin with an empty one"
    );
}

#[test]
fn a_missing_log_is_an_error() {
    let disk = filled();
    let mut journal = Journal::open(disk.clone(), &plan()).unwrap().journal;
    journal.snapshot(b"state").unwrap();
    assert_eq!(disk.names(), ["log-00000001", "snapshot-00000001"]);
    let mut other = disk.copy();
    omnic::serve::journal::Storage::remove(&mut other, "log-00000001").unwrap();
    assert!(matches!(Journal::open(other, &plan()), Err(JournalError::Missing { file }) if file == "log-00000001"));
    let mut other = disk.copy();
    omnic::serve::journal::Storage::remove(&mut other, "snapshot-00000001").unwrap();
    assert!(matches!(Journal::open(other, &plan()), Err(JournalError::Missing { file }) if file == "log-00000000"));
}

#[test]
fn an_older_snapshot_stands_in_for_a_damaged_one_if_nothing_is_lost() {
    // The machine stopped after the snapshot was there and before the files of before were removed.
    let before = filled();
    let after = before.copy();
    Journal::open(after.clone(), &plan()).unwrap().journal.snapshot(b"state").unwrap();
    let mut both = after.copy();
    let mut file = omnic::serve::journal::Storage::create(&mut both, "log-00000000").unwrap();
    omnic::serve::journal::StorageFile::write(&mut file, &before.bytes("log-00000000")).unwrap();
    let mut bytes = both.bytes("snapshot-00000001");
    *bytes.last_mut().unwrap() ^= 1;
    both.set_bytes("snapshot-00000001", &bytes);
    let opened = Journal::open(both, &plan()).unwrap();
    assert_eq!((opened.snapshot, opened.entries.len()), (None, 3));
    assert_eq!(opened.damaged_snapshot.as_deref(), Some("snapshot-00000001"));

    // Without the log of before it is an error.
    after.set_bytes("snapshot-00000001", &bytes);
    assert!(
        matches!(Journal::open(after, &plan()), Err(JournalError::Damaged { file, offset: 25, .. }) if file == "snapshot-00000001")
    );
}

#[test]
fn another_plan_is_an_error_unless_it_is_accepted() {
    let disk = filled();
    let mut new = Plan { digest: "new plan".into(), accept_other: false };
    assert_eq!(
        Journal::open(disk.clone(), &new).unwrap_err().to_string(),
        "the data folder belongs to another plan (digest the plan, and this one has new plan)"
    );
    new.accept_other = true;
    let mut opened = Journal::open(disk.clone(), &new).unwrap();
    assert_eq!((opened.other_plan.as_deref(), opened.entries.len()), (Some("the plan"), 3));
    assert!(matches!(opened.journal.append(1, b"x"), Err(JournalError::SnapshotNeeded)));
    opened.journal.snapshot(b"state").unwrap();
    opened.journal.append(1, b"x").unwrap();
    opened.journal.commit().unwrap();
    new.accept_other = false;
    let opened = Journal::open(disk.clone(), &new).unwrap();
    assert_eq!((opened.snapshot.as_deref(), opened.entries), (Some(b"state".as_slice()), vec![entry(b"x")]));
    assert!(opened.other_plan.is_none());
    assert!(matches!(Journal::open(disk, &plan()), Err(JournalError::OtherPlan { .. })));
}

#[test]
fn a_newer_format_is_named() {
    let disk = filled();
    let mut bytes = disk.bytes("log-00000000");
    bytes[8] = 2;
    disk.set_bytes("log-00000000", &bytes);
    assert_eq!(
        Journal::open(disk, &plan()).unwrap_err().to_string(),
        "`log-00000000` in the data folder has format 2, and this program reads format 1"
    );
}

#[test]
fn a_snapshot_restarts_the_log() {
    let disk = filled();
    let Opened { mut journal, .. } = Journal::open(disk.clone(), &plan()).unwrap();
    assert_eq!(journal.log_bytes(), (HEADER + 3 * FRAME) as u64);
    journal.append(2, b"pending").unwrap();
    journal.snapshot(b"").unwrap();
    assert_eq!(journal.log_bytes(), HEADER as u64);
    let opened = Journal::open(disk.clone(), &plan()).unwrap();
    assert_eq!((opened.snapshot, opened.entries), (Some(Vec::new()), Vec::new()));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Any change of any file: an error, or the truth; the last commit alone may be taken for a torn one.
    #[test]
    fn changed_bytes_are_never_read(
        steps in prop::collection::vec(step(), 1..7), file in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(), with in 1..=255u8,
    ) {
        let disk = Disk::default();
        let (history, result) = play(&disk, &steps);
        result.unwrap();
        let name = file.get(&disk.names()).clone();
        let mut bytes = disk.bytes(&name);
        let at = at.index(bytes.len());
        bytes[at] ^= with;
        disk.set_bytes(&name, &bytes);
        if let Ok(opened) = Journal::open(disk, &plan()) {
            let count = found(&opened, &history);
            let History { ends, entries, .. } = &history;
            let before_last = ends.iter().rev().find(|&&end| end < entries.len()).copied().unwrap_or(0);
            prop_assert!(count == before_last || count == entries.len());
            prop_assert!(count == entries.len() || opened.cut.is_some(), "it is told");
        }
    }

    /// Any files: an error or an empty journal, and no panic.
    #[test]
    fn any_files_are_read(files in prop::collection::vec(("(log|snapshot)-0000000[0-2]", prop::collection::vec(any::<u8>(), 0..60)), 0..4)) {
        let mut disk = Disk::default();
        for (name, bytes) in files {
            omnic::serve::journal::Storage::create(&mut disk, &name).unwrap();
            disk.set_bytes(&name, &bytes);
        }
        if let Ok(opened) = Journal::open(disk, &plan()) {
            prop_assert!(opened.entries.is_empty() && opened.snapshot.is_none());
        }
    }
}
