//! A client in memory: it opens a project, says what a script says, and hands back what the server answers.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::thread::JoinHandle;
use std::time::Duration;

use lsp_server::{Connection, Message, Notification, Request, RequestId, Response};
use omnic::lsp::ServeError;
use serde_json::{Value, json};
use url::Url;

/// No answer takes as long as this, on any machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// Marks the place in a needle that is meant.
const MARK: char = '¦';

pub(crate) struct Session {
    /// Goes when the session does.
    _folder: tempfile::TempDir,
    root: PathBuf,
    connection: Connection,
    server: Option<JoinHandle<Result<(), ServeError>>>,
    next: Cell<i32>,
    /// What was published last, by path from the root.
    published: RefCell<BTreeMap<String, Value>>,
    /// Every other notification and request of the server.
    pub(crate) heard: RefCell<Vec<(String, Value)>>,
    versions: RefCell<BTreeMap<String, i32>>,
    texts: RefCell<BTreeMap<String, String>>,
    pub(crate) capabilities: Value,
}

/// What most clients of today can do. UTF-16, so that the tests see what is harder.
pub(crate) fn capabilities() -> Value {
    json!({
        "general": { "positionEncodings": ["utf-16"] },
        "window": { "showDocument": { "support": true } },
        "workspace": {
            "applyEdit": true,
            "workspaceFolders": true,
            "workspaceEdit": { "documentChanges": true, "resourceOperations": ["create", "rename", "delete"] },
            "didChangeWatchedFiles": { "dynamicRegistration": true },
            "fileOperations": { "willRename": true, "didRename": true },
        },
        "textDocument": {
            "publishDiagnostics": {
                "relatedInformation": true, "codeDescriptionSupport": true, "versionSupport": true,
                "tagSupport": { "valueSet": [1, 2] },
            },
            "completion": { "completionItem": { "snippetSupport": true, "labelDetailsSupport": true,
                "documentationFormat": ["markdown", "plaintext"] } },
            "hover": { "contentFormat": ["markdown", "plaintext"] },
            "definition": { "linkSupport": true },
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
            "documentLink": { "tooltipSupport": true },
            "codeAction": { "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix", "source.fixAll"] } },
                "dataSupport": true, "isPreferredSupport": true },
            "rename": { "prepareSupport": true },
        },
    })
}

impl Session {
    /// A session with one of the repository's examples as its one folder.
    pub(crate) fn example(name: &str) -> Self {
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name);
        let files = walkdir::WalkDir::new(&from).sort_by_file_name().into_iter().map(Result::unwrap);
        let files: Vec<(String, String)> = files
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| {
                let path = entry.path().strip_prefix(&from).unwrap().to_str().unwrap().replace('\\', "/");
                (path, std::fs::read_to_string(entry.path()).unwrap())
            })
            .collect();
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (&**path, &**text)).collect();
        Self::start(&files, capabilities(), Value::Null)
    }

    /// A session with a project of these files.
    pub(crate) fn project(files: &[(&str, &str)]) -> Self {
        let mut all = vec![("sfdx-project.json", r#"{ "packageDirectories": [{ "path": "force-app" }] }"#)];
        all.extend_from_slice(files);
        Self::start(&all, capabilities(), Value::Null)
    }

    /// A session with these files in its one folder, by a client with these capabilities.
    pub(crate) fn start(files: &[(&str, &str)], capabilities: Value, options: Value) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        for (path, text) in files {
            write(&root.join(path), text);
        }
        let uri = Url::from_file_path(&root).unwrap();
        let folders = json!([{ "uri": uri.as_str(), "name": "project" }]);
        Self::start_in(folder, root, &folders, capabilities, options)
    }

    /// A session in an existing folder, with these workspace folders.
    pub(crate) fn start_in(
        folder: tempfile::TempDir,
        root: PathBuf,
        folders: &Value,
        capabilities: Value,
        options: Value,
    ) -> Self {
        let (server, connection) = Connection::memory();
        let server = std::thread::spawn(move || omnic::lsp::serve(&server, false));
        let mut session = Self {
            _folder: folder,
            root,
            connection,
            server: Some(server),
            next: Cell::new(0),
            published: RefCell::default(),
            heard: RefCell::default(),
            versions: RefCell::default(),
            texts: RefCell::default(),
            capabilities: Value::Null,
        };
        let params = json!({
            "processId": null, "rootUri": null, "workspaceFolders": folders,
            "capabilities": capabilities, "initializationOptions": options,
        });
        session.capabilities = session.request("initialize", params);
        session.notify("initialized", json!({}));
        session
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn uri(&self, path: &str) -> String {
        Url::from_file_path(self.root.join(path)).unwrap().into()
    }

    pub(crate) fn document(&self, path: &str) -> Value {
        json!({ "uri": self.uri(path) })
    }

    /// The one file of the project that ends so.
    pub(crate) fn file(&self, ending: &str) -> String {
        let files = walkdir::WalkDir::new(&self.root).sort_by_file_name().into_iter().map(Result::unwrap);
        let paths = files
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| entry.path().strip_prefix(&self.root).unwrap().to_str().unwrap().replace('\\', "/"));
        let found: Vec<String> = paths.filter(|path| path.ends_with(ending)).collect();
        assert_eq!(found.len(), 1, "`{ending}` is to be one file: {found:?}");
        found.into_iter().next().unwrap()
    }

    /// What a file holds for the server: the buffer, else the file on disk.
    pub(crate) fn text(&self, path: &str) -> String {
        let open = self.texts.borrow().get(path).cloned();
        open.unwrap_or_else(|| std::fs::read_to_string(self.root.join(path)).unwrap())
    }

    pub(crate) fn open(&self, path: &str) {
        self.open_as(path, &std::fs::read_to_string(self.root.join(path)).unwrap());
    }

    pub(crate) fn open_as(&self, path: &str, text: &str) {
        self.versions.borrow_mut().insert(path.to_owned(), 1);
        self.texts.borrow_mut().insert(path.to_owned(), text.to_owned());
        let document = json!({ "uri": self.uri(path), "languageId": "xml", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    pub(crate) fn close(&self, path: &str) {
        self.texts.borrow_mut().remove(path);
        self.notify("textDocument/didClose", json!({ "textDocument": self.document(path) }));
    }

    /// Replaces the first `old` in an open buffer, as an edit of that range.
    pub(crate) fn edit(&self, path: &str, old: &str, new: &str) {
        let text = self.text(path);
        let at = text.find(old).unwrap_or_else(|| panic!("`{old}` is to be in {path}:\n{text}"));
        let range = json!({ "start": position(&text, at), "end": position(&text, at + old.len()) });
        let version = self.versions.borrow().get(path).copied().unwrap() + 1;
        self.versions.borrow_mut().insert(path.to_owned(), version);
        self.texts.borrow_mut().insert(path.to_owned(), text.replacen(old, new, 1));
        let document = json!({ "uri": self.uri(path), "version": version });
        let changes = json!([{ "range": range, "text": new }]);
        self.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    /// Writes a file to disk, and tells the server as a watching client does.
    pub(crate) fn write(&self, path: &str, text: &str) {
        let file = self.root.join(path);
        let kind = if file.exists() { 2 } else { 1 };
        write(&file, text);
        self.watched(path, kind);
    }

    /// Removes a file from disk, and tells the server as a watching client does.
    pub(crate) fn remove(&self, path: &str) {
        std::fs::remove_file(self.root.join(path)).unwrap();
        self.watched(path, 3);
    }

    pub(crate) fn watched(&self, path: &str, kind: u32) {
        let changes = json!([{ "uri": self.uri(path), "type": kind }]);
        self.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
    }

    /// The parameters that most requests begin with: the place that [`MARK`] marks in a piece of the file's text.
    pub(crate) fn at(&self, path: &str, needle: &str) -> Value {
        json!({ "textDocument": self.document(path), "position": self.place(path, needle) })
    }

    pub(crate) fn place(&self, path: &str, needle: &str) -> Value {
        let text = self.text(path);
        let offset = needle.find(MARK).unwrap_or(0);
        let plain = needle.replace(MARK, "");
        let at = text.find(&plain).unwrap_or_else(|| panic!("`{plain}` is to be in {path}:\n{text}"));
        position(&text, at + offset)
    }

    pub(crate) fn notify(&self, method: &str, params: Value) {
        let notification = Notification { method: method.to_owned(), params };
        self.connection.sender.send(notification.into()).unwrap();
    }

    /// Sends what is given, whatever it is.
    pub(crate) fn send(&self, message: impl Into<Message>) {
        self.connection.sender.send(message.into()).unwrap();
    }

    /// Asks, and waits for the result. An error of the server is one of the test.
    pub(crate) fn request(&self, method: &str, params: Value) -> Value {
        self.try_request(method, params).unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    /// Asks, and waits for the result or the error, as `code: message`.
    pub(crate) fn try_request(&self, method: &str, params: Value) -> Result<Value, String> {
        let id = self.ask(method, params);
        self.answer(&id)
    }

    /// Asks, and does not wait.
    pub(crate) fn ask(&self, method: &str, params: Value) -> RequestId {
        self.next.set(self.next.get() + 1);
        let id = RequestId::from(self.next.get());
        self.send(Request { id: id.clone(), method: method.to_owned(), params });
        id
    }

    /// Waits for the answer to a request.
    pub(crate) fn answer(&self, id: &RequestId) -> Result<Value, String> {
        loop {
            if let Some(Response { response_result, .. }) = self.hear(|response| response.id == *id) {
                return response_result.map_err(|error| format!("{}: {}", error.code, error.message));
            }
        }
    }

    /// Takes in one message; a response that is wanted is handed back.
    fn hear(&self, wanted: impl Fn(&Response) -> bool) -> Option<Response> {
        match self.connection.receiver.recv_timeout(PATIENCE).expect("the server is to answer") {
            Message::Response(response) if wanted(&response) => return Some(response),
            Message::Response(response) => panic!("nobody asked for {response:?}"),
            Message::Notification(Notification { method, params }) => {
                if method == "textDocument/publishDiagnostics" {
                    let path = self.path(params["uri"].as_str().unwrap());
                    self.published.borrow_mut().insert(path, params);
                } else {
                    self.heard.borrow_mut().push((method, params));
                }
            }
            Message::Request(request) => {
                let result = match request.method.as_str() {
                    "workspace/configuration" => json!([null]),
                    _ => Value::Null,
                };
                self.heard.borrow_mut().push((request.method, request.params));
                self.send(Response::new_ok(request.id, result));
            }
        }
        None
    }

    /// All that was published last, of every file.
    pub(crate) fn all_published(&self) -> String {
        format!("{:?}", self.published.borrow())
    }

    /// Waits until everything that was said so far has been taken in, and told.
    pub(crate) fn settle(&self) {
        // Waits for the analysis, as every request does that must be exact.
        self.request("workspace/symbol", json!({ "query": "-" }));
    }

    /// What is published of a file after everything that was said so far: the parameters without the URI.
    pub(crate) fn diagnostics(&self, path: &str) -> Value {
        self.settle();
        self.published.borrow().get(path).map_or(Value::Null, |params| self.shown(&params["diagnostics"]))
    }

    /// The codes of what is published, by file, of those that have any.
    pub(crate) fn codes(&self) -> BTreeMap<String, Vec<String>> {
        self.settle();
        let published = self.published.borrow();
        let codes = |params: &Value| {
            let items = params["diagnostics"].as_array().unwrap().iter();
            items.map(|item| item["code"].as_str().unwrap_or("-").to_owned()).collect::<Vec<_>>()
        };
        let all = published.iter().map(|(path, params)| (path.clone(), codes(params)));
        all.filter(|(_, codes)| !codes.is_empty()).collect()
    }

    /// All that is published, by file.
    pub(crate) fn all_diagnostics(&self) -> BTreeMap<String, Value> {
        self.settle();
        let published = self.published.borrow();
        published.iter().map(|(path, params)| (path.clone(), params["diagnostics"].clone())).collect()
    }

    /// The version that the last report on a file was about.
    pub(crate) fn published_version(&self, path: &str) -> Option<i64> {
        self.settle();
        self.published.borrow().get(path)?["version"].as_i64()
    }

    pub(crate) fn path(&self, uri: &str) -> String {
        let path = Url::parse(uri).unwrap().to_file_path();
        let below = path.ok().and_then(|path| Some(path.strip_prefix(&self.root).ok()?.to_str()?.replace('\\', "/")));
        below.unwrap_or_else(|| uri.to_owned())
    }

    /// A value as a snapshot shows it: the project's folder is `file:///project`.
    pub(crate) fn shown(&self, value: &Value) -> Value {
        let root = Url::from_file_path(&self.root).unwrap();
        let text = value.to_string().replace(root.as_str(), "file:///project");
        serde_json::from_str(&text).unwrap()
    }

    /// Makes the changes of a workspace edit, to buffers and to files on disk, as a client does.
    pub(crate) fn apply(&self, edit: &Value) {
        let changes = edit["changes"].as_object().into_iter().flatten();
        for (uri, edits) in changes {
            self.apply_to(&self.path(uri), edits);
        }
        for change in edit["documentChanges"].as_array().into_iter().flatten() {
            let path = |key: &str| self.path(change[key].as_str().unwrap());
            match change["kind"].as_str() {
                Some("create") => write(&self.root.join(path("uri")), ""),
                Some("rename") => {
                    std::fs::rename(self.root.join(path("oldUri")), self.root.join(path("newUri"))).unwrap();
                    let text = self.texts.borrow_mut().remove(&path("oldUri"));
                    if let Some(text) = text {
                        self.close(&path("oldUri"));
                        self.open_as(&path("newUri"), &text);
                    }
                    self.watched(&path("oldUri"), 3);
                    self.watched(&path("newUri"), 1);
                }
                Some("delete") => std::fs::remove_file(self.root.join(path("uri"))).unwrap(),
                _ => self.apply_to(&self.path(change["textDocument"]["uri"].as_str().unwrap()), &change["edits"]),
            }
        }
    }

    fn apply_to(&self, path: &str, edits: &Value) {
        let text = apply_edits(&self.text(path), edits);
        if self.texts.borrow().contains_key(path) {
            let old = self.text(path);
            self.edit(path, &old, &text);
        } else {
            self.write(path, &text);
        }
    }

    /// Ends the session as the protocol says, and gives how the server ended.
    pub(crate) fn end(mut self) -> Result<(), ServeError> {
        self.request("shutdown", Value::Null);
        self.notify("exit", Value::Null);
        self.server.take().unwrap().join().unwrap()
    }
}

/// The text after the edits of one file.
pub(crate) fn apply_edits(text: &str, edits: &Value) -> String {
    let mut edits: Vec<(usize, usize, String)> = edits
        .as_array()
        .into_iter()
        .flatten()
        .map(|edit| {
            let at = |end: &str| offset(text, &edit["range"][end]);
            (at("start"), at("end"), edit["newText"].as_str().unwrap().to_owned())
        })
        .collect();
    edits.sort_by_key(|(start, end, _)| (*start, *end));
    let mut made = text.to_owned();
    for (start, end, new) in edits.into_iter().rev() {
        made.replace_range(start..end, &new);
    }
    made
}

fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// A byte offset as a line and a column in UTF-16.
pub(crate) fn position(text: &str, offset: usize) -> Value {
    let before = &text[..offset];
    let line = before.rsplit('\n').next().unwrap();
    json!({ "line": before.matches('\n').count(), "character": line.trim_start_matches('\u{feff}').encode_utf16().count() })
}

/// The byte offset of a line and a column in UTF-16.
pub(crate) fn offset(text: &str, position: &Value) -> usize {
    let number = |key: &str| usize::try_from(position[key].as_u64().unwrap()).unwrap();
    let mut start = 0;
    for _ in 0..number("line") {
        start += text[start..].find('\n').map_or(text.len() - start, |at| at + 1);
    }
    // A byte-order mark is no column.
    start += if text[start..].starts_with('\u{feff}') { 3 } else { 0 };
    if text[start..].starts_with('\u{feff}') && start == 0 {
        start = '\u{feff}'.len_utf8();
    }
    let mut left = number("character");
    for (at, c) in text[start..].char_indices() {
        if left == 0 || c == '\n' {
            return start + at;
        }
        left = left.saturating_sub(c.len_utf16());
    }
    text.len()
}
