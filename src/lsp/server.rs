//! The loop: each message in its order.

use std::collections::{BTreeSet, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use crossbeam_channel::{Receiver, Sender, select, unbounded};
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::{
    CancelParams, DidChangeConfigurationParams, DidChangeTextDocumentParams, DidChangeWatchedFilesParams,
    DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams,
    MessageType, ShowMessageParams, Uri,
};
use rustc_hash::FxHashMap;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::analyst::{News, keep_analysed};
use super::buffers::Buffers;
use super::capabilities;
use super::client::Client;
use super::context::Context;
use super::diagnostics;
use super::opening::{folders, opening};
use super::requests;
use super::settings::EditorSettings;
use super::state::{ProjectState, State};
use super::tell::{Asked, Published};
use super::uri;
use super::world::{Event, World};
use crate::text::printable_lines;

/// Why serving ended otherwise than the protocol says.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ServeError {
    /// The client went without a word.
    #[error("the client left without saying so")]
    Gone,
    /// `exit` came without `shutdown` before it.
    #[error("the client ended the session without `shutdown`")]
    NoShutdown,
}

/// Serves the client at the other end of the connection, until it leaves. With `allow_outside`, what comes with a project
/// may lead out of its boundary; that is no setting of the workspace, since those come with the project too.
///
/// # Errors
///
/// If it leaves in another way than the protocol says.
pub fn serve(connection: &Connection, allow_outside: bool) -> Result<(), ServeError> {
    let (id, params) = opening(connection)?;
    let client = Client::of(&params);
    let (settings, told) = EditorSettings::read(params.initialization_options.as_ref().unwrap_or(&Value::Null));
    let (to_world, events) = unbounded();
    let (to_loop, states) = unbounded();
    let encoding = client.encoding;
    // It ends by itself when the loop is gone, and is not waited for: it may be reading a large project.
    let spawned = thread::Builder::new().name("world".to_owned()).spawn(move || {
        keep_analysed(&|| World::new(encoding, allow_outside), &events, &to_loop);
    });
    let mut server = Server {
        sender: connection.sender.clone(),
        client,
        settings: Arc::new(settings.clone()),
        buffers: Arc::default(),
        to_world,
        revision: 0,
        taken_in: 0,
        state: Arc::new(State::default()),
        waiting: VecDeque::new(),
        published: FxHashMap::default(),
        pulled: FxHashMap::default(),
        asked: FxHashMap::default(),
        refreshes_again: false,
        next_id: 0,
        folders: folders(&params),
        watched: BTreeSet::new(),
        told: FxHashMap::default(),
        is_closing: false,
    };
    server.send(Response::new_ok(id, capabilities::result(&server.client)));
    if let Err(error) = spawned {
        server.show(MessageType::Error, &format!("the projects cannot be analysed: {error}"));
    }
    for line in told {
        server.show(MessageType::Warning, &line);
    }
    server.tell_world(Event::Settings(Box::new(settings)));
    server.tell_world(Event::Folders(server.folders.clone()));
    server.run(&connection.receiver, &states)
}

pub(super) struct Server {
    pub(super) sender: Sender<Message>,
    pub(super) client: Client,
    pub(super) settings: Arc<EditorSettings>,
    pub(super) buffers: Arc<Buffers>,
    pub(super) to_world: Sender<(u64, Event)>,
    /// The number of the last event.
    pub(super) revision: u64,
    /// The number of the last event that the analysis has taken in, or has failed at.
    pub(super) taken_in: u64,
    pub(super) state: Arc<State>,
    /// Requests that wait until the analysis has taken in every event.
    pub(super) waiting: VecDeque<Request>,
    pub(super) published: FxHashMap<PathBuf, Published>,
    /// For each open buffer, the report that the client has asked for last.
    pub(super) pulled: FxHashMap<PathBuf, String>,
    pub(super) asked: FxHashMap<RequestId, Asked>,
    /// Lenses and hints are to be asked for once more when the client has done so.
    pub(super) refreshes_again: bool,
    pub(super) next_id: i32,
    pub(super) folders: Vec<PathBuf>,
    /// The files and folders that settings name, and that the client watches.
    pub(super) watched: BTreeSet<PathBuf>,
    /// What was shown to the user, by the projects' roots: once is enough.
    pub(super) told: FxHashMap<PathBuf, Vec<String>>,
    pub(super) is_closing: bool,
}

impl Server {
    fn run(mut self, from_client: &Receiver<Message>, from_world: &Receiver<News>) -> Result<(), ServeError> {
        loop {
            select! {
                recv(from_client) -> message => match message {
                    Ok(Message::Notification(notification)) if notification.method == "exit" => {
                        return if self.is_closing { Ok(()) } else { Err(ServeError::NoShutdown) };
                    }
                    Ok(message) => self.message(message),
                    Err(_) if self.is_closing => return Ok(()),
                    Err(_) => return Err(ServeError::Gone),
                },
                recv(from_world) -> news => match news {
                    Ok(News::State(state)) => self.update(state),
                    Ok(News::Failed(number, words)) => {
                        self.log(MessageType::Error, &words);
                        // What waits is answered from what was there before.
                        self.taken_in = self.taken_in.max(number);
                        self.answer_waiting();
                    }
                    Err(_) => return Err(ServeError::Gone),
                },
            }
        }
    }

    pub(super) fn send(&self, message: impl Into<Message>) {
        // If the client is gone, the next message that is received says so.
        let _ = self.sender.send(message.into());
    }

    pub(super) fn notify(&self, method: &str, params: impl Serialize) {
        match serde_json::to_value(params) {
            Ok(params) => self.send(Notification { method: method.to_owned(), params }),
            Err(error) => self.log(MessageType::Error, &error.to_string()),
        }
    }

    pub(super) fn ask(&mut self, method: &str, params: Value, asked: Asked) {
        self.next_id += 1;
        let id = RequestId::from(self.next_id);
        self.asked.insert(id.clone(), asked);
        self.send(Request { id, method: method.to_owned(), params });
    }

    pub(super) fn show(&self, kind: MessageType, message: &str) {
        self.notify("window/showMessage", ShowMessageParams { kind, message: printable_lines(message) });
    }

    pub(super) fn log(&self, kind: MessageType, message: &str) {
        self.notify("window/logMessage", ShowMessageParams { kind, message: printable_lines(message) });
    }

    fn tell_world(&mut self, event: Event) {
        self.revision += 1;
        // The thread lives as long as this channel.
        let _ = self.to_world.send((self.revision, event));
    }

    fn message(&mut self, message: Message) {
        match message {
            Message::Request(request) => self.request(request),
            Message::Response(response) => self.response(response),
            Message::Notification(Notification { method, params }) => {
                let handled = catch_unwind(AssertUnwindSafe(|| self.notification(&method, params)));
                match handled {
                    Ok(Ok(())) => {}
                    Ok(Err(error)) => self.log(MessageType::Error, &format!("`{method}` makes no sense: {error}")),
                    Err(panic) => {
                        self.log(MessageType::Error, &format!("`{method}` failed: {}", requests::words_of(&*panic)));
                    }
                }
            }
        }
    }

    fn request(&mut self, request: Request) {
        if self.is_closing {
            let message = "the session is being ended".to_owned();
            return self.send(Response::new_err(request.id, ErrorCode::InvalidRequest as i32, message));
        }
        if request.method == "shutdown" {
            self.is_closing = true;
            for waiting in std::mem::take(&mut self.waiting) {
                let message = "the session is being ended".to_owned();
                self.send(Response::new_err(waiting.id, ErrorCode::RequestCanceled as i32, message));
            }
            return self.send(Response::new_ok(request.id, Value::Null));
        }
        if request.method == "initialize" {
            let message = "the session is open already".to_owned();
            return self.send(Response::new_err(request.id, ErrorCode::InvalidRequest as i32, message));
        }
        if requests::waits(&request.method) && self.taken_in < self.revision {
            self.waiting.push_back(request);
            return;
        }
        self.answer(request);
    }

    fn answer(&mut self, request: Request) {
        let (state, buffers) = (Arc::clone(&self.state), Arc::clone(&self.buffers));
        let (client, settings) = (self.client, Arc::clone(&self.settings));
        let answer = move |Request { id, method, params }| {
            let cx = Context { state: &state, buffers: &buffers, client: &client, settings: &settings };
            requests::response(&cx, id, &method, params)
        };
        if !requests::is_long(&request.method) {
            let pulled = diagnostics::asked_of(&request);
            let response = answer(request);
            if let (Some(path), Ok(report)) = (pulled, &response.response_result) {
                self.pulled.insert(path, diagnostics::id_of(report));
            }
            return self.send(response);
        }
        // Nobody waits for it but who asked.
        let sender = self.sender.clone();
        let id = request.id.clone();
        let spawned = thread::Builder::new().name("request".to_owned()).spawn(move || {
            // If the client is gone, the loop learns of it.
            let _ = sender.send(answer(request).into());
        });
        if let Err(error) = spawned {
            self.send(Response::new_err(id, ErrorCode::InternalError as i32, error.to_string()));
        }
    }

    fn answer_waiting(&mut self) {
        // An edit that came meanwhile would meet places of the text before it.
        while self.taken_in >= self.revision
            && let Some(request) = self.waiting.pop_front()
        {
            self.answer(request);
        }
    }

    fn response(&mut self, response: Response) {
        let Some(asked) = self.asked.remove(&response.id) else { return };
        if matches!(asked, Asked::Refresh) && std::mem::take(&mut self.refreshes_again) {
            self.refresh_lenses();
        }
        match (asked, response.response_result) {
            (Asked::Configuration, Ok(value)) => {
                let settings = value.get(0).cloned().unwrap_or_default();
                self.configure(&settings);
            }
            (_, Err(error)) => self.log(MessageType::Log, &format!("the client declined: {}", error.message)),
            (Asked::Nothing | Asked::Refresh, Ok(_)) => {}
        }
    }

    fn notification(&mut self, method: &str, params: Value) -> Result<(), serde_json::Error> {
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
    fn configure(&mut self, settings: &Value) {
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

    /// Takes in what the projects are by now.
    fn update(&mut self, state: State) {
        self.taken_in = state.revision;
        let is_same = |(old, new): (&Arc<ProjectState>, &Arc<ProjectState>)| Arc::ptr_eq(&old.analysis, &new.analysis);
        let is_old = state.projects.len() == self.state.projects.len()
            && self.state.projects.iter().zip(&state.projects).all(is_same);
        let old = std::mem::replace(&mut self.state, Arc::new(state));
        // To give back a large project's memory takes longer than anybody should wait.
        rayon::spawn(move || drop(old));
        self.publish();
        self.answer_waiting();
        self.refresh_diagnostics();
        if !is_old && (self.settings.code_lens() || self.settings.inlay_hints()) {
            self.refresh_lenses();
        }
        self.watch();
        self.tell_problems();
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
