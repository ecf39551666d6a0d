//! Edits are of the texts that were analysed, and of nothing else.

use super::code_action;
use super::rename;
use crate::lsp::session::buffers::Buffers;
use crate::lsp::session::client::Client;
use crate::lsp::session::context::Context;
use crate::lsp::session::settings::EditorSettings;
use crate::lsp::session::world::{Event, World};
use crate::lsp::text::position::Encoding;
use crate::lsp::text::uri;
use serde_json::{Value, json};

const QUEUE: &str = "force-app/A.queue-meta.xml";
const CONFIG: &str = "force-app/T.queueRoutingConfig-meta.xml";
const TEXT: &str = "<Queue xmlns=\"http://soap.sforce.com/2006/04/metadata\">\n    <name>A</name>\n    <queueRoutingConfig>T</queueRoutingConfig>\n    <queueSobject>\n        <sobjectType>Case</sobjectType>\n    </queueSobject>\n    <queueSobject>\n        <sobjectType>Case</sobjectType>\n    </queueSobject>\n</Queue>\n";

fn client() -> Client {
    Client {
        code_action_literals: true,
        document_changes: true,
        creates_files: true,
        renames_files: true,
        ..Client::default()
    }
}

/// What actions and a rename come to when the analysis saw `then`, and the client has `now`.
fn asked(then: Option<&str>, now: Option<&str>) -> (Value, Result<Value, String>) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    std::fs::create_dir(root.join("force-app")).unwrap();
    let project = "{ \"packageDirectories\": [{ \"path\": \"force-app\" }] }";
    for (path, text) in [("sfdx-project.json", project), (QUEUE, TEXT), (CONFIG, "<QueueRoutingConfig/>")] {
        std::fs::write(root.join(path), text).unwrap();
    }
    let (path, mut buffers, mut world) = (root.join(QUEUE), Buffers::default(), World::new(Encoding::Utf16, false));
    let uri = uri::of_path(&path).unwrap();
    world.apply(1, Event::Folders(vec![root]));
    if let Some(then) = then {
        world.apply(2, Event::Buffer(path, 1, then.into()));
    }
    if let Some(now) = now {
        buffers.open(uri.clone(), if Some(now) == then { 1 } else { 2 }, now.to_owned());
    }
    let (state, client, settings) = (world.update(), client(), EditorSettings::default());
    let cx = Context { state: &state, buffers: &buffers, client: &client, settings: &settings };
    let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 20, "character": 0 } });
    let params = json!({ "textDocument": { "uri": uri }, "range": range, "context": { "diagnostics": [] } });
    let actions = code_action::actions(&cx, serde_json::from_value(params).unwrap()).unwrap();
    let at = json!({ "line": 2, "character": 25 });
    let params = json!({ "textDocument": { "uri": uri }, "position": at, "newName": "Other" });
    let renamed = rename::rename(&cx, serde_json::from_value(params).unwrap());
    (json!(actions), renamed.map(|edit| json!(edit)).map_err(|refused| refused.to_string()))
}

#[test]
fn edits_are_of_what_was_analysed() {
    for (then, version) in [(Some(TEXT), json!(1)), (None, Value::Null)] {
        let (actions, renamed) = asked(then, then);
        let first = &actions[0]["edit"]["documentChanges"][0]["textDocument"]["version"];
        assert!(actions.as_array().is_some_and(|all| !all.is_empty()) && *first == version, "{actions}");
        let queue = &renamed.unwrap()["documentChanges"][0]["textDocument"];
        assert!(queue["uri"].as_str().unwrap().ends_with(QUEUE) && queue["version"] == version, "{queue}");
    }
}

#[test]
fn what_has_changed_since_is_left_alone() {
    let longer = TEXT.replace("    <name>", "    <!-- one more line -->\n    <name>");
    // The name stands where it stood, and something else has changed.
    let other = TEXT.replace("Case", "Lead");
    for (then, now) in
        [(Some(TEXT), Some(&*longer)), (Some(TEXT), Some(&*other)), (Some(TEXT), None), (None, Some(TEXT))]
    {
        let (actions, renamed) = asked(then, now);
        assert!(actions.as_array().is_none_or(Vec::is_empty), "{actions}");
        assert!(renamed.as_ref().is_err_and(|told| told.contains("changed")), "{renamed:?}");
    }
}
