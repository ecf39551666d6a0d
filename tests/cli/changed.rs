//! `omnic check --changed`: that it finds what changed, and that no repository makes it start a program. Each test makes a
//! repository; where there is no git, it does nothing and says so.

#![allow(clippy::unwrap_used, reason = "a test whose repository cannot be made has failed")]
#![allow(clippy::print_stdout, reason = "says why it is skipped")]

use crate::small;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::small::{CONFIG_PATH, QUEUE, QUEUE_PATH, command, project, run, told, write};
use tempfile::TempDir;

pub(crate) fn git_output(folder: &Path, args: &[&str]) -> std::io::Result<std::process::Output> {
    let identity = ["-c", "user.name=A", "-c", "user.email=a@larkfield.example", "-c", "commit.gpgsign=false"];
    let quiet = ["-c", "protocol.file.allow=always", "-c", "core.autocrlf=false"];
    Command::new("git").args(identity).args(quiet).args(args).current_dir(folder).output()
}

pub(crate) fn git(folder: &Path, args: &[&str]) -> String {
    let output = git_output(folder, args).unwrap();
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

pub(crate) fn commit(folder: &Path, message: &str) -> String {
    git(folder, &["add", "-A"]);
    git(folder, &["commit", "-q", "--allow-empty", "-m", message]);
    git(folder, &["rev-parse", "HEAD"])
}

/// The small project, committed on `main`; none if there is no git.
fn repository() -> Option<TempDir> {
    let folder = project(&[]);
    match git_output(folder.path(), &["init", "-q", "-b", "main"]) {
        Ok(_) => {
            commit(folder.path(), "first");
            Some(folder)
        }
        Err(error) => {
            println!("skipped: git cannot be run: {error}");
            None
        }
    }
}

/// The names of the files with findings, up to the first dot.
fn files(folder: &Path, args: &[&str]) -> BTreeSet<String> {
    let (status, out, error) = run(folder, &[&["check", "--format", "concise"], args].concat());
    assert!(status < 2, "{error}");
    let path = |line: &str| line.split(':').next().unwrap_or_default().to_owned();
    let name = |path: String| Path::new(&path).file_name().map(|name| name.to_string_lossy().into_owned());
    let names = out.lines().filter(|line| line.contains("[OC")).filter_map(|line| name(path(line)));
    names.map(|name| name.split('.').next().unwrap_or_default().to_owned()).collect()
}

fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

fn queue(name: &str) -> String {
    format!("app/queues/{name}.queue-meta.xml")
}

#[test]
fn a_range_means_what_it_means_to_git() {
    let Some(folder) = repository() else { return };
    let root = folder.path();
    let first = git(root, &["rev-parse", "HEAD"]);
    git(root, &["checkout", "-q", "-b", "topic"]);
    write(root, &queue("Topic"), QUEUE);
    commit(root, "topic");
    git(root, &["checkout", "-q", "main"]);
    write(root, &queue("Main"), QUEUE);
    commit(root, "main");
    git(root, &["merge", "-q", "-m", "both", "topic"]);
    write(root, &queue("Untracked"), QUEUE);
    for (range, expected) in [
        ("topic", &["Main", "Untracked"][..]),
        ("topic..main", &["Main"]),
        ("topic..", &["Main"]),
        ("main..topic", &["Main"]),
        ("main~1..topic", &["Main", "Topic"]),
        ("main~1...topic", &["Topic"]),
        ("topic...main~1", &["Main"]),
        (&format!("{first}..HEAD"), &["Main", "Topic"]),
        ("HEAD..HEAD", &[]),
    ] {
        assert_eq!(files(root, &["--changed", range]), set(expected), "{range}");
    }
    for range in
        ["main..nowhere", "nowhere..main", "nowhere...main", "HEAD:app", "^main", "main^!", "-h..main", "", "--all"]
    {
        let (status, out, error) = run(root, &["check", &format!("--changed={range}")]);
        assert_eq!((status, out.as_str()), (2, ""), "{range}");
        assert!(error.starts_with("error: "), "{range}: {error}");
    }
    git(root, &["checkout", "-q", "--orphan", "alone"]);
    commit(root, "alone");
    let (status, _, error) = run(root, &["check", "--changed", "main...alone"]);
    assert!(status == 2 && error.contains("no common ancestor"), "{error}");
    assert_eq!(files(root, &["--changed", "main"]), set(&["Untracked"]), "compared with the commit itself");
}

#[test]
fn line_ends_that_git_converts_are_no_change() {
    let Some(folder) = repository() else { return };
    let root = folder.path();
    write(root, QUEUE_PATH, &QUEUE.replace('\n', "\r\n"));
    assert_eq!(files(root, &["--changed", "HEAD"]), set(&[]));
    write(root, QUEUE_PATH, &QUEUE.replace('\n', "\r\n\r\n"));
    assert_eq!(files(root, &["--changed", "HEAD"]), set(&["Support"]));
}

#[test]
fn repositories_with_sha256() {
    let folder = project(&[]);
    let root = folder.path();
    match git_output(root, &["init", "-q", "-b", "main", "--object-format=sha256"]) {
        Ok(output) if output.status.success() => {}
        _ => return println!("skipped: no git that knows SHA-256"),
    }
    commit(root, "first");
    assert_eq!(files(root, &["--changed", "main"]), set(&[]));
    write(root, &queue("Second"), QUEUE);
    assert_eq!(files(root, &["--changed", "main"]), set(&["Second"]));
}

#[test]
fn ignored_files_are_no_change_unless_they_are_committed() {
    let Some(folder) = repository() else { return };
    let root = folder.path();
    write(root, ".gitignore", "generated\n/app/queues/Lo*\n");
    write(root, "app/queues/.gitignore", "!Loud.*\n");
    write(root, ".git/info/exclude", "Private.*\n");
    for path in ["Low", "Loud", "Private", "generated/Made", "Plain"] {
        write(root, &queue(path), QUEUE);
    }
    assert_eq!(files(root, &["--changed", "HEAD"]), set(&["Loud", "Plain"]));
    git(root, &["add", "-f", &queue("Low")]);
    git(root, &["commit", "-q", "-m", "low"]);
    assert_eq!(files(root, &["--changed", "HEAD~1"]), set(&["Loud", "Low", "Plain"]));
}

/// Nor does git follow it.
#[cfg(unix)]
#[test]
fn a_gitignore_that_is_a_link_hides_nothing() {
    let Some(folder) = repository() else { return };
    let outside = tempfile::tempdir().unwrap();
    write(outside.path(), "patterns", "New.*\n");
    small::link(outside.path().join("patterns"), folder.path().join(".gitignore"));
    write(folder.path(), &queue("New"), QUEUE);
    assert_eq!(files(folder.path(), &["--changed", "HEAD"]), set(&["New"]));
}

#[test]
fn a_submodule_has_changed_if_its_commit_has() {
    let Some(folder) = repository() else { return };
    let inner = tempfile::tempdir().unwrap();
    write(inner.path(), "sfdx-project.json", r#"{"packageDirectories": [{"path": "queues"}]}"#);
    write(inner.path(), "queues/Inner.queue-meta.xml", QUEUE);
    git(inner.path(), &["init", "-q", "-b", "main"]);
    commit(inner.path(), "inner");
    let root = folder.path();
    git(root, &["submodule", "add", "-q", inner.path().to_str().unwrap(), "app/inner"]);
    commit(root, "with a submodule");
    assert_eq!(files(root, &["--changed", "HEAD"]), set(&[]));
    let sub = root.join("app/inner");
    write(&sub, "queues/New.queue-meta.xml", QUEUE);
    commit(&sub, "new");
    assert_eq!(files(root, &["--changed", "HEAD"]), set(&["Inner", "New"]));
    // The project may be the submodule itself, whose `.git` is a file.
    assert_eq!(files(&sub, &["--changed", "HEAD~1"]), set(&["New"]));
}

#[cfg(unix)]
#[test]
fn links_are_compared_as_git_keeps_them() {
    let Some(folder) = repository() else { return };
    let root = folder.path();
    write(root, "other/A.queue-meta.xml", QUEUE);
    small::link("../../other/A.queue-meta.xml", root.join(queue("Link")));
    small::link("../other", root.join("app/folder"));
    commit(root, "links");
    assert_eq!(files(root, &["--changed", "HEAD"]), set(&[]));
    write(root, "other/B.queue-meta.xml", QUEUE);
    assert_eq!(files(root, &["--changed", "HEAD"]), set(&["B"]), "behind a link to a folder");
    small::link("../../other/B.queue-meta.xml", root.join(queue("Link")));
    assert_eq!(files(root, &["--changed", "HEAD"]), set(&["B", "Link"]));
}

#[test]
fn what_describes_the_project_changes_all_of_it() {
    let Some(folder) = repository() else { return };
    let root = folder.path();
    for (path, text) in [
        ("omnic.toml", ""),
        ("app/.forceignore", "x\n"),
        ("omnic-baseline.json", "{\"format_version\": 1, \"findings\": []}"),
    ] {
        write(root, path, text);
        assert_eq!(files(root, &["--changed", "HEAD"]), set(&["Support"]), "{path}");
        commit(root, path);
        assert_eq!(files(root, &["--changed", "HEAD"]), set(&[]), "{path}");
        fs::remove_file(root.join(path)).unwrap();
        assert_eq!(files(root, &["--changed", "HEAD"]), set(&["Support"]), "{path} is gone");
        commit(root, path);
    }
}

#[test]
fn a_folder_outside_of_any_work_tree_is_refused() {
    let folder = project(&[]);
    let (status, _, error) = run(folder.path(), &["check", "--changed", "main"]);
    assert!(status == 2 && error.contains("is not in a git work tree"), "{error}");
}

/// A program that leaves a trace when it is run.
#[cfg(unix)]
fn trap(folder: &Path) -> (String, std::path::PathBuf) {
    use std::os::unix::fs::PermissionsExt as _;
    let (program, trace) = (folder.join("trap"), folder.join("sprung"));
    fs::write(&program, format!("#!/bin/sh\necho \"$0 $*\" >> '{}'\ncat\n", trace.display())).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    (program.to_str().unwrap().to_owned(), trace)
}

/// A configuration in which everything that can name a program names one.
#[cfg(unix)]
fn hostile(trap: &str) -> String {
    format!(
        r#"
[core]
    fsmonitor = {trap}
    hooksPath = {folder}
    pager = {trap}
    editor = {trap}
    sshCommand = {trap}
    askPass = {trap}
    gitProxy = {trap}
    alternateRefsCommand = {trap}
    untrackedCache = true
[pager]
    ls-tree = {trap}
    diff-tree = {trap}
    rev-parse = {trap}
[alias]
    ls-tree = !{trap}
    diff-tree = !{trap}
    rev-parse = !{trap}
    merge-base = !{trap}
[diff]
    external = {trap}
[diff "trap"]
    command = {trap}
    textconv = {trap}
[filter "trap"]
    clean = {trap}
    smudge = {trap}
    process = {trap}
    required = true
[credential]
    helper = !{trap}
[gpg]
    program = {trap}
[log]
    showSignature = true
[uploadpack]
    packObjectsHook = {trap}
[protocol]
    allow = always
[protocol "ext"]
    allow = always
[remote "origin"]
    url = ext::{trap}
    promisor = true
    partialclonefilter = blob:none
    uploadpack = {trap}
    fetch = +refs/heads/*:refs/remotes/origin/*
[extensions]
    partialClone = origin
"#,
        folder = Path::new(trap).parent().unwrap().join("hooks").display(),
    )
}

#[cfg(unix)]
#[test]
fn no_setting_of_a_repository_starts_a_program() {
    let Some(folder) = repository() else { return };
    let (root, outside) = (folder.path(), tempfile::tempdir().unwrap());
    let (trap, trace) = trap(outside.path());
    fs::create_dir(outside.path().join("hooks")).unwrap();
    for hook in ["post-index-change", "reference-transaction", "fsmonitor-watchman", "post-checkout", "query-watchman"]
    {
        fs::copy(&trap, outside.path().join("hooks").join(hook)).unwrap();
        fs::copy(&trap, root.join(".git/hooks").join(hook)).unwrap();
    }
    write(root, ".gitattributes", "* diff=trap filter=trap\n");
    write(root, &queue("New"), QUEUE);
    git(root, &["-c", "core.hooksPath=/dev/null", "add", "-f", QUEUE_PATH]);
    let config = fs::read_to_string(root.join(".git/config")).unwrap().replace("version = 0", "version = 1");
    fs::write(root.join(".git/config"), config + &hostile(&trap)).unwrap();
    let missing = "0123456789012345678901234567890123456789";
    fs::write(root.join(".git/refs/heads/missing"), format!("{missing}\n")).unwrap();
    for reference in ["HEAD", "main", "main..HEAD", "main...HEAD", "missing", missing, "missing..HEAD", "HEAD@{u}"] {
        let output = command(root, &["check", "--changed", reference]).env("GIT_PAGER", &trap).output().unwrap();
        assert!(!trace.exists(), "{reference}: {}", fs::read_to_string(&trace).unwrap());
        assert!(
            told(&output).0 < 2 || reference.contains("missing") || reference == missing || reference.contains('@')
        );
    }
    assert_eq!(
        files(root, &["--changed", "HEAD"]),
        set(&["New", "Support"]).into_iter().filter(|name| name == "New").collect()
    );
    // The trap would spring: git itself falls into it.
    let _ = git_output(root, &["status"]);
    assert!(trace.exists(), "the configuration starts nothing, so this test proves nothing");
}

/// A pull request can add the inside of a repository as plain files, but no folder named `.git`.
#[cfg(unix)]
#[test]
fn a_repository_inside_of_the_checked_one_is_not_taken_for_it() {
    let Some(folder) = repository() else { return };
    let outside = tempfile::tempdir().unwrap();
    let (trap, trace) = trap(outside.path());
    let root = folder.path();
    let inner = root.join("inner");
    write(&inner, "sfdx-project.json", r#"{"packageDirectories": [{"path": "app"}]}"#);
    write(&inner, QUEUE_PATH, QUEUE);
    commit(root, "an inner project");
    let bare = outside.path().join("made");
    fs::create_dir(&bare).unwrap();
    git(&bare, &["init", "-q", "-b", "main"]);
    write(&bare, "sfdx-project.json", r#"{"packageDirectories": [{"path": "app"}]}"#);
    write(&bare, QUEUE_PATH, QUEUE);
    commit(&bare, "first");
    for name in ["HEAD", "index", "objects", "refs"] {
        fs::rename(bare.join(".git").join(name), inner.join(name)).unwrap();
    }
    let config = format!(
        "[core]\n    repositoryformatversion = 0\n    bare = false\n    worktree = .\n    fsmonitor = {trap}\n"
    );
    fs::write(inner.join("config"), config).unwrap();
    write(&inner, &queue("New"), QUEUE);
    assert_eq!(files(root, &["inner", "--changed", "HEAD"]), set(&["New"]), "by the real repository");
    assert_eq!(files(&inner, &["--changed", "HEAD"]), set(&["New"]));
    assert!(!trace.exists());
    // Without a real one there is none.
    fs::rename(root.join(".git"), outside.path().join("gone")).unwrap();
    let (status, out, error) = run(&inner, &["check", "--changed", "HEAD"]);
    assert_eq!((status, out.as_str()), (2, ""), "{error}");
    // A `.git` that is no repository does not lead git to what lies beside it.
    fs::create_dir(inner.join(".git")).unwrap();
    let (status, out, error) = run(&inner, &["check", "--changed", "HEAD"]);
    assert_eq!((status, out.as_str()), (2, ""), "{error}");
    assert!(!trace.exists());
}

#[cfg(unix)]
#[test]
fn git_is_not_looked_for_in_the_repository() {
    let Some(folder) = repository() else { return };
    let (trap, trace) = trap(tempfile::tempdir().unwrap().keep().as_path());
    let root = folder.path();
    fs::copy(&trap, root.join("git")).unwrap();
    let path = std::env::var("PATH").unwrap();
    let output = command(root, &["check", "--changed", "HEAD"]).env("PATH", format!(".::{path}")).output().unwrap();
    assert_eq!(told(&output).0, 0, "{}", told(&output).2);
    assert!(!trace.exists());
}

#[test]
fn what_is_gone_is_told_where_it_is_named() {
    let Some(folder) = repository() else { return };
    let root = folder.path();
    write(root, QUEUE_PATH, &QUEUE.replace("Genral", "General"));
    commit(root, "second");
    fs::remove_dir_all(root.join(CONFIG_PATH).parent().unwrap()).unwrap();
    write(root, "app/queueRoutingConfigs/Other.queueRoutingConfig-meta.xml", small::CONFIG);
    assert_eq!(files(root, &["--changed", "HEAD"]), set(&["Support"]));
}
