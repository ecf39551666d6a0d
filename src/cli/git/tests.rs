//! A project as it is in a commit is what a checkout of that commit is. Each test makes a repository; where there is no
//! git, it does nothing and says so.

#![allow(clippy::format_push_string, reason = "short, and nothing is measured here")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use super::revision::{repository_around, revisions};
use super::{Listed, Operand, Revision, operand};
use crate::analyse;
use crate::cli::Failure;
use crate::compile::{OnErrors, compile};
use crate::config::{Origin, Setting};
use crate::setup::{BaselineUse, Ready, Setup};
use crate::source::{self, ApiVersion, Interest, Layout, Selection};

const PROJECT: &str = r#"{"packageDirectories": [{"path": "app"}], "sourceApiVersion": "66.0"}"#;

fn git_output(folder: &Path, args: &[&str]) -> std::io::Result<Output> {
    let identity = ["-c", "user.name=A", "-c", "user.email=a@larkfield.example", "-c", "commit.gpgsign=false"];
    let quiet = ["-c", "protocol.file.allow=always", "-c", "core.autocrlf=false", "-c", "core.hooksPath=/dev/null"];
    Command::new("git").args(identity).args(quiet).args(args).current_dir(folder).output()
}

fn git(folder: &Path, args: &[&str]) -> String {
    let output = git_output(folder, args).unwrap();
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

fn commit(folder: &Path, message: &str) -> String {
    git(folder, &["add", "-A"]);
    git(folder, &["commit", "-q", "--allow-empty", "-m", message]);
    git(folder, &["rev-parse", "HEAD"])
}

fn write(folder: &Path, path: &str, text: impl AsRef<[u8]>) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn queue(config: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<Queue xmlns="http://soap.sforce.com/2006/04/metadata">
    <doesSendEmailToMembers>false</doesSendEmailToMembers>
    <name>Label</name>
    <queueMembers>
        <users>
            <user>ada@larkfield.example</user>
        </users>
    </queueMembers>
    <queueRoutingConfig>{config}</queueRoutingConfig>
    <queueSobject>
        <sobjectType>Case</sobjectType>
    </queueSobject>
</Queue>
"#
    )
}

fn routing(priority: u32) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<QueueRoutingConfig xmlns="http://soap.sforce.com/2006/04/metadata">
    <capacityWeight>1.0</capacityWeight>
    <label>General</label>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>{priority}</routingPriority>
</QueueRoutingConfig>
"#
    )
}

fn queue_at(name: &str) -> String {
    format!("app/queues/{name}.queue-meta.xml")
}

const ROUTING: &str = "app/queueRoutingConfigs/General.queueRoutingConfig-meta.xml";

/// A small project in a repository, not yet committed; none if there is no git.
fn repository(more: &[&str]) -> Option<(TempDir, PathBuf)> {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap().join("repository");
    write(&root, "sfdx-project.json", PROJECT);
    write(&root, &queue_at("Support"), queue("General"));
    write(&root, ROUTING, routing(1));
    match git_output(&root, &[&["init", "-q", "-b", "main"], more].concat()) {
        Ok(output) if output.status.success() => Some((folder, root)),
        Ok(output) => {
            println!("skipped: {}", String::from_utf8_lossy(&output.stderr));
            None
        }
        Err(error) => {
            println!("skipped: git cannot be run: {error}");
            None
        }
    }
}

fn named(path: &Path, name: &str) -> Result<Revision, Failure> {
    revisions(&repository_around(path)?, name).map(|(revision, _)| revision)
}

/// The project in a commit: the same whether another snapshot was read before or not.
fn at_revision(path: &Path, revision: &Revision, setup: &Setup) -> Result<Ready, Failure> {
    let read = |before| Listed::read(path, revision)?.project(path, setup, BaselineUse::Read, before);
    let (ready, snapshot) = read(None)?;
    let (again, _) = read(Some(snapshot))?;
    assert_eq!(again.project.entries, ready.project.entries);
    Ok(ready)
}

fn read_at(path: &Path, name: &str, setup: &Setup) -> Result<Ready, Failure> {
    at_revision(path, &named(path, name)?, setup)
}

/// All that a project is, without where it lies.
fn whole(ready: Ready, name: &str) -> String {
    let Ready { project, mut options, told, settings } = ready;
    let mut all = format!(
        "{:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}\n{:?} {:?}\n",
        project.layout,
        project.api_version,
        project.api_version_source,
        project.packages,
        project.missing_packages,
        project.surroundings.dependencies,
        project.replacements,
        project.selection,
        project.inner_projects,
        settings.world,
        options.declared,
    );
    for line in told {
        all += &(line.replace(&format!("in `{name}`: "), "") + "\n");
    }
    let mut buffer = Vec::new();
    for entry in &project.entries {
        let text = if entry.interest == Interest::Name { Ok("") } else { source::read(entry, &mut buffer) };
        let (path, package, ignored, interest) = (&entry.path, entry.package, entry.ignored, entry.interest);
        all += &format!("{path} {package} {ignored} {interest:?}\n");
        // Git may have converted the ends of lines.
        all += &format!("  {:?}\n", text.map(|text| text.replace("\r\n", "\n")));
    }
    options.keep_lines = true;
    let mut analysis = analyse::analyse(&project, &options);
    let found = analysis.diagnostics.clone();
    analysis.load(&project, &found);
    for diagnostic in found.iter().chain(&analysis.baselined) {
        let source = &analysis.sources[diagnostic.primary.location.file.0 as usize];
        all += &format!("{} {} {}\n", diagnostic.code, source.path, diagnostic.message);
    }
    all += &format!("{:?}\n", project.outside(&analyse::interest));
    match compile(&analysis, &project.problems, OnErrors::LeaveOut) {
        Ok(plan) => all += &plan.to_json(),
        Err(error) => all += &error.to_string(),
    }
    all
}

/// Holds the project at `below` in a commit against a checkout of that commit, and gives it, or why there is none.
fn compared(root: &Path, below: &str, name: &str) -> Result<Ready, String> {
    let setup = Setup::default();
    let outside = tempfile::tempdir().unwrap();
    let checkout = outside.path().canonicalize().unwrap().join("checkout");
    git(root, &["worktree", "add", "-q", "--detach", checkout.to_str().unwrap(), name]);
    let expected = setup.load(&source::join(&checkout, below), BaselineUse::Read);
    let ready = read_at(&source::join(root, below), name, &setup);
    let ready = match (expected, ready) {
        (Ok(expected), Ok(ready)) => {
            assert_same(&whole(ready.clone(), name), &whole(expected, name), name);
            Ok(ready)
        }
        (Err(expected), Err(failure)) => {
            assert_eq!(failure.help, expected.help, "{}, and {}", failure.message, expected.message);
            Err(failure.message)
        }
        (Err(expected), Ok(_)) => panic!("{name} is read, and its checkout is not: {}", expected.message),
        (Ok(_), Err(failure)) => panic!("{name} is not read, and its checkout is: {}", failure.message),
    };
    git(root, &["worktree", "remove", "--force", checkout.to_str().unwrap()]);
    ready
}

/// The same for a commit that has a project with files.
fn law(root: &Path, below: &str, name: &str) -> Ready {
    let ready = compared(root, below, name).unwrap_or_else(|message| panic!("{message}"));
    assert!(!ready.project.entries.is_empty(), "an empty project proves little");
    ready
}

fn assert_same(got: &str, expected: &str, name: &str) {
    let differs = got.lines().zip(expected.lines()).find(|(got, expected)| got != expected);
    assert!(got == expected, "{name}: {differs:?}");
}

fn text_of(ready: &Ready, path: &str) -> String {
    let entry = ready.project.entries.iter().find(|entry| entry.path == path).unwrap();
    source::read(entry, &mut Vec::new()).unwrap().to_owned()
}

fn paths(ready: &Ready) -> Vec<&str> {
    ready.project.entries.iter().map(|entry| entry.path.as_str()).collect()
}

fn message(result: Result<Ready, Failure>) -> String {
    let failure = result.map(|_| ()).unwrap_err();
    format!("{}\n{}", failure.message, failure.help.unwrap_or_default())
}

#[test]
fn each_commit_is_read_as_its_checkout_is() {
    let Some((_folder, root)) = repository(&[]) else { return };
    let mut commits = vec![commit(&root, "first")];
    let mut then = |what: &str| commits.push(commit(&root, what));
    write(&root, &queue_at("Second"), queue("General"));
    write(&root, ROUTING, routing(2));
    then("a queue more, another priority");
    write(&root, ".forceignore", "Second*\n**/hidden/**\n\\\n");
    write(&root, "app/hidden/queues/H.queue-meta.xml", queue("General"));
    then("patterns");
    write(&root, "app/.forceignore", "Support*\n");
    then("nearer patterns");
    fs::remove_file(root.join("app/.forceignore")).unwrap();
    let two = r#"{"packageDirectories": [{"path": "app"}, {"path": "more/./"}, {"path": "gone"}],
        "sourceApiVersion": "58.0", "replacements":
        [{"glob": "**/*.xml", "stringToReplace": "General", "replaceWithEnv": "NAME"}]}"#;
    write(&root, "sfdx-project.json", two);
    write(&root, "more/queues/M.queue-meta.xml", queue("Elsewhere"));
    then("two package directories");
    write(&root, "other/queueRoutingConfigs/Elsewhere.queueRoutingConfig-meta.xml", routing(3));
    write(&root, "sfdx-project.json", two.replace("NAME", "OTHER").replace("58.0", "61.0"));
    then("outside of the package directories");
    write(&root, "omnic.toml", "extend = \"config/base.toml\"\nstrict = true\n");
    let base = "api-version = \"64.0\"\nbaseline = \"known.json\"\n[org]\nrecords = \"org\"\ninventory = [\"names\"]\n\
                [external]\nSkill = [\"X*\"]\n[checks]\nOC101 = \"off\"\n";
    write(&root, "config/base.toml", base);
    write(&root, "config/known.json", "{\"format_version\": 1, \"findings\": []}");
    write(&root, "config/org/users.csv", "Id,Username,IsActive\n005000000000001AAA,ada@larkfield.example,true\n");
    write(&root, "config/names/queues.json", r#"[{"type": "Queue", "fullName": "Far"}]"#);
    then("settings");
    write(&root, "config/org/users.csv", "Id,Username,IsActive\n005000000000001AAA,ada@larkfield.example,false\n");
    write(&root, "config/names/queues.json", r#"[{"type": "QueueRoutingConfig", "fullName": "Elsewhere"}]"#);
    then("other records and names");
    fs::remove_file(root.join("omnic.toml")).unwrap();
    fs::remove_dir_all(root.join("config")).unwrap();
    fs::remove_dir_all(root.join("more")).unwrap();
    fs::rename(root.join("app"), root.join("src")).unwrap();
    write(&root, "sfdx-project.json", PROJECT.replace("app", "src"));
    then("folders deleted and renamed");
    fs::remove_file(root.join("sfdx-project.json")).unwrap();
    write(&root, "src/package.xml", "<Package><version>60.0</version></Package>");
    write(&root, "src/queues/Mdapi.queue", queue("General"));
    then("a Metadata API folder");
    fs::remove_file(root.join("src/package.xml")).unwrap();
    then("a folder");
    write(&root, "src/queues/Utf16.queue", [0xFF, 0xFE, b'<', 0]);
    write(&root, "src/queues/Latin.queue", b"<Queue>\xE9</Queue>");
    write(&root, "src/queues/Large.queue", vec![b' '; source::MAX_FILE_BYTES as usize + 1]);
    write(&root, "src/queues/\u{e9}t\u{e9} \"x\".queue", queue("General"));
    then("files that cannot be read");
    // What is on disk now is another thing.
    let last = commits.len();
    fs::write(root.join(queue_at("Support").replace("app", "src")), "").unwrap();
    fs::remove_file(root.join(queue_at("Second").replace("app", "src"))).unwrap();
    write(&root, "omnic.toml", "nonsense");
    write(&root, ".forceignore", "*\n");
    write(&root, &queue_at("Untracked"), queue("General"));
    for (at, commit) in commits.iter().enumerate() {
        let ready = law(&root, "", commit);
        assert!(!paths(&ready).contains(&"app/queues/Untracked.queue-meta.xml"), "{at} of {last}");
        assert!(ready.project.root.starts_with(&root));
    }
    // And the project was another one each time.
    let at = |number: usize| read_at(&root, &commits[number], &Setup::default()).unwrap();
    assert_eq!(at(0).project.api_version, ApiVersion(66));
    let ignored = |ready: &Ready| ready.project.entries.iter().filter(|entry| entry.ignored).count();
    assert_eq!([0, 1, 2, 3].map(|number| ignored(&at(number))), [0, 0, 2, 1]);
    assert_eq!(at(4).project.missing_packages, ["gone"]);
    assert_eq!(at(6).project.api_version, ApiVersion(64));
    assert_eq!(at(6).options.records.len(), 1);
    assert_ne!(at(6).options.records, at(7).options.records);
    assert_eq!([8, 9, 10].map(|number| at(number).project.layout), [Layout::Sfdx, Layout::Mdapi, Layout::Folder]);
}

#[test]
fn a_project_may_lie_below_the_root_and_others_in_it() {
    let Some((_folder, root)) = repository(&[]) else { return };
    for place in ["one", "deep/two"] {
        write(&root.join(place), "sfdx-project.json", PROJECT.replace("66.0", "60.0"));
        write(&root.join(place), &queue_at("Inner"), queue("General"));
    }
    write(&root, "mdapi/package.xml", "<Package><version>59.0</version></Package>");
    write(&root, "mdapi/queues/A.queue", queue("General"));
    write(&root, "omnic.toml", "world = \"open\"\n");
    commit(&root, "first");
    fs::remove_dir_all(root.join("deep")).unwrap();
    fs::remove_file(root.join("omnic.toml")).unwrap();
    commit(&root, "second");
    write(&root, "one/app/queues/New.queue-meta.xml", queue("General"));
    for below in
        ["one", "one/app/queues", "one/app/queues/Inner.queue-meta.xml", "deep/two", "deep/two/app", "mdapi", "deep"]
    {
        let ready = law(&root, below, "HEAD~1");
        assert!(!paths(&ready).iter().any(|path| path.contains("New")));
    }
    let ready = read_at(&root.join("one/app/queues/Inner.queue-meta.xml"), "HEAD~1", &Setup::default()).unwrap();
    assert_eq!(ready.project.selection, Selection::Only([queue_at("Inner")].into()));
    let two = root.join("deep/two");
    let told = message(read_at(&two, "HEAD", &Setup::default()));
    let shown = source::display(&two);
    assert_eq!(
        told,
        format!(
            "in `HEAD`: `{shown}` does not exist there\nname a path that `HEAD` has; the projects there, from the root of \
             the repository, are `one` and `.`"
        )
    );
}

#[test]
fn what_the_caller_names_is_on_disk() {
    let Some((_folder, root)) = repository(&[]) else { return };
    write(&root, "org/users.csv", "Id,Username\n005000000000001AAA,then@larkfield.example\n");
    write(&root, "omnic.toml", "[org]\nrecords = \"org\"\n");
    write(&root, "omnic-baseline.json", "nonsense");
    commit(&root, "first");
    write(&root, "org/users.csv", "Id,Username\n005000000000001AAA,now@larkfield.example\n");
    write(&root, "now.toml", "api-version = \"55.0\"\nbaseline = \"known.json\"\n[org]\nrecords = \"org\"\n");
    write(&root, "known.json", "{\"format_version\": 1, \"findings\": []}");
    let records = |setup: &Setup| {
        let ready = read_at(&root, "HEAD", setup).unwrap();
        let [file] = &ready.options.records[..] else { panic!("one file") };
        (file.text.clone().unwrap().split_once('@').unwrap().0.rsplit_once(',').unwrap().1.to_owned(), ready)
    };
    let told = message(read_at(&root, "HEAD", &Setup::default()));
    assert!(told.starts_with("in `HEAD`: ") && told.contains("omnic-baseline.json"), "{told}");
    let mut setup = Setup::default();
    setup.given.baseline = Some(Setting::new(root.join("known.json"), Origin::Flag("--baseline")));
    assert_eq!(records(&setup).0, "then");
    setup.given.records = Some(Setting::new(root.join("org"), Origin::Environment("OMNIC_RECORDS")));
    assert_eq!(records(&setup).0, "now");
    let by_file = Setup { config: Some(root.join("now.toml")), ..Setup::default() };
    let (name, ready) = records(&by_file);
    assert_eq!((name.as_str(), ready.project.api_version), ("now", ApiVersion(55)));
    let isolated = Setup { isolated: true, ..Setup::default() };
    assert_eq!(read_at(&root, "HEAD", &isolated).unwrap().options.records, []);
}

#[cfg(unix)]
fn link(to: impl AsRef<Path>, at: impl AsRef<Path>) {
    let _ = fs::remove_file(&at);
    fs::create_dir_all(at.as_ref().parent().unwrap()).unwrap();
    std::os::unix::fs::symlink(to, at).unwrap();
}

#[cfg(unix)]
#[test]
fn links_lead_where_they_led() {
    let Some((folder, root)) = repository(&[]) else { return };
    let outside = folder.path().canonicalize().unwrap();
    write(&outside, "Secret.queue-meta.xml", queue("Secret"));
    write(&outside, "secret/queues/Secret.queue-meta.xml", queue("Secret"));
    write(&root, "shared/A.queue-meta.xml", queue("General"));
    write(&root, "shared/B.queue-meta.xml", queue("General"));
    link("../../shared/A.queue-meta.xml", root.join(queue_at("File")));
    link("../shared", root.join("app/folder"));
    link("../app/folder", root.join("shared/again"));
    link("../../nothing", root.join(queue_at("Broken")));
    commit(&root, "inside");
    link("../../../Secret.queue-meta.xml", root.join(queue_at("File")));
    link(outside.join("secret"), root.join("app/folder"));
    link("Loop.queue-meta.xml", root.join(queue_at("Loop")));
    commit(&root, "outside");
    link("shared", root.join("linked"));
    write(&root, "sfdx-project.json", PROJECT.replace("app", "linked"));
    fs::remove_dir_all(root.join("app")).unwrap();
    commit(&root, "a package directory");
    fs::rename(root.join("sfdx-project.json"), root.join("project.json")).unwrap();
    link("project.json", root.join("sfdx-project.json"));
    commit(&root, "the description");
    for (name, expected) in [("HEAD~3", 6), ("HEAD~1", 2), ("HEAD", 2)] {
        let ready = law(&root, "", name);
        assert_eq!(ready.project.entries.len(), expected, "{name}: {:?}", paths(&ready));
    }
    let ready = read_at(&root, "HEAD~2", &Setup::default()).unwrap();
    let problems = |ready: &Ready| ready.project.problems.iter().map(|(path, _)| path.clone()).collect::<Vec<_>>();
    assert_eq!(problems(&ready), ["app/folder", &queue_at("File")]);
    assert!(!whole(ready, "HEAD~2").contains("Secret<"));
    // What leads out is on disk, if the caller allows it.
    let open = Setup { allow_outside: true, ..Setup::default() };
    let ready = read_at(&root, "HEAD~2", &open).unwrap();
    assert_eq!(problems(&ready), [""; 0]);
    assert_eq!(text_of(&ready, &queue_at("File")), queue("Secret"));
    assert_eq!(text_of(&ready, "app/folder/queues/Secret.queue-meta.xml"), queue("Secret"));
    // A folder that was one then, and is a link now: what is alike behind it is not read there.
    fs::remove_dir_all(root.join("shared")).unwrap();
    write(&outside, "alike/A.queue-meta.xml", queue("General"));
    link(outside.join("alike"), root.join("shared"));
    let ready = law(&root, "", "HEAD~3");
    assert!(ready.project.entries.iter().all(|entry| entry.shadow.is_some() || entry.problem.is_some()));
    // The caller may use a link of their own.
    link(&root, outside.join("own"));
    let ready = read_at(&outside.join("own/app/queues"), "HEAD~3", &Setup::default()).unwrap();
    assert_eq!((ready.project.root, ready.project.entries.len()), (outside.join("own"), 6));
    link(root.join("app"), outside.join("inner"));
    let ready = read_at(&outside.join("inner"), "HEAD~3", &Setup::default()).unwrap();
    assert_eq!(ready.project.layout, Layout::Folder, "as on disk, nothing above the link is looked at");
}

#[test]
fn submodules_are_told_and_not_read() {
    let Some((folder, root)) = repository(&[]) else { return };
    let inner = folder.path().join("inner");
    write(&inner, "queues/Inner.queue-meta.xml", queue("General"));
    git(&inner, &["init", "-q", "-b", "main"]);
    commit(&inner, "inner");
    for place in ["app/inner", "app/hidden", "elsewhere"] {
        git(&root, &["submodule", "add", "-q", inner.to_str().unwrap(), place]);
    }
    write(&root, ".forceignore", "hidden\n");
    commit(&root, "first");
    let ready = read_at(&root, "main", &Setup::default()).unwrap();
    assert_eq!(paths(&ready).len(), 2);
    let told =
        "error: in `main`: `app/inner` could not be used: it is a submodule, and its files are in another repository";
    assert_eq!(ready.told, [told]);
    write(&root, "sfdx-project.json", PROJECT.replace("\"app\"", "\"elsewhere\""));
    commit(&root, "second");
    let ready = read_at(&root, "main", &Setup::default()).unwrap();
    assert_eq!(ready.told, [told.replace("app/inner", "elsewhere")]);
    // The submodule is a repository of its own.
    assert_eq!(read_at(&root.join("elsewhere"), "main", &Setup::default()).unwrap().project.entries.len(), 1);
}

#[test]
fn converted_line_ends_are_no_change() {
    let Some((_folder, root)) = repository(&[]) else { return };
    write(&root, ".gitattributes", "*.xml text eol=crlf\n");
    commit(&root, "first");
    for path in [queue_at("Support"), ROUTING.to_owned()] {
        write(&root, &path, fs::read_to_string(root.join(&path)).unwrap().replace('\n', "\r\n"));
    }
    let ready = law(&root, "", "HEAD");
    assert!(ready.project.entries.iter().all(|entry| entry.shadow.is_none()), "read from disk");
    write(&root, ROUTING, routing(7).replace('\n', "\r\n"));
    let ready = law(&root, "", "HEAD");
    assert_eq!(text_of(&ready, ROUTING), routing(1), "as git keeps it");
}

#[test]
fn other_kinds_of_repositories() {
    if let Some((_folder, root)) = repository(&["--object-format=sha256"]) {
        commit(&root, "first");
        write(&root, ROUTING, routing(2));
        commit(&root, "second");
        law(&root, "", "HEAD~1");
        assert_eq!(law(&root, "", "HEAD").project.entries.iter().filter(|entry| entry.shadow.is_some()).count(), 0);
    }
    let Some((folder, root)) = repository(&[]) else { return };
    commit(&root, "first");
    write(&root, ROUTING, routing(2));
    commit(&root, "second");
    let linked = folder.path().canonicalize().unwrap().join("linked");
    git(&root, &["worktree", "add", "-q", "--detach", linked.to_str().unwrap(), "HEAD~1"]);
    assert_eq!(text_of(&law(&linked, "", "main"), ROUTING), routing(2));
    git(&root, &["checkout", "-q", "--detach", "HEAD~1"]);
    assert_eq!(text_of(&law(&root, "", "main"), ROUTING), routing(2));
    // Nothing is checked out, as in a sparse or a bare one.
    fs::remove_dir_all(root.join("app")).unwrap();
    fs::remove_file(root.join("sfdx-project.json")).unwrap();
    assert_eq!(text_of(&law(&root, "", "main"), ROUTING), routing(2));
    // A tag of an object, and an empty commit.
    git(&root, &["tag", "-a", "-m", "tag", "v1", "main"]);
    assert_eq!(text_of(&law(&root, "", "v1"), ROUTING), routing(2));
    git(&root, &["checkout", "-q", "--orphan", "empty"]);
    git(&root, &["rm", "-rfq", "--cached", "."]);
    git(&root, &["commit", "-q", "--allow-empty", "-m", "empty"]);
    assert_eq!(read_at(&root, "empty", &Setup::default()).unwrap().project.entries.len(), 0);
    let told = message(read_at(&root.join("app"), "empty", &Setup::default()));
    assert!(told.ends_with("does not exist there\nname a path that `empty` has"), "{told}");
}

#[test]
fn objects_that_a_partial_clone_does_not_have_are_told() {
    let Some((folder, root)) = repository(&[]) else { return };
    commit(&root, "first");
    write(&root, ROUTING, routing(2));
    write(&root, "sfdx-project.json", PROJECT.replace("66.0", "65.0"));
    commit(&root, "second");
    git(&root, &["config", "uploadpack.allowFilter", "true"]);
    let clone = folder.path().canonicalize().unwrap().join("clone");
    let from = format!("file://{}", root.display());
    git(folder.path(), &["clone", "-q", "--filter=blob:none", &from, clone.to_str().unwrap()]);
    assert_eq!(text_of(&read_at(&clone, "HEAD", &Setup::default()).unwrap(), ROUTING), routing(2));
    let told = message(read_at(&clone, "HEAD~1", &Setup::default()));
    assert_eq!(
        told,
        "git cannot read `HEAD~1`: this clone does not have `sfdx-project.json` of that commit\na partial clone fetches \
         what is missing with `git diff --stat HEAD~1`"
    );
    // The help helps.
    git(&clone, &["diff", "--stat", "HEAD~1"]);
    assert_eq!(text_of(&read_at(&clone, "HEAD~1", &Setup::default()).unwrap(), ROUTING), routing(1));
}

#[test]
fn what_is_no_commit_is_refused() {
    let Some((folder, root)) = repository(&[]) else { return };
    commit(&root, "first");
    for name in ["-x", "--all", "^main", "nowhere", "HEAD:app", "HEAD^{tree}", "", "HEAD~9", "main^!"] {
        assert!(named(&root, name).is_err(), "{name}");
    }
    let outside = folder.path().join("outside");
    fs::create_dir(&outside).unwrap();
    let told = named(&outside, "main").unwrap_err().message;
    assert!(
        told.starts_with("git cannot read the repository: ") && told.ends_with("is not in a git work tree"),
        "{told}"
    );
    let damaged = named(&root, "main").unwrap();
    let blob = git(&root, &["rev-parse", &format!("HEAD:{ROUTING}")]);
    write(&root, ROUTING, routing(2));
    fs::remove_file(root.join(".git/objects").join(&blob[..2]).join(&blob[2..])).unwrap();
    let told = message(at_revision(&root, &damaged, &Setup::default()));
    assert!(told.contains(&format!("does not have `{ROUTING}`")), "{told}");
}

#[test]
fn operands_are_paths_before_they_are_commits() {
    let Some((_folder, root)) = repository(&[]) else { return };
    let first = commit(&root, "first");
    git(&root, &["checkout", "-q", "-b", "feature/x"]);
    let feature = commit(&root, "feature");
    git(&root, &["checkout", "-q", "main"]);
    let main = commit(&root, "main");
    write(&root, "plan.json", "{}");
    let of = |argument: &Path| operand(argument, &root).map_err(|failure| failure.message);
    let revision = |name: &str, commit: &str| Revision { name: name.to_owned(), commit: commit.to_owned() };
    for (argument, expected) in [
        ("main", Operand::Revision(revision("main", &main))),
        ("feature/x", Operand::Revision(revision("feature/x", &feature))),
        ("main..feature/x", Operand::Range(revision("main", &main), revision("feature/x", &feature))),
        ("feature/x..", Operand::Range(revision("feature/x", &feature), revision("HEAD", &main))),
        ("..feature/x", Operand::Range(revision("HEAD", &main), revision("feature/x", &feature))),
        ("main...feature/x", Operand::Range(revision(&first[..10], &first), revision("feature/x", &feature))),
        ("...feature/x", Operand::Range(revision(&first[..10], &first), revision("feature/x", &feature))),
    ] {
        assert_eq!(of(Path::new(argument)), Ok((expected, None)), "{argument}");
    }
    for path in ["app", "sfdx-project.json", ROUTING, "."] {
        let path = root.join(path);
        assert_eq!(of(&path), Ok((Operand::Project(path.clone()), None)));
    }
    let plan = root.join("plan.json");
    assert_eq!(of(&plan), Ok((Operand::Plan(plan.clone()), None)));
    for (argument, told) in [
        ("./main", "does not exist"),
        ("../no_folder", "does not exist"),
        ("/no/main", "does not exist"),
        ("no.json", "is neither a file or folder nor a commit or branch"),
        ("nowhere", "is neither a file or folder nor a commit or branch"),
        ("main..nowhere", "git cannot read `nowhere`: no such commit or branch"),
        ("-x", "`-x` is not a commit or branch"),
        ("", "does not exist"),
    ] {
        let message = of(Path::new(argument)).unwrap_err();
        assert!(message.ends_with(told), "{argument}: {message}");
    }
    // A path of the same name; `src` lies in the folder where the tests are run.
    git(&root, &["branch", "src"]);
    let (found, note) = of(Path::new("src")).unwrap();
    assert_eq!(found, Operand::Project("src".into()));
    assert_eq!(
        note.as_deref(),
        Some(
            "note: `src` is read as the file or folder, not as the commit or branch of that name; write `refs/heads/src` \
             for that, or `./src` to say that the path is meant"
        )
    );
    assert_eq!(of(Path::new("refs/heads/src")), Ok((Operand::Revision(revision("refs/heads/src", &main)), None)));
    assert_eq!(of(Path::new("./src")), Ok((Operand::Project("./src".into()), None)));
}

/// A program that leaves a trace when it is run, and a configuration in which everything that can name a program names it.
#[cfg(unix)]
#[test]
fn no_setting_of_a_repository_starts_a_program() {
    use std::os::unix::fs::PermissionsExt as _;
    let Some((folder, root)) = repository(&[]) else { return };
    let outside = folder.path();
    let (trap, trace) = (outside.join("trap"), outside.join("sprung"));
    fs::write(&trap, format!("#!/bin/sh\necho \"$0 $*\" >> '{}'\ncat\n", trace.display())).unwrap();
    fs::set_permissions(&trap, fs::Permissions::from_mode(0o755)).unwrap();
    write(&root, ".gitattributes", "* diff=trap filter=trap\n");
    git(&root, &["add", "-A", "-f"]);
    git(&root, &["commit", "-q", "-m", "first"]);
    write(&root, ROUTING, routing(2));
    fs::create_dir_all(root.join(".git/hooks")).unwrap();
    for hook in ["post-index-change", "reference-transaction", "fsmonitor-watchman", "post-checkout", "query-watchman"]
    {
        fs::copy(&trap, root.join(".git/hooks").join(hook)).unwrap();
    }
    let program = trap.display();
    let mut config = fs::read_to_string(root.join(".git/config")).unwrap().replace("version = 0", "version = 1");
    config +=
        &format!("[core]\nfsmonitor = {program}\npager = {program}\nsshCommand = {program}\naskPass = {program}\n");
    config += &format!("gitProxy = {program}\nalternateRefsCommand = {program}\neditor = {program}\n");
    config +=
        &format!("[filter \"trap\"]\nclean = {program}\nsmudge = {program}\nprocess = {program}\nrequired = true\n");
    config += &format!("[diff]\nexternal = {program}\n[diff \"trap\"]\ncommand = {program}\ntextconv = {program}\n");
    config += &format!("[credential]\nhelper = !{program}\n[gpg]\nprogram = {program}\n[log]\nshowSignature = true\n");
    for command in ["ls-tree", "cat-file", "rev-parse", "merge-base"] {
        config += &format!("[pager]\n{command} = {program}\n[alias]\n{command} = !{program}\n");
    }
    config += &format!("[remote \"origin\"]\nurl = ext::{program}\npromisor = true\nuploadpack = {program}\n");
    config += "partialclonefilter = blob:none\nfetch = +refs/heads/*:refs/remotes/origin/*\n";
    config += "[protocol]\nallow = always\n[protocol \"ext\"]\nallow = always\n[extensions]\npartialClone = origin\n";
    fs::write(root.join(".git/config"), config).unwrap();
    let ready = read_at(&root, "main", &Setup::default()).unwrap();
    assert_eq!(text_of(&ready, ROUTING), routing(1));
    assert!(operand(Path::new("main..HEAD"), &root).is_ok());
    assert!(operand(Path::new("main...HEAD"), &root).is_ok());
    // An object that is missing is not fetched.
    let id = git(
        &root,
        &["-c", "core.fsmonitor=false", "-c", "core.pager=cat", "--no-pager", "rev-parse", &format!("main:{ROUTING}")],
    );
    let _ = fs::remove_file(&trace);
    fs::remove_file(root.join(".git/objects").join(&id[..2]).join(&id[2..])).unwrap();
    let told = message(read_at(&root, "main", &Setup::default()));
    assert!(told.contains(&format!("does not have `{ROUTING}`")), "{told}");
    for name in ["0123456789012345678901234567890123456789", "HEAD@{u}", "origin/main"] {
        assert!(named(&root, name).is_err(), "{name}");
    }
    assert!(!trace.exists(), "{}", fs::read_to_string(&trace).unwrap());
    // The trap would spring: git itself falls into it.
    let _ = Command::new("git").arg("status").current_dir(&root).output();
    assert!(trace.exists(), "the configuration starts nothing, so this test proves nothing");
}

/// What is done to a file of a random project.
#[cfg(unix)]
fn change(root: &Path, path: &str, how: usize) {
    let texts = [
        queue("General"),
        queue("Other"),
        routing(2),
        "A*\n!x\n**/more\n".to_owned(),
        "strict = true\n[org]\nrecords = \"org\"\n".to_owned(),
        "world = \"open\"\n".to_owned(),
        PROJECT.to_owned(),
        PROJECT.replace(r#"{"path": "app"}"#, r#"{"path": "more"}, {"path": "app/x"}"#),
        PROJECT.replace("app", "app/link"),
    ];
    let targets = ["../more", ".", "..", "../../outside", "queues/A.queue-meta.xml", "../app/link", "x/link"];
    let at = root.join(path);
    let _ = if at.is_dir() && !at.is_symlink() { fs::remove_dir_all(&at) } else { fs::remove_file(&at) };
    // What a folder has become a file or a link to nothing, nothing can be put into.
    if how == 0 || fs::create_dir_all(at.parent().unwrap()).is_err() {
        return;
    }
    match texts.get(how - 1) {
        Some(text) => drop(fs::write(&at, text)),
        None => drop(std::os::unix::fs::symlink(targets[(how - 1 - texts.len()) % targets.len()], &at)),
    }
}

#[cfg(unix)]
#[test]
fn random_histories_are_read_as_their_checkouts_are() {
    use proptest::prelude::*;
    const PATHS: [&str; 14] = [
        "app/queues/A.queue-meta.xml",
        "app/queues/B.queue-meta.xml",
        "app/x/queues/C.queue-meta.xml",
        "app/x/link",
        "app/link",
        "app/.forceignore",
        ".forceignore",
        "omnic.toml",
        "sfdx-project.json",
        "more/queues/D.queue-meta.xml",
        "more/queues",
        "more",
        "org/users.csv",
        ROUTING,
    ];
    if repository(&[]).is_none() {
        return;
    }
    let change_of = || (0..PATHS.len(), 0..17usize);
    let commits = || prop::collection::vec(prop::collection::vec(change_of(), 1..6), 1..4);
    // Each takes a second: `PROPTEST_CASES` asks for more.
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(12);
    let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(commits in commits(), dirty in prop::collection::vec(change_of(), 0..6))| {
        let (_folder, root) = repository(&[]).unwrap();
        let mut made = vec![commit(&root, "first")];
        for changes in commits {
            for (path, how) in changes {
                change(&root, PATHS[path], how);
            }
            made.push(commit(&root, "next"));
        }
        for (path, how) in dirty {
            change(&root, PATHS[path], how);
        }
        for name in made {
            let _ = compared(&root, "", &name);
        }
    });
}
