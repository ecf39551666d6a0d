//! What a change does to routing: twenty and more changes to the example with what is to be said of them, and laws.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use std::path::{Path, PathBuf};

use serde::Deserialize;

use omnic::compare::{Change, Comparison, Intent, compare, renamed};
use omnic::compile::{OnErrors, compile};
use omnic::plan::Plan;

use crate::common;

const ACME: &str = "examples/acme-support";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Changes {
    change: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    #[serde(default)]
    records: bool,
    #[serde(default)]
    edits: Vec<Edit>,
    rename: Option<Renaming>,
    /// A file that is not there any more.
    delete: Option<String>,
    says: Vec<String>,
    #[serde(default)]
    only: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Edit {
    file: String,
    from: String,
    to: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Renaming {
    kind: String,
    from: String,
    to: String,
}

/// A copy of the example.
fn copy() -> (tempfile::TempDir, Vec<PathBuf>) {
    let folder = tempfile::tempdir().unwrap();
    let files = common::files_below(Path::new(ACME));
    let copied = files.iter().map(|file| {
        let target = folder.path().join(file.strip_prefix(ACME).unwrap());
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::copy(file, &target).unwrap();
        target
    });
    let copied = copied.collect();
    (folder, copied)
}

fn plan(project: &Path, records: bool) -> Plan {
    let org = project.join("org");
    let (_, analysis) = common::check_with(project, false, records.then_some(org.as_path()));
    compile(&analysis, &[], OnErrors::LeaveOut).unwrap()
}

fn changed(case: &Case) -> Plan {
    let (folder, files) = copy();
    for Edit { file, from, to } in &case.edits {
        let path = files.iter().find(|path| path.ends_with(file)).unwrap_or_else(|| panic!("{file}"));
        let text = std::fs::read_to_string(path).unwrap().replace("\r\n", "\n");
        assert!(text.contains(from), "{}: {file} does not hold {from}", case.name);
        std::fs::write(path, text.replacen(from, to, 1)).unwrap();
    }
    if let Some(Renaming { kind, from, to }) = &case.rename {
        for path in &files {
            let text = std::fs::read_to_string(path).unwrap();
            // In components the name is the whole value; in records, too.
            let text = text.replace(&format!(">{from}<"), &format!(">{to}<"));
            let text = text.replace(&format!("\"{from}\""), &format!("\"{to}\""));
            std::fs::write(path, text).unwrap();
            let name = format!("{from}.{kind}-meta.xml");
            if path.ends_with(&name) {
                std::fs::rename(path, path.with_file_name(format!("{to}.{kind}-meta.xml"))).unwrap();
            }
        }
    }
    if let Some(gone) = &case.delete {
        std::fs::remove_file(files.iter().find(|path| path.ends_with(gone)).unwrap()).unwrap();
    }
    plan(folder.path(), case.records)
}

/// What is said, each sentence behind its topic.
fn said(found: &Comparison) -> Vec<String> {
    let topic = |change: &Change| serde_json::to_value(change.topic).unwrap().as_str().unwrap().to_owned();
    let changes = found.changes.iter().map(|change| format!("{}: {}", topic(change), change.text));
    changes.chain(found.renames.iter().map(|rename| format!("renamed: {}", renamed(rename)))).collect()
}

#[test]
fn of_each_change_is_said_what_was_written_down_first() {
    let Changes { change: cases } = toml::from_str(include_str!("../fixtures/changes.toml")).unwrap();
    assert!(cases.len() >= 20);
    let before = [false, true].map(|records| plan(Path::new(ACME), records));
    let mut problems = Vec::new();
    for case in &cases {
        let old = &before[usize::from(case.records)];
        let new = changed(case);
        let found = compare(old, &new).unwrap();
        let said = said(&found);
        let missing = case.says.iter().filter(|wanted| !said.iter().any(|said| said.starts_with(*wanted)));
        let missing: Vec<&String> = missing.collect();
        let is_more = case.only && said.len() != case.says.len();
        if !missing.is_empty() || is_more {
            problems.push(format!("{}: wanted {missing:#?}, and it says {said:#?}", case.name));
        }
        laws(&case.name, old, &new, &found);
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// What holds for each pair of plans.
fn laws(name: &str, old: &Plan, new: &Plan, found: &Comparison) {
    for plan in [old, new] {
        assert_eq!(compare(plan, plan).unwrap(), Comparison::default(), "{name}: a plan differs from itself");
    }
    assert_eq!(compare(old, new).unwrap(), *found, "{name}: compared again, it is another comparison");
    let is_told = !found.changes.is_empty() || !found.renames.is_empty() || !found.without_effect.is_empty();
    assert_eq!(is_told, old.tables != new.tables, "{name}");
    for change in &found.changes {
        assert!(!change.causes.is_empty(), "{name}: no row makes this difference: {}", change.text);
        if let Some(example) = &change.example {
            assert!(!example.old.is_empty() && !example.new.is_empty(), "{name}: {}", change.text);
        }
    }
    // Mirrored, what was gained is lost.
    let back = compare(new, old).unwrap();
    let names = |found: &Comparison| -> Vec<(String, String)> {
        let mut names: Vec<_> = found.renames.iter().map(|it| (it.before.to_string(), it.after.to_string())).collect();
        names.sort();
        names
    };
    let mirrored: Vec<_> = names(&back).into_iter().map(|(before, after)| (after, before)).collect();
    assert_eq!(mirrored, names(found), "{name}");
    let whats = |found: &Comparison| {
        let mut whats: Vec<_> = found.changes.iter().map(|change| what(change).0).collect();
        whats.sort();
        whats
    };
    let mut swapped: Vec<String> = back.changes.iter().map(|change| what(change).1).collect();
    swapped.sort();
    assert_eq!(swapped, whats(found), "{name}: mirrored, it is another comparison");
}

/// What a change does to which work, and what its mirror image does.
fn what(change: &Change) -> (String, String) {
    let value = serde_json::to_value(&change.what).unwrap();
    let work = serde_json::to_string(&change.work).unwrap();
    let kind = value["what"].as_str().unwrap();
    let field = |name: &str| value[name].to_string();
    let pair = |a: &str, b: &str| {
        (format!("{kind} {work} {} {}", field(a), field(b)), format!("{kind} {work} {} {}", field(b), field(a)))
    };
    match kind {
        "reaches_nobody" => (format!("loses {work} {}", field("before")), format!("gains {work} {}", field("before"))),
        "no_longer_known" => (format!("unknown {work} {}", field("lacks")), format!("known {work} {}", field("lacks"))),
        "known_now" => (format!("known {work} {}", field("lacks")), format!("unknown {work} {}", field("lacks"))),
        "loses_reps" => (format!("loses {work} {}", field("reps")), format!("gains {work} {}", field("reps"))),
        "gains_reps" => (format!("gains {work} {}", field("reps")), format!("loses {work} {}", field("reps"))),
        "statuses" => pair("lost", "gained"),
        "row" => {
            let row = format!("{}{}{}", field("table"), field("row"), field("field"));
            let (one, other) = pair("before", "after");
            (format!("{row}{one}"), format!("{row}{other}"))
        }
        _ => pair("before", "after"),
    }
}

#[test]
fn who_is_meant_to_gain_and_lose_may_do_so_with_a_queue_that_comes_or_goes() {
    let (folder, files) = copy();
    let with = plan(folder.path(), false);
    std::fs::remove_file(files.iter().find(|path| path.ends_with("Cases_Tier_2.queue-meta.xml")).unwrap()).unwrap();
    let without = plan(folder.path(), false);
    let reps = r#"["elena.costa@acme.example", "lukas.hoffmann@acme.example", "priya.nair@acme.example"]"#;
    for (table, old, new) in [("loses", &with, &without), ("gains", &without, &with)] {
        let found = compare(old, new).unwrap();
        let judge = |text: &str| Intent::from_toml(text).unwrap().judge(&found).unwrap();
        // Supervisors see another queue, too.
        let others = r#"only = ["Support_Team_Leads", "Contact_Centre_Managers"]"#;
        let meant = judge(&format!("{others}\n[{table}]\nCases_Tier_2 = {reps}"));
        assert_eq!((meant.collateral.len(), meant.unmet), (0, Vec::new()), "{table} {found:#?}");
        let others_only = judge(others);
        assert_eq!(others_only.collateral.len(), 1, "{table}");
    }
    let many = format!("only = [\"{}\"]", "*a".repeat(100));
    assert!(Intent::from_toml(&many).unwrap_err().to_string().contains("too complex"));
}
