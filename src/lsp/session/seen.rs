//! The texts that an analysis was made of.
//!
//! Places of an analysis are places in these, not in what the client has by now: edits are made of them, and carry the
//! client's numbers of them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::context::Context;
use super::state::ProjectState;
use crate::source::FileId;

/// A file as the analysis saw it.
#[derive(Clone, Debug)]
pub(in crate::lsp) struct Seen {
    pub(in crate::lsp) path: PathBuf,
    pub(in crate::lsp) text: Arc<str>,
    /// The client's number of the text; none if the file was not open.
    pub(in crate::lsp) version: Option<i32>,
}

/// The file at `path` as the analysis saw it; none if the client has changed, opened or closed it since, or it is gone.
/// A file that no analysis reads, such as the configuration, is what the client has.
pub(in crate::lsp) fn seen(cx: &Context<'_>, project: &ProjectState, path: &Path) -> Option<Seen> {
    let now = cx.buffers.get(path);
    let path = path.to_path_buf();
    let Some(file) = file_at(cx, project, &path) else {
        return Some(Seen { text: cx.text_of(&path)?, version: now.map(|buffer| buffer.version), path });
    };
    let then = project.buffers.get(&path);
    let is_same = match (now, then) {
        (Some(now), Some((version, text))) => {
            now.version == *version && (Arc::ptr_eq(&now.text, text) || now.text == *text)
        }
        (None, None) => true,
        _ => false,
    };
    let text = project.text(file).filter(|_| is_same)?;
    Some(Seen { text, version: then.map(|(version, _)| *version), path })
}

/// The file at a path, if the analysis of the project read it.
fn file_at(cx: &Context<'_>, project: &ProjectState, path: &Path) -> Option<FileId> {
    match cx.state.project_of(path) {
        Some((of, file)) if std::ptr::eq(&raw const **of, project) => Some(file),
        // Another project in this one, or around it, may have the file too.
        Some(_) => {
            let at = project.project.entries.iter().position(|entry| entry.disk == *path)?;
            Some(FileId(at as u32))
        }
        None => None,
    }
}
