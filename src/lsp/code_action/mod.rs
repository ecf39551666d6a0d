//! Code actions: what can be done about the findings at a place, and about a component as a whole.
//!
//! In: a range, and which kinds of actions are asked for. Out: actions, each with its whole edit. They wait for the
//! analysis, so that its places are those of the buffer.
//!
//! `fixes` are those of the checks, `silence` tells a finding to be silent, `create` makes a component that is named and
//! missing (`seed` knows what it needs), `add` the elements that a check misses, `well_formed` mends XML. `mark` says whose changes a person is to look
//! at. `draft` is what they write, `edit` how the client is told.

mod add;
mod create;
mod draft;
mod edit;
mod fixes;
mod mark;
mod place;
mod seed;
mod silence;
mod well_formed;

use std::path::PathBuf;
use std::sync::Arc;

use lsp_types::{CodeAction, CodeActionKind, CodeActionParams, CodeActionResponse};

use super::context::{Answer, Context, Here};
use super::cursor::Parsed;
use super::seen::seen;
use super::state::ProjectState;
use crate::diagnostics::Diagnostic;
use crate::graph::Graph;
use crate::source::{FileId, Span};
use edit::{FileChange, workspace_edit};

/// Nobody looks through what can be done about more findings than these.
const MOST: usize = 50;

/// The kind of the action that makes every safe fix of a file.
pub(super) const FIX_ALL: &str = "source.fixAll.omnic";

pub(super) fn actions(cx: &Context<'_>, params: CodeActionParams) -> Answer<Option<Vec<CodeActionResponse>>> {
    if !cx.client.code_action_literals {
        return Ok(None);
    }
    let Some(here) = cx.here(&params.text_document.uri) else { return Ok(None) };
    let only = params.context.only;
    let wants = |kind: &CodeActionKind| match &only {
        Some(only) => only.iter().any(|asked| is_in(kind, asked)),
        // What changes a whole file is for those who ask for it.
        None => !is_in(kind, &CodeActionKind::Source),
    };
    let Some(asked) = Asked::new(cx, &here, cx.lines(&here.text).span(params.range)) else { return Ok(None) };
    let mut actions = Vec::new();
    if wants(&CodeActionKind::QuickFix) {
        for at in &asked.findings {
            fixes::of(&asked, at, &mut actions);
            actions.extend(well_formed::of(&asked, at));
            add::of(&asked, at, &mut actions);
        }
        create::of(&asked, &mut actions);
        silence::of(&asked, &mut actions);
    }
    if wants(&CodeActionKind::RefactorRewrite) {
        actions.extend(add::all_required(&asked));
    }
    if wants(&CodeActionKind::new(FIX_ALL)) {
        actions.extend(fixes::all(&asked));
    }
    Ok(Some(actions.into_iter().map(CodeActionResponse::CodeAction).collect()))
}

/// True if a kind is the asked one, or one of those below it.
fn is_in(kind: &CodeActionKind, asked: &CodeActionKind) -> bool {
    let (kind, asked) = (String::from(kind.clone()), String::from(asked.clone()));
    asked.is_empty() || kind.strip_prefix(&asked).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// A finding, and what the client was told of it.
struct Told<'a> {
    finding: &'a Diagnostic,
    told: &'a lsp_types::Diagnostic,
}

/// What is asked about.
struct Asked<'a> {
    cx: &'a Context<'a>,
    here: &'a Here,
    project: &'a Arc<ProjectState>,
    file: FileId,
    /// The tree of the text; none if it holds no component.
    parsed: Option<Parsed<'a>>,
    span: Span,
    /// The first findings in the range, each as it was told.
    findings: Vec<Told<'a>>,
}

impl<'a> Asked<'a> {
    /// None if the file is of no project, or not as it was when it was analysed.
    fn new(cx: &'a Context<'a>, here: &'a Here, span: Span) -> Option<Self> {
        let (project, file) = here.project.as_ref()?;
        seen(cx, project, &here.path)?;
        let report = cx.state.reports.get(&here.path);
        let findings = report.map(|report| report.told().map(|(finding, told)| Told { finding, told }));
        let touches = |at: &Told<'_>| {
            let own = at.finding.primary.location.span;
            own.start <= span.end && span.start <= own.end
        };
        let findings = findings.into_iter().flatten().filter(touches).take(MOST).collect();
        Some(Self { cx, here, project, file: *file, parsed: here.parsed(), span, findings })
    }

    fn graph(&self) -> &'a Graph {
        &self.project.analysis.graph
    }

    /// An action that comes to these changes; none if the client cannot make them.
    fn action(&self, title: impl Into<String>, kind: CodeActionKind, changes: &[FileChange]) -> Option<CodeAction> {
        let edit = workspace_edit(self.cx, self.project, changes)?;
        Some(CodeAction { title: title.into(), kind: Some(kind), edit: Some(edit), ..Default::default() })
    }

    /// One that is about a finding.
    fn quick_fix(&self, title: impl Into<String>, at: &Told<'_>, changes: &[FileChange]) -> Option<CodeAction> {
        let action = self.action(title, CodeActionKind::QuickFix, changes)?;
        Some(CodeAction { diagnostics: Some(vec![at.told.clone()]), ..action })
    }

    fn disk(&self, file: FileId) -> Option<PathBuf> {
        self.project.disk(file)
    }
}
