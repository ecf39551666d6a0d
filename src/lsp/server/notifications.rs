//! What the client tells the server: edits, files, folders and settings.

use std::path::PathBuf;
use std::sync::Arc;

use lsp_server::{ErrorCode, RequestId, Response};
use lsp_types::{
    CancelParams, DidChangeConfigurationParams, DidChangeTextDocumentParams, DidChangeWatchedFilesParams,
    DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams,
    MessageType, Uri,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::capabilities;
use super::core::{Asked, Server};
use crate::lsp::session::settings::EditorSettings;
use crate::lsp::session::world::Event;
use crate::lsp::text::uri;

impl Server {
    pub(super) fn notification(&mut self, method: &str, params: Value) -> Result<(), serde_json::Error> {
        match method {
            "initialized" => self.initialized(),
            "textDocument/didOpen" => {
                let item = read::<DidOpenTextDocumentParams>(params)?.text_document;
                let path = Arc::make_mut(&mut self.buffers).open(item.uri, item.version, item.text);
                self.buffer_changed(path);
            }
            "textDocument/didChange" => {
                let DidChangeTextDocumentParams { text_document, content_changes } = read(params)?;
                let version = text_document.version;
                let uri = text_document.text_document_identifier.uri;
                match Arc::make_mut(&mut self.buffers).change(&uri, version, content_changes, self.client.encoding) {
                    Some(path) => self.buffer_changed(path),
                    None => self.log(MessageType::Warning, &format!("`{}` changed, and is not open", uri.0)),
                }
            }
            "textDocument/didClose" => {
                let uri = read::<DidCloseTextDocumentParams>(params)?.text_document.uri;
                let path = Arc::make_mut(&mut self.buffers).close(&uri);
                self.pulled.remove(&path);
                self.tell_world(Event::Closed(path));
            }
            "textDocument/didSave" => {
                let uri = read::<DidSaveTextDocumentParams>(params)?.text_document.uri;
                let event = match uri::to_path(&uri) {
                    Some(path) if self.client.watches => Event::Disk(vec![path]),
                    // Nobody else tells of what else has changed.
                    _ => Event::Everything,
                };
                self.tell_world(event);
            }
            "workspace/didChangeWatchedFiles" => {
                let changes = read::<DidChangeWatchedFilesParams>(params)?.changes;
                let paths = changes.iter().filter_map(|change| uri::to_path(&change.uri)).collect();
                self.tell_world(Event::Disk(paths));
            }
            "workspace/didCreateFiles" | "workspace/didDeleteFiles" | "workspace/didRenameFiles" => {
                self.tell_world(Event::Disk(moved(&params)));
            }
            "workspace/didChangeWorkspaceFolders" => {
                let event = read::<DidChangeWorkspaceFoldersParams>(params)?.event;
                let gone: Vec<PathBuf> = event.removed.iter().filter_map(|folder| uri::to_path(&folder.uri)).collect();
                self.folders.retain(|folder| !gone.contains(folder));
                self.folders.extend(event.added.iter().filter_map(|folder| uri::to_path(&folder.uri)));
                self.tell_world(Event::Folders(self.folders.clone()));
            }
            "workspace/didChangeConfiguration" => {
                let params: DidChangeConfigurationParams = read(params)?;
                if self.client.configures {
                    self.ask_configuration();
                } else {
                    self.configure(&params.settings);
                }
            }
            "$/cancelRequest" => self.cancel(read(params)?),
            // Others need no answer, whether we know them or not.
            _ => {}
        }
        Ok(())
    }

    fn initialized(&mut self) {
        if self.client.watches {
            let registration = capabilities::watchers();
            self.ask("client/registerCapability", registration, Asked::Nothing);
        }
        if self.client.configures {
            self.ask_configuration();
        }
    }

    fn ask_configuration(&mut self) {
        self.ask("workspace/configuration", json!({ "items": [{ "section": "omnic" }] }), Asked::Configuration);
    }

    /// Settings that the client hands on replace those before; its commands stay the same.
    pub(super) fn configure(&mut self, settings: &Value) {
        if settings.is_null() {
            return;
        }
        let (mut settings, told) = EditorSettings::read(settings);
        for line in told {
            self.show(MessageType::Warning, &line);
        }
        settings.commands.clone_from(&self.settings.commands);
        if settings != *self.settings {
            let shown = |of: &EditorSettings| (of.code_lens(), of.inlay_hints());
            let is_other = shown(&settings) != shown(&self.settings);
            self.settings = Arc::new(settings.clone());
            self.tell_world(Event::Settings(Box::new(settings)));
            if is_other {
                self.refresh_lenses();
            }
        }
    }

    fn cancel(&mut self, params: CancelParams) {
        let id = match params.id {
            lsp_types::Id::Int(id) => RequestId::from(id),
            lsp_types::Id::String(id) => RequestId::from(id),
        };
        if let Some(at) = self.waiting.iter().position(|request| request.id == id) {
            self.waiting.remove(at);
            let message = "the client took it back".to_owned();
            self.send(Response::new_err(id, ErrorCode::RequestCanceled as i32, message));
        }
    }

    fn buffer_changed(&mut self, path: PathBuf) {
        // Of other schemes are the two sides of a comparison, and the like.
        let counts = |uri: &Uri| ["file:", "untitled:"].iter().any(|scheme| uri.0.starts_with(scheme));
        if let Some(buffer) = self.buffers.get(&path).filter(|buffer| counts(&buffer.uri)) {
            let event = Event::Buffer(path, buffer.version, Arc::clone(&buffer.text));
            self.tell_world(event);
        }
    }
}

fn read<T: DeserializeOwned>(params: Value) -> Result<T, serde_json::Error> {
    serde_json::from_value(params)
}

/// The paths in the parameters of a file operation.
fn moved(params: &Value) -> Vec<PathBuf> {
    let files = params.get("files").and_then(Value::as_array).into_iter().flatten();
    let uris = files.flat_map(|file| ["uri", "oldUri", "newUri"].map(|key| file.get(key)));
    uris.flatten().filter_map(|uri| uri::to_path(&Uri(uri.as_str()?.to_owned()))).collect()
}
