//! What tells whether texts have become better.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use super::edits::Taken;
use crate::analyse::Analysis;
use crate::diagnostics::{Diagnostic, Severity};
use crate::source::FileId;

/// What makes a finding the same after other places have changed.
pub(super) type Key = (&'static str, FileId, String);

pub(super) fn key(finding: &Diagnostic) -> Key {
    (finding.code, finding.primary.location.file, finding.message.clone())
}

/// What is wrong with the texts, counted.
pub(super) struct State {
    /// Places that are not well-formed, by file.
    ill_formed: Vec<usize>,
    /// Errors of each check, by file.
    errors: BTreeMap<(FileId, &'static str), usize>,
    findings: BTreeMap<Key, usize>,
    checks: BTreeMap<&'static str, usize>,
}

impl State {
    pub(super) fn of(analysis: &Analysis) -> Self {
        let mut state = Self {
            ill_formed: analysis.graph.files.iter().map(|file| file.errors.len()).collect(),
            errors: BTreeMap::new(),
            findings: BTreeMap::new(),
            checks: BTreeMap::new(),
        };
        for finding in &analysis.diagnostics {
            if finding.severity == Severity::Error {
                *state.errors.entry((finding.primary.location.file, finding.code)).or_default() += 1;
            }
            if finding.fix.is_some() {
                *state.findings.entry(key(finding)).or_default() += 1;
            }
            *state.checks.entry(finding.code).or_default() += 1;
        }
        state
    }

    /// True if a file has more errors of a check than before, or is less well-formed.
    pub(super) fn is_worse_than(&self, before: &Self) -> bool {
        let more = |(key, count): (_, &usize)| *count > before.errors.get(key).copied().unwrap_or(0);
        self.ill_formed.iter().zip(&before.ill_formed).any(|(now, before)| now > before) || self.errors.iter().any(more)
    }

    /// The findings that are there as often as before although a fix was made.
    pub(super) fn left_of(&self, before: &Self, taken: &Taken, analysis: &Analysis) -> Vec<Key> {
        let keys = taken.findings.iter().filter_map(|&index| analysis.diagnostics.get(index)).map(key);
        keys.filter(|key| self.findings.get(key) >= before.findings.get(key)).collect()
    }

    /// How many findings a check has.
    pub(super) fn of_check(&self, code: &str) -> usize {
        self.checks.get(code).copied().unwrap_or(0)
    }
}

/// Which texts the changed files have, to be told from what they were before.
pub(super) fn fingerprint(analysis: &Analysis, old: &BTreeMap<FileId, String>) -> Vec<(FileId, u64)> {
    let changed = |(&file, old): (&FileId, &String)| {
        let text = &analysis.sources.get(file.0 as usize)?.text;
        let mut hasher = FxHasher::default();
        text.hash(&mut hasher);
        (text != old).then(|| (file, hasher.finish()))
    };
    old.iter().filter_map(changed).collect()
}
