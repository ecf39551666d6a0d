//! The loop: each message in its order.

use std::collections::{BTreeSet, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread;

use crossbeam_channel::{Receiver, select, unbounded};
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, Response};
use lsp_types::MessageType;
use rustc_hash::FxHashMap;
use serde_json::Value;

use super::capabilities;
use super::core::{Asked, Server};
use super::error::ServeError;
use super::opening::{folders, opening};
use crate::lsp::features::diagnostics;
use crate::lsp::requests;
use crate::lsp::session::analyst::{News, keep_analysed};
use crate::lsp::session::client::Client;
use crate::lsp::session::context::Context;
use crate::lsp::session::panics::words_of;
use crate::lsp::session::settings::EditorSettings;
use crate::lsp::session::state::{ProjectState, State};
use crate::lsp::session::world::{Event, World};

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
                        self.log(MessageType::Error, &format!("`{method}` failed: {}", words_of(&*panic)));
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
