//! What all that is offered is made with.

use lsp_types::Uri;

use crate::graph::Graph;
use crate::lsp::session::client::Client;
use crate::lsp::text::position::Lines;
use crate::schema::{Field, Kind, TypeSchema};
use crate::source::ApiVersion;

/// What all that is offered is made with.
pub(super) struct Writer<'w> {
    pub(super) client: &'w Client,
    pub(super) uri: &'w Uri,
    pub(super) lines: &'w Lines<'w>,
    pub(super) kind: Kind,
    /// The component's name.
    pub(super) name: &'w str,
    pub(super) schema: &'static TypeSchema,
    pub(super) version: ApiVersion,
    /// The graph of the file's project, which may not have taken in the file yet.
    pub(super) graph: Option<&'w Graph>,
    /// One step of the file's indentation.
    pub(super) indent: &'w str,
    pub(super) line_end: &'static str,
}

impl Writer<'_> {
    /// True if the API version has the element, and it is of interest.
    pub(super) fn has(&self, field: &Field) -> bool {
        !field.aside && field.since <= self.version.0 && field.until.is_none_or(|until| self.version.0 <= until)
    }
}
