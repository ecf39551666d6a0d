//! The command as its users meet it: exit status, what goes where, what is left on disk.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::path::Path;
use std::process::{Command, Output};

fn omnic(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_omnic"));
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    command.args(args).output().unwrap()
}

fn status(args: &[&str]) -> i32 {
    omnic(args).status.code().unwrap()
}

fn stdout(args: &[&str]) -> String {
    String::from_utf8(omnic(args).stdout).unwrap()
}

fn stderr(args: &[&str]) -> String {
    String::from_utf8(omnic(args).stderr).unwrap()
}

const ACME: &str = "examples/acme-support";
const BROKEN: &str = "examples/broken";

#[test]
fn exit_status_says_what_happened() {
    assert_eq!(status(&["check", ACME]), 0);
    assert_eq!(status(&["check", BROKEN]), 1);
    assert_eq!(status(&["check", BROKEN, "--fail-on", "never"]), 0);
    assert_eq!(status(&["check", ACME, "--fail-on", "warning"]), 0);
    assert_eq!(status(&["check", "no/such/place"]), 2);
    assert_eq!(status(&["check", ACME, "--no-such-flag"]), 2);
    assert_eq!(status(&["check", ACME, "--api-version", "sixty"]), 2);
    assert_eq!(status(&["check", "src"]), 2, "nothing to check is not success");
    let fields = "examples/acme-support/force-app/main/default/objects";
    assert_eq!(status(&["check", fields]), 2, "fields are not checked by themselves");
    assert_eq!(status(&["check", BROKEN, "--unsafe-fixes"]), 2, "alone it changes nothing");
    assert_eq!(status(&["check", BROKEN, "--diff"]), 1);
    assert_eq!(status(&["check", BROKEN, "--diff", "--output", "json=never-written.json"]), 2);
    assert_eq!(status(&["check", BROKEN, "--diff", "--statistics"]), 2);
    assert_eq!(status(&["explain", "OC999"]), 2);
    assert_eq!(status(&["--version"]), 0);
    assert_eq!(status(&["--help"]), 0);
    assert_eq!(status(&[]), 2);
}

#[test]
fn version_says_what_a_bug_report_needs() {
    let short = concat!("omnic ", env!("CARGO_PKG_VERSION"), "\n");
    assert_eq!(stdout(&["--version"]), short);
    assert_eq!(stdout(&["-V"]), short);
    let verbose = stdout(&["--version", "--verbose"]);
    assert!(verbose.starts_with(short), "{verbose}");
    for name in ["commit", "build", "target", "system", "API versions", "checks"] {
        assert!(verbose.lines().any(|line| line.starts_with(&format!("{name}: "))), "{name}:\n{verbose}");
    }
    assert_eq!(status(&["--verbose"]), 2, "alone it says nothing");
    assert_eq!(status(&["--version", "check"]), 2);
}

#[test]
fn completions_are_printed_for_known_shells() {
    assert!(stdout(&["completions", "bash"]).contains("complete -F _omnic"));
    assert_eq!(status(&["completions", "tcsh"]), 2);
}

#[test]
fn failures_say_what_to_do() {
    insta::assert_snapshot!(stderr(&["check", "no/such/place"]), @r"
    error: `no/such/place` does not exist
      help: name a project, a folder of metadata, or a metadata file
    ");
    insta::assert_snapshot!(stderr(&["check", "src"]), @r"
    error: nothing to check: no Omni-Channel metadata here (the project's root is `src`)
      help: give the folder of a Salesforce project, or a file such as `Support.queue-meta.xml`
    ");
    insta::assert_snapshot!(stderr(&["explain", "acw-incomplet"]), @r"
    error: there is no check `acw-incomplet`
      help: did you mean `acw-incomplete`?
    ");
}

#[test]
fn one_file_is_reported_and_its_project_is_read() {
    let file = "examples/broken/force-app/main/default/queues/Weekend_Cases.queue-meta.xml";
    let lines = stdout(&["check", file, "--format", "concise"]);
    assert!(lines.lines().next().unwrap().starts_with(&format!("{file}:10:")), "{lines}");
    assert!(lines.contains("error[OC201] unresolved-reference"), "{lines}");
    assert!(lines.lines().all(|line| line.starts_with(file) || line.starts_with("checked ")), "{lines}");
}

#[test]
fn colour_is_asked_for_or_not_there() {
    let escape = '\u{1b}';
    assert!(!stdout(&["check", BROKEN]).contains(escape));
    assert!(stdout(&["check", BROKEN, "--color", "always"]).contains(escape));
    let with = |name: &str, args: &[&str]| {
        let out = Command::new(env!("CARGO_BIN_EXE_omnic")).args(args).env(name, "1").output().unwrap().stdout;
        String::from_utf8(out).unwrap().contains(escape)
    };
    assert!(with("CLICOLOR_FORCE", &["check", BROKEN]));
    assert!(!with("NO_COLOR", &["check", BROKEN]));
}

#[test]
fn notes_are_hidden_counted_and_shown() {
    let project = tempfile::tempdir().unwrap();
    let queue = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Queue xmlns=\"http://soap.sforce.com/2006/04/metadata\">\n    <name>A</name>\n    <queueRoutingConfig>Elsewhere</queueRoutingConfig>\n</Queue>\n";
    std::fs::write(project.path().join("A.queue-meta.xml"), queue).unwrap();
    let path = project.path().to_str().unwrap();
    let hidden = stdout(&["check", path, "--format", "concise"]);
    assert!(hidden.contains("hidden (show with --min-severity note)"), "{hidden}");
    assert!(!hidden.contains("note["), "{hidden}");
    let shown = stdout(&["check", path, "--format", "concise", "--min-severity", "note"]);
    assert!(shown.contains("note[OC201]"), "{shown}");
    assert_eq!(status(&["check", path]), 0);
    assert_eq!(status(&["check", path, "--fail-on", "note"]), 1);
    assert_eq!(status(&["check", path, "--world", "closed"]), 1);
}

#[test]
fn json_is_json_and_nothing_else() {
    let report: serde_json::Value = serde_json::from_str(&stdout(&["check", BROKEN, "--format", "json"])).unwrap();
    assert_eq!(report["format_version"], 1);
    assert_eq!(report["project"]["root"], BROKEN);
    assert_eq!(report["project"]["api_version_source"], "sfdx-project.json");
    assert!(report["summary"]["errors"].as_u64().unwrap() > 10);
    let first = &report["diagnostics"][0];
    assert!(first["file"].as_str().unwrap().starts_with("force-app/"));
}

#[test]
fn a_project_with_errors_is_not_compiled() {
    let folder = tempfile::tempdir().unwrap();
    let plan = folder.path().join("plan.json");
    let out = omnic(&["compile", BROKEN, "-o", plan.to_str().unwrap()]);
    assert_eq!(out.status.code(), Some(1));
    assert!(out.stdout.is_empty());
    assert!(String::from_utf8(out.stderr).unwrap().contains("error[OC201]"));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is left behind");
}

const FILLED_IN: &str = "tests/fixtures/ok/filled-in-at-deploy-time";

#[test]
fn a_project_with_errors_is_compiled_and_run_when_that_is_asked_for() {
    let out = omnic(&["compile", BROKEN, "--allow-errors", "--no-provenance"]);
    assert_eq!(out.status.code(), Some(0));
    let plan = omnic::plan::Plan::from_json(std::str::from_utf8(&out.stdout).unwrap()).unwrap();
    assert!(!plan.left_out.is_empty());
    let told = String::from_utf8(out.stderr).unwrap();
    assert!(told.contains("error[OC"), "the errors are shown, too: {told}");
    let notes = told.lines().filter(|line| line.starts_with("note: left out of the plan: "));
    assert_eq!(notes.count(), plan.left_out.len(), "{told}");
    for left in &plan.left_out {
        let note = format!("`{}` ({} says why)", left.name, left.code);
        assert!(told.contains(&note), "{note}\n{told}");
    }
    // The errors of the project are those of its plan.
    let checked = stdout(&["check", BROKEN, "--format", "concise"]);
    assert!(plan.left_out.iter().all(|left| checked.contains(&left.code)), "{checked}");
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    std::fs::write(file("events.jsonl"), "{\"at\":\"2026-11-23T08:00:00Z\",\"event\":\"timePassed\"}\n").unwrap();
    assert_eq!(status(&["run", BROKEN, "--events", &file("events.jsonl")]), 1);
    assert_eq!(status(&["run", BROKEN, "--events", &file("events.jsonl"), "--allow-errors"]), 0);
    // A plan is compiled already.
    std::fs::write(file("plan.json"), plan.to_json()).unwrap();
    assert_eq!(status(&["run", &file("plan.json"), "--events", &file("events.jsonl")]), 0);
    assert!(stderr(&["run", &file("plan.json"), "--allow-errors"]).contains("`--allow-errors` is for a project"));
}

#[test]
fn a_plan_of_an_earlier_version_is_refused_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("plan.json");
    std::fs::write(&file, r#"{"format": 1, "tables": {}}"#).unwrap();
    let told = stderr(&["run", file.to_str().unwrap()]);
    let words = "a routing plan of format 1, and this program reads format 2: compile the project again, with `omnic compile -o FILE`";
    assert!(told.contains(words), "{told}");
}

#[test]
fn what_is_filled_in_at_deploy_time_is_said_beside_the_plan() {
    let out = omnic(&["compile", FILLED_IN]);
    assert_eq!(out.status.code(), Some(0));
    insta::assert_snapshot!(String::from_utf8(out.stderr).unwrap(), @r"
    note: the presence configuration `Reps` is not in the plan: `capacity` is filled in at deploy time
    note: the routing configuration `Tier_1` is not in the plan: `capacityWeight` is filled in at deploy time
    note: 11 elements are filled in at deploy time: `filled_in` of the plan lists them
    ");
    assert_eq!(status(&["check", FILLED_IN, "--fail-on", "note"]), 0);
}

#[test]
fn a_plan_that_lacks_what_is_filled_in_can_be_run() {
    let folder = tempfile::tempdir().unwrap();
    let events = folder.path().join("events.jsonl");
    let lines = r#"{"at":"2026-03-02T08:00:00Z","event":"login","user":"first-rep","statusId":"Available"}"#;
    std::fs::write(&events, format!("{lines}\n")).unwrap();
    let out = omnic(&["run", FILLED_IN, "--events", events.to_str().unwrap()]);
    assert_eq!(out.status.code(), Some(0), "{}", String::from_utf8_lossy(&out.stderr));
}

#[test]
fn an_entry_of_replacements_that_cannot_be_used_is_a_warning() {
    let folder = tempfile::tempdir().unwrap();
    let described = r#"{ "packageDirectories": [{ "path": "app" }], "replacements": [{ "glob": "**" }, 7] }"#;
    std::fs::write(folder.path().join("sfdx-project.json"), described).unwrap();
    let queue = folder.path().join("app/queues/Support.queue-meta.xml");
    std::fs::create_dir_all(queue.parent().unwrap()).unwrap();
    let text = "<Queue xmlns=\"http://soap.sforce.com/2006/04/metadata\"><doesSendEmailToMembers>false\
                </doesSendEmailToMembers><name>Support</name></Queue>";
    std::fs::write(queue, text).unwrap();
    let out = omnic(&["check", folder.path().to_str().unwrap()]);
    assert_eq!(out.status.code(), Some(0));
    insta::assert_snapshot!(String::from_utf8(out.stderr).unwrap(), @r"
    warning: entry 1 of `replacements` in sfdx-project.json is not used: it has neither `replaceWithEnv` nor `replaceWithFile`
    warning: entry 2 of `replacements` in sfdx-project.json is not used: it is not an object
    ");
}

#[test]
fn a_plan_is_written_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let plan = folder.path().join("plan.json");
    assert_eq!(status(&["compile", ACME, "-o", plan.to_str().unwrap()]), 0);
    let written = std::fs::read_to_string(&plan).unwrap();
    assert_eq!(written, stdout(&["compile", ACME]));
    assert!(written.contains("\"provenance\""));
    assert!(!stdout(&["compile", ACME, "--no-provenance"]).contains("\"provenance\""));
    assert!(written.contains("\"display\"") && !stdout(&["compile", ACME, "--no-display"]).contains("\"display\""));
    let nowhere = folder.path().join("no/such/folder/plan.json");
    assert_eq!(status(&["compile", ACME, "-o", nowhere.to_str().unwrap()]), 2);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[cfg(unix)]
#[test]
fn what_is_no_regular_file_is_written_to_and_not_replaced() {
    use std::os::unix::fs::{FileTypeExt as _, PermissionsExt as _, symlink};
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    // A link: its target is replaced and keeps its mode, and the link stays.
    std::fs::write(path("plan.json"), "old").unwrap();
    std::fs::set_permissions(path("plan.json"), std::fs::Permissions::from_mode(0o600)).unwrap();
    symlink("plan.json", path("link.json")).unwrap();
    assert_eq!(status(&["compile", ACME, "-o", path("link.json").to_str().unwrap()]), 0);
    assert!(path("link.json").is_symlink());
    assert_eq!(std::fs::read_to_string(path("plan.json")).unwrap(), stdout(&["compile", ACME]));
    assert_eq!(std::fs::metadata(path("plan.json")).unwrap().permissions().mode() & 0o777, 0o600);
    // A pipe: somebody reads what is written.
    assert!(Command::new("mkfifo").arg(path("pipe")).status().unwrap().success());
    let reader = std::thread::spawn({
        let pipe = path("pipe");
        move || std::fs::read_to_string(pipe).unwrap()
    });
    assert_eq!(status(&["compile", ACME, "-o", path("pipe").to_str().unwrap()]), 0);
    assert_eq!(reader.join().unwrap(), stdout(&["compile", ACME]));
    assert!(std::fs::metadata(path("pipe")).unwrap().file_type().is_fifo());
    // `-` is standard output, and no file.
    assert_eq!(stdout(&["compile", ACME, "-o", "-"]), stdout(&["compile", ACME]));
    assert!(!Path::new("-").exists());
}

#[test]
fn explain_tells_a_check_by_code_or_name_and_lists_all() {
    let by_code = stdout(&["explain", "oc305"]);
    assert_eq!(by_code, stdout(&["explain", "acw-incomplete"]));
    assert!(by_code.starts_with("# OC305 acw-incomplete\n"), "{by_code}");
    let listed = stdout(&["explain"]).lines().count();
    assert_eq!(listed, omnic::checks::REGISTRY.len());
    for check in omnic::checks::REGISTRY {
        assert_eq!(status(&["explain", check.code]), 0);
    }
}

#[test]
fn explain_takes_several_checks_and_colours_them_on_demand() {
    let (one, other) = (stdout(&["explain", "OC305"]), stdout(&["explain", "OC306"]));
    assert_eq!(stdout(&["explain", "OC305", "oc306", "acw-incomplete"]), format!("{one}\n{other}"));
    // One that does not exist is said before anything is printed.
    assert_eq!(status(&["explain", "OC305", "OC999"]), 2);
    assert_eq!(stdout(&["explain", "OC305", "OC999"]), "");
    let coloured = stdout(&["explain", "OC305", "--color", "always"]);
    assert!(coloured.starts_with("\u{1b}[1mOC305 acw-incomplete\u{1b}[0m\n"), "{coloured}");
    assert!(!coloured.contains("```") && !one.contains('\u{1b}'));
    let plain = anstream::adapter::strip_str(&coloured).to_string();
    let words = |text: &str| -> Vec<String> {
        let lines = text.lines().filter(|line| !line.starts_with("```"));
        lines.flat_map(|line| line.trim_start_matches('#').split_whitespace().map(str::to_owned)).collect()
    };
    assert_eq!(words(&plain), words(&one));
}

#[test]
fn records_are_named_and_must_be_there() {
    let org = "examples/acme-support/org";
    assert_eq!(status(&["check", ACME, "--records", org]), 0);
    let plan = stdout(&["compile", ACME, "--records", org]);
    assert!(plan.contains("\"agents\": [\n      {"), "the table of agents is there");
    assert!(!stdout(&["compile", ACME]).contains("    \"agents\": [\n      {"));
    assert!(
        stdout(&["check", "tests/fixtures/err/OC012-each-way", "--records", "tests/fixtures/err/OC012-each-way/org"])
            .contains("[tests/fixtures/err/OC012-each-way/org/Group.csv:3:1]")
    );
    insta::assert_snapshot!(stderr(&["check", ACME, "--records", "no/such/place"]), @r"
    error: the records cannot be read: `no/such/place` does not exist
      help: name a folder with records of the org as `.json` or `.csv` files; docs/org-records.md says how to export them
    ");
    insta::assert_snapshot!(stderr(&["check", ACME, "--records", "docs"]), @r"
    error: `docs` has no records: no `.json` or `.csv` file lies in it
      help: name a folder with records of the org as `.json` or `.csv` files; docs/org-records.md says how to export them
    ");
}
