//! Whatever happened before: what is told is what a new session tells of the same files and buffers.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::session::{Session, capabilities};

const FILES: [&str; 6] = [
    "force-app/main/default/queues/Weekend_Cases.queue-meta.xml",
    "force-app/main/default/queueRoutingConfigs/Service_Cases.queueRoutingConfig-meta.xml",
    "force-app/main/default/serviceChannels/sfdc_livemessage.serviceChannel-meta.xml",
    "force-app/main/default/presenceUserConfigs/Service_Agents.presenceUserConfig-meta.xml",
    "force-app/main/default/servicePresenceStatuses/On_Break.servicePresenceStatus-meta.xml",
    "force-app/main/default/queues/New.queue-meta.xml",
];

/// Pieces of text that are swapped for one another, in both directions.
const SWAPS: [(&str, &str); 6] = [
    ("Service_Case<", "Service_Cases<"),
    ("<label>", "<lable>"),
    ("true", "false"),
    ("LEAST_ACTIVE", "MOST_AVAILABLE"),
    ("<channel>", "<channel>x"),
    ("    <", "\r\n  <!-- é𝄞 --><"),
];

#[derive(Clone, Debug)]
enum Step {
    Open(usize),
    Edit(usize, usize, bool),
    Close(usize),
    Write(usize, usize, bool),
    Remove(usize),
    Move(usize, usize),
    Settings(usize),
    Ignore(bool),
    Save(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let file = 0..FILES.len();
    prop_oneof![
        3 => file.clone().prop_map(Step::Open),
        8 => (file.clone(), 0..SWAPS.len(), any::<bool>()).prop_map(|(file, swap, back)| Step::Edit(file, swap, back)),
        2 => file.clone().prop_map(Step::Close),
        3 => (file.clone(), 0..SWAPS.len(), any::<bool>()).prop_map(|(file, swap, back)| Step::Write(file, swap, back)),
        1 => file.clone().prop_map(Step::Remove),
        1 => (file.clone(), file.clone()).prop_map(|(from, to)| Step::Move(from, to)),
        1 => (0..SETTINGS.len()).prop_map(Step::Settings),
        1 => any::<bool>().prop_map(Step::Ignore),
        1 => file.prop_map(Step::Save),
    ]
}

/// The last is none.
const SETTINGS: [&str; 4] =
    ["min-severity = \"note\"\nstrict = true\n", "[checks]\nOC201 = \"warning\"\n", "world = \"upside-down\"\n", ""];

fn swapped(text: &str, swap: usize, back: bool) -> Option<(&'static str, &'static str)> {
    let (a, b) = SWAPS[swap];
    let (from, to) = if back { (b, a) } else { (a, b) };
    text.contains(from).then_some((from, to))
}

fn exists(session: &Session, path: &str) -> bool {
    session.root().join(path).is_file()
}

fn take(session: &Session, open: &mut BTreeSet<usize>, step: &Step) {
    match *step {
        Step::Open(file) if !open.contains(&file) => {
            let path = FILES[file];
            if exists(session, path) {
                session.open(path);
            } else {
                let new = "<Queue xmlns=\"http://soap.sforce.com/2006/04/metadata\">\n</Queue>\n";
                session.open_as(path, new);
            }
            open.insert(file);
        }
        Step::Edit(file, swap, back) if open.contains(&file) => {
            if let Some((from, to)) = swapped(&session.text(FILES[file]), swap, back) {
                session.edit(FILES[file], from, to);
            }
        }
        Step::Close(file) if open.remove(&file) => session.close(FILES[file]),
        Step::Write(file, swap, back) if exists(session, FILES[file]) => {
            let text = std::fs::read_to_string(session.root().join(FILES[file])).unwrap();
            if let Some((from, to)) = swapped(&text, swap, back) {
                session.write(FILES[file], &text.replacen(from, to, 1));
            }
        }
        Step::Remove(file) if exists(session, FILES[file]) => session.remove(FILES[file]),
        Step::Move(from, to)
            if exists(session, FILES[from]) && !exists(session, FILES[to]) && !open.contains(&from) =>
        {
            std::fs::rename(session.root().join(FILES[from]), session.root().join(FILES[to])).unwrap();
            let files = json!([{ "oldUri": session.uri(FILES[from]), "newUri": session.uri(FILES[to]) }]);
            session.notify("workspace/didRenameFiles", json!({ "files": files }));
        }
        Step::Settings(which) => match SETTINGS[which] {
            "" if exists(session, "omnic.toml") => session.remove("omnic.toml"),
            "" => {}
            text => session.write("omnic.toml", text),
        },
        Step::Ignore(ignore) => session.write(".forceignore", if ignore { "**/queueRoutingConfigs/**\n" } else { "" }),
        Step::Save(file) if open.contains(&file) => {
            session.write(FILES[file], &session.text(FILES[file]));
            session.notify("textDocument/didSave", json!({ "textDocument": session.document(FILES[file]) }));
        }
        _ => {}
    }
}

/// A new session in a copy of the folder, with the same buffers.
fn fresh(session: &Session, open: &BTreeSet<usize>) -> Session {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    for entry in walkdir::WalkDir::new(session.root()).into_iter().map(Result::unwrap) {
        let to = root.join(entry.path().strip_prefix(session.root()).unwrap());
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(to).unwrap();
        } else {
            std::fs::copy(entry.path(), to).unwrap();
        }
    }
    let uri = url::Url::from_file_path(&root).unwrap();
    let folders = json!([{ "uri": uri.as_str(), "name": "project" }]);
    let other = Session::start_in(folder, root, &folders, capabilities(), Value::Null);
    for &file in open {
        other.open_as(FILES[file], &session.text(FILES[file]));
    }
    other
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn a_session_forgets_nothing_and_keeps_nothing(steps in proptest::collection::vec(step(), 1..16)) {
        let session = Session::example("broken");
        let mut open = BTreeSet::new();
        for (number, step) in steps.iter().enumerate() {
            take(&session, &mut open, step);
            // Sometimes several events come before anything is told.
            if number % 3 == 0 {
                session.settle();
            }
        }
        // A configuration that cannot be read leaves what counted before: a new session has no before.
        let broken = std::fs::read_to_string(session.root().join("omnic.toml")).is_ok_and(|text| text.contains("upside"));
        prop_assume!(!broken);
        let other = fresh(&session, &open);
        let told = |session: &Session| -> BTreeMap<String, Value> {
            session.codes().into_keys().map(|path| (path.clone(), session.diagnostics(&path))).collect()
        };
        prop_assert_eq!(told(&session), told(&other));
    }
}
