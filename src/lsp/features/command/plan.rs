//! The compiled plan of a project.

use lsp_types::Uri;
use serde::{Deserialize, Serialize};

use crate::analyse::{self, Options};
use crate::diagnostics::{Diagnostic, Severity};
use crate::lsp::session::context::{Answer, Context, Refused};
use crate::plan::{self, Plan};

#[derive(Deserialize)]
pub(super) struct Params {
    uri: Uri,
}

#[derive(Serialize)]
pub(super) struct CompiledPlan {
    root: String,
    plan: Option<Plan>,
    errors: usize,
}

/// The plan of the project around a file, as `omnic compile` writes it.
pub(super) fn plan(cx: &Context<'_>, params: &Params) -> Answer<Option<CompiledPlan>> {
    let path = crate::lsp::text::uri::stand_in(&params.uri);
    let of_file = cx.state.project_of(&path).map(|(project, _)| project);
    let Some(state) = of_file.or_else(|| cx.state.project_around(&path)) else { return Ok(None) };
    let root = state.project.root.to_string_lossy().into_owned();
    let errors = count(&state.analysis.diagnostics);
    if errors > 0 {
        return Ok(Some(CompiledPlan { root, plan: None, errors }));
    }
    // Whoever silences such a finding does not want a plan that silently lacks what the file holds.
    let mut files = state.analysis.graph.files.iter();
    if let Some(file) = files.find(|file| file.kind.is_some() && !file.ignored && !file.is_readable()) {
        let path = &file.path;
        let message = format!("no plan can be made: `{path}` cannot be read to its end, so parts would be missing");
        return Err(Refused::new(message));
    }
    if !state.project.problems.is_empty() {
        return Err(Refused::new("no plan can be made: a part of the project could not be read"));
    }
    // Lines are told by the texts, which are not kept.
    let mut project = (*state.project).clone();
    for entry in &mut project.entries {
        entry.shadow = state.buffers.get(&entry.disk).map(|(_, text)| text.clone());
    }
    let options = Options { keep_texts: true, ..(*state.options).clone() };
    let analysis = analyse::analyse(&project, &options);
    let errors = count(&analysis.diagnostics);
    let plan = (errors == 0).then(|| plan::compile(&analysis.graph, &analysis.sources));
    Ok(Some(CompiledPlan { root, plan, errors }))
}

fn count(found: &[Diagnostic]) -> usize {
    found.iter().filter(|finding| finding.severity == Severity::Error).count()
}
