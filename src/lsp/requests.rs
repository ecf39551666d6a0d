//! From a request's name to what answers it.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use lsp_server::{ErrorCode, RequestId, Response};
use lsp_types as lsp;
use lsp_types::Request;
use serde_json::Value;

use super::context::{Answer, Context};
use super::{
    code_action, code_lens, command, completion, definition, diagnostics, folding, formatting, highlight, hover, inlay,
    links, references, rename, selection, symbols,
};

/// Why a request has no answer.
struct Failed {
    code: ErrorCode,
    message: String,
}

/// Requests that can be answered by what the buffer is now, and names a moment old. All others wait until the analysis
/// has taken in every edit before them.
const AT_ONCE: [&str; 8] = [
    "textDocument/hover",
    "textDocument/completion",
    "completionItem/resolve",
    "textDocument/documentSymbol",
    "textDocument/foldingRange",
    "textDocument/selectionRange",
    "textDocument/formatting",
    "textDocument/rangeFormatting",
];

/// True if a request waits until the analysis has taken in every edit before it.
pub(super) fn waits(method: &str) -> bool {
    !AT_ONCE.contains(&method)
}

/// Requests that may take long on a large project. They are answered beside the loop.
const LONG: [&str; 4] =
    ["textDocument/codeAction", "textDocument/rename", "workspace/willRenameFiles", "workspace/executeCommand"];

/// True if a request may take long.
pub(super) fn is_long(method: &str) -> bool {
    LONG.contains(&method)
}

/// The response to a request.
pub(super) fn response(cx: &Context<'_>, id: RequestId, method: &str, params: Value) -> Response {
    match answer(cx, method, params) {
        Ok(Some(value)) => Response::new_ok(id, value),
        Ok(None) => Response::new_err(id, ErrorCode::MethodNotFound as i32, format!("`{method}` is not known here")),
        Err(Failed { code, message }) => Response::new_err(id, code as i32, message),
    }
}

/// Answers a request; none if it is not known.
fn answer(cx: &Context<'_>, method: &str, params: Value) -> Result<Option<Value>, Failed> {
    let answered = catch_unwind(AssertUnwindSafe(|| match method {
        "textDocument/diagnostic" => run::<lsp::DocumentDiagnosticRequest>(cx, params, diagnostics::of_document),
        "textDocument/hover" => run::<lsp::HoverRequest>(cx, params, hover::hover),
        "textDocument/completion" => run::<lsp::CompletionRequest>(cx, params, completion::complete),
        "completionItem/resolve" => run::<lsp::CompletionResolveRequest>(cx, params, completion::resolve),
        "textDocument/definition" => run::<lsp::DefinitionRequest>(cx, params, definition::definition),
        "textDocument/references" => run::<lsp::ReferencesRequest>(cx, params, references::references),
        "textDocument/documentHighlight" => run::<lsp::DocumentHighlightRequest>(cx, params, highlight::highlight),
        "textDocument/documentSymbol" => run::<lsp::DocumentSymbolRequest>(cx, params, symbols::of_document),
        "workspace/symbol" => run::<lsp::WorkspaceSymbolRequest>(cx, params, symbols::of_workspace),
        "textDocument/documentLink" => run::<lsp::DocumentLinkRequest>(cx, params, links::links),
        "textDocument/foldingRange" => run::<lsp::FoldingRangeRequest>(cx, params, folding::fold),
        "textDocument/selectionRange" => run::<lsp::SelectionRangeRequest>(cx, params, selection::select),
        "textDocument/prepareRename" => run::<lsp::PrepareRenameRequest>(cx, params, rename::prepare),
        "textDocument/rename" => run::<lsp::RenameRequest>(cx, params, rename::rename),
        "workspace/willRenameFiles" => run::<lsp::WillRenameFilesRequest>(cx, params, rename::of_files),
        "textDocument/codeAction" => run::<lsp::CodeActionRequest>(cx, params, code_action::actions),
        "textDocument/codeLens" => run::<lsp::CodeLensRequest>(cx, params, code_lens::lenses),
        "textDocument/inlayHint" => run::<lsp::InlayHintRequest>(cx, params, inlay::hints),
        "textDocument/formatting" => run::<lsp::DocumentFormattingRequest>(cx, params, formatting::format),
        "textDocument/rangeFormatting" => {
            run::<lsp::DocumentRangeFormattingRequest>(cx, params, formatting::format_range)
        }
        "workspace/executeCommand" => run::<lsp::ExecuteCommandRequest>(cx, params, command::execute),
        _ => Ok(None),
    }));
    answered.unwrap_or_else(|panic| {
        let message = format!("`{method}` failed, which is a bug of omnic: {}", words_of(&*panic));
        Err(Failed { code: ErrorCode::InternalError, message })
    })
}

fn run<R: Request>(
    cx: &Context<'_>,
    params: Value,
    handler: impl FnOnce(&Context<'_>, R::Params) -> Answer<R::Result>,
) -> Result<Option<Value>, Failed> {
    let invalid = |error: serde_json::Error| Failed { code: ErrorCode::InvalidParams, message: error.to_string() };
    let params = serde_json::from_value(params).map_err(invalid)?;
    let answer = handler(cx, params)
        .map_err(|refused| Failed { code: ErrorCode::RequestFailed, message: refused.to_string() })?;
    let internal = |error: serde_json::Error| Failed { code: ErrorCode::InternalError, message: error.to_string() };
    serde_json::to_value(answer).map(Some).map_err(internal)
}

/// What a panic said.
pub(super) fn words_of(panic: &(dyn Any + Send)) -> String {
    let words = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    words.unwrap_or("no reason is known").to_owned()
}
