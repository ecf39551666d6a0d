//! What is around a project: links, git, the environment, other hands in its files. Each test writes a small project, and
//! runs the command in it.

#![allow(clippy::unwrap_used, reason = "a test whose project cannot be made has failed")]

use std::fs;
use std::path::Path;
use std::process::Command;

#[cfg(unix)]
use crate::small::link;
use crate::small::{QUEUE, QUEUE_PATH, command, findings, project, run, told, write};

/// Runs git in `folder`; false if there is none.
fn git(folder: &Path, args: &[&str]) -> bool {
    let identity = ["-c", "user.name=A", "-c", "user.email=a@larkfield.example", "-c", "commit.gpgsign=false"];
    let output = Command::new("git").args(identity).args(args).current_dir(folder).env_remove("GIT_DIR").output();
    let Ok(output) = output else { return false };
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    true
}

#[cfg(unix)]
#[test]
fn a_part_is_found_through_links() {
    let folder = project(&[]);
    let root = folder.path();
    let elsewhere = tempfile::tempdir().unwrap();
    let named = elsewhere.path().join("link");
    link(root, &named);
    let only = root.join("app");
    let args = [named.to_str().unwrap(), "--only", only.to_str().unwrap()];
    assert_eq!(findings(elsewhere.path(), &args), ["OC201 error", "OC111 warning"]);
    if !git(root, &["init", "-q", "-b", "main"]) {
        return;
    }
    git(root, &["add", "-A"]);
    git(root, &["commit", "-q", "-m", "first"]);
    write(root, "app/queues/Ünd \"so\" weiter.queue-meta.xml", QUEUE);
    let args = [named.to_str().unwrap(), "--changed", "main"];
    assert_eq!(findings(elsewhere.path(), &args), ["OC006 error", "OC201 error", "OC111 warning"]);
}

/// In a linked worktree, git tells hooks where its folder is, and not where the files are.
#[test]
fn the_variables_of_a_hook_do_not_lead_astray() {
    let folder = project(&[]);
    let root = folder.path();
    write(root, "inner/sfdx-project.json", r#"{"packageDirectories": [{"path": "app"}]}"#);
    write(root, "inner/app/queues/First.queue-meta.xml", QUEUE);
    if !git(root, &["init", "-q", "-b", "main"]) {
        return;
    }
    git(root, &["add", "-A"]);
    git(root, &["commit", "-q", "-m", "first"]);
    write(root, "inner/app/queues/Second.queue-meta.xml", QUEUE);
    let mut command = command(root, &["check", "inner", "--changed", "main", "--format", "concise"]);
    let (_, out, _) = told(&command.env("GIT_DIR", root.join(".git")).output().unwrap());
    assert!(out.contains("Second.queue") && !out.contains("First.queue"), "{out}");
}

#[test]
fn an_empty_variable_says_nothing() {
    let folder = project(&[]);
    let root = folder.path();
    for name in ["API_VERSION", "WORLD", "STRICT", "CONFIG", "RECORDS", "INVENTORY", "BASELINE", "FORMAT", "FAIL_ON"] {
        let name = format!("OMNIC_{name}");
        let output = command(root, &["check"]).env(&name, "").output().unwrap();
        assert_eq!(told(&output).0, 1, "{name}: {}", told(&output).2);
    }
    let output = command(root, &["baseline", "create"]).env("OMNIC_BASELINE", "").output().unwrap();
    assert_eq!(told(&output).0, 0, "{}", told(&output).2);
}

#[test]
fn isolated_wins_over_the_environment_and_contradicts_flags() {
    let folder = project(&[("omnic.toml", "fail-on = \"never\"\n")]);
    let root = folder.path();
    let check = |args: &[&str]| {
        let mut command = command(root, &[&["check"], args].concat());
        told(&command.env("OMNIC_CONFIG", "omnic.toml").env("OMNIC_BASELINE", "none.json").output().unwrap())
    };
    assert_eq!(check(&["--baseline", "omnic.toml"]).0, 2, "that is no baseline");
    assert_eq!(check(&["--isolated"]).0, 1);
    for flag in ["--config", "--baseline"] {
        let (status, _, error) = check(&["--isolated", flag, "omnic.toml"]);
        assert!(status == 2 && error.starts_with("error: `--isolated` reads neither"), "{error}");
    }
}

#[test]
fn paths_in_a_configuration_may_be_absolute() {
    let elsewhere = tempfile::tempdir().unwrap();
    write(elsewhere.path(), "base.toml", "[checks]\nOC201 = \"off\"\n");
    let base = toml::Value::from(elsewhere.path().join("base.toml").to_str().unwrap());
    let folder = project(&[("omnic.toml", &format!("extend = {base}\n"))]);
    assert_eq!(findings(folder.path(), &["--allow-outside"]), ["OC111 warning"]);
}

#[cfg(unix)]
#[test]
fn a_circle_of_configurations_through_links_is_told() {
    let folder = project(&[("omnic.toml", "extend = \"loop/omnic.toml\"\n")]);
    link(folder.path(), folder.path().join("loop"));
    let (status, _, error) = run(folder.path(), &["check"]);
    assert_eq!(status, 2);
    assert!(error.contains("`extend` leads back to `loop/omnic.toml`"), "{error}");
}

#[test]
fn patterns_of_paths_are_read_as_they_are_meant() {
    for (pattern, silences) in [
        (".", true),
        ("./app", true),
        ("app/", true),
        ("app/*.queue-meta.xml", true),
        ("**/queues", true),
        ("queues", false),
        ("app/queue", false),
    ] {
        let text = format!("[[overrides]]\npaths = [\"{pattern}\"]\nchecks = {{ OC201 = \"off\", OC111 = \"off\" }}\n");
        let folder = project(&[("omnic.toml", &text)]);
        assert_eq!(findings(folder.path(), &[]).is_empty(), silences, "{pattern}");
    }
    let folder = project(&[("omnic.toml", "[[overrides]]\npaths = [\"\"]\nchecks = { OC201 = \"off\" }\n")]);
    let (status, _, error) = run(folder.path(), &["check"]);
    assert_eq!(status, 2);
    assert!(error.starts_with("error: omnic.toml:2:10: the pattern is empty"), "{error}");
}

#[test]
fn a_baseline_keeps_what_was_not_looked_for() {
    let folder = project(&[]);
    let root = folder.path();
    assert_eq!(run(root, &["baseline", "create"]).0, 0);
    write(root, "omnic.toml", "[checks]\nOC201 = \"off\"\n");
    assert_eq!(run(root, &["check"]).2, "");
    assert_eq!(run(root, &["baseline", "prune"]).1, "took 0 findings out of `omnic-baseline.json`, 2 left\n");
    // Counts of the same finding add up, however large they are.
    let text = fs::read_to_string(root.join("omnic-baseline.json")).unwrap();
    let line = text.lines().find(|line| line.contains("OC111")).unwrap().trim_end_matches([',', '}']);
    let lines = format!("{line}, \"count\": 4294967295}},\n{line}, \"count\": 2}}");
    write(root, "omnic-baseline.json", &format!("{{\"format_version\": 1, \"findings\": [\n{lines}]}}"));
    assert_eq!(findings(root, &[]), [""; 0]);
}

#[test]
fn a_fix_leaves_alone_what_it_must_not_write() {
    let folder = project(&[]);
    let root = folder.path();
    let path = root.join(QUEUE_PATH);
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    let (status, _, error) = run(root, &["check", "--fix"]);
    assert_eq!(status, 2);
    assert!(error.starts_with(&format!("error: `{QUEUE_PATH}` was not fixed: it is read-only\n")), "{error}");
    assert_eq!(fs::read_to_string(&path).unwrap(), QUEUE);
}

#[cfg(unix)]
#[test]
fn a_fix_keeps_links_and_permissions() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = project(&[]);
    let root = folder.path();
    let elsewhere = root.join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    let target = elsewhere.join("Support.xml");
    fs::rename(root.join(QUEUE_PATH), &target).unwrap();
    fs::set_permissions(&target, fs::Permissions::from_mode(0o640)).unwrap();
    link(&target, root.join(QUEUE_PATH));
    assert_eq!(run(root, &["check", "--fix"]).0, 1);
    assert!(fs::symlink_metadata(root.join(QUEUE_PATH)).unwrap().is_symlink());
    assert_eq!(fs::metadata(&target).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(fs::read_to_string(&target).unwrap().matches("<queueSobject>").count(), 1);
    assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 1, "nothing is left behind");
}

#[test]
fn a_difference_is_the_only_output_and_has_the_same_statuses() {
    let folder = project(&[]);
    let root = folder.path();
    assert_eq!(run(root, &["check", "--diff"]).0, 1);
    assert_eq!(run(root, &["check", "--diff", "--output", "sarif=out.sarif"]).0, 2);
    assert_eq!(run(root, &["check", "--diff", "--statistics"]).0, 2);
    write(root, "empty/sfdx-project.json", r#"{"packageDirectories": [{"path": "app"}]}"#);
    write(root, "empty/app/README.md", "");
    assert_eq!(run(root, &["check", "--diff", "empty"]).0, 2, "nothing to check");
}

fn manifest(of: &str, version: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Package xmlns=\"http://soap.sforce.com/2006/04/metadata\">\n    <types>\n        \
         <members>*</members>\n        <name>{of}</name>\n    </types>\n    <version>{version}</version>\n</Package>\n"
    )
}

/// A manifest gives a version only for what it deploys, and one that is not the project's is told once.
#[test]
fn a_manifest_has_a_say_on_what_it_deploys() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    write(root, "sfdx-project.json", r#"{"packageDirectories": [{"path": "app"}], "sourceApiVersion": "64.0"}"#);
    write(root, "app/queues/Other.queue-meta.xml", QUEUE);
    write(root, "deploy/queues/Support.queue", QUEUE);
    write(
        root,
        "deploy/settings/OmniChannel.settings",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<OmniChannelSettings \
         xmlns=\"http://soap.sforce.com/2006/04/metadata\">\n    <enableOmniChannel>true</enableOmniChannel>\n\
         </OmniChannelSettings>\n",
    );
    let told = |of: &str, version: &str| {
        write(root, "deploy/package.xml", &manifest(of, version));
        let mut found = findings(root, &["deploy", "--min-severity", "note"]);
        found.retain(|found| ["OC009", "OC013", "OC102"].iter().any(|code| found.starts_with(code)));
        found
    };
    assert_eq!(told("Queue", "64.0"), ["OC009 warning"], "the settings are not listed");
    assert_eq!(told("Queue", "60.0"), ["OC009 warning", "OC013 note"]);
    assert_eq!(told("Profile", "23.0"), ["OC009 note"], "nothing of it is for 23.0");
}
