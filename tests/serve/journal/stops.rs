//! The machine stops at any step of any history.

use omnic::serve::journal::{Entry, Journal, JournalError, Opened, Plan};
use proptest::prelude::*;

use super::disk::{Disk, REMAINS};

pub(super) fn plan() -> Plan {
    Plan { digest: "the plan".into(), accept_other: false }
}

#[derive(Clone, Debug)]
pub(super) enum Step {
    /// So many entries in one commit, each of some bytes.
    Commit(Vec<Vec<u8>>),
    Snapshot,
}

pub(super) fn step() -> impl Strategy<Value = Step> {
    let payload = prop::collection::vec(any::<u8>(), 0..12);
    prop_oneof![
        4 => prop::collection::vec(payload, 0..4).prop_map(Step::Commit),
        1 => Just(Step::Snapshot),
    ]
}

/// What was done, and how far it was acknowledged.
#[derive(Debug, Default)]
pub(super) struct History {
    pub(super) entries: Vec<Entry>,
    /// After how many entries commits ended, acknowledged or not.
    pub(super) ends: Vec<usize>,
    pub(super) acknowledged: usize,
}

/// The state of a snapshot is the number of entries.
fn state(entries: usize) -> Vec<u8> {
    entries.to_le_bytes().to_vec()
}

/// Plays until an error.
pub(super) fn play(disk: &Disk, steps: &[Step]) -> (History, Result<(), JournalError>) {
    let mut history = History { ends: vec![0], ..History::default() };
    let mut run = || {
        let Opened { mut journal, .. } = Journal::open(disk.clone(), &plan())?;
        for step in steps {
            match step {
                Step::Commit(payloads) => {
                    for payload in payloads {
                        let kind = u8::try_from(history.entries.len() % 256).unwrap();
                        journal.append(kind, payload)?;
                        history.entries.push(Entry { kind, payload: payload.clone() });
                    }
                    history.ends.push(history.entries.len());
                    if let Err(error) = journal.commit() {
                        assert!(journal.is_broken());
                        assert!(matches!(journal.append(0, b""), Err(JournalError::Broken)));
                        assert!(matches!(journal.commit(), Err(JournalError::Broken)));
                        assert!(matches!(journal.snapshot(b""), Err(JournalError::Broken)));
                        return Err(error);
                    }
                    history.acknowledged = history.entries.len();
                }
                Step::Snapshot => journal.snapshot(&state(history.entries.len()))?,
            }
        }
        Ok(())
    };
    let result = run();
    (history, result)
}

/// Opens and joins the snapshot with the entries after it. Returns how many entries were found.
pub(super) fn found(opened: &Opened<Disk>, history: &History) -> usize {
    let start = opened
        .snapshot
        .as_ref()
        .map_or(0, |state| usize::from_le_bytes(state.as_slice().try_into().expect("a state that was written")));
    let end = start + opened.entries.len();
    assert_eq!(opened.entries, history.entries[start..end]);
    end
}

fn check(disk: &Disk, history: &History, what: &str) {
    let opened = Journal::open(disk.clone(), &plan()).unwrap_or_else(|error| panic!("{what}: {error}"));
    let count = found(&opened, history);
    assert!(history.ends.contains(&count), "{what}: a commit was read in part: {count} of {:?}", history.ends);
    assert!(count >= history.acknowledged, "{what}: {count} of {} acknowledged", history.acknowledged);
    assert!(opened.damaged_snapshot.is_none() && opened.other_plan.is_none());
    let stays = |name: &String| name.starts_with("log-") || name.starts_with("snapshot-0");
    let names = disk.names();
    assert!(names.len() <= 3 && names.iter().all(stays), "{what}: {names:?}");

    // It goes on.
    let mut journal = opened.journal;
    journal.append(9, b"more").unwrap();
    journal.commit().unwrap();
    let again = Journal::open(disk.clone(), &plan()).unwrap();
    assert!(again.cut.is_none());
    assert_eq!(again.entries.last(), Some(&Entry { kind: 9, payload: b"more".to_vec() }), "{what}");
    assert_eq!(again.entries.len(), opened.entries.len() + 1, "{what}");
    let mut journal = again.journal;
    journal.snapshot(b"state").unwrap();
    let again = Journal::open(disk.clone(), &plan()).unwrap();
    assert_eq!((again.snapshot, again.entries, disk.names().len()), (Some(b"state".to_vec()), Vec::new(), 2));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases / 5, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_acknowledged_is_lost(steps in prop::collection::vec(step(), 1..7)) {
        let whole = Disk::default();
        let (history, result) = play(&whole, &steps);
        result.unwrap();
        prop_assert_eq!(history.acknowledged, history.entries.len());
        for stop in 0..=whole.steps() {
            let disk = Disk::stopping_after(stop);
            let (history, result) = play(&disk, &steps);
            prop_assert_eq!(result.is_err(), stop < whole.steps());
            for remains in REMAINS {
                check(&disk.after_stop(remains), &history, &format!("{stop} steps, {remains:?} remains"));
            }
        }
    }

    /// Also the opening may stop, and the one after it.
    #[test]
    fn an_opening_that_stops_loses_nothing(steps in prop::collection::vec(step(), 1..5), stop in 0..200usize) {
        let disk = Disk::stopping_after(stop);
        let (history, _) = play(&disk, &steps);
        for remains in REMAINS {
            let found_disk = disk.after_stop(remains);
            for stop in 0..60 {
                let second = found_disk.copy();
                second.stop_after(stop);
                if Journal::open(second.clone(), &plan()).is_ok() {
                    break;
                }
                for remains in REMAINS {
                    check(&second.after_stop(remains), &history, "after a second stop");
                }
            }
        }
    }

    /// The last log, cut at every byte, holds exactly the commits that are whole.
    #[test]
    fn a_cut_log_is_a_prefix(steps in prop::collection::vec(step(), 1..9)) {
        let disk = Disk::default();
        let (history, result) = play(&disk, &steps);
        result.unwrap();
        let name = disk.names().into_iter().find(|name| name.starts_with("log-")).unwrap();
        let bytes = disk.bytes(&name);
        let mut last = 0;
        for length in 0..=bytes.len() {
            let disk = disk.copy();
            disk.set_bytes(&name, &bytes[..length]);
            let opened = Journal::open(disk.clone(), &plan()).unwrap();
            let count = found(&opened, &history);
            prop_assert!(history.ends.contains(&count) && count >= last);
            last = count;
            let whole = disk.bytes(&name).len();
            let told = opened.cut.map_or(0, |cut| usize::try_from(cut.bytes).unwrap());
            if told < length {
                prop_assert_eq!(whole + told, length);
            }
        }
        prop_assert_eq!(last, history.entries.len());
    }
}

#[test]
fn a_full_disk_is_an_error_that_names_the_file() {
    let disk = Disk::default();
    let Opened { mut journal, .. } = Journal::open(disk.clone(), &plan()).unwrap();
    journal.append(1, b"kept").unwrap();
    journal.commit().unwrap();
    disk.stop_after(5);
    journal.append(2, b"lost").unwrap();
    let error = journal.commit().unwrap_err().to_string();
    assert_eq!(error, "`log-00000000` in the data folder: writing failed: no space left");
    let error = journal.commit().unwrap_err().to_string();
    assert_eq!(error, "an earlier write to the data folder failed, so nothing more is written: restart the server");
    let opened = Journal::open(disk.copy(), &plan()).unwrap();
    assert_eq!(opened.entries, [Entry { kind: 1, payload: b"kept".to_vec() }]);
    assert_eq!(opened.cut.map(|cut| (cut.file, cut.bytes)), Some(("log-00000000".to_owned(), 5)));
}

#[test]
fn nothing_is_acknowledged_after_a_snapshot_that_failed() {
    let mut failures = 0;
    for stop in 0..200 {
        let disk = Disk::default();
        let Opened { mut journal, .. } = Journal::open(disk.clone(), &plan()).unwrap();
        journal.append(1, b"kept").unwrap();
        journal.commit().unwrap();
        disk.stop_after(stop);
        if journal.snapshot(&state(1)).is_ok() {
            break;
        }
        failures += 1;
        // There is room again, but perhaps a new snapshot, behind which the old log would not be read.
        disk.stop_after(1000);
        assert!(journal.is_broken());
        assert!(matches!(journal.append(2, b"x"), Err(JournalError::Broken)));
        let opened = Journal::open(disk.copy(), &plan()).unwrap();
        assert!(opened.snapshot.is_some() || opened.entries.len() == 1, "{stop}");
    }
    assert!(failures > 40, "{failures}");
}
