//! One thing that is offered.

use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionItemLabelDetails, Documentation, InsertTextFormat, InsertTextMode,
    MarkupContent, MarkupKind, TextEdit, Uri,
};
use serde::{Deserialize, Serialize};

use super::writer::Writer;
use crate::lsp::session::client::Client;
use crate::schema::Kind;
use crate::source::Span;
use crate::text::markdown::prose;
use crate::text::printable_lines;

/// One thing that is offered, in words of our own.
#[derive(Clone, Debug)]
pub(super) struct Offer {
    pub(super) label: String,
    pub(super) kind: CompletionItemKind,
    /// A few words beside the label.
    pub(super) beside: Option<String>,
    pub(super) detail: Option<String>,
    /// What it means, in lines of which some are items of a list; what stands in back-quotes is code.
    pub(super) documentation: Option<String>,
    /// Of the name of a thing of this kind, what it is is said when the client asks.
    pub(super) later: Option<Kind>,
    /// What people type to find it, if not the text itself.
    pub(super) filter: Option<String>,
    pub(super) text: String,
    pub(super) is_snippet: bool,
    pub(super) is_first_choice: bool,
    /// Other changes of the text.
    pub(super) also: Vec<(Span, String)>,
}

impl Offer {
    pub(super) fn new(kind: CompletionItemKind, label: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            kind,
            beside: None,
            detail: None,
            documentation: None,
            later: None,
            filter: None,
            text: text.into(),
            is_snippet: false,
            is_first_choice: false,
            also: Vec::new(),
        }
    }
}

/// What a client hands back that asks what a name is.
#[derive(Serialize, Deserialize)]
pub(super) struct Asked {
    pub(super) uri: Uri,
    pub(super) kind: String,
    pub(super) name: String,
}

/// The documentation of an offer, as the client takes it.
pub(super) fn documentation(client: &Client, text: &str) -> Documentation {
    let text = printable_lines(text);
    if !client.markdown_in_completion {
        return Documentation::String(text);
    }
    let line = |line: &str| match line.strip_prefix("- ") {
        Some(item) => format!("- {}", prose(item)),
        None => prose(line),
    };
    let value = text.lines().map(line).collect::<Vec<_>>().join("\n");
    Documentation::MarkupContent(MarkupContent { kind: MarkupKind::Markdown, value })
}

impl Writer<'_> {
    /// An offer as the client takes it: number `at` of all, in the place of `begun`.
    pub(super) fn item(&self, at: usize, begun: Span, offer: Offer) -> CompletionItem {
        let client = self.client;
        let edit = |(span, text)| TextEdit { range: self.lines.range(span), new_text: text };
        let asked = offer.later.map(|kind| Asked {
            uri: self.uri.clone(),
            kind: kind.as_str().to_owned(),
            name: offer.label.clone(),
        });
        let beside = offer.beside.filter(|_| client.label_details);
        let is_several_lines = offer.text.contains('\n');
        CompletionItem {
            label: offer.label,
            label_details: beside
                .map(|beside| CompletionItemLabelDetails { description: Some(beside), ..Default::default() }),
            kind: Some(offer.kind),
            detail: offer.detail,
            documentation: offer.documentation.map(|text| documentation(client, &text)),
            data: asked.and_then(|asked| serde_json::to_value(asked).ok()),
            preselect: offer.is_first_choice.then_some(true),
            sort_text: Some(format!("{at:05}")),
            filter_text: offer.filter,
            insert_text_format: offer.is_snippet.then_some(InsertTextFormat::Snippet),
            // The lines of an offer are indented as if the first were not.
            insert_text_mode: (is_several_lines && client.adjusts_indentation)
                .then_some(InsertTextMode::AdjustIndentation),
            text_edit: Some(edit((begun, offer.text)).into()),
            additional_text_edits: (!offer.also.is_empty()).then(|| offer.also.into_iter().map(edit).collect()),
            ..Default::default()
        }
    }
}
