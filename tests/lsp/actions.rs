//! What can be done about findings: each action gives what it promises.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};

use crate::common::pages::firing;
use crate::session::{Session, capabilities};

type Files = Vec<(String, String)>;

fn start(files: &Files) -> Session {
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (&**path, &**text)).collect();
    Session::start(&files, capabilities(), json!({ "minSeverity": "note", "strict": true }))
}

fn of_folder(folder: &Path) -> Files {
    let all = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    let mut files: Files = all
        .filter(|entry| entry.file_type().is_file())
        .filter_map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
            Some((path, std::fs::read_to_string(entry.path()).ok()?))
        })
        .collect();
    if folder.join("org").is_dir() && !folder.join("omnic.toml").is_file() {
        files.push(("omnic.toml".to_owned(), "[org]\nrecords = \"org\"\n".to_owned()));
    }
    files
}

fn actions(session: &Session, path: &str, finding: &Value) -> Vec<Value> {
    let context = json!({ "diagnostics": [finding] });
    let params = json!({ "textDocument": session.document(path), "range": finding["range"], "context": context });
    session.request("textDocument/codeAction", params).as_array().cloned().unwrap_or_default()
}

/// How often each is there: file, code, message, and whether it is an error.
fn counted(all: &BTreeMap<String, Value>) -> BTreeMap<(String, String, String, bool), usize> {
    let mut counted = BTreeMap::new();
    for (path, findings) in all {
        for finding in findings.as_array().unwrap() {
            let text = |key: &str| finding[key].as_str().unwrap_or("-").to_owned();
            let message = text("message").lines().next().unwrap_or_default().to_owned();
            let key = (path.clone(), text("code"), message, finding["severity"] == 1);
            *counted.entry(key).or_default() += 1;
        }
    }
    counted
}

/// How many errors of each check there are in each file.
fn errors(counted: &BTreeMap<(String, String, String, bool), usize>) -> BTreeMap<(String, String), usize> {
    let mut errors = BTreeMap::new();
    for ((path, code, _, _), count) in counted.iter().filter(|((.., is_error), _)| *is_error) {
        *errors.entry((path.clone(), code.clone())).or_default() += count;
    }
    errors
}

fn snapshot(folder: &Path) -> BTreeMap<String, String> {
    of_folder(folder).into_iter().collect()
}

fn restore(session: &Session, before: &BTreeMap<String, String>) {
    let now = snapshot(session.root());
    for (path, text) in before.iter().filter(|(path, text)| now.get(*path) != Some(text)) {
        session.write(path, text);
    }
    for path in now.keys().filter(|path| !before.contains_key(*path)) {
        session.remove(path);
    }
}

/// Applies each action to each finding of a project by itself, and gives the titles and what did not hold.
fn try_all(name: &str, files: &Files, told: &mut Vec<String>, broken: &mut Vec<String>) {
    let session = start(files);
    let before = session.all_diagnostics();
    let known = counted(&before);
    let was = errors(&known);
    let texts: BTreeMap<String, String> = files.iter().cloned().collect();
    for (path, findings) in &before {
        for finding in findings.as_array().unwrap() {
            let code = finding["code"].as_str().unwrap_or("-");
            for action in actions(&session, path, finding) {
                let title = action["title"].as_str().unwrap().to_owned();
                told.push(format!("{code}: {title}"));
                session.apply(&action["edit"]);
                for created in action["edit"]["documentChanges"].as_array().unwrap() {
                    if created["kind"] == "create" {
                        let uri = created["uri"].clone();
                        session.notify(
                            "workspace/didChangeWatchedFiles",
                            json!({ "changes": [{ "uri": uri, "type": 1 }] }),
                        );
                    }
                }
                let now = counted(&session.all_diagnostics());
                for about in action["diagnostics"].as_array().into_iter().flatten() {
                    let message = about["message"].as_str().unwrap().lines().next().unwrap().to_owned();
                    let key =
                        (path.clone(), about["code"].as_str().unwrap().to_owned(), message, about["severity"] == 1);
                    // What is to be filled in may be missed until it is.
                    if now.get(&key) >= known.get(&key) && !title.ends_with("filled in") {
                        broken.push(format!("{name}: {title}: the finding stays: {key:?}"));
                    }
                }
                // What is to be filled in is missed until it is. Where nothing of a kind was there, other names of it
                // become errors with the first that is. And what may change routing is looked at by a person.
                let waits = title.ends_with("filled in") || title.starts_with("Create");
                let is_first = title.starts_with("Create");
                let is_addition = ["Add ", "Offer ", "Map "].iter().any(|verb| title.starts_with(verb));
                let is_unsafe = title.ends_with("(may change routing)") || title.ends_with("(unsafe)");
                let is_unsafe = is_unsafe && !is_addition;
                for ((file, code), count) in errors(&now) {
                    let expected = waits && code == "OC103" || is_first && code == "OC201" || is_unsafe;
                    if count > was.get(&(file.clone(), code.clone())).copied().unwrap_or(0) && !expected {
                        broken.push(format!("{name}: {title}: brings {code} in {file}"));
                    }
                }
                restore(&session, &texts);
            }
        }
    }
    session.settle();
    assert_eq!(counted(&session.all_diagnostics()), known, "{name}: all is as it was");
    session.end().unwrap();
}

#[test]
fn each_action_gives_what_it_promises() {
    let mut projects: Vec<(String, Files)> =
        firing().iter().map(|shown| (shown.name.clone(), of_folder(shown.folder().path()))).collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/err");
    let mut folders: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    projects
        .extend(folders.iter().map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), of_folder(path))));
    let (mut told, mut broken) = (Vec::new(), Vec::new());
    for (name, files) in &projects {
        try_all(name, files, &mut told, &mut broken);
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    told.sort();
    told.dedup();
    told.retain(|line| !line.contains(": Ignore "));
    insta::assert_snapshot!(told.join("\n"));
}

const QUEUE: &str = "force-app/main/default/queues/Support.queue-meta.xml";
const HEAD: &str =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Queue xmlns=\"http://soap.sforce.com/2006/04/metadata\">\n";

fn queue(inside: &str) -> String {
    format!("{HEAD}{inside}</Queue>\n")
}

fn asked(session: &Session, path: &str, needle: &str, only: Option<&str>) -> Vec<Value> {
    let at = session.place(path, needle);
    let mut context = json!({ "diagnostics": [] });
    if let Some(only) = only {
        context["only"] = json!([only]);
    }
    let range = json!({ "start": at, "end": at });
    let params = json!({ "textDocument": session.document(path), "range": range, "context": context });
    session.request("textDocument/codeAction", params).as_array().cloned().unwrap_or_default()
}

fn titles(actions: &[Value]) -> Vec<&str> {
    actions.iter().map(|action| action["title"].as_str().unwrap()).collect()
}

fn take<'a>(actions: &'a [Value], title: &str) -> &'a Value {
    let found = actions.iter().find(|action| action["title"] == title);
    found.unwrap_or_else(|| panic!("`{title}` is to be among {:?}", titles(actions)))
}

#[test]
fn an_action_is_told_whole() {
    let twice =
        "    <name>Support</name>\n    <queueSobject>\n        <sobjectType>Case</sobjectType>\n    </queueSobject>\n";
    let twice = format!("{twice}{}", &twice[twice.find("    <queueS").unwrap()..]);
    let session = Session::project(&[(QUEUE, &queue(&twice))]);
    session.open(QUEUE);
    let all = asked(&session, QUEUE, "    </queueSobject>\n</Queue>", None);
    assert!(all.is_empty(), "{:?}", titles(&all));
    let at = "Case</sobjectType>\n    </queueSobject>\n</Queue>";
    insta::assert_json_snapshot!(session.shown(&json!(asked(&session, QUEUE, at, None))));
}

#[test]
fn all_safe_fixes_are_made_when_asked_for() {
    let text = queue(
        "    <name>Support</name>\n    <queueSobject>\n        <sobjectType>Case</sobjectType>\n    </queueSobject>\n    <queueSobject>\n        <sobjectType>Case</sobjectType>\n    </queueSobject>\n    <queueRoutingConfig>tier_1</queueRoutingConfig>\n    <doesSendEmailToMembers>True</doesSendEmailToMembers>\n",
    );
    let config = "<QueueRoutingConfig xmlns=\"http://soap.sforce.com/2006/04/metadata\"><capacityWeight>1</capacityWeight><label>1</label><routingModel>MOST_AVAILABLE</routingModel><routingPriority>1</routingPriority></QueueRoutingConfig>";
    let session = Session::project(&[(QUEUE, &text), ("force-app/a/Tier_1.queueRoutingConfig-meta.xml", config)]);
    // What counts is the buffer, with a byte-order mark and other line ends.
    session.open_as(QUEUE, &format!("\u{feff}{}", text.replace('\n', "\r\n")));
    assert!(!titles(&asked(&session, QUEUE, "<name>", None)).contains(&"Make all safe fixes in this file"));
    for only in ["source", "source.fixAll", "source.fixAll.omnic"] {
        let all = asked(&session, QUEUE, "<name>", Some(only));
        assert_eq!(titles(&all), ["Make all safe fixes in this file"], "{only}");
    }
    assert!(asked(&session, QUEUE, "<name>", Some("source.organizeImports")).is_empty());
    session.apply(&asked(&session, QUEUE, "<name>", Some("source.fixAll"))[0]["edit"]);
    let fixed = session.text(QUEUE);
    assert!(fixed.starts_with('\u{feff}') && fixed.lines().count() == fixed.matches("\r\n").count());
    insta::assert_snapshot!(fixed.replace("\r\n", "\n"));
    assert!(asked(&session, QUEUE, "<name>", Some("source.fixAll")).is_empty());
}

#[test]
fn a_finding_is_ignored_here_or_in_the_configuration() {
    let text = queue(
        "    <name>S\u{fc}pport \u{1d11e}</name><queueSobject><sobjectType>Case</sobjectType></queueSobject>\n    \
         <queueSobject>\n        <sobjectType>Case</sobjectType>\n    </queueSobject>\n    <!-- omnic-ignore OC202: \
         old -->\n    <queueRoutingConfig>Tier_1</queueRoutingConfig>\n",
    );
    let config =
        "<QueueRoutingConfig xmlns=\"http://soap.sforce.com/2006/04/metadata\"><label>1</label></QueueRoutingConfig>";
    let session = Session::project(&[(QUEUE, &text), ("force-app/Tier_2.queueRoutingConfig-meta.xml", config)]);
    session.open(QUEUE);
    let second = "Case</sobjectType>\n    </queueSobject>\n    <!--";
    session.apply(&take(&asked(&session, QUEUE, second, None), "Ignore OC111 here")["edit"]);
    let before = session.text(QUEUE);
    let all = asked(&session, QUEUE, "Tier_1", None);
    session.apply(&take(&all, "Ignore OC201 here")["edit"]);
    insta::assert_snapshot!(session.text(QUEUE));
    let left = || session.codes().get(QUEUE).map(|codes| codes.join(" ")).unwrap_or_default();
    assert_eq!(left(), "OC011", "the old comment is of no use");
    let made = session.text(QUEUE);
    session.edit(QUEUE, &made, &before);
    assert_eq!(left(), "OC011 OC201");
    let ignore = "Ignore OC201 of `queueRoutingConfig` of `Support` in omnic.toml";
    session.apply(&take(&asked(&session, QUEUE, "Tier_1", None), ignore)["edit"]);
    session.watched("omnic.toml", 1);
    assert_eq!(left(), "OC011");
    session.write("omnic.toml", "strict = false # mine\n[checks]\nOC504 = \"off\"");
    session.apply(&take(&asked(&session, QUEUE, "Tier_1", None), ignore)["edit"]);
    insta::assert_snapshot!(session.text("omnic.toml"));
    assert_eq!(left(), "OC011");
    session.write("omnic.toml", "exceptions = []\n");
    let all = asked(&session, QUEUE, "Tier_1", None);
    assert!(!titles(&all).contains(&ignore), "nothing can be appended: {:?}", titles(&all));
}

#[test]
fn a_missing_component_is_made_where_its_like_lie() {
    let text = queue(
        "    <name>Support</name>\n    <queueMembers>\n        <publicGroups>\n            <publicGroup>Agents</publicGroup>\n            <publicGroup>pkg__Agents</publicGroup>\n        </publicGroups>\n    </queueMembers>\n    <queueRoutingConfig>Tier_2</queueRoutingConfig>\n",
    );
    let config = "<QueueRoutingConfig xmlns=\"http://soap.sforce.com/2006/04/metadata\"><capacityWeight>1</capacityWeight><label>1</label><routingModel>MOST_AVAILABLE</routingModel><routingPriority>1</routingPriority></QueueRoutingConfig>";
    let session = Session::project(&[(QUEUE, &text), ("force-app/a/Tier_1.queueRoutingConfig-meta.xml", config)]);
    session.open(QUEUE);
    let all = asked(&session, QUEUE, "Tier_2", None);
    let create = take(&all, "Create the routing configuration `Tier_2`");
    insta::assert_json_snapshot!(session.shown(create));
    let group = asked(&session, QUEUE, "Agents</publicGroup>", None);
    assert_eq!(titles(&group), ["Create the public group `Agents`"]);
    assert!(session.shown(&group[0]).to_string().contains("force-app/main/default/groups/Agents.group-meta.xml"));
    assert!(asked(&session, QUEUE, "pkg__", None).is_empty(), "it is of an installed package");

    let manifest = "<Package xmlns=\"http://soap.sforce.com/2006/04/metadata\"><version>66.0</version></Package>";
    let old = Session::start(&[("package.xml", manifest), ("queues/S.queue", &text)], capabilities(), Value::Null);
    let group = asked(&old, "queues/S.queue", "Agents</publicGroup>", None);
    assert!(old.shown(&group[0]).to_string().contains("file:///project/groups/Agents.group\""), "{group:?}");

    let mut poor = capabilities();
    poor["workspace"]["workspaceEdit"] = json!({});
    let files = [("sfdx-project.json", "{\"packageDirectories\":[{\"path\":\"force-app\"}]}"), (QUEUE, &text)];
    let poor = Session::start(&files, poor, Value::Null);
    assert!(asked(&poor, QUEUE, "Agents</publicGroup>", None).is_empty(), "the client makes no files");
}

#[test]
fn elements_are_added_in_the_order_of_their_type() {
    let path = "force-app/Phone.serviceChannel-meta.xml";
    let channel = |inside: &str| {
        format!("<ServiceChannel xmlns=\"http://soap.sforce.com/2006/04/metadata\">{inside}</ServiceChannel>")
    };
    let mut told = String::new();
    for (inside, title, needle) in [
        (
            "\n    <hasAcwExtensionEnabled>true</hasAcwExtensionEnabled> <!-- all -->\n    <hasAfterConvoWorkTimer>true</hasAfterConvoWorkTimer>\n    <!-- the name -->\n    <label>Phone</label>\n    <relatedEntityType>VoiceCall</relatedEntityType>\n",
            "Add `<acwExtensionDuration>` and `<maxExtensions>` (may change routing)",
            "true</hasAcw",
        ),
        (
            "\n    <hasAcwExtensionEnabled>true</hasAcwExtensionEnabled>\n    <label>Phone</label>\n    <maxExtensions>2</maxExtensions>\n    <relatedEntityType>VoiceCall</relatedEntityType>\n",
            "Add `<hasAfterConvoWorkTimer>`, `<afterConvoWorkMaxTime>` and `<acwExtensionDuration>` (may change routing)",
            "true</hasAcw",
        ),
        (
            "\n  <hasAfterConvoWorkTimer>true</hasAfterConvoWorkTimer>\n  <label>Phone</label>\n  <relatedEntityType>VoiceCall</relatedEntityType>\n",
            "Add `<afterConvoWorkMaxTime>` (may change routing)",
            "true</",
        ),
        ("", "Add the required elements", "<Serv"),
        ("<relatedEntityType>VoiceCall</relatedEntityType>", "Add `<label>`", "<Serv"),
        (
            "\n\t<serviceChannelFieldPriorities/>\n\t<label>Phone</label>\n",
            "Add the required elements (may change routing)",
            "<Serv",
        ),
    ] {
        let session = Session::project(&[(path, &channel(inside))]);
        let all = asked(&session, path, needle, None);
        session.apply(&take(&all, title)["edit"]);
        let others = titles(&all).into_iter().filter(|title| title.starts_with("Add the required")).count();
        assert!(
            others == 0 || title.starts_with("Add the required"),
            "one element has its own action: {:?}",
            titles(&all)
        );
        told.extend([title, "\n", &*session.text(path), "\n\n"]);
    }
    insta::assert_snapshot!(told);
}

/// What is created, with what the component that names it says it needs.
#[test]
fn what_is_made_has_what_is_known_of_it() {
    let of = |kind: &str, inside: &str| {
        format!("<{kind} xmlns=\"http://soap.sforce.com/2006/04/metadata\">{inside}</{kind}>")
    };
    let config = |priority: &str, more: &str| {
        of(
            "QueueRoutingConfig",
            &format!(
                "<capacityWeight>1</capacityWeight><label>1</label>{more}<routingModel>MOST_AVAILABLE</routingModel><routingPriority>{priority}</routingPriority>"
            ),
        )
    };
    let held = "<queueSobject><sobjectType>Case</sobjectType></queueSobject><queueSobject><sobjectType>Claim__c</sobjectType></queueSobject>";
    let queue =
        |config: &str| of("Queue", &format!("<name>Q</name><queueRoutingConfig>{config}</queueRoutingConfig>{held}"));
    let works = |queue: &str| {
        let input = |name: &str, value: &str, kind: &str| {
            format!(
                "<inputParameters><name>{name}</name><value><setupReference>{value}</setupReference><setupReferenceType>{kind}</setupReferenceType></value></inputParameters>"
            )
        };
        format!(
            "<actionCalls><name>R</name><actionName>routeWork</actionName><actionType>routeWork</actionType>{}{}</actionCalls>",
            input("queueId", queue, "Queue"),
            input("serviceChannelId", "sfdc_phone", "ServiceChannel")
        )
    };
    let files = [
        (
            "force-app/A.queueRoutingConfig-meta.xml",
            config("7", "<queueOverflowAssignee>Later</queueOverflowAssignee>"),
        ),
        ("force-app/Q.queue-meta.xml", queue("A")),
        ("force-app/R.queue-meta.xml", queue("Tier_2")),
        (
            "force-app/Leads.serviceChannel-meta.xml",
            of("ServiceChannel", "<label>Leads</label><relatedEntityType>Lead</relatedEntityType>"),
        ),
        (
            "force-app/Online.servicePresenceStatus-meta.xml",
            of(
                "ServicePresenceStatus",
                "<channels><channel>Cases</channel><channel>Claims</channel></channels><label>Online</label>",
            ),
        ),
        (
            "force-app/M.messagingChannel-meta.xml",
            of(
                "MessagingChannel",
                "<masterLabel>M</masterLabel><messagingChannelType>Text</messagingChannelType><sessionHandlerQueue>Chats</sessionHandlerQueue><sessionHandlerType>Queue</sessionHandlerType>",
            ),
        ),
        (
            "force-app/F.flow-meta.xml",
            of(
                "Flow",
                &format!(
                    "{}<label>F</label><processType>RoutingFlow</processType><status>Active</status>",
                    works("Calls")
                ),
            ),
        ),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, &**text)).collect();
    let session = Session::project(&files);
    let mut told = String::new();
    for (path, needle, title, made) in [
        (
            "force-app/R.queue-meta.xml",
            "Tier_2",
            "Create the routing configuration `Tier_2`",
            "Tier_2.queueRoutingConfig",
        ),
        ("force-app/A.queueRoutingConfig-meta.xml", "Later", "Create the queue `Later`", "Later.queue"),
        ("force-app/M.messagingChannel-meta.xml", "Chats", "Create the queue `Chats`", "Chats.queue"),
        ("force-app/F.flow-meta.xml", "Calls</setup", "Create the queue `Calls`", "Calls.queue"),
        (
            "force-app/Online.servicePresenceStatus-meta.xml",
            "Cases",
            "Create the service channel `Cases`",
            "Cases.serviceChannel",
        ),
        (
            "force-app/Online.servicePresenceStatus-meta.xml",
            "Claims",
            "Create the service channel `Claims`",
            "Claims.serviceChannel",
        ),
    ] {
        session.open(path);
        session.apply(&take(&asked(&session, path, needle, None), title)["edit"]);
        let made = session.file(&format!("/{made}-meta.xml"));
        session.watched(&made, 1);
        let codes = session.codes().get(&made).map(|codes| codes.join(" ")).unwrap_or_default();
        told.extend([title, " ", &*codes, "\n", &*session.text(&made), "\n"]);
    }
    insta::assert_snapshot!(told);
}

#[test]
fn nothing_is_offered_where_nothing_can_be_done() {
    let session = Session::project(&[(QUEUE, &queue("    <name>Support</name>\n    <queueSobject>\n"))]);
    for action in asked(&session, QUEUE, "<queueSobject>", None) {
        assert!(action["edit"].is_object());
    }
    let far = json!({ "line": 9999, "character": 9999 });
    let params = |uri: String| json!({ "textDocument": { "uri": uri }, "range": { "start": far, "end": far }, "context": { "diagnostics": [] } });
    let of = |uri| session.request("textDocument/codeAction", params(uri));
    assert_eq!(of(session.uri(QUEUE)), json!([]));
    assert_eq!(of(session.uri("README.md")), Value::Null);
    assert_eq!(of("nonsense".to_owned()), Value::Null);
    let mut old = capabilities();
    old["textDocument"]["codeAction"] = json!({});
    let old = Session::start(&[(QUEUE, &queue(""))], old, Value::Null);
    assert_eq!(asked(&old, QUEUE, "<Queue", None), Vec::<Value>::new());
}

/// Somebody selects all of a file with a thousand findings, as an editor does that asks for all actions of a file.
#[test]
fn of_many_findings_the_first_are_seen_to() {
    let elements = (0..1_000).map(|number| format!("    <unknown{number}>Case</unknown{number}>\n"));
    let many = elements.collect::<Vec<_>>().concat();
    let session = Session::project(&[(QUEUE, &queue(&format!("    <name>Support</name>\n{many}")))]);
    let found = session.codes()[QUEUE].len();
    assert!(found > 900, "{found}");
    let all = |start: Value| {
        let range = json!({ "start": start, "end": { "line": 9999, "character": 0 } });
        let context = json!({ "diagnostics": [] });
        let params = json!({ "textDocument": session.document(QUEUE), "range": range, "context": context });
        session.request("textDocument/codeAction", params).as_array().cloned().unwrap()
    };
    let begun = std::time::Instant::now();
    let (from_the_start, from_the_second) =
        (all(json!({ "line": 0, "character": 0 })), all(json!({ "line": 7, "character": 8 })));
    // Some milliseconds; it was seconds.
    assert!(begun.elapsed() < std::time::Duration::from_secs(5), "{:?}", begun.elapsed());
    assert!(from_the_start.len() <= 60, "{:?}", titles(&from_the_start));
    assert!(!titles(&from_the_start).iter().any(|title| title.starts_with("Ignore")));
    let ignored = titles(&from_the_second);
    let ignored: Vec<_> = ignored.iter().filter(|title| title.starts_with("Ignore")).collect();
    assert_eq!(ignored.len(), 2, "{ignored:?}");
}
