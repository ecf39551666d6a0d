//! Where the component at a place is named.

use lsp_types::{Location, ReferenceParams};

use super::named::{homes, named_at, references_to};
use crate::lsp::session::context::{Answer, Context};

pub(in crate::lsp) fn references(cx: &Context<'_>, params: ReferenceParams) -> Answer<Option<Vec<Location>>> {
    Ok(find(cx, &params))
}

fn find(cx: &Context<'_>, params: &ReferenceParams) -> Option<Vec<Location>> {
    let (here, offset) = cx.at(&params.text_document_position_params)?;
    let named = named_at(&here, offset)?;
    let (project, _) = here.project.as_ref()?;
    let graph = &project.analysis.graph;
    let node = graph.find(named.kind, &named.name)?;
    let mut found = Vec::new();
    if params.context.include_declaration {
        let homes = homes(cx, project, node).into_iter();
        found.extend(homes.map(|home| Location { uri: home.whole.uri, range: home.name }));
    }
    found.extend(cx.locations(project, &references_to(graph, node)));
    Some(found)
}
