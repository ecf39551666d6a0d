//! What code actions are asked about, and how an action is made.

use std::path::PathBuf;
use std::sync::Arc;

use lsp_types::{CodeAction, CodeActionKind};

use super::edit::{FileChange, workspace_edit};
use crate::diagnostics::Diagnostic;
use crate::graph::Graph;
use crate::lsp::session::context::{Context, Here};
use crate::lsp::session::seen::seen;
use crate::lsp::session::state::ProjectState;
use crate::lsp::text::cursor::Parsed;
use crate::source::{FileId, Span};

/// Nobody looks through what can be done about more findings than these.
pub(super) const MOST: usize = 50;

/// A finding, and what the client was told of it.
pub(super) struct Told<'a> {
    pub(super) finding: &'a Diagnostic,
    pub(super) told: &'a lsp_types::Diagnostic,
}

/// What is asked about.
pub(super) struct Asked<'a> {
    pub(super) cx: &'a Context<'a>,
    pub(super) here: &'a Here,
    pub(super) project: &'a Arc<ProjectState>,
    pub(super) file: FileId,
    /// The tree of the text; none if it holds no component.
    pub(super) parsed: Option<Parsed<'a>>,
    pub(super) span: Span,
    /// The first findings in the range, each as it was told.
    pub(super) findings: Vec<Told<'a>>,
}

impl<'a> Asked<'a> {
    /// None if the file is of no project, or not as it was when it was analysed.
    pub(super) fn new(cx: &'a Context<'a>, here: &'a Here, span: Span) -> Option<Self> {
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

    pub(super) fn graph(&self) -> &'a Graph {
        &self.project.analysis.graph
    }

    /// An action that comes to these changes; none if the client cannot make them.
    pub(super) fn action(
        &self,
        title: impl Into<String>,
        kind: CodeActionKind,
        changes: &[FileChange],
    ) -> Option<CodeAction> {
        let edit = workspace_edit(self.cx, self.project, changes)?;
        Some(CodeAction { title: title.into(), kind: Some(kind), edit: Some(edit), ..Default::default() })
    }

    /// One that is about a finding.
    pub(super) fn quick_fix(
        &self,
        title: impl Into<String>,
        at: &Told<'_>,
        changes: &[FileChange],
    ) -> Option<CodeAction> {
        let action = self.action(title, CodeActionKind::QuickFix, changes)?;
        Some(CodeAction { diagnostics: Some(vec![at.told.clone()]), ..action })
    }

    pub(super) fn disk(&self, file: FileId) -> Option<PathBuf> {
        self.project.disk(file)
    }
}
