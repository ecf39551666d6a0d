//! From fixes to pieces of text, and from these to new texts.

use std::collections::{BTreeMap, BTreeSet};

use super::{Choice, guard};
use crate::analyse::Analysis;
use crate::diagnostics::{Applicability, Change, Diagnostic, Fix, Replacement};
use crate::graph::DIRECTIVE;
use crate::source::{FileId, SourceFile};
use crate::xml::{self, Document};

/// The pieces of text that a fix replaces, by file and in the order of the text. None if it cannot be made in these
/// texts; `text_of` gives a file's.
pub fn edits<'t>(fix: &Fix, text_of: impl Fn(FileId) -> Option<&'t str>) -> Option<BTreeMap<FileId, Vec<Replacement>>> {
    let mut documents = BTreeMap::new();
    edits_in(fix, &mut documents, &text_of)
}

/// `text` with the replacements made, which do not overlap and are in its order.
pub fn apply(text: &str, replacements: &[Replacement]) -> String {
    let mut made = String::with_capacity(text.len() + replacements.iter().map(|r| r.text.len()).sum::<usize>());
    let mut at = 0;
    for Replacement { span, text: new } in replacements {
        made.push_str(text.get(at..span.start as usize).unwrap_or_default());
        made.push_str(new);
        at = span.end as usize;
    }
    made.push_str(text.get(at..).unwrap_or_default());
    made
}

fn edits_in<'t>(
    fix: &Fix,
    documents: &mut BTreeMap<FileId, Document<'t>>,
    text_of: &dyn Fn(FileId) -> Option<&'t str>,
) -> Option<BTreeMap<FileId, Vec<Replacement>>> {
    let mut all: BTreeMap<FileId, Vec<Replacement>> = BTreeMap::new();
    for edit in &fix.edits {
        let document = match documents.entry(edit.file) {
            std::collections::btree_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::btree_map::Entry::Vacant(new) => new.insert(xml::parse(text_of(edit.file)?)),
        };
        let replacements = edit.change.replacements(document);
        let own = all.entry(edit.file).or_default();
        let is_lost = |replacement: &Replacement| is_comment_lost(&edit.change, replacement, document.text());
        let loses = fix.applicability == Applicability::Safe && replacements.iter().any(is_lost);
        let moves = replacements.iter().any(|replacement| is_spoken_of(replacement, document.text()));
        if replacements.is_empty() || loses || moves || overlap(own, &replacements) {
            return None;
        }
        insert(own, replacements);
    }
    Some(all)
}

/// True if a comment goes with an element that does not stand once more, comment and all: nobody has asked for that.
fn is_comment_lost(change: &Change, replacement: &Replacement, text: &str) -> bool {
    let gone = replacement.span.slice(text).trim();
    matches!(change, Change::Remove { .. }) && gone.contains("<!--") && text.matches(gone).nth(1).is_none()
}

/// True if a comment that tells us to be silent stands right before what goes: it would then cover what comes after, and
/// hide what nobody has looked at.
fn is_spoken_of(replacement: &Replacement, text: &str) -> bool {
    let before = text.get(..replacement.span.start as usize).unwrap_or_default().trim_end();
    let goes = replacement.text.is_empty() && !replacement.span.is_empty();
    let comment = before.strip_suffix("-->").and_then(|before| before.rfind("<!--").map(|at| &before[at + 4..]));
    goes && comment.is_some_and(|comment| comment.trim_start().starts_with(DIRECTIVE))
}

/// Puts `new` in their places among `replacements`, which are sorted by place; of several insertions at one place, the
/// first remains the first.
fn insert(replacements: &mut Vec<Replacement>, new: Vec<Replacement>) {
    let place = |replacement: &Replacement| (replacement.span.start, replacement.span.end);
    for one in new {
        let at = replacements.partition_point(|other| place(other) <= place(&one));
        replacements.insert(at, one);
    }
}

/// True if one of `others` touches one of `some`, which are sorted by place and do not overlap.
fn overlap(some: &[Replacement], others: &[Replacement]) -> bool {
    others.iter().any(|other| {
        let before = some.partition_point(|one| one.span.start < other.span.end);
        before.checked_sub(1).and_then(|last| some.get(last)).is_some_and(|last| other.span.start < last.span.end)
    })
}

/// The fixes that are made at once.
pub(super) struct Taken {
    /// The findings, by index.
    pub(super) findings: Vec<usize>,
    /// What they replace, in the order of each text.
    pub(super) replacements: BTreeMap<FileId, Vec<Replacement>>,
}

impl Taken {
    /// At most `most` fixes that do not overlap, in the order of the findings.
    pub(super) fn from(analysis: &Analysis, refused: &BTreeSet<guard::Key>, choice: &Choice<'_>, most: usize) -> Self {
        let text_of = |file: FileId| analysis.sources.get(file.0 as usize).map(|source| source.text.as_str());
        let mut documents = BTreeMap::new();
        let mut taken = Self { findings: Vec::new(), replacements: BTreeMap::new() };
        let may = |finding: &Diagnostic| choice.takes(finding) && !refused.contains(&guard::key(finding));
        for (index, finding) in analysis.diagnostics.iter().enumerate().filter(|(_, finding)| may(finding)) {
            if taken.findings.len() >= most {
                break;
            }
            let Some(edits) = finding.fix.as_ref().and_then(|fix| edits_in(fix, &mut documents, &text_of)) else {
                continue;
            };
            let is_free = |(file, own): (&FileId, &Vec<Replacement>)| {
                taken.replacements.get(file).is_none_or(|others| !overlap(others, own))
            };
            if edits.iter().all(is_free) {
                taken.findings.push(index);
                for (file, own) in edits {
                    insert(taken.replacements.entry(file).or_default(), own);
                }
            }
        }
        taken
    }

    /// The texts after them.
    pub(super) fn sources(&self, sources: &[SourceFile]) -> Vec<SourceFile> {
        let new = |source: &SourceFile| match self.replacements.get(&source.id) {
            Some(replacements) => SourceFile { text: apply(&source.text, replacements), ..source.clone() },
            None => source.clone(),
        };
        sources.iter().map(new).collect()
    }
}
