//! The step of `action.yml` that says what a pull request does to routing, run with a stub in the place of the program and
//! with the program itself.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]
#![allow(clippy::print_stdout, reason = "says why it is skipped")]

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::documents::{read, yaml};

const BASE: &str = "1111111111111111111111111111111111111111";
const HEAD: &str = "2222222222222222222222222222222222222222";

/// A runner's folders.
struct Runner {
    folder: tempfile::TempDir,
}

impl Runner {
    /// With a script in the place of the program.
    fn with(program: &str) -> Self {
        let runner = Self { folder: tempfile::tempdir().unwrap() };
        for name in ["temp/omnic-root/bin", "workspace"] {
            std::fs::create_dir_all(runner.at(name)).unwrap();
        }
        std::fs::write(runner.at("temp/omnic-root/bin/omnic"), program).unwrap();
        let mode = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(runner.at("temp/omnic-root/bin/omnic"), mode).unwrap();
        runner
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.at(name)).unwrap_or_default()
    }

    /// Runs the step in `folder` as a runner does.
    fn step(&self, folder: &Path, path: &str, [base, head]: [&str; 2]) -> (Output, String) {
        let action = yaml("action.yml", &read("action.yml"));
        let steps = action["runs"]["steps"].as_sequence().unwrap();
        let is_diff = |step: &&saphyr::Yaml<'_>| step.as_mapping_get("id").and_then(|id| id.as_str()) == Some("diff");
        let script = steps.iter().find(is_diff).unwrap()["run"].as_str().unwrap();
        let output = Command::new("bash")
            .args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script])
            .current_dir(folder)
            .env("RUNNER_TEMP", self.at("temp"))
            .env("GITHUB_STEP_SUMMARY", self.at("summary"))
            .env("GITHUB_OUTPUT", self.at("output"))
            .env("GITHUB_ACTIONS", "true")
            .envs([("INPUT_PATH", path), ("BASE", base), ("HEAD", head)])
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        (output, said)
    }
}

/// Notes its arguments, one on each line, and writes a report.
const STUB: &str = r#"#!/bin/bash
printf '%s\n' "$@" > "$RUNNER_TEMP/arguments"
for ((i = 1; i <= $#; i++)); do
  if [[ "${!i}" == --output ]]; then next=$((i + 1)); echo '### Routing' > "${!next}"; fi
done
"#;

#[test]
fn a_pull_request_is_compared_from_where_it_left_its_base() {
    let runner = Runner::with(STUB);
    // A path is a path, whatever it is called.
    let path = "--help $(touch pwned) `touch pwned`; touch pwned";
    let (output, _) = runner.step(&runner.at("workspace"), path, [BASE, HEAD]);
    assert!(output.status.success(), "{output:?}");
    let file = runner.at("temp/omnic-diff.md").display().to_string();
    let arguments = ["diff", "--format", "markdown", "--output", &file, "--", &format!("{BASE}...{HEAD}"), path];
    assert_eq!(runner.read("temp/arguments"), arguments.join("\n") + "\n");
    assert_eq!(runner.read("summary"), "### Routing\n");
    assert_eq!(runner.read("output"), format!("file={file}\n"));
    assert_eq!(std::fs::read_dir(runner.at("workspace")).unwrap().count(), 0, "nothing of the path is run");
}

/// Neither a branch's name nor any other text of the event reaches the step.
#[test]
fn the_event_gives_ids_alone() {
    let action = yaml("action.yml", &read("action.yml"));
    for step in action["runs"]["steps"].as_sequence().unwrap() {
        let Some(variables) = step.as_mapping_get("env").and_then(|env| env.as_mapping()) else { continue };
        for value in variables.values().filter_map(|value| value.as_str()) {
            let is_id = value.ends_with(".sha }}");
            assert!(!value.contains("github.") || is_id, "{value}");
        }
    }
}

#[test]
fn other_events_compare_nothing() {
    let runner = Runner::with(STUB);
    let (output, said) = runner.step(&runner.at("workspace"), ".", ["", ""]);
    assert!(output.status.success());
    assert_eq!(said, "omnic diff: this is not a pull request, so there is nothing to compare\n");
    assert!(!runner.at("temp/arguments").exists() && !runner.at("summary").exists());
}

/// No comparison is not "no change", and says nothing of the files: the job goes on, and the summary says so.
#[test]
fn a_comparison_that_fails_fails_no_job_and_is_said() {
    let runner = Runner::with("#!/bin/bash\nexit 2\n");
    // Of an earlier run.
    std::fs::write(runner.at("temp/omnic-diff.md"), "### Routing\n\nold\n").unwrap();
    let (output, said) = runner.step(&runner.at("workspace"), ".", [BASE, HEAD]);
    assert!(output.status.success());
    let why = "What the change does to routing is not known: the log of this step says why.";
    assert_eq!(said, format!("::warning title=omnic diff::{why}\n"));
    assert_eq!(runner.read("summary"), format!("### Routing\n\n{why}\n"));
    assert_eq!(runner.read("output"), "");
}

fn git(folder: &Path, args: &[&str]) -> String {
    let identity = ["-c", "user.name=A", "-c", "user.email=a@larkfield.example", "-c", "commit.gpgsign=false"];
    let output = Command::new("git").args(identity).args(args).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// Copies one side of the fixture over what is there.
fn copy(side: &str, to: &Path) {
    let from = Path::new("tests/fixtures/diff").join(side);
    for entry in walkdir::WalkDir::new(&from).into_iter().map(Result::unwrap).filter(|it| it.file_type().is_file()) {
        let to = to.join(entry.path().strip_prefix(&from).unwrap());
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::copy(entry.path(), to).unwrap();
    }
}

#[test]
fn with_the_program_a_whole_clone_is_compared_and_a_shallow_one_is_told() {
    if Command::new("git").arg("--version").output().is_err() {
        return println!("skipped: git cannot be run");
    }
    let runner = Runner::with("");
    let program = runner.at("temp/omnic-root/bin/omnic");
    std::fs::remove_file(&program).unwrap();
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_omnic"), &program).unwrap();
    let whole = runner.at("workspace");
    git(&whole, &["init", "-q", "-b", "main"]);
    copy("before", &whole.join("service"));
    git(&whole, &["add", "-A"]);
    git(&whole, &["commit", "-q", "-m", "before"]);
    let base = git(&whole, &["rev-parse", "HEAD"]);
    git(&whole, &["checkout", "-q", "-b", "$(touch${IFS}pwned)"]);
    copy("after", &whole.join("service"));
    git(&whole, &["commit", "-q", "-a", "-m", "after"]);
    let head = git(&whole, &["rev-parse", "HEAD"]);
    let (output, _) = runner.step(&whole, "service", [&base, &head]);
    assert!(output.status.success(), "{output:?}");
    let summary = runner.read("summary");
    let start = format!("### Routing\n\n6 changes to routing from `{}` to `{}`: ", &base[..10], &head[..10]);
    assert!(summary.starts_with(&start), "{summary}");
    assert!(
        summary.contains("  - `service/app/presenceUserConfigs/Seniors.presenceUserConfig-meta.xml:2`"),
        "{summary}"
    );

    std::fs::remove_file(runner.at("summary")).unwrap();
    let shallow = runner.at("shallow");
    let from = format!("file://{}", whole.display());
    git(runner.folder.path(), &["clone", "-q", "--depth", "1", &from, shallow.to_str().unwrap()]);
    let (output, said) = runner.step(&shallow, "service", [&base, &head]);
    assert!(output.status.success());
    let why = "What the change does to routing is not known: this clone lacks commits. Give `fetch-depth: 0` to `actions/checkout`.";
    assert_eq!(said, format!("::warning title=omnic diff::{why}\n"));
    assert_eq!(runner.read("summary"), format!("### Routing\n\n{why}\n"));
    let log = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(log.starts_with(&format!("error: git cannot read `{base}`: ")), "{log}");
}

/// The job of docs/ci.md that keeps one comment: its own, whoever else writes the mark.
#[test]
fn the_page_shows_how_to_keep_one_comment() {
    if Command::new("jq").arg("--version").output().is_err() {
        return println!("skipped: jq cannot be run");
    }
    let page = read("docs/ci.md");
    let blocks = page.split("```yaml\n").skip(1).filter_map(|rest| rest.split("\n```").next());
    let block = blocks.into_iter().find(|block| block.contains("<!-- omnic diff -->")).unwrap();
    let job = yaml("docs/ci.md", block);
    let steps = job["jobs"]["omnic"]["steps"].as_sequence().unwrap();
    let step = steps.last().unwrap();
    let script = step["run"].as_str().unwrap();
    assert!(!script.contains("${{"), "{script}");
    // Lists what is there by the program's own filter, and notes what it is asked to do.
    let runner = Runner::with(STUB);
    let gh = r#"#!/bin/bash
if [[ "$*" == *--paginate* ]]; then jq -r "${@: -1}" "$RUNNER_TEMP/comments"; exit; fi
printf '%s\n' "$*" >> "$RUNNER_TEMP/asked"
cat >> "$RUNNER_TEMP/asked"
"#;
    let bin = runner.at("bin");
    std::fs::create_dir(&bin).unwrap();
    std::fs::write(bin.join("gh"), gh).unwrap();
    std::fs::set_permissions(bin.join("gh"), std::fs::Permissions::from_mode(0o755)).unwrap();
    let file = runner.at("temp/omnic-diff.md");
    std::fs::write(&file, "### Routing\n\n`$(touch pwned)` \"x\"\n").unwrap();
    let body = r#"{
  "body": "<!-- omnic diff -->\n### Routing\n\n`$(touch pwned)` \"x\""
}
"#;
    let theirs = r#"{"id": 1, "user": {"login": "mallory"}, "body": "<!-- omnic diff -->\nno"}"#;
    let other = r#"{"id": 2, "user": {"login": "github-actions[bot]"}, "body": "other"}"#;
    let own = r#"{"id": 3, "user": {"login": "github-actions[bot]"}, "body": "<!-- omnic diff -->\nold"}"#;
    for (comments, asked) in [
        (format!("[{theirs}, {other}]"), "api repos/a/b/issues/7/comments --input -"),
        (format!("[{theirs}, {other}, {own}]"), "api --method PATCH repos/a/b/issues/comments/3 --input -"),
    ] {
        std::fs::write(runner.at("temp/comments"), comments).unwrap();
        let _ = std::fs::remove_file(runner.at("temp/asked"));
        let ran = Command::new("bash")
            .args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script])
            .current_dir(runner.at("workspace"))
            .env("PATH", format!("{}:{}", bin.display(), std::env::var("PATH").unwrap()))
            .env("RUNNER_TEMP", runner.at("temp"))
            .env("FILE", &file)
            .envs([("COMMENTS", "repos/a/b/issues/7/comments"), ("COMMENT", "repos/a/b/issues/comments")])
            .output()
            .unwrap();
        assert!(ran.status.success(), "{ran:?}");
        assert_eq!(runner.read("temp/asked"), format!("{asked}\n{body}"));
    }
    assert_eq!(std::fs::read_dir(runner.at("workspace")).unwrap().count(), 0);
}
