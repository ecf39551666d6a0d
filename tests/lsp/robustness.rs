//! What no client should send, and what disks do.

use std::fmt::Write as _;

use lsp_server::{ErrorCode, Notification, Request, RequestId};
use omnic::lsp::ServeError;
use serde_json::{Value, json};

use crate::session::{Session, apply_edits, capabilities};

const METHODS: [&str; 21] = [
    "textDocument/diagnostic",
    "textDocument/hover",
    "textDocument/completion",
    "completionItem/resolve",
    "textDocument/definition",
    "textDocument/references",
    "textDocument/documentHighlight",
    "textDocument/documentSymbol",
    "workspace/symbol",
    "textDocument/documentLink",
    "textDocument/foldingRange",
    "textDocument/selectionRange",
    "textDocument/prepareRename",
    "textDocument/rename",
    "workspace/willRenameFiles",
    "textDocument/codeAction",
    "textDocument/codeLens",
    "textDocument/inlayHint",
    "textDocument/formatting",
    "textDocument/rangeFormatting",
    "workspace/executeCommand",
];

fn code(answer: Result<Value, String>) -> i32 {
    let error = answer.expect_err("an error is to come");
    error.split(": ").next().unwrap().parse().unwrap()
}

#[test]
fn parameters_that_make_no_sense_are_refused_one_by_one() {
    let session = Session::example("broken");
    for method in METHODS {
        for params in [json!(7), json!({ "textDocument": 1 }), json!([1, 2]), Value::Null] {
            let answer = session.try_request(method, params.clone());
            // Some have no parameters that must be there.
            if method != "workspace/symbol" || !params.is_object() {
                assert_eq!(code(answer), ErrorCode::InvalidParams as i32, "{method} {params}");
            }
        }
    }
    assert_eq!(code(session.try_request("textDocument/nonsense", Value::Null)), ErrorCode::MethodNotFound as i32);
    for method in
        ["textDocument/didOpen", "textDocument/didChange", "textDocument/didClose", "$/cancelRequest", "nonsense"]
    {
        session.notify(method, json!({ "textDocument": [] }));
    }
    session.notify("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": "nonsense", "type": 99 }] }));
    session.settle();
    assert!(session.heard.borrow().iter().any(|(method, params)| {
        method == "window/logMessage" && params["message"].as_str().unwrap().contains("textDocument/didOpen")
    }));
    session.end().unwrap();
}

/// Every request at places that are nowhere, of files that are not there, with identifiers that are none.
#[test]
fn places_that_are_nowhere_have_no_answer_and_no_panic() {
    let session = Session::example("acme-support");
    let file = session.file("Cases_Tier_1.queue-meta.xml");
    session.open(&file);
    let uris = [
        session.uri(&file),
        session.uri("gone.queue-meta.xml"),
        session.uri("org/User.csv"),
        session.uri(""),
        "nonsense".to_owned(),
        String::new(),
        "untitled:x.queue-meta.xml".to_owned(),
        "git:/a.queue-meta.xml?b".to_owned(),
    ];
    for uri in &uris {
        for (line, character) in [(0, 0), (3, u32::MAX), (u32::MAX, 0), (u32::MAX, u32::MAX)] {
            let position = json!({ "line": line, "character": character });
            let range = json!({ "start": position, "end": { "line": 0, "character": 0 } });
            let params = json!({
                "textDocument": { "uri": uri }, "position": position, "positions": [position], "range": range,
                "context": { "includeDeclaration": true, "diagnostics": [], "triggerKind": 1 },
                "label": "x", "data": { "uri": uri, "kind": "Queue", "name": "x" },
                "newName": "New_Name", "options": { "tabSize": 4, "insertSpaces": true }, "query": uri,
                "files": [{ "oldUri": uri, "newUri": session.uri(&file) }],
                "command": "omnic.server.routingGraph",
                "arguments": [{ "uri": uri, "position": position, "queue": "x", "agent": "y" }],
            });
            for method in METHODS {
                let mut params = params.clone();
                if method == "completionItem/resolve" {
                    // There, it is no name.
                    params["command"] = Value::Null;
                }
                if let Err(error) = session.try_request(method, params) {
                    let failed = (ErrorCode::RequestFailed as i32).to_string();
                    assert!(error.starts_with(&failed), "{method} {uri} {line}:{character}: {error}");
                }
            }
        }
    }
    session.end().unwrap();
}

#[test]
fn edits_that_are_nowhere_change_what_they_can() {
    let session = Session::example("broken");
    let file = session.file("Weekend_Cases.queue-meta.xml");
    let change = |range: Value, text: &str| {
        let document = json!({ "uri": session.uri(&file), "version": 2 });
        let changes = json!([{ "range": range, "text": text }]);
        session.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    };
    let nowhere = json!({ "start": { "line": 900, "character": 900 }, "end": { "line": 1, "character": 3 } });
    change(nowhere.clone(), "not open");
    session.open(&file);
    change(nowhere, "<");
    session.settle();
    assert!(session.codes()[&file].contains(&"OC002".to_owned()));
    session.end().unwrap();
}

#[test]
fn files_vanish_and_become_folders() {
    let session = Session::example("broken");
    let file = session.file("Weekend_Cases.queue-meta.xml");
    session.open(&file);
    std::fs::remove_file(session.root().join(&file)).unwrap();
    session.settle();
    // The buffer stands for it as long as it is open.
    assert!(session.codes().contains_key(&file));
    session.close(&file);
    std::fs::create_dir(session.root().join(&file)).unwrap();
    session.watched(&file, 1);
    assert!(!session.codes().contains_key(&file));
    std::fs::write(session.root().join("sfdx-project.json"), "{").unwrap();
    session.watched("sfdx-project.json", 2);
    assert!(session.codes().contains_key("sfdx-project.json"), "{:?}", session.codes());
    std::fs::remove_dir_all(session.root().join("force-app")).unwrap();
    session.watched("force-app", 3);
    session.settle();
    std::fs::remove_file(session.root().join("sfdx-project.json")).unwrap();
    session.watched("sfdx-project.json", 3);
    assert_eq!(session.codes().len(), 0);
    session.end().unwrap();
}

/// An answer is about the text that it says it is about, whatever is typed while it waits.
#[test]
fn edits_are_of_the_text_they_name() {
    let session = Session::example("broken");
    let file = session.file("Service_Cases.queue-meta.xml");
    session.open(&file);
    session.settle();
    for round in 0..20 {
        session.edit(&file, "<Queue ", "<!-- a\n b -->\n<Queue ");
        let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } });
        let params = json!({ "textDocument": session.document(&file), "range": range,
            "context": { "diagnostics": [], "only": ["source.fixAll.omnic"] } });
        let asked_of = session.text(&file);
        let id = session.ask("textDocument/codeAction", params);
        session.edit(&file, "<!-- a\n b -->\n<Queue ", "<!-- c -->\n<Queue ");
        let answer = session.answer(&id).unwrap();
        let change = &answer[0]["edit"]["documentChanges"][0];
        let version = change["textDocument"]["version"].as_i64();
        // Where the newest text is not the one that was analysed, nothing is offered.
        if let Some(version) = version {
            // The answer may be on its way before the second edit is.
            let text = match version - i64::from(round) * 2 {
                2 => asked_of,
                3 => session.text(&file),
                _ => panic!("{answer}"),
            };
            let fixed = apply_edits(&text, &change["edits"]);
            assert!(fixed.contains("<Queue ") && fixed.contains("</Queue>"), "{fixed}");
            assert_eq!(fixed.matches("anna.schmidt").count(), 1, "{fixed}");
        }
        session.settle();
    }
}

#[test]
fn a_second_initialize_is_refused() {
    let session = Session::example("broken");
    let again = session.try_request("initialize", json!({ "capabilities": {} }));
    assert_eq!(code(again), ErrorCode::InvalidRequest as i32);
}

#[test]
fn requests_can_be_taken_back() {
    let session = Session::example("acme-support");
    let id = session.ask("workspace/symbol", json!({ "query": "a" }));
    session.notify("$/cancelRequest", json!({ "id": 2 }));
    // It may have been answered before; either way there is one answer.
    match session.answer(&id) {
        Ok(_) => {}
        Err(error) => assert!(error.starts_with(&(ErrorCode::RequestCanceled as i32).to_string()), "{error}"),
    }
    session.end().unwrap();
}

#[test]
fn the_session_ends_as_the_protocol_says() {
    let session = Session::example("broken");
    assert_eq!(session.request("shutdown", Value::Null), Value::Null);
    assert_eq!(code(session.try_request("workspace/symbol", json!({ "query": "" }))), ErrorCode::InvalidRequest as i32);
    session.notify("exit", Value::Null);

    let (server, client) = lsp_server::Connection::memory();
    let thread = std::thread::spawn(move || omnic::lsp::serve(&server, false));
    let ask = |method: &str, params: Value| {
        client.sender.send(Request { id: RequestId::from(1), method: method.to_owned(), params }.into()).unwrap();
        match client.receiver.recv().unwrap() {
            lsp_server::Message::Response(response) => response.response_result.map_err(|error| error.code),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(ask("textDocument/hover", Value::Null), Err(ErrorCode::ServerNotInitialized as i32));
    assert_eq!(ask("initialize", json!({ "capabilities": 1 })), Err(ErrorCode::InvalidParams as i32));
    assert!(ask("initialize", json!({ "capabilities": {}, "processId": null, "rootUri": null })).is_ok());
    client.sender.send(Notification { method: "exit".to_owned(), params: Value::Null }.into()).unwrap();
    assert_eq!(thread.join().unwrap(), Err(ServeError::NoShutdown));
}

#[test]
fn a_client_that_goes_is_no_hang() {
    let (server, client) = lsp_server::Connection::memory();
    drop(client);
    assert_eq!(omnic::lsp::serve(&server, false), Err(ServeError::Gone));
}

#[test]
fn settings_that_make_no_sense_are_told() {
    let files = [("sfdx-project.json", r#"{ "packageDirectories": [{ "path": "force-app" }] }"#)];
    let session = Session::start(&files, capabilities(), json!({ "strict": "very" }));
    session.settle();
    assert!(session.heard.borrow().iter().any(|(method, params)| {
        method == "window/showMessage" && params["message"].as_str().unwrap().contains("`strict`")
    }));
}

/// On a line of a hundred kilobytes, each place is where it is, and every request has an answer. What it costs is a bench's
/// affair: `cargo bench --bench stages -- one_line`.
#[test]
fn thousands_of_findings_on_one_line_are_told_at_once() {
    let many = 3000;
    let entries = (0..many).fold(String::new(), |mut entries, n| {
        let _ = write!(entries, "<channels><channel>Nöpe{n}</channel></channels>");
        entries
    });
    let text = format!(
        "<ServicePresenceStatus xmlns=\"http://soap.sforce.com/2006/04/metadata\"><label>x</label>{entries}</ServicePresenceStatus>"
    );
    let path = "force-app/main/default/servicePresenceStatuses/A.servicePresenceStatus-meta.xml";
    let files =
        [("sfdx-project.json", r#"{ "packageDirectories": [{ "path": "force-app" }] }"#), (path, text.as_str())];
    let session = Session::start(&files, capabilities(), json!({ "minSeverity": "note" }));
    session.open(path);
    let told = session.diagnostics(path);
    let told = told.as_array().unwrap();
    assert!(told.len() > many, "{}", told.len());
    let last = told.iter().rev().find(|found| found["code"] == "OC201").unwrap();
    let column = text.encode_utf16().count() - "</channel></channels></ServicePresenceStatus>".len();
    assert_eq!(last["range"]["end"], json!({ "line": 0, "character": column }));
    let whole = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 1, "character": 0 } });
    let document = session.document(path);
    for method in
        ["documentSymbol", "foldingRange", "documentLink", "codeAction", "inlayHint", "formatting", "codeLens"]
    {
        let params = json!({
            "textDocument": document, "range": whole, "context": { "diagnostics": [] },
            "options": { "tabSize": 4, "insertSpaces": true },
        });
        session.request(&format!("textDocument/{method}"), params);
    }
    let mut place = session.at(path, &format!("Nö¦pe{}<", many - 1));
    place["context"] = json!({ "includeDeclaration": true, "triggerKind": 1 });
    place["positions"] = json!([place["position"]]);
    for method in ["references", "documentHighlight", "hover", "completion", "selectionRange"] {
        session.request(&format!("textDocument/{method}"), place.clone());
    }
    session.end().unwrap();
}
