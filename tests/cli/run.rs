//! `omnic run`: events in, effects or sentences out.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use omnic::runtime::TimedEffect;
use serde_json::Value;

const ACME: &str = "examples/acme-support";
const ORG: &str = "examples/acme-support/org";
const MORNING: &str = "examples/acme-support/events/morning.jsonl";
/// Events that the morning does not have.
const REST: &str = "tests/fixtures/run/rest.jsonl";

fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_omnic"));
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    command.arg("run").args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs with a text on standard input.
fn run(args: &[&str], input: &str) -> Output {
    let mut child = command(args).spawn().unwrap();
    // Who refuses the arguments reads nothing.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap().replace("\r\n", "\n")
}

/// What is said on standard error, and the exit status.
fn said(output: &Output) -> String {
    format!("{}status {}\n", text(&output.stderr), output.status.code().unwrap())
}

/// A folder with the plan of the example.
struct Here {
    folder: tempfile::TempDir,
}

impl Here {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let plan = folder.path().join("plan.json");
        let mut compile = Command::new(env!("CARGO_BIN_EXE_omnic"));
        let done = compile.args(["compile", ACME, "--records", ORG, "-o"]).arg(&plan).output().unwrap();
        assert!(done.status.success(), "{}", text(&done.stderr));
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, content: &str) {
        std::fs::write(self.path(name), content).unwrap();
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// Runs in the folder.
    fn run(&self, args: &[&str], input: &str) -> Output {
        let mut child = command(args).current_dir(self.folder.path()).spawn().unwrap();
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        child.wait_with_output().unwrap()
    }
}

fn morning() -> String {
    std::fs::read_to_string(MORNING).unwrap().replace("\r\n", "\n")
}

fn rest() -> String {
    std::fs::read_to_string(REST).unwrap().replace("\r\n", "\n")
}

#[test]
fn a_morning_in_sentences() {
    let output = run(&[ACME, "--records", ORG, "--events", MORNING, "--trace"], "");
    assert_eq!(said(&output), "status 0\n");
    insta::assert_snapshot!(text(&output.stdout));
}

#[test]
fn every_other_event_in_sentences() {
    let output = run(&[ACME, "--records", ORG, "--events", REST, "--trace"], "");
    assert_eq!(said(&output), "4 of 79 events refused\nstatus 1\n");
    insta::assert_snapshot!(text(&output.stdout));
}

#[test]
fn a_plan_routes_as_its_project_does_and_files_as_streams() {
    let here = Here::new();
    let plan = here.path("plan.json");
    let of_project = run(&[ACME, "--records", ORG, "--events", MORNING], "");
    let of_plan = run(&[plan.to_str().unwrap(), "--events", MORNING], "");
    assert_eq!(said(&of_plan), "status 0\n");
    assert!(!of_plan.stdout.is_empty());
    assert!(of_project.stdout == of_plan.stdout);
    for args in [&["plan.json"][..], &["plan.json", "--events", "-"]] {
        assert!(here.run(args, &morning()).stdout == of_plan.stdout);
    }
}

fn validator(name: &str) -> jsonschema::Validator {
    let schema = std::fs::read_to_string(Path::new("schemas").join(name)).unwrap();
    let options = jsonschema::options().should_validate_formats(true);
    options.build(&serde_json::from_str(&schema).unwrap()).unwrap()
}

fn assert_valid(validator: &jsonschema::Validator, lines: &str) {
    assert!(!lines.is_empty());
    for line in lines.lines() {
        let value: Value = serde_json::from_str(line).unwrap();
        let errors: Vec<_> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{line}\n{errors:#?}");
    }
}

#[test]
fn schemas_describe_what_goes_in_and_what_comes_out() {
    let events = validator("run-events.schema.json");
    assert_valid(&events, &morning());
    assert_valid(&events, &rest());
    let (_, schema) = omnic::cli::run::schemas().into_iter().find(|(name, _)| *name == "run-events").unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    for event in schema["oneOf"].as_array().unwrap() {
        let name = event["properties"]["event"]["const"].as_str().unwrap();
        let is_there = (morning() + &rest()).contains(&format!("\"event\":\"{name}\""));
        assert!(is_there, "no test has an event `{name}`");
    }
    for (line, _) in WRONG {
        let value: Option<Value> = serde_json::from_str(line).ok();
        assert!(value.is_none_or(|value| !events.is_valid(&value)) || line.contains("\"at\":2"), "{line}");
    }
    let effects = validator("run-effects.schema.json");
    for input in [morning(), rest(), LOGIN.to_owned() + "\n" + REFUSED] {
        let output = text(&Here::new().run(&["plan.json"], &input).stdout);
        assert_valid(&effects, &output);
        for line in output.lines() {
            // Also: no field stands twice, which a schema does not see.
            let effect: TimedEffect = serde_json::from_str(line).unwrap();
            let again = serde_json::to_string(&effect).unwrap();
            assert!(line.starts_with(again.trim_end_matches('}')), "{line}\n{again}");
        }
    }
}

/// Lines that are no events, and what is special about each.
const WRONG: &[(&str, &str)] = &[
    (r#"{"at":"2026-11-23T08:00:00Z","event":"logn","user":"a","statusId":"b"}"#, "a misspelled event"),
    (r#"{"at":"2026-11-23T08:00:00Z","event":"offer"}"#, "an unknown event"),
    (r#"{"at":"2026-11-23T08:00:00Z","event":7}"#, "a number for a name"),
    (r#"{"at":"2026-11-23T08:00:00Z"}"#, "no event"),
    (r#"{"event":"timePassed"}"#, "no time"),
    (r#"{"at":"08:00","event":"timePassed"}"#, "not a time"),
    (r#"{"at":"2026-11-23T08:00:00Z","event":"login","usr":"a","statusId":"b"}"#, "a misspelled field"),
    (r#"{"at":"2026-11-23T08:00:00Z","event":"login","user":"a","statusId":"b","queue":"c"}"#, "an unknown field"),
    (r#"{"at":"2026-11-23T08:00:00Z","event":"login","user":"a"}"#, "a missing field"),
    (r#"{"at":"2026-11-23T08:00:00Z","event":"login","user":["a"],"statusId":"b"}"#, "a list for a text"),
    (
        r#"{"at":1,"event":"workArrived","workItemId":"1","object":"Case","fields":{"Priority":[1]},"route":{"queue":"A"}}"#,
        "a value that is no text",
    ),
    (r#"{"at":1,"event":"workArrived","workItemId":"1","object":"Case","route":{"queues":"A"}}"#, "a misspelled route"),
    (r#"{"at":1,"event":"workArrived","workItemId":"1","object":"Case","route":"A"}"#, "a route that is a text"),
    (
        r#"{"at":1,"event":"workArrived","workItemId":"1","object":"Case","route":{"skills":{"routingConfiguration":"A","skills":[{"skillId":"B"},{"skillId":5}]}}}"#,
        "deep inside",
    ),
    (r#"{"at":1,"event":"supervise","user":"a","action":{"action":"changeQueue"}}"#, "a misspelled action"),
    (r#"{"at":1,"event":"supervise","user":"a","action":{"action":"changeQueues"}}"#, "an action without its field"),
    (r#"{"at":1,"event":"acceptAgentWork","user":"a","workId":5}"#, "a number for an id"),
    (
        r#"{"at":1,"event":"createAgentWork","workItemId":"1","userId":"b","pendingServiceRoutingId":"AW-1"}"#,
        "an id of another kind",
    ),
    (
        r#"{"at":1,"event":"createAgentWork","workItemId":"1","userId":"b","shouldSkipCapacityCheck":"yes"}"#,
        "a text for a switch",
    ),
    (
        r#"{"at":1,"event":"createPendingServiceRouting","workItemId":"1","object":"Case","fields":{"pushTimeout":-1}}"#,
        "a number out of range",
    ),
    (
        r#"{"at":1,"event":"createPendingServiceRouting","workItemId":"1","object":"Case","fields":{"routingPriority":3000000000}}"#,
        "a number that is too large",
    ),
    (
        r#"{"at":1,"event":"createPendingServiceRouting","workItemId":"1","object":"Case","fields":{"routingModel":"LeastActiv"}}"#,
        "a misspelled value",
    ),
    (
        r#"{"at":1,"event":"workArrived","workItemId":"1","object":"Case","route":{"queue":"A","agent":{"user":"b"}}}"#,
        "two routes",
    ),
    (r#"{"at":1,"at":2,"event":"timePassed"}"#, "a field twice"),
    (r#"[{"at":1,"event":"timePassed"}]"#, "a list"),
    (r#"{"at":1,"event":"timePassed""#, "not closed"),
    ("login ada Available", "not JSON"),
    ("// morning", "a comment"),
];

#[test]
fn lines_that_are_no_events_are_told_with_what_was_expected() {
    let here = Here::new();
    let mut all = String::new();
    for (line, what) in WRONG {
        here.write("events.jsonl", &format!("\n{line}\n"));
        let output = here.run(&["plan.json", "--events", "events.jsonl"], "");
        assert!(output.stdout.is_empty(), "{line}");
        write!(all, "# {what}\n{line}\n{}\n", said(&output)).unwrap();
    }
    insta::assert_snapshot!(all);
}

const LOGIN: &str =
    r#"{"at":"2026-11-23T08:00:00Z","event":"login","user":"maria.keller@acme.example","statusId":"Available_Cases"}"#;
const ARRIVAL: &str = r#"{"at":"2026-11-23T08:00:10Z","event":"workArrived","workItemId":"4711","object":"Case","route":{"queue":"Cases_Tier_1"}}"#;
const ACCEPT: &str =
    r#"{"at":"2026-11-23T08:00:20Z","event":"acceptAgentWork","user":"maria.keller@acme.example","workId":"4711"}"#;

/// Events that rules refuse.
const REFUSED: &str = r#"{"at":"2026-11-23T09:00:00Z","event":"acceptAgentWork","user":"nobody@acme.example","workId":"4711"}
{"at":"2026-11-23T09:00:01Z","event":"login","user":"sofia.marino@acme.example","statusId":"Available_Leads"}
{"at":"2026-11-23T09:00:02Z","event":"workCanceled","workItemId":"no-such-record"}
{"at":"2026-11-23T08:59:00Z","event":"timePassed"}
{"at":"2026-11-23T09:00:03Z","event":"supervise","user":"maria.keller@acme.example","action":{"action":"view"}}
"#;

#[test]
fn what_is_refused_is_told_and_the_run_goes_on() {
    let here = Here::new();
    let input = format!(
        "{LOGIN}\n{REFUSED}{}\n",
        LOGIN
            .replace("08:00:00", "09:01:00")
            .replace("login", "logout")
            .replace(r#","statusId":"Available_Cases""#, "")
    );
    let output = here.run(&["plan.json"], &input);
    let trace = here.run(&["plan.json", "--trace"], &input);
    assert_eq!(said(&output), said(&trace));
    let refused: Vec<&str> =
        std::str::from_utf8(&output.stdout).unwrap().lines().filter(|l| l.contains("refused")).collect();
    insta::assert_snapshot!(format!("{}\n\n{}\n{}", refused.join("\n"), text(&trace.stdout), said(&output)));
}

#[test]
fn values_of_fields_need_not_be_texts() {
    let here = Here::new();
    let arrival = ARRIVAL.replace(r#""route""#, r#""fields":{"Priority":3,"VIP__c":true,"Origin":null},"route""#);
    let update =
        r#"{"at":"2026-11-23T08:00:30Z","event":"workItemUpdated","workItemId":"4711","fields":{"Priority":null}}"#;
    let trace = here.run(&["plan.json", "--trace"], &format!("{arrival}\n{update}\n"));
    let told = text(&trace.stdout);
    assert!(told.contains("arrives in `Cases_Tier_1`, Origin empty, Priority 3, VIP__c true"), "{told}");
    assert!(told.contains("Priority is empty now"), "{told}");
}

#[test]
fn the_state_before_a_line_that_is_no_event_is_kept() {
    let here = Here::new();
    let good = here.run(&["plan.json", "--save", "good.json"], &format!("{LOGIN}\n{ARRIVAL}\n"));
    let bad = here.run(&["plan.json", "--save", "bad.json"], &format!("{LOGIN}\n{ARRIVAL}\nnonsense\n{ACCEPT}\n"));
    assert_eq!((good.status.code(), bad.status.code()), (Some(0), Some(2)));
    assert!(good.stdout == bad.stdout);
    assert_eq!(here.read("bad.json"), here.read("good.json"));
    let resumed = here.run(&["plan.json", "--resume", "bad.json"], ACCEPT);
    assert_eq!(said(&resumed), "status 0\n");
    assert!(text(&resumed.stdout).contains("agentWorkOpened"));
    let resumed = here.run(&["plan.json", "--resume", "bad.json", "--trace"], ACCEPT);
    assert!(text(&resumed.stdout).contains("accepts case 4711, 10 s"), "the object is known by the channel");
}

#[test]
fn a_run_that_is_saved_and_resumed_is_one_that_ran_through() {
    let here = Here::new();
    let whole = here.run(&["plan.json", "--save", "whole.json"], &morning());
    let all = morning();
    let lines: Vec<&str> = all.lines().collect();
    for middle in [1, lines.len() / 3, lines.len() / 2, lines.len() - 1] {
        let first = here.run(&["plan.json", "--save", "state.json"], &lines[..middle].join("\n"));
        let args = ["plan.json", "--resume", "state.json", "--save", "state.json"];
        let second = here.run(&args, &lines[middle..].join("\n"));
        assert_eq!(said(&second), "status 0\n");
        assert!([first.stdout, second.stdout].concat() == whole.stdout, "{middle}");
        assert_eq!(here.read("state.json"), here.read("whole.json"), "{middle}");
    }
}

#[test]
fn states_and_plans_that_do_not_fit_are_refused() {
    let here = Here::new();
    here.run(&["plan.json", "--save", "state.json"], LOGIN);
    let project = std::env::current_dir().unwrap().join(ACME);
    here.write("broken.json", "{}");
    here.write("later.json", &here.read("plan.json").replacen("\"format\": 2", "\"format\": 3", 1));
    here.write("earlier.json", &here.read("plan.json").replacen("\"format\": 2", "\"format\": 1", 1));
    here.write("edited.json", &here.read("plan.json").replacen("\"capacity\": 12", "\"capacity\": 13", 1));
    for (file, capacity) in [("ten-thousandths.json", "50000"), ("below.json", "-1"), ("far.json", "1e300")] {
        here.write(file, &format!("{{\"defaultPresence\":{{\"capacity\":{capacity}}}}}"));
    }
    here.write("list.json", "[]");
    here.write("old-state.json", &here.read("state.json").replacen("\"format\":4", "\"format\":2", 1));
    let mut all = String::new();
    for args in [
        // Without the records: another plan.
        &[project.to_str().unwrap(), "--resume", "state.json"][..],
        &["plan.json", "--resume", "broken.json"],
        &["plan.json", "--resume", "plan.json"],
        &["plan.json", "--resume", "nowhere.json"],
        &["plan.json", "--resume", "state.json", "--options", "options.toml"],
        &["state.json"],
        &["broken.json"],
        &["later.json"],
        &["earlier.json"],
        &["plan.json", "--resume", "old-state.json"],
        &["edited.json", "--resume", "state.json"],
        &["plan.json", "--options", "ten-thousandths.json"],
        &["plan.json", "--options", "below.json"],
        &["plan.json", "--options", "far.json"],
        &["list.json"],
        &["nowhere.json"],
        &["nowhere"],
        &["plan.json", "--records", "org"],
        &["plan.json", "--events", "nowhere.jsonl"],
        &["plan.json", "--save", "no/such/folder/state.json"],
    ] {
        let output = here.run(args, LOGIN);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        let said = said(&output);
        // What the system and the parser of the command line say is theirs.
        let line = |line: &str| match line.split_once("cannot be ").map(|(_, rest)| rest.split_once(": ")) {
            Some(Some((_, why))) if line.starts_with("error") => line.replace(why, "[the system's words]"),
            _ => line.to_owned(),
        };
        let first = said.lines().take(2).map(line).collect::<Vec<_>>().join("\n");
        write!(all, "# {}\n{first}\n", args[args.len().min(2) - 1..].join(" ")).unwrap();
    }
    insta::assert_snapshot!(without_digests(&all));
}

/// Nobody has less than no capacity, whatever a plan says, and sums stay what they are.
#[test]
fn capacities_that_nobody_can_have_are_bounded() {
    let here = Here::new();
    let plan = here.read("plan.json");
    let events = format!("{LOGIN}\n{ARRIVAL}\n");
    for capacity in ["-10", "-1e300", "1e300", "0.00001"] {
        let edited = plan.replace("\"interruptible_capacity\": 6", &format!("\"interruptible_capacity\": {capacity}"));
        assert_ne!(edited, plan);
        here.write("edited.json", &edited);
        let output = here.run(&["edited.json"], &events);
        assert_eq!(output.status.code(), Some(0), "{capacity}: {}", said(&output));
        assert_eq!(text(&output.stdout).contains("agentWorkCreated"), capacity == "1e300", "{capacity}");
    }
}

/// Digests change with every change of the example.
fn without_digests(text: &str) -> String {
    let is_digest = |word: &&str| word.len() >= 64 && word.bytes().take(64).all(|byte| byte.is_ascii_hexdigit());
    let words: Vec<&str> = text.split(' ').filter(is_digest).collect();
    words.iter().fold(text.to_owned(), |text, digest| text.replace(&digest[..64], "DIGEST"))
}

#[test]
fn options_are_read_from_toml_and_json() {
    let here = Here::new();
    here.write("options.toml", "leastActive = \"items\"\nmaxOpenItems = 1\n\n[limits]\nqueuedPerHour = 100\n");
    here.write(
        "options.json",
        r#"{"leastActive":"items","maxOpenItems":1,"limits":{"queuedPerHour":100,"pending":null}}"#,
    );
    let events =
        format!("{LOGIN}\n{ARRIVAL}\n{ACCEPT}\n{}\n", ARRIVAL.replace("4711", "4712").replace("08:00:10", "08:01:00"));
    for (file, pending) in [("options.toml", "300000"), ("options.json", "null")] {
        let output = here.run(&["plan.json", "--options", file, "--save", "state.json"], &events);
        assert_eq!(said(&output), "status 0\n");
        assert_eq!(text(&output.stdout).matches("\"agentWorkCreated\"").count(), 1, "one open item is the most");
        let state: Value = serde_json::from_str(&here.read("state.json")).unwrap();
        assert_eq!(state["options"]["limits"]["pending"].to_string(), pending);
        let options = validator("run-options.schema.json");
        assert!(options.is_valid(&state["options"]), "{}", state["options"]);
    }
}

#[test]
fn wrong_options_are_told_with_what_is_allowed() {
    let here = Here::new();
    let mut all = String::new();
    for (file, content) in [
        ("a.toml", "leastActiv = \"items\"\n"),
        ("a.toml", "leastActive = \"item\"\n"),
        ("a.toml", "leastActive = \"units\"\n\n[defaultPresence]\ncapacity = \"5 units\"\n"),
        ("a.toml", "[defaultPresence.acceptance]\nmode = \"automatic\"\n"),
        ("a.toml", "[defaultPresence]\nstatusOnPushTimeout = \"Break\"\n"),
        ("a.toml", "[limits]\nhourly = 5\n"),
        ("a.toml", "maxOpenItems = -1\n"),
        ("a.toml", "maxOpenItems = 5000000000\n"),
        ("a.toml", "declineMemory = \"all\"\nheadOfLineBlocking = yes\n"),
        ("a.json", "{\n  \"dropSkills\": \"once\"\n}"),
        ("a.json", "{\n  \"dropSkills\": \n}"),
        ("a.json", "[]"),
        ("a.yaml", "leastActive: items\n"),
    ] {
        here.write(file, content);
        let output = here.run(&["plan.json", "--options", file], LOGIN);
        assert!(output.stdout.is_empty());
        write!(all, "# {}\n{}\n", content.replace('\n', " ⏎ ").trim_end(), said(&output)).unwrap();
    }
    insta::assert_snapshot!(all);
}

#[test]
fn a_project_with_errors_is_not_run() {
    let output = run(&["examples/broken"], LOGIN);
    assert!(output.stdout.is_empty());
    let said = said(&output);
    assert!(said.contains("error[OC701]"), "{said}");
    assert!(said.ends_with("nothing was run: a project with errors is not compiled\nstatus 1\n"), "{said}");
}

/// What an event did is there before the next one comes.
#[test]
fn effects_are_printed_as_they_happen() {
    let here = Here::new();
    let mut child = command(&["plan.json"]).current_dir(here.folder.path()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    for event in [LOGIN, ARRIVAL, ACCEPT] {
        writeln!(input, "{event}").unwrap();
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        assert!(line.contains("\"effect\""), "{line}");
    }
    drop(input);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_reader_who_goes_away_ends_the_run_quietly() {
    let here = Here::new();
    let mut child = command(&["plan.json"]).current_dir(here.folder.path()).spawn().unwrap();
    drop(child.stdout.take());
    let mut input = child.stdin.take().unwrap();
    for _ in 0..20_000 {
        if input.write_all(REFUSED.as_bytes()).is_err() {
            break;
        }
    }
    drop(input);
    let output = child.wait_with_output().unwrap();
    assert!(!text(&output.stderr).contains("cannot be written"), "{}", text(&output.stderr));
    assert!(matches!(output.status.code(), Some(0 | 1)));
}

#[test]
fn empty_lines_byte_order_marks_and_windows_line_ends_are_nothing() {
    let here = Here::new();
    let plain = here.run(&["plan.json"], &format!("{LOGIN}\n{ARRIVAL}\n"));
    let odd = here.run(&["plan.json"], &format!("\u{feff}{LOGIN}\r\n\r\n   \n\t{ARRIVAL}"));
    assert_eq!(said(&odd), "status 0\n");
    assert!(plain.stdout == odd.stdout);
}

#[test]
fn colour_is_asked_for_or_not_there() {
    let here = Here::new();
    let plain = here.run(&["plan.json", "--trace"], LOGIN);
    let colored = here.run(&["plan.json", "--trace", "--color", "always"], LOGIN);
    assert!(!text(&plain.stdout).contains('\u{1b}'));
    assert!(text(&colored.stdout).contains('\u{1b}'));
}

const SECOND: &str =
    r#"{"at":"2026-11-23T08:00:00Z","event":"login","user":"jonas.weber@acme.example","statusId":"Available_Cases"}"#;
const SLIP: &str = r#"{"at":"9999-12-30T00:00:00Z","event":"timePassed"}"#;

/// Work that is offered to and fro for as long as nothing else happens, where who lets it pass stays online.
fn to_and_fro(here: &Here, last: &str) -> String {
    let plan = here.read("plan.json");
    here.write(
        "plan.json",
        &plan.replace(r#""status_on_push_timeout": "After_Missed_Offer""#, r#""status_on_push_timeout": null"#),
    );
    format!("{LOGIN}\n{SECOND}\n{ARRIVAL}\n{last}\n")
}

#[test]
fn a_slip_in_a_year_ends_the_run() {
    let here = Here::new();
    here.write("events.jsonl", &to_and_fro(&here, SLIP));
    let args = ["plan.json", "--events", "events.jsonl", "--max-timers", "1000", "--save", "state.json"];
    let told = "events.jsonl:4: error: 1000 timers fired since the event before, and it is only 2026-11-24T00:40:10Z";
    let output = here.run(&args, "");
    assert!(said(&output).starts_with(told), "{}", said(&output));
    assert!(said(&output).contains("; the event is at 9999-12-30T00:00:00Z\n  help: correct the event's time"));
    assert!(said(&output).ends_with("status 2\n"));
    let state = here.read("state.json");
    let trace = here.run(&[&args[..], &["--trace"]].concat(), "");
    assert_eq!(said(&trace), said(&output));
    assert_eq!(here.read("state.json"), state);
    assert!(text(&trace.stdout).lines().count() > 1_000);

    // What was reached is saved: the event, corrected, goes on from there.
    let right = SLIP.replace("9999-12-30", "2026-11-25");
    let rest = here.run(&["plan.json", "--resume", "state.json", "--save", "state.json"], &right);
    assert_eq!(said(&rest), "status 0\n");
    let whole = here.run(&["plan.json", "--save", "whole.json", "--max-timers", "none"], &to_and_fro(&here, &right));
    assert!([output.stdout, rest.stdout].concat() == whole.stdout);
    assert_eq!(here.read("state.json"), here.read("whole.json"));
    assert_eq!(here.run(&["plan.json", "--max-timers", "0"], "").status.code(), Some(2));
}

/// What a long time brings is printed as it happens, and nobody has to wait for what nobody reads.
#[test]
fn a_long_time_is_printed_as_it_passes() {
    let here = Here::new();
    here.write("events.jsonl", &to_and_fro(&here, SLIP));
    for more in [&[][..], &["--trace"]] {
        let args = [&["plan.json", "--events", "events.jsonl", "--max-timers", "none"][..], more].concat();
        let mut child = command(&args).current_dir(here.folder.path()).spawn().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        assert_eq!(output.lines().map_while(Result::ok).take(5_000).count(), 5_000);
        let begin = std::time::Instant::now();
        let status = loop {
            match child.try_wait().unwrap() {
                Some(status) => break status.code(),
                None if begin.elapsed().as_secs() < 60 => std::thread::sleep(std::time::Duration::from_millis(20)),
                None => {
                    child.kill().unwrap();
                    break child.wait().unwrap().code();
                }
            }
        };
        assert_eq!(status, Some(0), "{args:?}");
    }
}

#[test]
fn times_at_the_edges_are_told() {
    let here = Here::new();
    let mut all = String::new();
    for at in [
        "\"9999-12-31T23:59:59Z\"",
        "\"+012026-11-23T08:00:00Z\"",
        "\"9999-12-30T22:00:00Z\"",
        "\"9999-12-30T22:00:00.999Z\"",
        "253402207200000",
        "253402207200999",
        "253402207201000",
        "1795420807000000",
        "9223372036854775807",
        "18446744073709551615",
        "-377705023201000",
        "-377705023201001",
        "-9223372036854775808",
        "1e300",
        "\"-009999-01-02T01:59:59Z\"",
        "\"2026-02-30T08:00:00Z\"",
        "\"2026-11-23T08:00:00\"",
    ] {
        let line = format!("{{\"at\":{at},\"event\":\"timePassed\"}}");
        let output = here.run(&["plan.json", "--max-timers", "10", "--save", "state.json"], &line);
        write!(all, "# {at}\n{}{}\n", text(&output.stdout), said(&output)).unwrap();
        let resumed = here.run(&["plan.json", "--resume", "state.json"], "");
        assert_eq!(said(&resumed), "status 0\n", "{at}");
    }
    insta::assert_snapshot!(all);
}

#[test]
fn a_line_has_an_end() {
    let here = Here::new();
    let long = format!("{LOGIN}\n{{\"at\":\"{}\"}}\n", "x".repeat(17 * 1024 * 1024));
    here.write("events.jsonl", &long);
    for (args, input, name) in [
        (&["plan.json", "--events", "events.jsonl"][..], "", "events.jsonl"),
        (&["plan.json"], &*long, "<stdin>"),
        (&["plan.json"], long.trim_end(), "<stdin>"),
    ] {
        let output = here.run(args, input);
        assert!(text(&output.stdout).contains("maria.keller"), "the line before it is applied");
        let told = format!("{name}:2: error: the line is longer than 16 MiB\n  help: a line is one JSON object");
        assert!(said(&output).starts_with(&told), "{}", said(&output));
        assert_eq!(output.status.code(), Some(2));
    }
}

/// A text in each encoding but UTF-8, with and without a byte-order mark.
fn encodings(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let of_16 = |bytes: fn(u16) -> [u8; 2], text: &str| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let of_32 =
        |bytes: fn(u32) -> [u8; 4], text: &str| text.chars().map(u32::from).flat_map(bytes).collect::<Vec<u8>>();
    let marked = format!("\u{feff}{text}");
    let all = [text, &marked].map(|text| {
        [
            ("UTF-16LE", of_16(u16::to_le_bytes, text)),
            ("UTF-16BE", of_16(u16::to_be_bytes, text)),
            ("UTF-32LE", of_32(u32::to_le_bytes, text)),
            ("UTF-32BE", of_32(u32::to_be_bytes, text)),
        ]
    });
    all.into_iter().flatten().collect()
}

#[test]
fn every_file_may_have_a_byte_order_mark_and_must_be_utf_8() {
    let here = Here::new();
    here.run(&["plan.json", "--save", "state.json"], LOGIN);
    here.write("options.toml", "maxOpenItems = 5\n");
    here.write("options.json", "{\"maxOpenItems\": 5}");
    here.write("events.jsonl", LOGIN);
    for (file, args) in [
        ("plan.json", &["plan.json"][..]),
        ("state.json", &["plan.json", "--resume", "state.json"]),
        ("options.toml", &["plan.json", "--options", "options.toml"]),
        ("options.json", &["plan.json", "--options", "options.json"]),
        ("events.jsonl", &["plan.json", "--events", "events.jsonl"]),
    ] {
        let content = here.read(file);
        here.write(file, &format!("\u{feff}{content}"));
        assert_eq!(said(&here.run(args, "")), "status 0\n", "{file}");
        for (name, bytes) in encodings(&content) {
            std::fs::write(here.path(file), bytes).unwrap();
            let output = here.run(args, "");
            let told = format!("encoded as {name}, not as UTF-8\n  help: save the file as UTF-8\nstatus 2\n");
            assert!(said(&output).ends_with(&told), "{file}: {}", said(&output));
        }
        std::fs::write(here.path(file), b"{\"a\":\"\xe4\"}").unwrap();
        assert!(said(&here.run(args, "")).contains("UTF-8"), "{file}");
        // A folder, and what is nested deeper than any stack.
        std::fs::remove_file(here.path(file)).unwrap();
        std::fs::create_dir(here.path(file)).unwrap();
        let output = here.run(args, "");
        assert_eq!(output.status.code(), Some(2), "{file}: {}", said(&output));
        assert!(file == "plan.json" || said(&output).contains("it is a folder"), "{file}: {}", said(&output));
        std::fs::remove_dir(here.path(file)).unwrap();
        for deep in ["[".repeat(200_000), "{\"a\":".repeat(200_000), format!("a = {}", "[".repeat(200_000))] {
            here.write(file, &deep);
            let output = here.run(args, "");
            assert_eq!(output.status.code(), Some(2), "{file}");
        }
        here.write(file, &content);
    }
    for (line, field) in [
        (r#"{"maxOpenItems": 5, "maxOpenItems": 6}"#, "maxOpenItems"),
        (r#"{"limits": {"queuedPerHour": 5, "queuedPerHour": 6}}"#, "queuedPerHour"),
    ] {
        here.write("options.json", line);
        let output = here.run(&["plan.json", "--options", "options.json"], "");
        assert!(said(&output).contains(&format!("duplicate field `{field}`")), "{}", said(&output));
    }
    let twice = ARRIVAL.replace(r#""route""#, r#""fields":{"Priority":"High","Priority":"Low"},"route""#);
    let output = here.run(&["plan.json"], &twice);
    assert!(said(&output).contains("1: error: duplicate field `Priority`"), "{}", said(&output));
}

#[test]
fn a_plan_or_state_has_a_limit() {
    let here = Here::new();
    // Nothing is read of it: the system says how large it is, and there is nothing on the disk.
    std::fs::File::create(here.path("big.json")).unwrap().set_len(600 * 1024 * 1024).unwrap();
    for (args, noun) in [(&["big.json"][..], "a plan"), (&["plan.json", "--resume", "big.json"], "a saved state")] {
        let output = here.run(args, "");
        let told = format!(
            "error: `big.json` cannot be read: too large: 629145600 bytes\n  help: {noun} of more than 512 MiB"
        );
        assert!(said(&output).starts_with(&told), "{}", said(&output));
        assert_eq!(output.status.code(), Some(2));
    }
}

/// A timer that is due at the end of time never fires, and nobody waits for it.
#[test]
fn a_run_ends_at_the_end_of_time() {
    let here = Here::new();
    let near = |line: &str, time: &str| {
        let (_, rest) = line.split_once("Z\"").unwrap();
        format!("{{\"at\":\"9999-12-30T{time}Z\"{rest}")
    };
    let end = r#"{"at":"9999-12-30T22:00:00Z","event":"timePassed"}"#;
    let input = format!("{}\n{}\n{end}\n", near(LOGIN, "21:59:00"), near(ARRIVAL, "21:59:59"));
    let plain = here.run(&["plan.json"], &input);
    assert!(said(&plain).ends_with("status 1\n"), "{}", said(&plain));
    for more in ["--trace", "--summary"] {
        let output = here.run(&["plan.json", more], &input);
        assert_eq!(said(&output), said(&plain), "{more}");
    }
}

/// What the arguments ask for at the end, written to files and described by a schema.
#[test]
fn figures_and_records_are_there_at_the_end() {
    let here = Here::new();
    let without_user = ACCEPT.replace(r#""user":"maria.keller@acme.example","#, "");
    assert_valid(&validator("run-events.schema.json"), &without_user);
    let input = format!("{LOGIN}\n{ARRIVAL}\n{without_user}\n");
    let plain = here.run(&["plan.json"], &input);
    let more = ["plan.json", "--summary", "--records-out", "records.jsonl", "--save", "state.json"];
    let output = here.run(&more, &input);
    assert_eq!((said(&plain), said(&output)), ("status 0\n".to_owned(), "status 0\n".to_owned()));
    // One line more, and nothing else of it in the output.
    let output = text(&output.stdout);
    let (effects, summary) = output.trim_end().rsplit_once('\n').unwrap();
    assert_eq!(effects, text(&plain.stdout).trim_end());
    assert_valid(&validator("run-summary.schema.json"), summary);
    let records = here.read("records.jsonl");
    let types: Vec<String> = records
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["attributes"]["type"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(types, ["AgentWork", "UserServicePresence"]);
    assert!(records.contains(r#""AcceptDateTime":"2026-11-23T08:00:20Z""#), "{records}");
    // Of a state that was saved, the same records without any event.
    let resumed = here.run(&["plan.json", "--resume", "state.json", "--query", "AgentWork,UserServicePresence"], "");
    assert_eq!(text(&resumed.stdout), records);
    for (args, words) in [
        (&["plan.json", "--resume", "state.json", "--query", "AgentWork", "--at", "2026-11-23T08:00:00Z"][..], "--at"),
        (&["plan.json", "--save", "x.json", "--records-out", "./x.json"], "name the same file"),
        (&["plan.json", "--records-out", "plan.json"], "would overwrite `plan.json`"),
        (&["plan.json", "--query", "AgentWrk"], "AgentWork"),
    ] {
        let output = here.run(args, LOGIN);
        assert!(said(&output).contains(words) && output.status.code() == Some(2), "{args:?}: {}", said(&output));
        assert!(output.stdout.is_empty());
    }
}

/// Of what an offer goes before, some are named, and the rest are counted.
#[test]
fn an_offer_before_many_items_has_a_short_sentence() {
    let arrives = |record: &str, queue: &str, second: i64| {
        format!(
            "{{\"at\":\"2026-11-23T08:00:0{second}Z\",\"event\":\"workArrived\",\"workItemId\":\"{record}\",\"object\":\"Case\",\"route\":{{\"queue\":\"{queue}\"}}}}\n"
        )
    };
    let mut input: String = (0..1_000).map(|number| arrives(&format!("l{number}"), "Later", 0)).collect();
    input += &arrives("b1", "Big", 1);
    input += r#"{"at":"2026-11-23T08:00:02Z","event":"login","user":"ana@acme.example","statusId":"Available"}"#;
    let told = text(&run(&["tests/fixtures/run/centre", "--trace"], &input).stdout);
    let before: Vec<&str> = told.lines().filter(|line| line.contains("goes before")).collect();
    assert_eq!(
        before,
        [
            "08:00:02Z case b1 goes before case l0 (waits for 2 s), case l1 (waits for 2 s), case l2 (waits for 2 s) and 17 more: \
             priority 1 before 9; 980 more items that came earlier wait for ana@acme.example too"
        ]
    );
    // What the end says of those that were named is true of the others, too; but it is not known of them.
    let still = |record: &str| told.lines().find(|line| line.contains(&format!("case {record} from"))).unwrap();
    assert!(still("l0").contains("priority 9, at least 1 item of priority 1 went first;"), "{}", still("l0"));
    assert!(!still("l999").contains("went first"), "{}", still("l999"));
}

/// The figures, and what is printed of a part, do not depend on whether it is in sentences.
#[test]
fn a_part_of_the_effects_is_what_is_about_it() {
    let whole = text(&run(&[ACME, "--records", ORG, "--events", MORNING], "").stdout);
    let part = text(&run(&[ACME, "--records", ORG, "--events", MORNING, "--only", "record=4735"], "").stdout);
    let named: Vec<&str> = whole.lines().filter(|line| line.contains(r#""workItemId":"4735""#)).collect();
    assert!(!named.is_empty());
    assert_eq!(part.lines().collect::<Vec<_>>(), named);
    let figures = |more: &[&str]| {
        let args = [&[ACME, "--records", ORG, "--events", MORNING, "--summary"][..], more].concat();
        text(&run(&args, "").stdout).lines().last().unwrap().to_owned()
    };
    assert_eq!(figures(&["--only", "record=4735"]), figures(&[]));
}
