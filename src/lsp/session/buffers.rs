//! The buffers that are open in the client.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use lsp_types::{TextDocumentContentChangeEvent, Uri};
use rustc_hash::FxHashMap;

use crate::lsp::text::position::{Encoding, Lines};
use crate::lsp::text::uri;

/// An open buffer.
#[derive(Clone, Debug)]
pub(in crate::lsp) struct Buffer {
    /// As the client calls it.
    pub(in crate::lsp) uri: Uri,
    /// The client's number of its text.
    pub(in crate::lsp) version: i32,
    /// Its text.
    pub(in crate::lsp) text: Arc<str>,
}

/// The open buffers, by the paths of their files.
#[derive(Clone, Debug, Default)]
pub(in crate::lsp) struct Buffers {
    open: FxHashMap<PathBuf, Buffer>,
}

impl Buffers {
    pub(in crate::lsp) fn get(&self, path: &Path) -> Option<&Buffer> {
        self.open.get(path)
    }

    pub(in crate::lsp) fn open(&mut self, uri: Uri, version: i32, text: String) -> PathBuf {
        let path = uri::stand_in(&uri);
        self.open.insert(path.clone(), Buffer { uri, version, text: text.into() });
        path
    }

    pub(in crate::lsp) fn close(&mut self, uri: &Uri) -> PathBuf {
        let path = uri::stand_in(uri);
        self.open.remove(&path);
        path
    }

    /// Changes a buffer, and gives its path; none if it is not open.
    pub(in crate::lsp) fn change(
        &mut self,
        uri: &Uri,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
        encoding: Encoding,
    ) -> Option<PathBuf> {
        let path = uri::stand_in(uri);
        let buffer = self.open.get_mut(&path)?;
        let mut text = String::from(&*buffer.text);
        for change in changes {
            match change {
                TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(whole) => text = whole.text,
                TextDocumentContentChangeEvent::TextDocumentContentChangePartial(part) => {
                    let span = Lines::new(&text, encoding).span(part.range);
                    text.replace_range(span.start as usize..span.end as usize, &part.text);
                }
            }
        }
        buffer.text = text.into();
        buffer.version = version;
        Some(path)
    }
}
