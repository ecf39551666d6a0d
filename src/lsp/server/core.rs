//! The server: what it knows of its session, and how it speaks to its client and to the analysis.

use std::collections::{BTreeSet, VecDeque};
use std::path::PathBuf;
use std::sync::Arc;

use crossbeam_channel::Sender;
use lsp_server::{Message, Notification, Request, RequestId};
use lsp_types::{MessageType, ShowMessageParams, Uri};
use rustc_hash::FxHashMap;
use serde::Serialize;
use serde_json::Value;

use crate::lsp::session::buffers::Buffers;
use crate::lsp::session::client::Client;
use crate::lsp::session::report::Report;
use crate::lsp::session::settings::EditorSettings;
use crate::lsp::session::state::State;
use crate::lsp::session::world::Event;
use crate::text::printable_lines;

/// What was published of a file.
pub(super) struct Published {
    pub(super) uri: Uri,
    pub(super) version: Option<i32>,
    pub(super) report: Option<Arc<Report>>,
}

/// What the server asked of the client.
pub(super) enum Asked {
    Nothing,
    /// To ask for lenses or hints again.
    Refresh,
    Configuration,
}

/// A session with one client.
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

    pub(super) fn tell_world(&mut self, event: Event) {
        self.revision += 1;
        // The thread lives as long as this channel.
        let _ = self.to_world.send((self.revision, event));
    }
}
