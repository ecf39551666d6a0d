//! Standard output and standard error that are closed, full, or left by their reader.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::io::Read as _;
use std::process::{Command, Output, Stdio};

/// Command lines that write to standard output, and their exit status.
const COMMANDS: &[(&str, i32)] = &[
    ("check examples/broken", 1),
    ("check examples/broken --color always", 1),
    ("check examples/broken --format json", 1),
    ("check examples/broken --format json-lines", 1),
    ("check examples/broken --format sarif", 1),
    ("check examples/broken --format github", 1),
    ("check examples/broken --format gitlab", 1),
    ("check examples/broken --format junit", 1),
    ("check examples/broken --format checkstyle", 1),
    ("check examples/broken --format markdown", 1),
    ("check examples/broken --statistics", 1),
    ("check examples/broken --diff", 1),
    ("check examples/acme-support", 0),
    ("compile examples/acme-support", 0),
    ("config examples/acme-support", 0),
    ("graph examples/acme-support", 0),
    ("graph examples/acme-support --format json", 0),
    ("closure examples/acme-support Queue:Billing_DE", 0),
    ("closure examples/acme-support Queue:Billing_DE --format list", 0),
    (
        "run examples/acme-support --records examples/acme-support/org --events examples/acme-support/events/morning.jsonl",
        0,
    ),
    (
        "run examples/acme-support --records examples/acme-support/org --events examples/acme-support/events/morning.jsonl \
         --trace",
        0,
    ),
    ("explain", 0),
    ("explain OC305", 0),
    ("completions bash", 0),
    ("--help", 0),
    ("check --help", 0),
    ("--version", 0),
    ("--version --verbose", 0),
];

/// Runs in a shell, which can close what it hands on.
fn shell(arguments: &str, redirections: &str) -> Output {
    let script = format!("exec \"$0\" {arguments} </dev/null {redirections}");
    Command::new("sh").args(["-c", &script, env!("CARGO_BIN_EXE_omnic")]).output().unwrap()
}

fn said(output: &Output) -> String {
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    assert!(!said.contains("panicked"), "{said}");
    said
}

/// Nobody is to be told, and the rest is as ever.
#[test]
fn closed_streams_change_no_status() {
    for (arguments, status) in COMMANDS {
        for redirections in [">&-", "2>&-", ">&- 2>&-", "1</dev/null", "2</dev/null"] {
            let output = shell(arguments, redirections);
            said(&output);
            assert_eq!(output.status.code(), Some(*status), "omnic {arguments} {redirections}");
        }
    }
    for arguments in ["check --no-such-flag", "check no/such/place", "explain OC999", ""] {
        for redirections in [">&-", "2>&-", ">&- 2>&-"] {
            let output = shell(arguments, redirections);
            said(&output);
            assert_eq!(output.status.code(), Some(2), "omnic {arguments} {redirections}");
        }
    }
    // Nobody has opened the session as the protocol asks.
    for redirections in [">&-", "2>&-", "<&-", "<&- >&- 2>&-"] {
        let output = shell("lsp", redirections);
        said(&output);
        assert!(output.status.code().is_some(), "omnic lsp {redirections}");
    }
}

/// What could not be written is no success.
#[cfg(target_os = "linux")]
#[test]
fn a_full_device_is_told_and_fails() {
    for (arguments, _) in COMMANDS {
        let output = shell(arguments, ">/dev/full");
        let said = said(&output);
        assert_eq!(output.status.code(), Some(2), "omnic {arguments}: {said}");
        let told: Vec<&str> = said.lines().filter(|line| line.starts_with("error: ")).collect();
        assert!(told.len() == 1 && told[0].starts_with("error: standard output cannot be written: "), "{said}");
        let output = shell(arguments, "2>/dev/full");
        assert!(output.status.code().is_some_and(|status| status < 2), "omnic {arguments}");
    }
}

/// As `head` does: it has what it wants, and that is no failure.
#[test]
fn a_reader_who_leaves_is_no_failure() {
    for (arguments, status) in COMMANDS {
        for bytes in [0, 1] {
            let mut command = Command::new(env!("CARGO_BIN_EXE_omnic"));
            command.args(arguments.split(' ')).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
            let mut child = command.spawn().unwrap();
            let mut reader = child.stdout.take().unwrap();
            reader.read_exact(&mut vec![0; bytes]).unwrap();
            drop(reader);
            let output = child.wait_with_output().unwrap();
            assert!(!said(&output).contains("cannot be written"), "omnic {arguments}");
            assert_eq!(output.status.code(), Some(*status), "omnic {arguments}");
        }
    }
}

/// More than a pipe holds: the reader leaves in the middle of a document.
#[test]
fn a_reader_may_leave_in_the_middle() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("sfdx-project.json"), r#"{"packageDirectories":[{"path":"force-app"}]}"#)
        .unwrap();
    let queues = folder.path().join("force-app/queues");
    std::fs::create_dir_all(&queues).unwrap();
    for number in 0..600 {
        let text = "<Queue xmlns=\"http://soap.sforce.com/2006/04/metadata\"><name>A</name><bogus/><other/></Queue>";
        std::fs::write(queues.join(format!("Q{number}.queue-meta.xml")), text).unwrap();
    }
    for format in
        ["human", "concise", "json", "json-lines", "sarif", "github", "gitlab", "junit", "checkstyle", "markdown"]
    {
        let mut command = Command::new(env!("CARGO_BIN_EXE_omnic"));
        command.args(["check", "--format", format]).arg(folder.path()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut reader = child.stdout.take().unwrap();
        reader.read_exact(&mut [0; 1000]).unwrap();
        drop(reader);
        let output = child.wait_with_output().unwrap();
        assert!(!said(&output).contains("error: "), "{format}: {}", said(&output));
        assert_eq!(output.status.code(), Some(1), "{format}");
    }
}

/// Where the output goes to a file, `/dev/stdout` is that file: it goes on, and is not replaced.
#[test]
fn standard_output_may_be_named_as_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log");
    for arguments in
        ["check examples/broken --output human=/dev/stdout", "compile examples/acme-support -o /dev/stdout"]
    {
        std::fs::write(&log, "before\n").unwrap();
        let output = shell(arguments, &format!(">> '{}'", log.display()));
        assert!(output.status.code().is_some_and(|status| status < 2), "{}", said(&output));
        let text = std::fs::read_to_string(&log).unwrap();
        assert!(text.starts_with("before\n") && text.len() > 100, "{arguments}: {text}");
    }
}
