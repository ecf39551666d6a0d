//! The compiled plan of a project.

use lsp_types::Uri;
use serde::{Deserialize, Serialize};

use crate::analyse::{self, Analysis, Options};
use crate::compile::{self, NoPlan, OnErrors};
use crate::diagnostics::Summary;
use crate::lsp::session::context::{Answer, Context, Refused};
use crate::plan::Plan;

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
    let unread = &state.project.problems;
    if let Err(no_plan) = compile::refuse(&state.analysis, unread) {
        return without(root, &state.analysis, &no_plan);
    }
    // Lines are told by the texts, which are not kept.
    let mut project = (*state.project).clone();
    for entry in &mut project.entries {
        entry.shadow = state.buffers.get(&entry.disk).map(|(_, text)| text.clone());
    }
    let options = Options { keep_texts: true, ..(*state.options).clone() };
    let analysis = analyse::analyse(&project, &options);
    match compile::compile(&analysis, unread, OnErrors::Refuse) {
        Ok(plan) => Ok(Some(CompiledPlan { root, plan: Some(plan), errors: 0 })),
        Err(no_plan) => without(root, &analysis, &no_plan),
    }
}

/// Why there is no plan: the editor shows errors already, and is told the other reasons.
fn without(root: String, analysis: &Analysis, no_plan: &NoPlan) -> Answer<Option<CompiledPlan>> {
    match Summary::of(&analysis.diagnostics).errors {
        0 => Err(Refused::new(format!("no plan can be made: {no_plan}"))),
        errors => Ok(Some(CompiledPlan { root, plan: None, errors })),
    }
}
