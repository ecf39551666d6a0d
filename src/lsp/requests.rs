//! The table of requests: what answers each, when, and what the client is told of it first.

use std::panic::{AssertUnwindSafe, catch_unwind};

use lsp_server::{ErrorCode, RequestId, Response};
use lsp_types as lsp;
use lsp_types::Request;
use serde_json::{Value, json};

use super::features::{
    code_action, code_lens, command, completion, definition, diagnostics, folding, formatting, highlight, hover, inlay,
    links, references, rename, selection, symbols,
};
use super::session::client::Client;
use super::session::context::{Answer, Context};
use super::session::panics::words_of;

/// Why a request has no answer.
struct Failed {
    code: ErrorCode,
    message: String,
}

/// When a request is answered.
#[derive(Clone, Copy, PartialEq, Eq)]
enum When {
    /// At once: by what the buffer is now, and names a moment old.
    AtOnce,
    /// Once the analysis has taken in every edit before it.
    Exact,
    /// The same, and beside the loop: it may take long on a large project.
    Beside,
}

/// A capability: its name, and what it says to a client. It is left out where it says nothing.
type Capability = (&'static str, fn(&Client) -> Option<Value>);

/// A request that is answered.
struct Row {
    method: &'static str,
    when: When,
    answer: fn(&Context<'_>, Value) -> Result<Value, Failed>,
    /// None if another request's capability speaks for it.
    capability: Option<Capability>,
}

macro_rules! row {
    ($request:ident, $when:ident, $handler:path $(, $capability:literal: $says:expr)?) => {
        Row {
            method: <lsp::$request as Request>::METHOD.as_str(),
            when: When::$when,
            answer: |cx, params| run::<lsp::$request>(cx, params, $handler),
            capability: row!(@ $($capability, $says)?),
        }
    };
    (@ $capability:literal, $says:expr) => {
        Some(($capability, $says))
    };
    (@) => {
        None
    };
}

static ROWS: [Row; 21] = [
    row!(HoverRequest, AtOnce, hover::hover, "hoverProvider": yes),
    row!(CompletionRequest, AtOnce, completion::complete, "completionProvider": completes),
    row!(CompletionResolveRequest, AtOnce, completion::resolve),
    row!(DocumentSymbolRequest, AtOnce, symbols::of_document, "documentSymbolProvider": yes),
    row!(FoldingRangeRequest, AtOnce, folding::fold, "foldingRangeProvider": yes),
    row!(SelectionRangeRequest, AtOnce, selection::select, "selectionRangeProvider": yes),
    row!(DocumentFormattingRequest, AtOnce, formatting::format, "documentFormattingProvider": yes),
    row!(DocumentRangeFormattingRequest, AtOnce, formatting::format_range, "documentRangeFormattingProvider": yes),
    row!(DocumentDiagnosticRequest, Exact, diagnostics::of_document, "diagnosticProvider": diagnoses),
    row!(DefinitionRequest, Exact, definition::definition, "definitionProvider": yes),
    row!(ReferencesRequest, Exact, references::references, "referencesProvider": yes),
    row!(DocumentHighlightRequest, Exact, highlight::highlight, "documentHighlightProvider": yes),
    row!(WorkspaceSymbolRequest, Exact, symbols::of_workspace, "workspaceSymbolProvider": yes),
    row!(DocumentLinkRequest, Exact, links::links, "documentLinkProvider": whole),
    row!(PrepareRenameRequest, Exact, rename::prepare),
    row!(CodeLensRequest, Exact, code_lens::lenses, "codeLensProvider": whole),
    row!(InlayHintRequest, Exact, inlay::hints, "inlayHintProvider": whole),
    row!(RenameRequest, Beside, rename::rename, "renameProvider": renames),
    row!(WillRenameFilesRequest, Beside, rename::of_files),
    row!(CodeActionRequest, Beside, code_action::actions, "codeActionProvider": acts),
    row!(ExecuteCommandRequest, Beside, command::execute, "executeCommandProvider": commands),
];

#[expect(clippy::unnecessary_wraps, reason = "others say nothing to some clients")]
fn yes(_: &Client) -> Option<Value> {
    Some(json!(true))
}

/// What is sent is whole: nothing is asked for later.
#[expect(clippy::unnecessary_wraps, reason = "others say nothing to some clients")]
fn whole(_: &Client) -> Option<Value> {
    Some(json!({ "resolveProvider": false }))
}

#[expect(clippy::unnecessary_wraps, reason = "others say nothing to some clients")]
fn completes(_: &Client) -> Option<Value> {
    Some(json!({ "triggerCharacters": ["<", ">", ".", "/"], "resolveProvider": true }))
}

#[expect(clippy::unnecessary_wraps, reason = "others say nothing to some clients")]
fn commands(_: &Client) -> Option<Value> {
    Some(json!({ "commands": command::NAMES }))
}

fn diagnoses(client: &Client) -> Option<Value> {
    client.pulls.then(|| json!({ "interFileDependencies": true, "workspaceDiagnostics": false }))
}

/// What would be refused is not offered.
fn renames(client: &Client) -> Option<Value> {
    let says = || if client.prepares_rename { json!({ "prepareProvider": true }) } else { json!(true) };
    (client.renames_files && client.document_changes).then(says)
}

/// What would be refused is not offered.
fn acts(client: &Client) -> Option<Value> {
    client.code_action_literals.then(|| json!({ "codeActionKinds": code_action::kinds() }))
}

/// What the client is told of each request.
pub(super) fn capabilities(client: &Client) -> impl Iterator<Item = (&'static str, Value)> {
    let capabilities = ROWS.iter().filter_map(|row| row.capability);
    capabilities.filter_map(move |(name, says)| Some((name, says(client)?)))
}

fn row(method: &str) -> Option<&'static Row> {
    ROWS.iter().find(|row| row.method == method)
}

/// True if a request waits until the analysis has taken in every edit before it.
pub(super) fn waits(method: &str) -> bool {
    row(method).is_none_or(|row| row.when != When::AtOnce)
}

/// True if a request may take long.
pub(super) fn is_long(method: &str) -> bool {
    row(method).is_some_and(|row| row.when == When::Beside)
}

/// The response to a request.
pub(super) fn response(cx: &Context<'_>, id: RequestId, method: &str, params: Value) -> Response {
    let Some(row) = row(method) else {
        return Response::new_err(id, ErrorCode::MethodNotFound as i32, format!("`{method}` is not known here"));
    };
    let answered = catch_unwind(AssertUnwindSafe(|| (row.answer)(cx, params)));
    let answered = answered.unwrap_or_else(|panic| {
        let message = format!("`{method}` failed, which is a bug of omnic: {}", words_of(&*panic));
        Err(Failed { code: ErrorCode::InternalError, message })
    });
    match answered {
        Ok(value) => Response::new_ok(id, value),
        Err(Failed { code, message }) => Response::new_err(id, code as i32, message),
    }
}

fn run<R: Request>(
    cx: &Context<'_>,
    params: Value,
    handler: impl FnOnce(&Context<'_>, R::Params) -> Answer<R::Result>,
) -> Result<Value, Failed> {
    let invalid = |error: serde_json::Error| Failed { code: ErrorCode::InvalidParams, message: error.to_string() };
    let params = serde_json::from_value(params).map_err(invalid)?;
    let answer = handler(cx, params)
        .map_err(|refused| Failed { code: ErrorCode::RequestFailed, message: refused.to_string() })?;
    let internal = |error: serde_json::Error| Failed { code: ErrorCode::InternalError, message: error.to_string() };
    serde_json::to_value(answer).map_err(internal)
}
