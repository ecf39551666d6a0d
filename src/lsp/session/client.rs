//! What the client can do.

use lsp_types::{ClientCapabilities, InitializeParams};

use crate::lsp::text::position::Encoding;

/// What the client can do, as far as anything here depends on it.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a capability by itself")]
pub(in crate::lsp) struct Client {
    pub(in crate::lsp) encoding: Encoding,
    /// Asks for diagnostics itself.
    pub(in crate::lsp) pulls: bool,
    pub(in crate::lsp) refreshes_diagnostics: bool,
    pub(in crate::lsp) refreshes_lenses: bool,
    pub(in crate::lsp) refreshes_hints: bool,
    /// Takes registrations of files to watch.
    pub(in crate::lsp) watches: bool,
    /// Answers `workspace/configuration`.
    pub(in crate::lsp) configures: bool,
    pub(in crate::lsp) related_information: bool,
    pub(in crate::lsp) tags: bool,
    pub(in crate::lsp) code_description: bool,
    pub(in crate::lsp) snippets: bool,
    pub(in crate::lsp) label_details: bool,
    /// Takes Markdown in what it is told of completions.
    pub(in crate::lsp) markdown_in_completion: bool,
    /// Indents the lines of a completion as the line that it is inserted in.
    pub(in crate::lsp) adjusts_indentation: bool,
    /// Takes `CodeAction` values, not only commands.
    pub(in crate::lsp) code_action_literals: bool,
    /// Takes document changes with versions, and may create and rename files.
    pub(in crate::lsp) document_changes: bool,
    pub(in crate::lsp) creates_files: bool,
    pub(in crate::lsp) renames_files: bool,
    pub(in crate::lsp) hierarchical_symbols: bool,
    pub(in crate::lsp) markdown: bool,
    pub(in crate::lsp) link_tooltips: bool,
    pub(in crate::lsp) prepares_rename: bool,
    pub(in crate::lsp) location_links: bool,
    /// Folds whole lines, and no parts of lines.
    pub(in crate::lsp) folds_lines: bool,
    /// The most folds of a file that it takes.
    pub(in crate::lsp) most_folds: Option<u32>,
}

impl Client {
    pub(in crate::lsp) fn of(params: &InitializeParams) -> Self {
        // Read as JSON: the typed capabilities are a hundred optional structures deep.
        let value = serde_json::to_value(&params.capabilities).unwrap_or_default();
        let at = |path: &str| value.pointer(path);
        let can = |path: &str| at(path).and_then(serde_json::Value::as_bool).unwrap_or(false);
        let lists = |path: &str, word: &str| {
            at(path).and_then(serde_json::Value::as_array).is_some_and(|list| list.iter().any(|item| item == word))
        };
        let shows = |what: &str| {
            ["diagnostic", "publishDiagnostics"].iter().any(|way| can(&format!("/textDocument/{way}/{what}")))
        };
        let ClientCapabilities { general, .. } = &params.capabilities;
        let offered = general.as_ref().and_then(|general| general.position_encodings.as_deref()).unwrap_or_default();
        Self {
            encoding: Encoding::negotiate(offered),
            pulls: at("/textDocument/diagnostic").is_some(),
            refreshes_diagnostics: can("/workspace/diagnostics/refreshSupport"),
            refreshes_lenses: can("/workspace/codeLens/refreshSupport"),
            refreshes_hints: can("/workspace/inlayHint/refreshSupport"),
            watches: can("/workspace/didChangeWatchedFiles/dynamicRegistration"),
            configures: can("/workspace/configuration"),
            related_information: shows("relatedInformation"),
            tags: ["diagnostic", "publishDiagnostics"]
                .iter()
                .any(|way| at(&format!("/textDocument/{way}/tagSupport")).is_some()),
            code_description: shows("codeDescriptionSupport"),
            snippets: can("/textDocument/completion/completionItem/snippetSupport"),
            label_details: can("/textDocument/completion/completionItem/labelDetailsSupport"),
            markdown_in_completion: lists("/textDocument/completion/completionItem/documentationFormat", "markdown"),
            adjusts_indentation: at("/textDocument/completion/completionItem/insertTextModeSupport/valueSet")
                .and_then(serde_json::Value::as_array)
                .is_some_and(|modes| modes.contains(&serde_json::json!(2))),
            code_action_literals: at("/textDocument/codeAction/codeActionLiteralSupport").is_some(),
            // Neovim 0.7 says only which operations it takes; there are none but among document changes.
            document_changes: can("/workspace/workspaceEdit/documentChanges")
                || at("/workspace/workspaceEdit/resourceOperations").is_some(),
            creates_files: lists("/workspace/workspaceEdit/resourceOperations", "create"),
            renames_files: lists("/workspace/workspaceEdit/resourceOperations", "rename"),
            hierarchical_symbols: can("/textDocument/documentSymbol/hierarchicalDocumentSymbolSupport"),
            markdown: lists("/textDocument/hover/contentFormat", "markdown"),
            prepares_rename: can("/textDocument/rename/prepareSupport"),
            link_tooltips: can("/textDocument/documentLink/tooltipSupport"),
            location_links: can("/textDocument/definition/linkSupport"),
            folds_lines: can("/textDocument/foldingRange/lineFoldingOnly"),
            most_folds: at("/textDocument/foldingRange/rangeLimit")
                .and_then(serde_json::Value::as_u64)
                .map(|most| u32::try_from(most).unwrap_or(u32::MAX)),
        }
    }
}
