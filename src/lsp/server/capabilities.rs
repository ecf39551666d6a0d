//! What the server says that it can do.

use std::collections::BTreeSet;
use std::path::PathBuf;

use lsp_types::{
    FileOperationFilter, FileOperationOptions, FileOperationPattern, FileOperationRegistrationOptions, ServerInfo,
};
use serde_json::{Value, json};

use crate::lsp::requests;
use crate::lsp::session::client::Client;
use crate::schema::{self, Kind};
use crate::setup::DESCRIPTIONS;

/// The answer to `initialize`.
pub(super) fn result(client: &Client) -> Value {
    let info = ServerInfo { name: "omnic".to_owned(), version: Some(env!("CARGO_PKG_VERSION").to_owned()) };
    let mut capabilities = json!({
        "positionEncoding": client.encoding.kind(),
        "textDocumentSync": { "openClose": true, "change": 2, "save": { "includeText": false } },
        "workspace": {
            "workspaceFolders": { "supported": true, "changeNotifications": true },
            "fileOperations": file_operations(),
        },
    });
    for (name, says) in requests::capabilities(client) {
        capabilities[name] = says;
    }
    json!({ "capabilities": capabilities, "serverInfo": info })
}

/// The suffixes of the files that hold components, and of those that say something of fields.
fn suffixes() -> String {
    let facts = ["object", "field", "globalValueSet", "standardValueSet"];
    let kinds = Kind::TYPES.into_iter().filter_map(schema::suffix);
    kinds.chain(facts).collect::<Vec<_>>().join(",")
}

fn file_operations() -> FileOperationOptions {
    let filter = |glob: String| FileOperationFilter {
        scheme: Some("file".to_owned()),
        pattern: FileOperationPattern { glob, matches: None, options: None },
    };
    let files = filter(format!("**/*.{{{}}}{{,-meta.xml}}", suffixes()));
    // A folder takes its files with it.
    let all = FileOperationRegistrationOptions { filters: vec![files.clone(), filter("**".to_owned())] };
    let renamed = FileOperationRegistrationOptions { filters: vec![files] };
    FileOperationOptions {
        did_create: Some(all.clone()),
        did_rename: Some(all.clone()),
        did_delete: Some(all),
        will_rename: Some(renamed),
        ..Default::default()
    }
}

/// The registration of the files that the client is to watch.
pub(super) fn watchers() -> Value {
    let globs = [
        format!("**/*.{{{}}}-meta.xml", suffixes()),
        format!("**/*.{{{}}}", suffixes()),
        format!("**/{{{}}}", DESCRIPTIONS.join(",")),
        // Those that a configuration extends.
        "**/*.toml".to_owned(),
    ];
    registration("omnic.files", &globs)
}

/// The registration of files and folders that settings name.
pub(super) fn watchers_of(paths: &BTreeSet<PathBuf>) -> Value {
    let shown = |path: &PathBuf| path.to_string_lossy().replace('\\', "/");
    let globs: Vec<String> = paths.iter().flat_map(|path| [shown(path), format!("{}/**", shown(path))]).collect();
    registration(SETTINGS_WATCH, &globs)
}

/// Takes back what [`watchers_of`] registered.
pub(super) fn unwatch() -> Value {
    json!({ "unregisterations": [{ "id": SETTINGS_WATCH, "method": WATCH }] })
}

const WATCH: &str = "workspace/didChangeWatchedFiles";
const SETTINGS_WATCH: &str = "omnic.settings";

fn registration(id: &str, globs: &[String]) -> Value {
    let watchers: Vec<Value> = globs.iter().map(|glob| json!({ "globPattern": glob })).collect();
    json!({ "registrations": [{
        "id": id,
        "method": WATCH,
        "registerOptions": { "watchers": watchers },
    }] })
}
