//! What can be folded away: elements, comments, and runs of one element.

use lsp_types::{FoldingRange, FoldingRangeKind, FoldingRangeParams};

use crate::lsp::session::context::{Answer, Context};
use crate::lsp::text::position::Lines;
use crate::source::Span;
use crate::xml::{self, Element};

/// Fewer lines of one element in a row are not worth a fold.
const SHORTEST_RUN: usize = 3;
/// No metadata has elements as deep as this.
const DEEPEST: usize = 64;

pub(in crate::lsp) fn fold(cx: &Context<'_>, params: FoldingRangeParams) -> Answer<Option<Vec<FoldingRange>>> {
    let Some(here) = cx.here(&params.text_document.uri) else { return Ok(None) };
    let document = xml::parse(&here.text);
    let lines = cx.lines(&here.text);
    let mut folds = Folds { lines: &lines, by_line: cx.client.folds_lines, found: Vec::new() };
    if let Some(root) = document.root() {
        folds.element(root, 0);
    }
    for comment in &document.comments {
        folds.add(*comment, *comment, 1, Some(FoldingRangeKind::Comment));
    }
    Ok(Some(folds.finish(cx.client.most_folds)))
}

struct Folds<'l, 't> {
    lines: &'l Lines<'t>,
    /// The client folds whole lines only.
    by_line: bool,
    /// Each with the number of elements around it.
    found: Vec<(usize, FoldingRange)>,
}

impl Folds<'_, '_> {
    fn element(&mut self, element: Element<'_, '_>, depth: usize) {
        let whole = element.span();
        // What opens and closes an element stays in sight, where the client can do that.
        self.add(Span::new(element.start_tag().start, whole.end), element.content(), depth, None);
        let children: Vec<Element<'_, '_>> = element.children().collect();
        for run in children.chunk_by(|a, b| a.local_name() == b.local_name()) {
            if run.len() < children.len() && run.len() >= SHORTEST_RUN {
                self.run(run, depth + 1);
            }
        }
        for child in children.into_iter().take_while(|_| depth < DEEPEST) {
            self.element(child, depth + 1);
        }
    }

    /// Two folds cannot begin on one line where only lines are folded: there, entries of several lines are folded one by
    /// one.
    fn run(&mut self, run: &[Element<'_, '_>], depth: usize) {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { return };
        let range = self.lines.range(first.span());
        if !self.by_line || range.start.line == range.end.line {
            let whole = Span::new(first.span().start, last.span().end);
            self.add(whole, whole, depth, Some(FoldingRangeKind::Region));
        }
    }

    /// `inner` is what goes out of sight of `whole`.
    fn add(&mut self, whole: Span, inner: Span, depth: usize, kind: Option<FoldingRangeKind>) {
        let (whole, is_all) = (self.lines.range(whole), whole == inner);
        let inner = self.lines.range(inner);
        let (start, mut end) = if self.by_line { (whole.start, whole.end) } else { (inner.start, inner.end) };
        if self.by_line && !is_all {
            end.line = end.line.saturating_sub(1);
        }
        if start.line >= end.line {
            return;
        }
        let column = |column: u32| (!self.by_line).then_some(column);
        let fold = FoldingRange {
            start_line: start.line,
            start_character: column(start.character),
            end_line: end.line,
            end_character: column(end.character),
            kind,
            collapsed_text: None,
        };
        self.found.push((depth, fold));
    }

    /// In the order of the text; the outermost, if the client takes no more.
    fn finish(self, most: Option<u32>) -> Vec<FoldingRange> {
        let mut found = self.found;
        if let Some(most) = most {
            found.sort_by_key(|(depth, fold)| (*depth, fold.start_line));
            found.truncate(most as usize);
        }
        found.sort_by_key(|(depth, fold)| (fold.start_line, fold.start_character, *depth));
        found.into_iter().map(|(_, fold)| fold).collect()
    }
}
