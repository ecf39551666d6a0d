//! Making a file well-formed where only one thing can be meant.

use lsp_types::CodeAction;

use super::asked::{Asked, Told};
use super::edit::{FileChange, To};
use crate::diagnostics::Replacement;
use crate::xml::ErrorKind;

/// An action that writes what the help of a finding says: another end tag, or a sign as an entity.
pub(super) fn of(asked: &Asked<'_>, at: &Told<'_>) -> Option<CodeAction> {
    let span = at.finding.primary.location.span;
    let file = asked.graph().files.get(asked.file.0 as usize).filter(|_| at.finding.code == "OC002")?;
    let error = file.errors.iter().find(|error| error.span == span)?;
    let (was, text) = match &error.kind {
        ErrorKind::Mismatched { expected, found } => (format!("</{found}"), format!("</{expected}>")),
        ErrorKind::StrayAmpersand => ("&".to_owned(), "&amp;".to_owned()),
        ErrorKind::CdataEnd => ("]]>".to_owned(), "]]&gt;".to_owned()),
        _ => return None,
    };
    if !span.slice(&asked.here.text).starts_with(&was) {
        return None;
    }
    let title = format!("Write `{text}`");
    let path = asked.here.path.clone();
    asked.quick_fix(title, at, &[FileChange { path, to: To::Changed(vec![Replacement { span, text }]) }])
}
