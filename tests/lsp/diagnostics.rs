//! What is told, and when it is taken back.

use serde_json::{Value, json};

use crate::session::{Session, capabilities};

const QUEUE: &str = "force-app/main/default/queues/Billing.queue-meta.xml";
const CONFIG: &str = "force-app/main/default/queueRoutingConfigs/Tier_1.queueRoutingConfig-meta.xml";

fn queue(config: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<Queue xmlns="http://soap.sforce.com/2006/04/metadata">
    <doesSendEmailToMembers>false</doesSendEmailToMembers>
    <name>Rückfragen 𝄞</name>
    <queueMembers>
        <users>
            <user>ann@acme.example</user>
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

fn config() -> &'static str {
    r#"<?xml version="1.0" encoding="UTF-8"?>
<QueueRoutingConfig xmlns="http://soap.sforce.com/2006/04/metadata">
    <capacityWeight>2.0</capacityWeight>
    <isAttributeBased>false</isAttributeBased>
    <label>Tier 1</label>
    <routingModel>LEAST_ACTIVE</routingModel>
    <routingPriority>1</routingPriority>
</QueueRoutingConfig>
"#
}

fn project(name: &str) -> Session {
    Session::project(&[(QUEUE, &queue(name)), (CONFIG, config())])
}

/// The codes of the findings of one file.
fn codes(session: &Session, path: &str) -> Vec<String> {
    session.codes().remove(path).unwrap_or_default()
}

#[test]
fn a_whole_project_is_told_at_once() {
    let session = Session::example("broken");
    insta::assert_json_snapshot!(session.codes());
}

#[test]
fn a_finding_has_its_page_its_help_and_related_places() {
    let session = Session::example("broken");
    insta::assert_json_snapshot!(session.diagnostics(&session.file("sfdc_livemessage.serviceChannel-meta.xml")));
}

/// By construction, since both ask the same rooms; this holds the last step against the command line's JSON.
#[test]
fn it_is_what_the_command_line_finds() {
    for example in ["broken", "acme-support"] {
        let session = Session::example(example);
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_omnic"))
            .args(["check", "--format", "json"])
            .arg(session.root())
            .output()
            .unwrap();
        let checked: Value = serde_json::from_slice(&output.stdout).unwrap();
        let line = |path: &str, code: &Value, severity: &str, line: u64, words: &str| {
            format!("{path}:{line}: {severity} {}: {words}", code.as_str().unwrap())
        };
        let expected: Vec<String> = checked["diagnostics"]
            .as_array()
            .unwrap()
            .iter()
            .map(|found| {
                let text = |key: &str| found[key].as_str().unwrap_or("");
                let help = if text("help").is_empty() { String::new() } else { format!("\nhelp: {}", text("help")) };
                let start = found["range"]["start"]["line"].as_u64().unwrap();
                let words = format!("{}{help}", text("message"));
                line(text("file"), &found["code"], text("severity"), start, &words)
            })
            .collect();
        let mut told = Vec::new();
        for path in session.codes().keys() {
            for found in session.diagnostics(path).as_array().unwrap() {
                let severity = ["error", "warning", "note"][found["severity"].as_u64().unwrap() as usize - 1];
                let start = found["range"]["start"]["line"].as_u64().unwrap() + 1;
                told.push(line(path, &found["code"], severity, start, found["message"].as_str().unwrap()));
            }
        }
        assert_eq!(told, expected, "{example}");
    }
}

#[test]
fn an_edit_counts_before_it_is_saved_in_every_file_it_touches() {
    let session = project("Tier_1");
    assert_eq!(session.codes().len(), 0, "{:?}", session.codes());
    session.open(QUEUE);
    session.edit(QUEUE, "Tier_1", "Tier_2");
    assert_eq!(codes(&session, QUEUE), ["OC201"]);
    assert_eq!(session.published_version(QUEUE), Some(2));
    insta::assert_json_snapshot!(session.diagnostics(QUEUE));
    session.edit(QUEUE, "Tier_2", "Tier_1");
    assert_eq!(session.codes().len(), 0);
    // The other way round: the queue is at fault for what becomes of the configuration.
    session.open(CONFIG);
    session.edit(CONFIG, "<capacityWeight>2.0</capacityWeight>\n", "");
    assert!(!session.codes().is_empty(), "a configuration without a cost");
    session.close(CONFIG);
    assert_eq!(session.codes().len(), 0, "what is on disk counts again");
}

#[test]
fn what_is_gone_is_taken_back() {
    let session = project("Tier_2");
    assert_eq!(codes(&session, QUEUE), ["OC201"]);
    session.write("force-app/main/default/queueRoutingConfigs/Tier_2.queueRoutingConfig-meta.xml", config());
    assert_eq!(codes(&session, QUEUE), Vec::<String>::new(), "a file that came");
    session.remove("force-app/main/default/queueRoutingConfigs/Tier_2.queueRoutingConfig-meta.xml");
    assert_eq!(codes(&session, QUEUE), ["OC201"], "and went");
    let renamed = QUEUE.replace("Billing", "Other");
    std::fs::rename(session.root().join(QUEUE), session.root().join(&renamed)).unwrap();
    let files = json!([{ "oldUri": session.uri(QUEUE), "newUri": session.uri(&renamed) }]);
    session.notify("workspace/didRenameFiles", json!({ "files": files }));
    assert_eq!(session.codes().keys().collect::<Vec<_>>(), [&renamed]);
    session.remove(&renamed);
    assert_eq!(session.codes().len(), 0);
    assert_eq!(session.diagnostics(&renamed), json!([]), "an empty list was published");
    std::fs::remove_dir_all(session.root().join("force-app/main/default/queueRoutingConfigs")).unwrap();
    session.notify(
        "workspace/didDeleteFiles",
        json!({ "files": [{ "uri": session.uri("force-app/main/default/queueRoutingConfigs") }] }),
    );
    session.settle();
}

#[test]
fn a_new_file_counts_while_it_is_not_saved() {
    let session = project("Tier_2");
    let new = CONFIG.replace("Tier_1", "Tier_2");
    session.open_as(&new, config());
    assert_eq!(codes(&session, QUEUE), Vec::<String>::new());
    session.close(&new);
    assert_eq!(codes(&session, QUEUE), ["OC201"]);
}

#[test]
fn a_file_outside_of_any_project_is_checked_alone() {
    let path = "notes/Billing.queue-meta.xml";
    let broken = queue("Tier_1").replace("</name>", "</nam>");
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    std::fs::create_dir_all(root.join("notes")).unwrap();
    std::fs::create_dir_all(root.join("elsewhere")).unwrap();
    std::fs::write(root.join(path), &broken).unwrap();
    let elsewhere = url::Url::from_file_path(root.join("elsewhere")).unwrap().to_string();
    let folders = json!([{ "uri": elsewhere, "name": "elsewhere" }]);
    let session = Session::start_in(folder, root, &folders, capabilities(), Value::Null);
    session.open(path);
    assert_eq!(codes(&session, path), ["OC002"]);
    session.close(path);
    assert_eq!(session.codes().len(), 0, "it was found for the sake of the buffer alone");
    // Not even a file.
    let document =
        json!({ "uri": "untitled:Billing.queue-meta.xml", "languageId": "xml", "version": 1, "text": broken });
    session.notify("textDocument/didOpen", json!({ "textDocument": document }));
    assert_eq!(
        session.codes().into_iter().collect::<Vec<_>>(),
        [("untitled:Billing.queue-meta.xml".to_owned(), vec!["OC002".to_owned()])]
    );
}

#[test]
fn settings_count_and_follow_their_file() {
    let session = project("Tier_2");
    assert_eq!(codes(&session, QUEUE), ["OC201"]);
    session.write("omnic.toml", "[checks]\nOC201 = \"off\"\n");
    assert_eq!(session.codes().len(), 0);
    session.write("omnic.toml", "[checks]\nOC201 = \"loud\"\n");
    let shown = session.diagnostics("omnic.toml");
    insta::assert_json_snapshot!(shown);
    assert_eq!(codes(&session, QUEUE), Vec::<String>::new(), "what counted before counts on");
    assert!(session.heard.borrow().iter().any(|(method, _)| method == "window/showMessage"));
    session.remove("omnic.toml");
    assert_eq!(codes(&session, QUEUE), ["OC201"]);
    assert_eq!(session.diagnostics("omnic.toml"), json!([]));
    let settings = json!({ "settings": { "omnic": { "world": "open", "minSeverity": "error" } } });
    session.notify("workspace/didChangeConfiguration", settings);
    assert_eq!(session.codes().len(), 0);
}

#[test]
fn a_broken_configuration_at_the_start_leaves_the_rest() {
    let files = [
        ("sfdx-project.json", r#"{ "packageDirectories": [{ "path": "force-app" }] }"#),
        ("omnic.toml", "extend = \"base.toml\"\n"),
        (QUEUE, &*queue("Tier_2")),
        (CONFIG, config()),
    ];
    let session = Session::start(&files, capabilities(), Value::Null);
    insta::assert_json_snapshot!(session.diagnostics("omnic.toml"));
    assert_eq!(codes(&session, QUEUE), ["OC201"], "the defaults count");
    session.write("base.toml", "[checks]\nOC201 = \"off\"\n");
    assert_eq!(session.codes().len(), 0, "what was wrong is mended");
}

#[test]
fn a_project_that_goes_takes_its_findings_along() {
    let session = project("Tier_2");
    assert_eq!(codes(&session, QUEUE), ["OC201"]);
    let heard = session.heard.borrow().len();
    std::fs::remove_dir_all(session.root()).unwrap();
    session.watched("sfdx-project.json", 3);
    assert_eq!(session.codes().len(), 0);
    let shown = session.heard.borrow().iter().skip(heard).any(|(method, _)| method == "window/showMessage");
    assert!(!shown, "that is no error");
}

#[test]
fn a_configuration_file_may_be_named_by_the_editor() {
    let files = [
        ("sfdx-project.json", r#"{ "packageDirectories": [{ "path": "force-app" }] }"#),
        ("ci/strict.toml", "[checks]\nOC201 = \"off\"\n"),
        (QUEUE, &*queue("Tier_2")),
        (CONFIG, config()),
    ];
    let session = Session::start(&files, capabilities(), json!({ "configuration": "ci/strict.toml" }));
    assert_eq!(session.codes().len(), 0, "the path is one from the folder");
    session.settle();
    let registered =
        session.heard.borrow().iter().any(|(method, params)| {
            method == "client/registerCapability" && params.to_string().contains("ci/strict.toml")
        });
    assert!(registered, "it is watched");
}

/// Settings of a workspace come with the repository.
#[test]
fn a_workspace_cannot_lead_out_of_itself() {
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("omnic.toml"), "hunter2 = 1\n").unwrap();
    let files = [
        ("sfdx-project.json", r#"{ "packageDirectories": [{ "path": "force-app" }] }"#),
        (QUEUE, &*queue("Tier_2")),
        (CONFIG, config()),
    ];
    let path = outside.path().join("omnic.toml");
    let options = json!({ "configuration": path, "allowOutside": true, "allow-outside": true });
    let session = Session::start(&files, capabilities(), options);
    assert_eq!(codes(&session, QUEUE), ["OC201"]);
    session.settle();
    let heard = format!("{:?}", session.heard.borrow());
    assert!(heard.contains("leads out of the project's root") && !heard.contains("hunter2"), "{heard}");
}

#[cfg(unix)]
#[test]
fn a_file_that_becomes_a_link_out_is_not_read() {
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("secret.xml"), queue("hunter2")).unwrap();
    let session = project("Tier_2");
    assert_eq!(codes(&session, QUEUE), ["OC201"]);
    std::fs::remove_file(session.root().join(QUEUE)).unwrap();
    std::os::unix::fs::symlink(outside.path().join("secret.xml"), session.root().join(QUEUE)).unwrap();
    session.watched(QUEUE, 2);
    assert_eq!(session.codes().len(), 0, "it is not among the files any longer");
    // The same of the folder that it is in.
    let session = project("Tier_2");
    assert_eq!(codes(&session, QUEUE), ["OC201"]);
    let (folder, name) = QUEUE.rsplit_once('/').unwrap();
    std::fs::rename(outside.path().join("secret.xml"), outside.path().join(name)).unwrap();
    std::fs::rename(session.root().join(folder), session.root().join("old")).unwrap();
    std::os::unix::fs::symlink(outside.path(), session.root().join(folder)).unwrap();
    session.watched(QUEUE, 2);
    assert!(!session.all_published().contains("hunter2"));
    session.settle();
    assert!(!session.all_published().contains("hunter2"));
}

#[test]
fn several_folders_and_projects_below_one() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    let project = r#"{ "packageDirectories": [{ "path": "force-app" }] }"#;
    for name in ["a/one", "a/two", "b"] {
        let at = |path: &str| root.join(name).join(path);
        std::fs::create_dir_all(at(QUEUE).parent().unwrap()).unwrap();
        std::fs::create_dir_all(at(CONFIG).parent().unwrap()).unwrap();
        std::fs::write(at("sfdx-project.json"), project).unwrap();
        std::fs::write(at(QUEUE), queue("Tier_2")).unwrap();
        std::fs::write(at(CONFIG), config()).unwrap();
    }
    let uri = |name: &str| url::Url::from_file_path(root.join(name)).unwrap().to_string();
    let folders = json!([{ "uri": uri("a"), "name": "a" }, { "uri": uri("b"), "name": "b" }]);
    let removed = json!({ "event": { "added": [], "removed": [folders[0].clone()] } });
    let session = Session::start_in(folder, root, &folders, capabilities(), Value::Null);
    let expected: Vec<String> = ["a/one", "a/two", "b"].iter().map(|name| format!("{name}/{QUEUE}")).collect();
    assert_eq!(session.codes().into_keys().collect::<Vec<_>>(), expected);
    session.notify("workspace/didChangeWorkspaceFolders", removed);
    assert_eq!(session.codes().into_keys().collect::<Vec<_>>(), expected[2..]);
}

/// A client that asks itself is told only of what it has not open, and is told when to ask again.
#[test]
fn clients_may_pull() {
    let mut pulling = capabilities();
    pulling["textDocument"]["diagnostic"] = json!({ "dynamicRegistration": false });
    pulling["workspace"]["diagnostics"] = json!({ "refreshSupport": true });
    let files = [
        ("sfdx-project.json", r#"{ "packageDirectories": [{ "path": "force-app" }] }"#),
        (QUEUE, &queue("Tier_2")),
        (CONFIG, config()),
    ];
    let session = Session::start(&files, pulling, Value::Null);
    assert!(session.capabilities["capabilities"]["diagnosticProvider"].is_object());
    assert_eq!(codes(&session, QUEUE), ["OC201"], "it is not open");
    session.open(QUEUE);
    assert_eq!(codes(&session, QUEUE), Vec::<String>::new(), "it is open, and will be asked for");
    let pull = |previous: Value| {
        let params = json!({ "textDocument": session.document(QUEUE), "previousResultId": previous });
        session.request("textDocument/diagnostic", params)
    };
    let first = pull(Value::Null);
    assert_eq!((&first["kind"], &first["items"][0]["code"]), (&json!("full"), &json!("OC201")));
    assert_eq!(pull(first["resultId"].clone())["kind"], "unchanged");
    session.edit(QUEUE, "Tier_2", "Tier_1");
    let second = pull(first["resultId"].clone());
    assert_eq!((&second["kind"], &second["items"]), (&json!("full"), &json!([])));
    // Another file makes it wrong again: the client cannot know.
    session.open(CONFIG);
    let renamed = CONFIG.replace("Tier_1", "Tier_3");
    session.close(CONFIG);
    std::fs::rename(session.root().join(CONFIG), session.root().join(&renamed)).unwrap();
    session.watched(CONFIG, 3);
    session.watched(&renamed, 1);
    session.settle();
    session.settle();
    let refreshes =
        session.heard.borrow().iter().filter(|(method, _)| method == "workspace/diagnostic/refresh").count();
    assert!(refreshes > 0);
    assert_eq!(pull(Value::Null)["items"][0]["code"], "OC201");
}

#[test]
fn positions_are_in_the_encoding_that_was_agreed_on() {
    let files = [
        ("sfdx-project.json", r#"{ "packageDirectories": [{ "path": "force-app" }] }"#),
        (QUEUE, &*queue("Tier_2").replace("    <queueRoutingConfig>", "    <!-- 𝄞é --><queueRoutingConfig>")),
        (CONFIG, config()),
    ];
    let mut start = Vec::new();
    for encodings in [json!(["utf-8", "utf-16"]), json!(["utf-16"]), json!([]), json!(["utf-32"])] {
        let mut capabilities = capabilities();
        capabilities["general"]["positionEncodings"] = encodings;
        let session = Session::start(&files, capabilities, Value::Null);
        let found = session.diagnostics(QUEUE)[0]["range"]["start"]["character"].as_u64().unwrap();
        start.push((session.capabilities["capabilities"]["positionEncoding"].as_str().unwrap().to_owned(), found));
    }
    let utf16 = ("utf-16".to_owned(), 36);
    assert_eq!(start, [("utf-8".to_owned(), 39), utf16.clone(), utf16.clone(), utf16]);
}
