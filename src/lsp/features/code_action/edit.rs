//! From pieces of text to a workspace edit that the client can take.

use std::collections::HashMap;
use std::path::PathBuf;

use lsp_types::{
    CreateFile, CreateFileOptions, DocumentChange, Edit, OptionalVersionedTextDocumentIdentifier, Position, Range,
    TextDocumentEdit, TextDocumentIdentifier, TextEdit, Uri, WorkspaceEdit,
};

use crate::diagnostics::Replacement;
use crate::lsp::session::context::Context;
use crate::lsp::session::seen::{Seen, seen};
use crate::lsp::session::state::ProjectState;

/// What becomes of one file.
pub(super) struct FileChange {
    pub(super) path: PathBuf,
    pub(super) to: To,
}

/// What a file becomes.
pub(super) enum To {
    /// Its text, with these pieces replaced.
    Changed(Vec<Replacement>),
    /// A new file with this text.
    New(String),
}

/// The changes as one edit; none if the client cannot take it, or has changed a file since it was analysed.
pub(super) fn workspace_edit(
    cx: &Context<'_>,
    project: &ProjectState,
    changes: &[FileChange],
) -> Option<WorkspaceEdit> {
    let is_new = |change: &FileChange| matches!(change.to, To::New(_));
    if changes.iter().any(is_new) && !(cx.client.document_changes && cx.client.creates_files) {
        return None;
    }
    let edits = changes.iter().map(|change| Some((cx.uri(&change.path)?, text_edits(cx, project, change)?)));
    let edits = edits.collect::<Option<Vec<_>>>()?;
    if !cx.client.document_changes {
        let changes: HashMap<Uri, Vec<TextEdit>> = edits.into_iter().map(|(uri, (_, edits))| (uri, edits)).collect();
        return Some(WorkspaceEdit { changes: Some(changes), ..Default::default() });
    }
    let mut all = Vec::new();
    for (change, (uri, (version, edits))) in changes.iter().zip(edits) {
        if is_new(change) {
            let options = CreateFileOptions { overwrite: Some(false), ignore_if_exists: Some(false) };
            let created = CreateFile { uri: uri.clone(), options: Some(options), annotation_id: None };
            all.push(DocumentChange::CreateFile(created));
        }
        let text_document_identifier = TextDocumentIdentifier { uri };
        all.push(DocumentChange::TextDocumentEdit(TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier { version, text_document_identifier },
            edits: edits.into_iter().map(Edit::TextEdit).collect(),
        }));
    }
    Some(WorkspaceEdit { document_changes: Some(all), ..Default::default() })
}

/// The edits of one file, and the client's number of the text that they are of.
fn text_edits(cx: &Context<'_>, project: &ProjectState, change: &FileChange) -> Option<(Option<i32>, Vec<TextEdit>)> {
    let replacements = match &change.to {
        To::New(text) => {
            let start = Position::default();
            return Some((None, vec![TextEdit { range: Range { start, end: start }, new_text: text.clone() }]));
        }
        To::Changed(replacements) => replacements,
    };
    let Seen { text, version, .. } = seen(cx, project, &change.path)?;
    let lines = cx.lines(&text);
    let edit = |one: &Replacement| TextEdit { range: lines.range(one.span), new_text: one.text.clone() };
    Some((version, replacements.iter().map(edit).collect()))
}
