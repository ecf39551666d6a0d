//! What the server tells its client of itself: findings, and that it is time to ask again.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use lsp_types::{MessageType, PublishDiagnosticsParams, Uri};
use rustc_hash::FxHashMap;
use serde_json::Value;

use super::capabilities;
use super::core::{Asked, Published, Server};
use crate::lsp::session::report::{NONE, Report};
use crate::lsp::session::reporting::with_help;
use crate::lsp::text::uri;

impl Server {
    /// Pushes what has changed. A client that asks itself is told of files that it has not open.
    pub(super) fn publish(&mut self) {
        let state = Arc::clone(&self.state);
        let gone: Vec<PathBuf> =
            self.published.keys().filter(|path| !state.reports.contains_key(*path)).cloned().collect();
        for path in gone {
            if let Some(published) = self.published.remove(&path) {
                let version = self.buffers.get(&path).map(|buffer| buffer.version);
                if published.report.is_some() {
                    self.push(published.uri, version, None);
                }
            }
        }
        for (path, report) in &*state.reports {
            let open = self.buffers.get(path);
            let report = if self.client.pulls && open.is_some() { None } else { Some(report) };
            let before = self.published.get(path);
            let is_same = match (before.and_then(|before| before.report.as_ref()), report) {
                (Some(before), Some(report)) => Arc::ptr_eq(before, report),
                (None, None) => true,
                _ => false,
            };
            let version = report.and_then(|report| report.version);
            let has_moved = |before: &Published| open.is_some_and(|buffer| buffer.uri != before.uri);
            if is_same && before.is_none_or(|before| before.version == version && !has_moved(before)) {
                continue;
            }
            let uri = open.map(|buffer| buffer.uri.clone()).or_else(|| uri::of_path(path));
            let Some(uri) = uri else { continue };
            // The client may call the file by another name now: what was told by the old one goes.
            if let Some(before) = self.published.remove(path).filter(|before| before.uri != uri) {
                self.push(before.uri, None, None);
            }
            self.push(uri.clone(), version, report);
            self.published.insert(path.clone(), Published { uri, version, report: report.cloned() });
        }
    }

    fn push(&self, uri: Uri, version: Option<i32>, report: Option<&Arc<Report>>) {
        let diagnostics = report.map(|report| report.items_for(&self.client)).unwrap_or_default();
        self.notify("textDocument/publishDiagnostics", PublishDiagnosticsParams { uri, version, diagnostics });
    }

    /// Tells the client to ask again, where what it knows no longer holds.
    pub(super) fn refresh_diagnostics(&mut self) {
        let id = |path: &Path| self.state.reports.get(path).map_or_else(|| NONE.to_owned(), |report| report.id());
        let is_old = self.pulled.iter().any(|(path, pulled)| *pulled != id(path));
        if is_old && self.client.refreshes_diagnostics {
            self.pulled.clear();
            self.ask("workspace/diagnostic/refresh", Value::Null, Asked::Nothing);
        }
    }

    /// Tells the client to ask for lenses and hints again. While it is doing so, once more is enough.
    pub(super) fn refresh_lenses(&mut self) {
        if self.asked.values().any(|asked| matches!(asked, Asked::Refresh)) {
            self.refreshes_again = true;
            return;
        }
        if self.client.refreshes_lenses {
            self.ask("workspace/codeLens/refresh", Value::Null, Asked::Refresh);
        }
        if self.client.refreshes_hints {
            self.ask("workspace/inlayHint/refresh", Value::Null, Asked::Refresh);
        }
    }

    /// Has the client watch the files that settings name.
    pub(super) fn watch(&mut self) {
        let named = self.state.named_by_settings();
        if !self.client.watches || named == self.watched {
            return;
        }
        if !self.watched.is_empty() {
            self.ask("client/unregisterCapability", capabilities::unwatch(), Asked::Nothing);
        }
        if !named.is_empty() {
            self.ask("client/registerCapability", capabilities::watchers_of(&named), Asked::Nothing);
        }
        self.watched = named;
    }

    /// Shows what keeps a project from being analysed, once, and logs what could not be used of the others.
    pub(super) fn tell_problems(&mut self) {
        let state = Arc::clone(&self.state);
        let problems =
            state.problems.iter().map(|(root, problem)| (root, with_help(&problem.message, problem.help.as_deref())));
        let mut told: FxHashMap<PathBuf, Vec<String>> = FxHashMap::default();
        for (root, words) in problems {
            if self.told.get(root).is_none_or(|before| !before.contains(&words)) {
                self.show(MessageType::Error, &words);
            }
            told.entry(root.clone()).or_default().push(words);
        }
        for project in &state.projects {
            let root = &project.project.root;
            for line in project.told.iter() {
                if self.told.get(root).is_none_or(|before| !before.contains(line)) {
                    self.log(MessageType::Warning, line);
                }
                told.entry(root.clone()).or_default().push(line.clone());
            }
        }
        self.told = told;
    }
}
