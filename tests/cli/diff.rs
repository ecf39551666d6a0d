//! `omnic diff`: what the sides are, what fails, each format, and what is never written over. What is compared, and in which
//! words it is said, is tested with the comparison itself.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]
#![allow(clippy::print_stdout, reason = "says why it is skipped")]

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

use crate::changed::{commit, git, git_output};
use crate::small::{run, write};

const BEFORE: &str = "tests/fixtures/diff/before";
const AFTER: &str = "tests/fixtures/diff/after";
const INTENT: &str = "tests/fixtures/diff/intent.toml";
const SENIORS: &str = "app/presenceUserConfigs/Seniors.presenceUserConfig-meta.xml";
const RETURNS: &str = "app/queues/Returns.queue-meta.xml";

/// What the fixture's change does: the worst first.
const THERE: [&str; 6] = ["reaches_nobody", "order", "capacity", "capacity", "times", "more_reps"];
/// What it does the other way round.
const BACK: [&str; 6] = ["fewer_reps", "order", "capacity", "capacity", "times", "more_reps"];

fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// Copies a side of the fixture over what is there.
fn copy(side: &str, to: &Path) {
    let from = here().join(side);
    for entry in walkdir::WalkDir::new(&from).into_iter().map(Result::unwrap).filter(|it| it.file_type().is_file()) {
        let path = entry.path().strip_prefix(&from).unwrap().to_str().unwrap();
        write(to, path, &fs::read_to_string(entry.path()).unwrap());
    }
}

/// A repository with the side before in `folder` as a commit; none if there is no git.
fn repository(folder: &str) -> Option<TempDir> {
    let root = tempfile::tempdir().unwrap();
    copy(BEFORE, &root.path().join(folder));
    match git_output(root.path(), &["init", "-q", "-b", "main"]) {
        Ok(_) => {
            commit(root.path(), "before");
            Some(root)
        }
        Err(error) => {
            println!("skipped: git cannot be run: {error}");
            None
        }
    }
}

/// The comparison as JSON, which the schema allows.
fn json(folder: &Path, args: &[&str]) -> Value {
    let (status, out, error) = run(folder, &[&["diff", "--format", "json"], args].concat());
    assert_eq!(status, 0, "{args:?}: {error}");
    let value: Value = serde_json::from_str(&out).unwrap();
    let schema: Value = serde_json::from_str(&omnic::cli::diff::schema()).unwrap();
    let errors: Vec<String> =
        jsonschema::validator_for(&schema).unwrap().iter_errors(&value).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{args:?}: {errors:#?}");
    value
}

fn topics(value: &Value) -> Vec<&str> {
    value["changes"].as_array().unwrap().iter().map(|change| change["topic"].as_str().unwrap()).collect()
}

/// What is said of a comparison that cannot be made, with exit status 2.
fn refused(folder: &Path, args: &[&str]) -> String {
    let (status, out, error) = run(folder, &[&["diff"], args].concat());
    assert_eq!((status, out.as_str()), (2, ""), "{args:?}: {error}");
    error
}

/// The first line of a comparison for people.
fn headline(folder: &Path, args: &[&str]) -> String {
    let (status, out, error) = run(folder, &[&["diff"], args].concat());
    assert_eq!(status, 0, "{args:?}: {error}");
    out.lines().next().unwrap().to_owned()
}

#[test]
fn without_arguments_the_last_commit_is_compared_with_the_working_tree() {
    let Some(folder) = repository("") else { return };
    let root = folder.path();
    assert_eq!(headline(root, &[]), "All work is routed alike in `HEAD` and the working tree.");
    copy(AFTER, root);
    assert_eq!(topics(&json(root, &[])), THERE);
    let expected = "6 changes to routing from `HEAD` to the working tree: 1 leaves work without a rep.";
    assert_eq!(headline(root, &[]), expected);
    assert_eq!(headline(&root.join("app/queues"), &[]), expected, "the project around a folder is meant");
    commit(root, "after");
    assert_eq!(headline(root, &[]), "All work is routed alike in `HEAD` and the working tree.");
}

#[test]
fn revisions_and_ranges_stand_for_what_they_hold_in_the_order_that_they_are_given() {
    let Some(folder) = repository("") else { return };
    let root = folder.path();
    let first = git(root, &["rev-parse", "HEAD"]);
    git(root, &["checkout", "-q", "-b", "topic"]);
    copy(AFTER, root);
    commit(root, "after");
    git(root, &["checkout", "-q", "main"]);
    write(
        root,
        "app/queues/More.queue-meta.xml",
        &fs::read_to_string(root.join(RETURNS)).unwrap().replace("<name>Returns<", "<name>More<"),
    );
    commit(root, "more");
    git(root, &["checkout", "-q", "topic"]);
    for (args, expected, names) in [
        (&[&*first][..], &THERE[..], [&first[..10], "the working tree"]),
        (&["topic~1"], &THERE, ["topic~1", "the working tree"]),
        (&["topic~1", "topic"], &THERE, ["topic~1", "topic"]),
        (&["topic~1..topic"], &THERE, ["topic~1", "topic"]),
        (&["topic", "topic~1"], &BACK, ["topic", "topic~1"]),
        (&["topic..topic~1"], &BACK, ["topic", "topic~1"]),
        (&["topic~1..topic", "."], &THERE, ["topic~1", "topic"]),
        (&["topic~1..topic", "app/queues"], &THERE, ["topic~1", "topic"]),
        (&["main...topic"], &THERE, [&first[..10], "topic"]),
        (&["topic", "."], &[], ["topic", "the working tree"]),
        (&["topic..topic"], &[], ["topic", "topic"]),
    ] {
        let value = json(root, args);
        assert_eq!(topics(&value), expected, "{args:?}");
        assert_eq!([&value["old"]["name"], &value["new"]["name"]], names, "{args:?}");
    }
    // What has come to main since is not what the topic takes away.
    let two = json(root, &["main..topic"]);
    assert_ne!(topics(&two), THERE, "{two:#}");
    assert!(two["changes"].to_string().contains("More"), "{two:#}");
}

#[test]
fn a_plan_is_a_side() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let path = |name: &str| root.join(name).to_str().unwrap().to_owned();
    let (old, new) = (path("old.json"), path("new.json"));
    for (project, plan) in [(BEFORE, &old), (AFTER, &new)] {
        let (status, _, error) = run(&here(), &["compile", "--allow-errors", project, "-o", plan]);
        assert!(status < 2, "{error}");
    }
    let whole = json(&here(), &[BEFORE, AFTER]);
    assert_eq!(topics(&whole), THERE);
    for (args, roots) in [
        ([&*old, AFTER], [Value::Null, AFTER.into()]),
        ([BEFORE, &new], [BEFORE.into(), Value::Null]),
        ([&old, &new], [Value::Null, Value::Null]),
    ] {
        let value = json(&here(), &args);
        assert_eq!(value["changes"], whole["changes"], "{args:?}");
        assert_eq!([value["old"]["root"].clone(), value["new"]["root"].clone()], roots, "{args:?}");
        assert_eq!(value["old"]["digest"], whole["old"]["digest"]);
    }
    let said = refused(&here(), &[&old, &new, "--records", "org"]);
    assert!(said.starts_with("error: `--records` is for a project, and `"), "{said}");
    let said = refused(&here(), &[&old, AFTER, "--old-records", "org"]);
    assert!(said.starts_with("error: `--old-records` is for a project, and `"), "{said}");
    fs::write(root.join("state.json"), "{\"options\": {}, \"pendings\": []}").unwrap();
    let said = refused(root, &["state.json", "new.json"]);
    assert!(said.starts_with("error: `state.json` is a saved state, not a routing plan\n"), "{said}");
}

/// Paths lead from the working directory to the file, whichever folder the project is in.
#[test]
fn a_project_in_a_folder_of_the_repository() {
    let Some(folder) = repository("service") else { return };
    let root = folder.path();
    copy(AFTER, &root.join("service"));
    commit(root, "after");
    for args in [&["HEAD~1", "service"][..], &["HEAD~1..HEAD", "service"], &["HEAD~1..", "service"]] {
        let (_, out, _) = run(root, &[&["diff"], args].concat());
        assert!(
            out.contains(&format!("    service/{SENIORS}:2: the presence configuration `Seniors`: `capacity`\n")),
            "{out}"
        );
        let (_, out, _) = run(root, &[&["diff", "--format", "github"], args].concat());
        assert!(
            out.starts_with(&format!("::error file=service/{SENIORS},line=2,title=Routing%3A Reaches nobody::")),
            "{out}"
        );
        let value = json(root, args);
        assert_eq!([&value["old"]["root"], &value["new"]["root"]], ["service", "service"]);
        assert_eq!(value["changes"][0]["causes"][0]["new"]["file"], SENIORS);
    }
    let (_, out, _) = run(&root.join("service/app"), &["diff", "HEAD~1"]);
    assert!(out.contains(&format!("    ../{SENIORS}:2: ")), "{out}");
}

/// What is gone is shown where it was.
#[test]
fn rows_that_are_gone_are_shown_where_they_were() {
    let Some(folder) = repository("") else { return };
    let root = folder.path();
    fs::remove_file(root.join("app/queues/Orders.queue-meta.xml")).unwrap();
    let (status, out, error) = run(root, &["diff", "--details"]);
    assert_eq!((status, &*error), (0, ""));
    assert!(out.contains("    app/queues/Orders.queue-meta.xml:2 (before): the queue `Orders`\n"), "{out}");
    let (_, out, _) = run(root, &["diff", "--format", "github"]);
    assert!(!out.contains("Orders.queue-meta.xml"), "a file that is gone has no lines: {out}");
    let (_, out, _) = run(root, &["diff", "--format", "markdown", "--details"]);
    assert!(out.contains("  - `app/queues/Orders.queue-meta.xml:2` (before): the queue `Orders`\n"), "{out}");
}

#[test]
fn what_errors_leave_out_is_named_in_every_report() {
    let Some(folder) = repository("") else { return };
    let root = folder.path();
    let file = "app/queueRoutingConfigs/Returns.queueRoutingConfig-meta.xml";
    let text = fs::read_to_string(root.join(file)).unwrap();
    write(root, file, &text.replace("LEAST_ACTIVE", "LEAST_AKTIVE"));
    let notes = [
        "the working tree has 1 error; `omnic check` shows them",
        "the working tree: the routing configuration `Returns` is left out of the comparison (OC106 says why)",
    ];
    for format in ["human", "json", "markdown", "github"] {
        let (status, out, error) = run(root, &["diff", "--format", format]);
        assert_eq!((status, error), (0, notes.map(|note| format!("note: {note}\n")).concat()), "{format}: {out}");
    }
    let value = json(root, &[]);
    assert_eq!(value["old"]["notes"], serde_json::json!([]));
    assert_eq!(value["new"]["notes"], serde_json::json!(notes));
    let (_, out, _) = run(root, &["diff", "--format", "markdown"]);
    let quoted = notes.map(|note| format!("> - {note}\n")).concat();
    let (head, changes) = (out.find(&quoted).unwrap(), out.find("\n- **").unwrap());
    assert!(head < changes, "{out}");
    // The other way round it is the old side.
    commit(root, "broken");
    write(root, file, &text);
    let (_, _, error) = run(root, &["diff"]);
    assert!(error.starts_with("note: `HEAD` has 1 error; "), "{error}");
}

/// Only checks that find errors run: those that are errors by themselves, and those that the project makes errors.
#[test]
fn what_a_project_makes_an_error_is_counted() {
    let Some(folder) = repository("") else { return };
    let root = folder.path();
    let used = "app/queueRoutingConfigs/Returns.queueRoutingConfig-meta.xml";
    let text = fs::read_to_string(root.join(used)).unwrap();
    write(root, "app/queueRoutingConfigs/Unused.queueRoutingConfig-meta.xml", &text.replace("Returns", "Unused"));
    write(root, used, &text.replace("    <label>", "    <!-- omnic-ignore OC206: silences nothing -->\n    <label>"));
    let none = "";
    let one = "note: the working tree has 1 error; `omnic check` shows them\n";
    for (levels, expected) in [
        (none, none),
        ("[checks]\nOC206 = \"error\"\n", one),
        ("[[overrides]]\npaths = [\"app\"]\nchecks = { OC206 = \"error\" }\n", one),
        ("[checks]\nOC011 = \"error\"\n", one),
    ] {
        write(root, "omnic.toml", levels);
        let (status, out, error) = run(root, &["diff"]);
        assert_eq!((status, &*error), (0, expected), "{levels}: {out}");
    }
}

#[test]
fn a_side_that_cannot_be_compiled_is_no_comparison() {
    let Some(folder) = repository("") else { return };
    let root = folder.path();
    // All of it is gone, or not there yet: that is a change, and is said.
    fs::remove_dir_all(root.join("app")).unwrap();
    write(root, "app/README.md", "");
    let (status, out, error) = run(root, &["diff"]);
    assert_eq!((status, &*error), (0, "note: there is no Omni-Channel metadata in the working tree\n"));
    let said = "changes to routing from `HEAD` to the working tree: 1 leaves open what becomes of work.";
    assert!(out.lines().next().unwrap().ends_with(said), "{out}");
    commit(root, "empty");
    for format in ["human", "json", "markdown", "github"] {
        let said = refused(root, &["--format", format, "--fail-on", "never"]);
        let expected = "error: nothing to compare: there is no Omni-Channel metadata in `HEAD` and the working tree\n  \
                        help: give the folder of a Salesforce project\n";
        assert!(said.ends_with(expected), "{said}");
    }
    fs::write(root.join("sfdx-project.json"), "{").unwrap();
    assert!(refused(root, &[]).contains("\nerror: sfdx-project.json:"));
    git(root, &["checkout", "-q", "."]);
    let said = refused(root, &["nowhere", "HEAD"]);
    assert_eq!(
        said,
        "error: `nowhere` is neither a file or folder nor a commit or branch\n  help: name a project, a plan, or a commit \
         that exists; a shallow clone may need to fetch it first\n"
    );
    for range in ["HEAD..nowhere", "nowhere...HEAD", "nowhere.."] {
        let said = refused(root, &[range]);
        assert!(said.contains("`nowhere`") && said.contains("\n  help: "), "{said}");
    }
    let said = refused(root, &["HEAD..HEAD", "HEAD"]);
    assert!(said.starts_with("error: a range of commits names both sides already\n  help: "), "{said}");
    let said = refused(root, &["HEAD", "HEAD..HEAD"]);
    assert!(said.starts_with("error: a range of commits names both sides already\n  help: "), "{said}");
    let outside = tempfile::tempdir().unwrap();
    copy(BEFORE, outside.path());
    assert!(refused(outside.path(), &[]).contains("is not in a git work tree"));
}

#[test]
fn what_fails_is_chosen() {
    let same = [BEFORE, BEFORE];
    let gain = [AFTER, BEFORE];
    let loss = [BEFORE, AFTER];
    for (sides, fail_on, status) in [
        (same, "never", 0),
        (same, "loss", 0),
        (same, "any", 0),
        (loss, "never", 0),
        (loss, "loss", 1),
        (loss, "any", 1),
        // Lea loses returns.
        (gain, "loss", 1),
    ] {
        let args = ["diff", sides[0], sides[1], "--fail-on", fail_on];
        assert_eq!(run(&here(), &args).0, status, "{args:?}");
    }
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    for side in ["old", "new"] {
        copy(BEFORE, &root.join(side));
    }
    let fails = |fail_on: &str| run(root, &["diff", "old", "new", "--fail-on", fail_on]).0;
    // A gain is a change, and no loss.
    fs::copy(here().join(AFTER).join(RETURNS), root.join("new").join(RETURNS)).unwrap();
    assert_eq!((fails("loss"), fails("any")), (0, 1));
    // A label is no change to routing.
    let status = "app/servicePresenceStatuses/Available.servicePresenceStatus-meta.xml";
    copy(BEFORE, &root.join("new"));
    fs::copy(here().join(AFTER).join(status), root.join("new").join(status)).unwrap();
    assert_eq!((fails("loss"), fails("any")), (0, 0));
    // Another name is one: what names it elsewhere must follow.
    let config = |name: &str| format!("new/app/queueRoutingConfigs/{name}.queueRoutingConfig-meta.xml");
    fs::rename(root.join(config("Escalated")), root.join(config("Urgent"))).unwrap();
    let queue = root.join("new/app/queues/Escalations.queue-meta.xml");
    fs::write(&queue, fs::read_to_string(&queue).unwrap().replace(">Escalated<", ">Urgent<")).unwrap();
    assert_eq!((fails("loss"), fails("any")), (0, 1));
    // What fails is written all the same.
    let (status, out, _) = run(&here(), &["diff", BEFORE, AFTER, "--fail-on", "any", "--format", "json"]);
    assert_eq!(status, 1);
    assert_eq!(topics(&serde_json::from_str(&out).unwrap()), THERE);
    let file = root.join("report.md");
    let args = ["diff", BEFORE, AFTER, "--fail-on", "loss", "--format", "markdown", "-o", file.to_str().unwrap()];
    let (status, out, _) = run(&here(), &args);
    assert_eq!((status, &*out), (1, ""));
    assert!(fs::read_to_string(file).unwrap().starts_with("### Routing\n"));
}

#[test]
fn what_is_meant_is_told_from_what_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("intent.toml");
    let file = file.to_str().unwrap();
    let judged = |text: &str, fail_on: &str| {
        fs::write(file, text).unwrap();
        let args = ["diff", BEFORE, AFTER, "--expect", file, "--fail-on", fail_on];
        let (status, out, _) = run(&here(), &args);
        (status, out)
    };
    // All of it is meant.
    let (status, out) = judged("only = [\"*\"]\n", "collateral");
    assert_eq!(status, 0);
    assert!(out.ends_with("\nThe change does what it is meant to do, and nothing else.\n"), "{out}");
    assert_eq!(out.matches("  meant: ").count(), 6, "{out}");
    // The fixture's own: it shows what nobody meant.
    let (status, out, _) = run(&here(), &["diff", BEFORE, AFTER, "--expect", INTENT, "--fail-on", "collateral"]);
    assert_eq!(status, 1);
    assert!(out.ends_with("\n2 changes were not meant.\n"), "{out}");
    assert_eq!((out.matches("  meant: ").count(), out.matches("  not meant: ").count()), (4, 2), "{out}");
    assert!(out.contains("Reaches nobody\n  not meant: Work of `Escalations` "), "{out}");
    // `keep` is stronger than `only`.
    let (status, out) = judged("only = [\"*\"]\nkeep = [\"Case\"]\n", "collateral");
    assert_eq!((status, out.matches("  not meant: ").count()), (1, 1), "{out}");
    // What does not happen.
    let (status, out) = judged("only = [\"*\"]\n[gains]\nOrders = [\"ben@harbourtea.example\"]\n", "collateral");
    assert_eq!(status, 1);
    assert!(
        out.contains("\n1 expectation is not met.\n  `ben@harbourtea.example` gains no work of the queue `Orders`"),
        "{out}"
    );
    // Without --fail-on the status says that they were compared.
    assert_eq!(judged("", "never").0, 0);
    fs::write(file, "").unwrap();
    let value = json(&here(), &[BEFORE, AFTER, "--expect", file]);
    assert_eq!(value["verdict"], serde_json::json!({"collateral": [0, 1, 2, 3, 4, 5], "unmet": []}));
    assert_eq!(json(&here(), &[BEFORE, AFTER]).get("verdict"), None);
    let (_, out, _) = run(&here(), &["diff", BEFORE, AFTER, "--expect", file, "--format", "markdown"]);
    assert!(out.contains("\n**6 changes were not meant.**\n"), "{out}");
    assert_eq!(out.matches(" *(not meant)*\n").count(), 6, "{out}");
}

#[test]
fn files_of_expectations_that_cannot_be_used_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("intent.toml");
    let path = file.to_str().unwrap();
    let args = [BEFORE, AFTER, "--expect", path];
    for (text, expected) in [
        ("onyl = []\n", "unknown field `onyl`"),
        ("only = \"Returns\"\n", "line 1"),
        ("only = [\n", "line"),
        ("only = [\"[a\"]\n", "`[a` is not a pattern"),
        ("[gains]\nReturns = \"lea\"\n", "line 2"),
    ] {
        fs::write(&file, text).unwrap();
        let said = refused(&here(), &args);
        assert!(said.starts_with("error: `") && said.contains("intent.toml`: "), "{said}");
        assert!(said.contains(expected), "{text}: {said}");
        assert!(said.ends_with("\n  help: docs/diff.md says what such a file holds\n"), "{said}");
    }
    fs::remove_file(&file).unwrap();
    assert!(refused(&here(), &args).contains("intent.toml` cannot be read: "));
    let said = refused(&here(), &[BEFORE, AFTER, "--fail-on", "collateral"]);
    assert!(said.contains("name that with `--expect`"), "{said}");
}

/// The old side can have records of its own: who is in a group changes in the org, not in files.
#[test]
fn records_of_the_old_side() {
    const ACME: &str = "examples/acme-support";
    let folder = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(here().join(ACME).join("org")).unwrap().map(Result::unwrap) {
        let text = fs::read_to_string(entry.path()).unwrap();
        write(folder.path(), entry.file_name().to_str().unwrap(), &text);
    }
    let members = fs::read_to_string(folder.path().join("GroupMember.csv")).unwrap();
    // Felix Braun is not yet in the group of the first tier.
    let fewer = members.replace("00G000000000001AAA,005000000000007AAA\n", "");
    assert_ne!(fewer, members);
    write(folder.path(), "GroupMember.csv", &fewer);
    let (old, new) = (folder.path().to_str().unwrap(), "examples/acme-support/org");
    let value = json(&here(), &[ACME, ACME, "--records", new, "--old-records", old]);
    assert_eq!(topics(&value), ["more_reps", "supervisors"], "{value:#}");
    assert_eq!(value["changes"][0]["reps"], serde_json::json!(["felix.braun@acme.example"]));
    assert_eq!(value["changes"][0]["work"][0]["entry"], serde_json::json!({"queue": "Cases_Tier_1"}));
    assert_eq!(topics(&json(&here(), &[ACME, ACME, "--records", new])), [""; 0], "for both");
    assert_eq!(
        topics(&json(&here(), &[ACME, ACME, "--records", old, "--old-records", new])),
        ["fewer_reps", "supervisors"]
    );
}

#[test]
fn formats_say_the_same() {
    let of = |args: &[&str]| {
        let (status, out, error) = run(&here(), &[&["diff", BEFORE, AFTER], args].concat());
        assert_eq!(status, 0, "{error}");
        out
    };
    let value = json(&here(), &[BEFORE, AFTER]);
    assert_eq!(value["format_version"], 1);
    let texts: Vec<&str> =
        value["changes"].as_array().unwrap().iter().map(|change| change["text"].as_str().unwrap()).collect();
    let github = of(&["--format", "github"]);
    let levels: Vec<&str> = github.lines().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(levels, ["::error", "::notice", "::notice", "::notice", "::notice", "::notice"]);
    let markdown = of(&["--format", "markdown"]);
    let human = of(&[]).split_whitespace().collect::<Vec<_>>().join(" ");
    for text in texts {
        // A sentence begins with a capital there.
        let rest = &text[1..];
        assert!(human.contains(rest), "{text}");
        assert!(markdown.contains(&format!("{rest}.\n")), "{text}");
        assert_eq!(github.matches(&format!("{rest}.\n")).count(), 1, "{text}");
    }
    assert_eq!(markdown, of(&["--format", "markdown"]), "a bot can tell whether anything has changed");
    let details = of(&["--details"]);
    assert!(details.contains("    for example, before:\n      08:00:00Z "), "{details}");
    assert!(!of(&[]).contains("for example"));
    let colored = of(&["--color", "always"]);
    assert!(colored.contains("\u{1b}[1m6 changes to routing") && !of(&[]).contains('\u{1b}'), "{colored}");
    for format in ["json", "github"] {
        let said = refused(&here(), &[BEFORE, AFTER, "--details", "--format", format]);
        assert!(said.starts_with("error: `--details` is for the formats human and markdown\n"), "{said}");
    }
}

/// A comment has room for 65,536 characters.
#[test]
fn a_long_report_is_cut_where_a_comment_ends() {
    let folder = tempfile::tempdir().unwrap();
    let (old, new) = (folder.path().join("old"), folder.path().join("new"));
    copy(BEFORE, &old);
    copy(BEFORE, &new);
    let queue = fs::read_to_string(old.join(RETURNS)).unwrap();
    for number in 0..300 {
        let path = format!("app/queues/Queue_{number}.queue-meta.xml");
        let queue = queue.replace("<name>Returns<", &format!("<name>Queue {number}<"));
        write(&old, &path, &queue);
        write(&new, &path, &queue.replace("ben@", "lea@"));
    }
    let (status, out, _) = run(folder.path(), &["diff", "old", "new", "--format", "markdown"]);
    assert_eq!(status, 0);
    assert!(out.len() < 65_536, "{}", out.len());
    let left = out.lines().find(|line| line.ends_with(" more changes are left out: a comment has no room for them"));
    let left: usize = left.unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let written = out.lines().filter(|line| line.starts_with("- **")).count();
    let value = json(folder.path(), &["old", "new"]);
    assert_eq!(written + left, value["changes"].as_array().unwrap().len());
    assert_eq!(out.matches("<details>").count(), out.matches("</details>").count());
    let (_, out, _) = run(folder.path(), &["diff", "old", "new"]);
    assert!(out.contains("more: `--details` shows them\n"), "{out}");
}

#[test]
fn what_is_read_is_never_written_over() {
    let Some(folder) = repository("") else { return };
    let root = folder.path();
    copy(AFTER, root);
    let (status, _, error) = run(root, &["compile", "--allow-errors", "-o", "plan.json"]);
    assert!(status < 2, "{error}");
    write(root, "intent.toml", "");
    write(root, "omnic.toml", "");
    write(root, "org/User.csv", "Id,Username,IsActive\n005000000000001AAA,ava@harbourtea.example,true\n");
    write(root, "old-org/User.csv", "Id,Username,IsActive\n005000000000001AAA,ava@harbourtea.example,true\n");
    let records = ["--records", "org", "--old-records", "old-org"];
    for file in ["intent.toml", "omnic.toml", "sfdx-project.json", SENIORS, "org/User.csv", "old-org/User.csv"] {
        let before = fs::read_to_string(root.join(file)).unwrap();
        let said = refused(root, &[&["--expect", "intent.toml", "-o", file], &records[..]].concat());
        assert!(said.contains(file), "{said}");
        assert_eq!(fs::read_to_string(root.join(file)).unwrap(), before, "{file}");
    }
    let before = fs::read_to_string(root.join("plan.json")).unwrap();
    for args in [&["plan.json", "-o", "plan.json"][..], &["HEAD", "plan.json", "-o", "plan.json"]] {
        assert!(refused(root, args).contains("would overwrite `plan.json`"));
        assert_eq!(fs::read_to_string(root.join("plan.json")).unwrap(), before);
    }
    let (status, out, _) = run(root, &["diff", "-o", "report.txt"]);
    assert_eq!((status, &*out), (0, ""));
    assert!(fs::read_to_string(root.join("report.txt")).unwrap().starts_with("6 changes to routing"));
    let (_, out, _) = run(root, &["diff", "-o", "-"]);
    assert_eq!(out, fs::read_to_string(root.join("report.txt")).unwrap());
}
