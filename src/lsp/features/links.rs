//! Values and comments that lead elsewhere.

use lsp_types::{DocumentLink, DocumentLinkParams, Uri};

use super::named::{files_of, plain};
use crate::checks;
use crate::graph::Suppression;
use crate::lsp::session::context::{Answer, Context, Here};
use crate::source::Span;

pub(in crate::lsp) fn links(cx: &Context<'_>, params: DocumentLinkParams) -> Answer<Option<Vec<DocumentLink>>> {
    let Some(here) = cx.here(&params.text_document.uri) else { return Ok(None) };
    let mut found = find(cx, &here);
    found.sort_unstable_by_key(|(span, ..)| *span);
    let lines = cx.lines(&here.text);
    let link = |(span, target, tooltip): (Span, Uri, String)| DocumentLink {
        range: lines.range(span),
        target: Some(target),
        tooltip: Some(tooltip).filter(|_| cx.client.link_tooltips),
        data: None,
    };
    Ok(Some(found.into_iter().map(link).collect()))
}

fn find(cx: &Context<'_>, here: &Here) -> Vec<(Span, Uri, String)> {
    let Some(parsed) = here.parsed() else { return Vec::new() };
    let mut found = Vec::new();
    if let Some((project, _)) = &here.project {
        let graph = &project.analysis.graph;
        for mention in parsed.mentions(here.version()).iter() {
            let Some(node) = graph.find(mention.to, &plain(mention.to, mention.name)) else { continue };
            let first = graph.components_of(node).next().map(|component| component.file);
            let file = first.or_else(|| files_of(graph, node).first().copied());
            let Some(disk) = file.and_then(|file| project.disk(file)) else { continue };
            let Some(target) = cx.uri(&disk) else { continue };
            let tooltip = format!("open `{}`", disk.file_name().unwrap_or_default().to_string_lossy());
            found.push((mention.span, target, tooltip));
        }
    }
    for (name, span) in Suppression::all(&parsed.document).into_iter().flat_map(|comment| comment.checks) {
        if let Some(check) = checks::find(&name) {
            let tooltip = format!("{} {}: {}", check.code, check.name, check.summary());
            found.extend(crate::diagnostics::url(check.code).map(|url| (span, Uri(url), tooltip)));
        }
    }
    found
}
