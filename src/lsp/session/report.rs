//! What there is to tell about a file: its findings, as the protocol has them.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::client::Client;
use crate::diagnostics::Diagnostic;

/// What there is to tell about one file.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::lsp) struct Report {
    /// The client's number of the text that it is about, if the file is open.
    pub(in crate::lsp) version: Option<i32>,
    pub(in crate::lsp) items: Vec<lsp_types::Diagnostic>,
    /// What it was made of.
    pub(super) found: Vec<Diagnostic>,
    /// The number of the event after which it was made: it counts until one of its files changes.
    pub(super) made: u64,
}

impl Report {
    /// What of it the client can show.
    pub(in crate::lsp) fn items_for(&self, client: &Client) -> Vec<lsp_types::Diagnostic> {
        let mut items = self.items.clone();
        for item in &mut items {
            item.related_information = item.related_information.take().filter(|_| client.related_information);
            item.tags = item.tags.take().filter(|_| client.tags);
            item.code_description = item.code_description.take().filter(|_| client.code_description);
        }
        items
    }

    /// Differs from that of every other report of the file.
    pub(in crate::lsp) fn id(&self) -> String {
        self.made.to_string()
    }

    /// The findings, each with what is told of it.
    pub(in crate::lsp) fn told(&self) -> impl Iterator<Item = (&Diagnostic, &lsp_types::Diagnostic)> {
        self.found.iter().zip(&self.items)
    }
}

/// What there is to tell, by the paths of the files. A file that is not in it has no findings.
pub(in crate::lsp) type Reports = BTreeMap<PathBuf, Arc<Report>>;

/// The identifier of a report without findings.
pub(in crate::lsp) const NONE: &str = "none";
