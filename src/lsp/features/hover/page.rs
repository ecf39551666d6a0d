//! A hover text: a title, sentences, a list.

use lsp_types::{Contents, MarkupContent, MarkupKind};

use crate::text::markdown::prose;
use crate::text::one_line;

/// A hover text, in words of which what stands in back-quotes is code.
#[derive(Clone, Debug, Default)]
pub(super) struct Page {
    blocks: Vec<Block>,
}

#[derive(Clone, Debug)]
enum Block {
    Title(String),
    Text(String),
    Items(Vec<String>),
}

impl Page {
    pub(super) fn titled(title: impl Into<String>) -> Self {
        Self { blocks: vec![Block::Title(title.into())] }
    }

    pub(super) fn title(&mut self, title: impl Into<String>) -> &mut Self {
        self.blocks.push(Block::Title(title.into()));
        self
    }

    pub(super) fn text(&mut self, text: impl Into<String>) -> &mut Self {
        self.blocks.push(Block::Text(text.into()));
        self
    }

    pub(super) fn items(&mut self, items: Vec<String>) -> &mut Self {
        if !items.is_empty() {
            self.blocks.push(Block::Items(items));
        }
        self
    }

    pub(super) fn contents(&self, markdown: bool) -> Contents {
        let words = |text: &str| if markdown { prose(&one_line(text)) } else { one_line(text) };
        let block = |block: &Block| match block {
            Block::Title(title) if markdown => format!("**{}**", words(title)),
            Block::Title(text) | Block::Text(text) => words(text),
            Block::Items(items) => items.iter().map(|item| format!("- {}", words(item))).collect::<Vec<_>>().join("\n"),
        };
        let value = self.blocks.iter().map(block).collect::<Vec<_>>().join("\n\n");
        let kind = if markdown { MarkupKind::Markdown } else { MarkupKind::PlainText };
        Contents::MarkupContent(MarkupContent { kind, value })
    }
}
