//! Findings, for the client that asks for them itself.

use std::path::PathBuf;

use lsp_server::Request;
use lsp_types::{
    DocumentDiagnosticParams, DocumentDiagnosticReport, FullDocumentDiagnosticReport,
    RelatedFullDocumentDiagnosticReport, RelatedUnchangedDocumentDiagnosticReport, UnchangedDocumentDiagnosticReport,
    Uri,
};
use serde_json::Value;

use crate::lsp::session::context::{Answer, Context};
use crate::lsp::session::report::NONE;
use crate::lsp::text::uri;

/// Answers the client that asks for the findings of one file.
pub(in crate::lsp) fn of_document(
    cx: &Context<'_>,
    params: DocumentDiagnosticParams,
) -> Answer<DocumentDiagnosticReport> {
    let path = uri::stand_in(&params.text_document.uri);
    let report = cx.state.reports.get(&path);
    let id = report.map_or_else(|| NONE.to_owned(), |report| report.id());
    if params.previous_result_id.as_deref() == Some(&*id) {
        let unchanged = UnchangedDocumentDiagnosticReport { result_id: id };
        return Ok(DocumentDiagnosticReport::RelatedUnchangedDocumentDiagnosticReport(
            RelatedUnchangedDocumentDiagnosticReport {
                unchanged_document_diagnostic_report: unchanged,
                related_documents: None,
            },
        ));
    }
    let items = report.map(|report| report.items_for(cx.client)).unwrap_or_default();
    let full = FullDocumentDiagnosticReport { result_id: Some(id), items };
    Ok(DocumentDiagnosticReport::RelatedFullDocumentDiagnosticReport(RelatedFullDocumentDiagnosticReport {
        full_document_diagnostic_report: full,
        related_documents: None,
    }))
}

/// The file whose findings a request asks for, if it does.
pub(in crate::lsp) fn asked_of(request: &Request) -> Option<PathBuf> {
    let uri = request.params.pointer("/textDocument/uri").filter(|_| request.method == "textDocument/diagnostic")?;
    Some(uri::stand_in(&Uri(uri.as_str()?.to_owned())))
}

/// The identifier of a report that was sent.
pub(in crate::lsp) fn id_of(report: &Value) -> String {
    report.get("resultId").and_then(Value::as_str).unwrap_or(NONE).to_owned()
}
