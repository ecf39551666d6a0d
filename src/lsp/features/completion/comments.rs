//! Comments that tell us to be silent.

use lsp_types::CompletionItemKind;
use rustc_hash::FxHashSet;

use super::item::Offer;
use super::writer::Writer;
use crate::checks::{self, Check};
use crate::graph::DIRECTIVE;
use crate::lsp::session::context::Here;

/// What can stand in a comment behind `before`: the directive, or the codes and names of checks, those first that find
/// something in the file.
pub(super) fn comment(writer: &Writer<'_>, here: &Here, before: &str) -> Vec<Offer> {
    let before = before.trim_start();
    let Some(named) = before.strip_prefix(DIRECTIVE).filter(|rest| rest.starts_with(char::is_whitespace)) else {
        let is_begun = DIRECTIVE.starts_with(before);
        return if is_begun { vec![directive(writer)] } else { Vec::new() };
    };
    if named.contains(':') {
        return Vec::new();
    }
    let words: FxHashSet<&str> = named.split(|c: char| c == ',' || c.is_whitespace()).collect();
    let found = found(here);
    let mut checks: Vec<&Check> = checks::REGISTRY.to_vec();
    checks.retain(|check| !words.contains(check.code) && !words.contains(check.name));
    checks.sort_by_key(|check| (!found.contains(check.code), check.code));
    let offer = |label: &str, other: &str, check: &Check| {
        let mut offer = Offer::new(CompletionItemKind::Constant, label, label);
        offer.detail = Some(other.to_owned());
        offer.beside = found.contains(check.code).then(|| "found here".to_owned());
        offer.documentation = Some(check.summary().to_owned());
        offer
    };
    let by_code = |check: &&Check| {
        let mut offer = offer(check.code, check.name, check);
        offer.filter = Some(format!("{} {}", check.code, check.name));
        offer
    };
    let by_name = |check: &&Check| offer(check.name, check.code, check);
    checks.iter().map(by_code).chain(checks.iter().map(by_name)).collect()
}

fn directive(writer: &Writer<'_>) -> Offer {
    let is_snippet = writer.client.snippets;
    let text = if is_snippet { format!("{DIRECTIVE} $1: ${{2:reason}}") } else { format!("{DIRECTIVE} ") };
    let mut offer = Offer::new(CompletionItemKind::Keyword, DIRECTIVE, text);
    offer.is_snippet = is_snippet;
    offer.detail = Some("keeps checks silent".to_owned());
    offer.documentation = Some(
        "Silences the named checks for the element that follows; before the root element, for the whole file. The reason \
         stands behind a colon."
            .to_owned(),
    );
    offer
}

/// The codes of what is found in the file.
fn found(here: &Here) -> FxHashSet<&'static str> {
    let Some((project, file)) = &here.project else { return FxHashSet::default() };
    let diagnostics = project.analysis.diagnostics.iter();
    diagnostics.filter(|found| found.primary.location.file == *file).map(|found| found.code).collect()
}
