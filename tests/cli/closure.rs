//! `omnic closure`: what a change needs, what depends on it, and what is said of the rest.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]
#![allow(clippy::print_stdout, reason = "says why it is skipped")]

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use crate::small::{CONFIG, CONFIG_PATH, QUEUE, QUEUE_PATH, project, run, write};

const ACME: &str = "examples/acme-support";
const ROLE_PATH: &str = "app/roles/Lead.role-meta.xml";
const ROLE: &str = "<Role xmlns=\"http://soap.sforce.com/2006/04/metadata\"><name>Lead</name></Role>";

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A queue that names a routing configuration and a role, which is of a type that is not read.
fn queue(config: &str) -> String {
    let members = "<queueMembers><roles><role>Lead</role></roles></queueMembers>";
    QUEUE
        .replace("Genral", config)
        .replace("    <queueRoutingConfig>", &format!("    {members}\n    <queueRoutingConfig>"))
        .replacen("    <queueSobject>\n        <sobjectType>Case</sobjectType>\n    </queueSobject>\n", "", 1)
}

fn small() -> TempDir {
    project(&[(QUEUE_PATH, &queue("General")), (ROLE_PATH, ROLE)])
}

fn json(folder: &Path, args: &[&str]) -> (i32, Value, String) {
    let (status, out, error) = run(folder, &[&["closure"], args, &["--format", "json"]].concat());
    assert!(!out.is_empty(), "{error}");
    (status, serde_json::from_str(&out).unwrap(), error)
}

/// The components of a closure, in their order.
fn names(document: &Value) -> Vec<String> {
    let word = |of: &Value, key: &str| of[key].as_str().unwrap().to_owned();
    let components = document["components"].as_array().unwrap();
    components.iter().map(|of| format!("{}:{}", word(of, "type"), word(of, "name"))).collect()
}

fn of(folder: &Path, args: &[&str]) -> Vec<String> {
    let (status, document, error) = json(folder, args);
    assert_eq!(status, 0, "{error}");
    names(&document)
}

#[test]
fn a_manifest_is_as_the_salesforce_cli_writes_it() {
    let folder = small();
    let (status, out, error) = run(folder.path(), &["closure", "Queue:Support"]);
    // As `ComponentSet.getPackageXml` of source-deploy-retrieve 13.7.0 writes it for the same three files.
    let expected = r#"<?xml version="1.0" encoding="UTF-8"?>
<Package xmlns="http://soap.sforce.com/2006/04/metadata">
    <types>
        <members>Support</members>
        <name>Queue</name>
    </types>
    <types>
        <members>General</members>
        <name>QueueRoutingConfig</name>
    </types>
    <types>
        <members>Lead</members>
        <name>Role</name>
    </types>
    <version>66.0</version>
</Package>
"#;
    assert_eq!(out, expected);
    let words = "warning: `Role:Lead` is of a type that `omnic` does not read: what it needs is not in the closure\n\
                 note: 1 component asked for, 2 more needed by them\n";
    assert_eq!((status, &*error), (0, words));
}

#[test]
fn files_and_names_ask_for_the_same() {
    let folder = small();
    let root = folder.path();
    let expected = ["Role:Lead", "QueueRoutingConfig:General", "Queue:Support"];
    for asked in [QUEUE_PATH, "Queue:Support", "queue:SUPPORT", "app/queues/../queues/Support.queue-meta.xml"] {
        assert_eq!(of(root, &[asked]), expected, "{asked}");
    }
    assert_eq!(of(root, &[".", QUEUE_PATH, "Queue:Support"]), expected);
    assert_eq!(of(root, &[".", "app/queues"]), expected);
    assert_eq!(of(root, &[".", "app"]), expected);
    assert_eq!(of(&root.join("app/queues"), &["Support.queue-meta.xml"]), expected);
    assert_eq!(of(root, &["Role:Lead"]), ["Role:Lead"]);
    assert_eq!(of(root, &[ROLE_PATH]), ["Role:Lead"]);
}

#[test]
fn needs_come_first_and_have_reasons() {
    let (status, document, error) = json(here(), &[ACME, "WorkSkillRouting:Case"]);
    assert_eq!(status, 0, "{error}");
    let all = names(&document);
    assert_eq!(all.last().unwrap(), "WorkSkillRouting:Case");
    for needed in ["CustomField:Case.Topic__c", "CustomField:Case.Language__c", "Skill:German", "Skill:Tier_3"] {
        assert!(all.contains(&needed.to_owned()), "{needed}: {all:?}");
    }
    let components = document["components"].as_array().unwrap();
    for component in components {
        let is_asked = component["name"] == "Case" && component["type"] == "WorkSkillRouting";
        assert_eq!(component.get("because").is_none(), is_asked, "{component}");
    }
    let german = components.iter().find(|of| of["name"] == "German").unwrap();
    assert_eq!(german["because"]["text"], "the skill mapping set `Case` asks for the skill `German`");
    assert!(german["because"]["line"].as_u64().unwrap() > 1);
}

#[test]
fn circles_are_shown_and_not_followed() {
    let overflow = "    <queueOverflowAssignee>Support</queueOverflowAssignee>\n</QueueRoutingConfig>";
    let folder =
        project(&[(QUEUE_PATH, &queue("General")), (CONFIG_PATH, &CONFIG.replace("</QueueRoutingConfig>", overflow))]);
    let (status, document, error) = json(folder.path(), &["Queue:Support"]);
    assert_eq!(status, 0, "{error}");
    let circle = &document["circles"][0];
    assert_eq!((&circle[0]["name"], &circle[1]["name"]), (&"General".into(), &"Support".into()), "{document}");
    let (_, list, _) = run(folder.path(), &["closure", "Queue:Support", "--format", "list"]);
    let words =
        "Each of these needs the others, so deploy them together: `QueueRoutingConfig:General` and `Queue:Support`";
    assert!(list.contains(words), "{list}");
}

#[test]
fn what_depends_on_a_component() {
    let folder = small();
    let expected = ["QueueRoutingConfig:General", "Queue:Support"];
    assert_eq!(of(folder.path(), &["QueueRoutingConfig:General", "--reverse"]), expected);
    // Of a role nothing is read, but who names it is known.
    assert_eq!(of(folder.path(), &["Role:Lead", "--reverse"]), ["Role:Lead", "Queue:Support"]);
}

#[test]
fn what_names_a_field_depends_on_it() {
    let (status, document, error) = json(here(), &[ACME, "CustomField:Case.Topic__c", "--reverse"]);
    assert_eq!(status, 0, "{error}");
    assert_eq!(names(&document), ["CustomField:Case.Topic__c", "WorkSkillRouting:Case"]);
    let because = &document["components"][1]["because"]["text"];
    assert_eq!(because, "the skill mapping set `Case` names the field `Case.Topic__c`");
}

#[test]
fn what_is_missing_is_said_and_fails() {
    let folder = project(&[(QUEUE_PATH, &queue("Genral"))]);
    let (status, document, error) = json(folder.path(), &["Queue:Support"]);
    assert_eq!((status, names(&document)), (1, vec!["Queue:Support".to_owned()]));
    assert_eq!(
        (&document["complete"], &document["outside"][0]["missing"]),
        (&false.into(), &true.into()),
        "{document}"
    );
    let words = "error: the routing configuration `Genral` is missing: the queue `Support` is routed by the routing configuration \
                 `Genral` (app/queues/Support.queue-meta.xml:6), and the project does not define it";
    assert!(error.contains(words), "{error}");
    // Who says that the org has it is not told so.
    let (status, _, error) = json(folder.path(), &["Queue:Support", "--world", "open"]);
    assert_eq!((status, &*error), (0, ""));
    // A role without a file is the org's.
    let (_, _, error) = run(folder.path(), &["closure", "Queue:Support", "--world", "open"]);
    assert!(
        error.contains("note: the org must have routing configuration `Genral`, role `Lead`; `--format list` says why"),
        "{error}"
    );
}

#[test]
fn files_of_unknown_types_are_named() {
    let folder = project(&[
        ("app/notes/plan.docx", "x"),
        (".forceignore", "**/secret/**\n"),
        ("app/secret/A.queue-meta.xml", QUEUE),
    ]);
    let (status, document, error) = json(folder.path(), &["app/notes/plan.docx"]);
    assert_eq!((status, &document["unnamed"][0]), (1, &"app/notes/plan.docx".into()));
    assert!(error.contains("error: `app/notes/plan.docx` belongs to no component that `omnic` can name"), "{error}");
    write(folder.path(), "app/README.md", "x");
    let (status, _, error) = json(folder.path(), &["app/README.md"]);
    assert_eq!((status, &*error), (0, "note: 1 file lies outside of what a deploy takes\n"));
    let (status, document, error) = json(folder.path(), &["app/secret/A.queue-meta.xml"]);
    assert_eq!((status, &document["ignored"][0]), (0, &"app/secret/A.queue-meta.xml".into()), "{error}");
    assert!(error.contains("note: `.forceignore` keeps `app/secret/A.queue-meta.xml` out of a deploy"), "{error}");
}

#[test]
fn what_cannot_be_read_to_its_end_is_not_relied_on() {
    let folder = project(&[(QUEUE_PATH, &queue("General").replace("</Queue>", ""))]);
    let (status, document, error) = json(folder.path(), &[QUEUE_PATH]);
    assert_eq!((status, &document["unreadable"][0]), (1, &QUEUE_PATH.into()), "{error}");
    assert!(error.contains("cannot be read to its end: what it needs is not known"), "{error}");
}

#[test]
fn slips_are_told() {
    let folder = small();
    let refused = |args: &[&str], words: &str| {
        let (status, out, error) = run(folder.path(), &[&["closure"], args].concat());
        assert_eq!((status, &*out), (2, ""), "{args:?}: {error}");
        assert!(error.contains(words), "{args:?}: {error}");
    };
    refused(&[], "nothing is asked for");
    refused(&["."], "nothing is asked for");
    refused(&["Queue:Suport"], "help: did you mean `Queue:Support`?");
    refused(&["Quue:Support"], "help: did you mean `Queue`?");
    refused(&["Role:Leed"], "`Leed`");
    refused(&["Role:Nobody"], "`Nobody`");
    refused(&["app/queues/Suport.queue-meta.xml"], "help: did you mean `app/queues/Support.queue-meta.xml`?");
    refused(&["User:nobody@larkfield.example"], "`nobody@larkfield.example`");
    refused(&["Queue:Support", "--changed", "HEAD"], "--changed");
    refused(&["Queue:Support", "--destructive", "x.xml"], "--changed");
    refused(&["Queue:Support", "-o", QUEUE_PATH], "would overwrite");
    assert_eq!(fs::read_to_string(folder.path().join(QUEUE_PATH)).unwrap(), queue("General"));
}

#[test]
fn a_manifest_may_be_called_package_xml() {
    let folder = small();
    fs::create_dir(folder.path().join("manifest")).unwrap();
    let (status, out, error) = run(folder.path(), &["closure", "Queue:Support", "-o", "manifest/package.xml"]);
    assert_eq!((status, &*out), (0, ""), "{error}");
    assert!(
        fs::read_to_string(folder.path().join("manifest/package.xml")).unwrap().contains("<members>Support</members>")
    );
    let (status, _, error) = run(folder.path(), &["closure", "Queue:Support", "-o", "sfdx-project.json"]);
    assert!(status == 2 && error.contains("would"), "{error}");
}

#[test]
fn json_is_as_its_schema_says() {
    let schema: Value = serde_json::from_str(include_str!("../../schemas/closure.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let broken = "examples/broken";
    for args in
        [&[ACME, "Queue:Billing_DE"][..], &[ACME, "Skill:German", "--reverse"], &[broken, "examples/broken/force-app"]]
    {
        let (_, document, _) = json(here(), args);
        let errors: Vec<_> = validator.iter_errors(&document).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
    assert!(!validator.is_valid(&serde_json::json!({ "format_version": 1 })));
}

fn git(folder: &Path, args: &[&str]) -> bool {
    let identity = ["-c", "user.name=A", "-c", "user.email=a@larkfield.example", "-c", "commit.gpgsign=false"];
    let output = Command::new("git").args(identity).args(args).current_dir(folder).output();
    output.is_ok_and(|output| output.status.success())
}

/// The small project with a few files more, committed; none if there is no git.
fn repository() -> Option<TempDir> {
    let folder = small();
    write(folder.path(), "app/classes/Router.cls", "class Router {}");
    write(folder.path(), "app/classes/Router.cls-meta.xml", "<ApexClass/>");
    write(folder.path(), "README.md", "x");
    let is_there = git(folder.path(), &["init", "-q", "-b", "main"])
        && git(folder.path(), &["add", "-A"])
        && git(folder.path(), &["commit", "-q", "-m", "first"]);
    if !is_there {
        println!("skipped: git cannot be run");
    }
    is_there.then_some(folder)
}

#[test]
fn a_change_and_all_that_it_needs() {
    let Some(folder) = repository() else { return };
    let root = folder.path();
    let (status, out, error) = run(root, &["closure", "--changed", "main", "--format", "list"]);
    assert_eq!((status, &*out, &*error), (0, "Nothing to deploy\n", ""));
    write(root, QUEUE_PATH, &queue("General").replace("false", "true"));
    write(root, "app/classes/Router.cls", "class Router { }");
    write(root, "README.md", "y");
    let (status, document, error) = json(root, &["--changed", "main"]);
    assert_eq!(status, 0, "{error}");
    assert_eq!(names(&document), ["ApexClass:Router", "Role:Lead", "QueueRoutingConfig:General", "Queue:Support"]);
    assert!(error.contains("`ApexClass:Router` and `Role:Lead` are of types"), "{error}");
}

#[test]
fn what_was_deleted_is_in_no_manifest_but_its_own() {
    let Some(folder) = repository() else { return };
    let root = folder.path();
    // The queue no longer names the configuration, which goes, and so does a class.
    write(root, QUEUE_PATH, &queue("General").replace("    <queueRoutingConfig>General</queueRoutingConfig>\n", ""));
    for path in [CONFIG_PATH, "app/classes/Router.cls", "app/classes/Router.cls-meta.xml"] {
        fs::remove_file(root.join(path)).unwrap();
    }
    let (status, out, error) = run(root, &["closure", "--changed", "main"]);
    assert_eq!(status, 0, "{error}");
    assert!(!out.contains("General") && !out.contains("Router") && out.contains("<members>Support</members>"), "{out}");
    assert!(error.contains("warning: `QueueRoutingConfig:General` and `ApexClass:Router` must be deleted"), "{error}");
    let (status, _, error) = run(root, &["closure", "--changed", "main", "--destructive", "destructiveChanges.xml"]);
    assert_eq!(status, 0, "{error}");
    assert!(!error.contains("must be deleted"), "{error}");
    let gone = fs::read_to_string(root.join("destructiveChanges.xml")).unwrap();
    let expected = r#"<?xml version="1.0" encoding="UTF-8"?>
<Package xmlns="http://soap.sforce.com/2006/04/metadata">
    <types>
        <members>Router</members>
        <name>ApexClass</name>
    </types>
    <types>
        <members>General</members>
        <name>QueueRoutingConfig</name>
    </types>
    <version>66.0</version>
</Package>
"#;
    assert_eq!(gone, expected);
    let (_, document, _) = json(root, &["--changed", "main"]);
    let deleted = document["deleted"].as_array().unwrap();
    let order: Vec<&str> = deleted.iter().map(|of| of["name"].as_str().unwrap()).collect();
    assert_eq!(order, ["General", "Router"]);
}

#[test]
fn what_is_deleted_and_still_named_fails() {
    let Some(folder) = repository() else { return };
    let root = folder.path();
    fs::remove_file(root.join(CONFIG_PATH)).unwrap();
    fs::remove_file(root.join(ROLE_PATH)).unwrap();
    let (status, document, error) = json(root, &["--changed", "main"]);
    assert_eq!((status, document["deleted"].as_array().unwrap().len()), (1, 2), "{error}");
    for words in [
        "error: `QueueRoutingConfig:General` is deleted and still named: the queue `Support` is routed by",
        "error: `Role:Lead` is deleted and still named: the queue `Support` has as member",
    ] {
        assert!(error.contains(words), "{error}");
    }
    assert!(!error.contains("Queue:Support` is deleted"), "{error}");
    // What depends on it is what must let go of it first.
    let (_, document, _) = json(root, &["--changed", "main", "--reverse"]);
    assert_eq!(names(&document), ["Queue:Support"]);
}

#[test]
fn what_moved_is_not_deleted() {
    let Some(folder) = repository() else { return };
    let root = folder.path();
    fs::create_dir_all(root.join("app/more/roles")).unwrap();
    fs::rename(root.join(ROLE_PATH), root.join("app/more/roles/Lead.role-meta.xml")).unwrap();
    fs::create_dir_all(root.join("app/more/queues")).unwrap();
    fs::rename(root.join(QUEUE_PATH), root.join("app/more/queues/Support.queue-meta.xml")).unwrap();
    fs::remove_file(root.join("app/classes/Router.cls-meta.xml")).unwrap();
    let (status, document, error) = json(root, &["--changed", "main"]);
    assert_eq!((status, document["deleted"].as_array().unwrap().len()), (0, 0), "{error}");
    assert_eq!(names(&document), ["ApexClass:Router", "Role:Lead", "QueueRoutingConfig:General", "Queue:Support"]);
}
