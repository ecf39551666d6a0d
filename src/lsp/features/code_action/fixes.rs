//! The fixes that findings have.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use lsp_types::{CodeAction, CodeActionKind};
use rayon::prelude::*;

use super::asked::{Asked, Told};
use super::edit::{FileChange, To};
use super::mark;
use crate::analyse::{self, Analysis, Options};
use crate::diagnostics::{Applicability, Diagnostic, Replacement};
use crate::fix::{self, Choice};
use crate::source::{FileId, SourceFile, Span};
use crate::triage::Policy;

/// The kind of the action that makes every safe fix of a file.
pub(super) const FIX_ALL: &str = "source.fixAll.omnic";

/// The fix of a finding.
pub(super) fn of(asked: &Asked<'_>, at: &Told<'_>, actions: &mut Vec<CodeAction>) {
    let Some(fix) = &at.finding.fix else { return };
    let files = fix.edits.iter().map(|edit| edit.file);
    let texts: BTreeMap<FileId, Arc<str>> = files.filter_map(|file| Some((file, text(asked, file)?))).collect();
    let Some(edits) = fix::edits(fix, |file| texts.get(&file).map(|text| &**text)) else { return };
    let change = |(file, replacements)| Some(FileChange { path: asked.disk(file)?, to: To::Changed(replacements) });
    let Some(changes) = edits.into_iter().map(change).collect::<Option<Vec<_>>>() else { return };
    let is_safe = fix.applicability == Applicability::Safe;
    let title = mark::fixing(begun_large(&fix.title), asked.graph(), at.finding, fix);
    let action = asked.quick_fix(title, at, &changes);
    actions.extend(action.map(|action| CodeAction { is_preferred: is_safe.then_some(true), ..action }));
}

/// The text that was analysed of a file.
fn text(asked: &Asked<'_>, file: FileId) -> Option<Arc<str>> {
    if file == asked.file {
        return Some(Arc::clone(&asked.here.text));
    }
    asked.project.text(file)
}

/// A title begins with a capital letter, unless with a name.
pub(super) fn begun_large(title: &str) -> String {
    let mut chars = title.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// All safe fixes of the file, as the command line would make them in it alone.
pub(super) fn all(asked: &Asked<'_>) -> Option<CodeAction> {
    let least = asked.project.settings.min_severity.value;
    let file = asked.file;
    let is_wanted = |finding: &Diagnostic| finding.severity >= least && finding.primary.location.file == file;
    let choice = Choice { least: Applicability::Safe, wanted: &is_wanted, writable: &|other| other == file };
    // Whether there is anything to do can be told without analysing the project once more.
    let is_safe =
        |finding: &&Diagnostic| finding.fix.as_ref().is_some_and(|fix| fix.applicability == Applicability::Safe);
    let analysis = &asked.project.analysis;
    let mut known = analysis.diagnostics.iter().chain(&analysis.baselined).filter(is_safe);
    if !known.any(is_wanted) {
        return None;
    }
    let options = &*asked.project.options;
    // What the baseline accepts is there to be mended, as on the command line.
    let policy = Policy { baseline: None, ..options.policy.clone() };
    let options = Options { keep_texts: true, policy, ..options.clone() };
    let fixed = fix::fix_project(with_texts(asked, &options), &options, &choice);
    let fixed = fixed.files.into_iter().find(|fixed| fixed.file == file)?;
    let change = FileChange { path: asked.here.path.clone(), to: To::Changed(difference(&fixed.old, &fixed.new)) };
    asked.action("Make all safe fixes in this file", CodeActionKind::new(FIX_ALL), &[change])
}

/// The project's analysis, with the texts that it was made of.
fn with_texts(asked: &Asked<'_>, options: &Options) -> Analysis {
    let project = asked.project;
    let known = &project.analysis;
    let text = |source: &SourceFile| project.text(source.id).map(|text| text.to_string()).unwrap_or_default();
    let whole = |source: &SourceFile| SourceFile { text: text(source), ..source.clone() };
    let sources: Vec<SourceFile> = known.sources.par_iter().map(whole).collect();
    if known.baselined.is_empty() && known.stale.is_empty() {
        return Analysis { sources, ..Analysis::clone(known) };
    }
    analyse::again(&sources, &known.graph, options)
}

/// What differs, line by line.
fn difference(old: &str, new: &str) -> Vec<Replacement> {
    let (old_lines, new_lines) = (lines(old), lines(new));
    let ops = similar::capture_diff_slices(similar::Algorithm::Myers, &old_lines, &new_lines);
    let starts = |lines: &[Cow<'_, str>]| {
        let ends = lines.iter().scan(0, |end, line| {
            *end += line.len();
            Some(*end)
        });
        std::iter::once(0).chain(ends).collect::<Vec<usize>>()
    };
    let (old_starts, new_starts) = (starts(&old_lines), starts(&new_lines));
    let at = |starts: &[usize], index: usize| starts.get(index).copied().unwrap_or_default();
    let changed = ops.iter().filter(|op| op.tag() != similar::DiffTag::Equal);
    changed
        .map(|op| {
            let (was, is) = (op.old_range(), op.new_range());
            let span = Span::new(at(&old_starts, was.start) as u32, at(&old_starts, was.end) as u32);
            let text = new.get(at(&new_starts, is.start)..at(&new_starts, is.end)).unwrap_or_default().to_owned();
            Replacement { span, text }
        })
        .collect()
}

fn lines(text: &str) -> Vec<Cow<'_, str>> {
    text.split_inclusive('\n').map(Cow::Borrowed).collect()
}
