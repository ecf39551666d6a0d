//! Fix: from findings to new texts.
//!
//! In: an analysis that kept its texts, and which of its findings may be fixed. Out: the texts that become other ones,
//! what was fixed in them, and the analysis of what they are then. Pure: who reads and writes files is the caller.
//! Must not know checks: what to change, findings say.

mod diff;
mod edits;
mod guard;

pub use diff::diff;
pub use edits::{apply, edits};

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::analyse::{self, Analysis};
use crate::diagnostics::{Applicability, Diagnostic};
use crate::source::{FileId, Project, SourceFile};
use edits::Taken;
use guard::{Key, State};

/// A project is analysed no more often than this: one that is not done by then has thousands of findings of which each
/// brings another.
const ATTEMPTS: usize = 100;

/// Which findings are fixed.
#[derive(Clone, Copy)]
pub struct Choice<'c> {
    /// [`Applicability::Safe`]: safe fixes alone; [`Applicability::Unsafe`]: all.
    pub least: Applicability,
    /// The findings that the user asked for, of those that have such a fix.
    pub wanted: &'c dyn Fn(&Diagnostic) -> bool,
    /// The files that may be changed.
    pub writable: &'c dyn Fn(FileId) -> bool,
}

impl Choice<'_> {
    /// True if the finding may be fixed.
    fn takes(&self, finding: &Diagnostic) -> bool {
        finding.fix.as_ref().is_some_and(|fix| {
            fix.applicability >= self.least && fix.edits.iter().all(|edit| (self.writable)(edit.file))
        }) && (self.wanted)(finding)
    }
}

/// A file that becomes another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FixedFile {
    /// Its index.
    pub file: FileId,
    /// Path relative to the project root, with forward slashes.
    pub path: String,
    /// Its text before, byte-order mark included.
    pub old: String,
    /// Its text after.
    pub new: String,
}

impl FixedFile {
    /// Where it is on disk.
    pub fn disk<'p>(&self, project: &'p Project) -> Option<&'p Path> {
        project.entries.get(self.file.0 as usize).map(|entry| entry.disk.as_path())
    }
}

/// What came of fixing.
#[derive(Clone, Debug)]
pub struct Fixed {
    /// The files that become others, in the order of their paths.
    pub files: Vec<FixedFile>,
    /// How many findings of each check were fixed.
    pub fixed: BTreeMap<&'static str, usize>,
    /// Findings whose fix was not made, because it would have brought an error, or the finding back.
    pub refused: Vec<Diagnostic>,
    /// The project as it is then, with what is left.
    pub analysis: Analysis,
}

/// Fixes what can be fixed in an analysis that kept its texts. `options` are those of that analysis.
pub fn fix_project(analysis: Analysis, options: &analyse::Options, choice: &Choice<'_>) -> Fixed {
    fix_all(analysis, choice, |sources, before| analyse::again(sources, &before.graph, options))
}

/// Fixes findings, analyses the new texts, and goes on until no finding can be fixed. `analyse` is given the new texts
/// and the analysis that they come from.
///
/// Fixes are made in the order of the findings; one that touches what another changes waits. If an error appears that
/// was not there, or a file is less well-formed, none of the fixes counts, and half of them are tried, then half of
/// these, until the one that brings it is found and refused. The same if a text comes back to what it was before.
/// Refused fixes are tried once more when others have been made.
pub fn fix_all(start: Analysis, choice: &Choice<'_>, analyse: impl Fn(&[SourceFile], &Analysis) -> Analysis) -> Fixed {
    let mut work = Work::new(start);
    for _ in 0..ATTEMPTS {
        let taken = Taken::from(&work.now, &work.refused, choice, work.most);
        if !taken.findings.is_empty() {
            let next = analyse(&taken.sources(&work.now.sources), &work.now);
            work.step(&taken, next);
        } else if work.is_worth_a_retry() {
            work.refused.clear();
            work.told.clear();
        } else {
            break;
        }
    }
    work.done()
}

/// A finding that is still there after it was fixed so often will not go away.
const STRIKES: u32 = 10;

struct Work {
    now: Analysis,
    state: State,
    /// The first text of each file that was changed.
    old: BTreeMap<FileId, String>,
    /// What the changed texts were.
    seen: BTreeSet<Vec<(FileId, u64)>>,
    /// How many fixes are made at once.
    most: usize,
    /// Whether anything was fixed since a fix was last refused.
    is_better: bool,
    refused: BTreeSet<Key>,
    told: Vec<Diagnostic>,
    strikes: BTreeMap<Key, u32>,
    fixed: BTreeMap<&'static str, usize>,
}

impl Work {
    fn new(now: Analysis) -> Self {
        Self {
            state: State::of(&now),
            old: BTreeMap::new(),
            seen: BTreeSet::from([Vec::new()]),
            most: usize::MAX,
            is_better: false,
            refused: BTreeSet::new(),
            told: Vec::new(),
            strikes: BTreeMap::new(),
            fixed: BTreeMap::new(),
            now,
        }
    }

    /// Takes what came of some fixes, if it is better than what was.
    fn step(&mut self, taken: &Taken, next: Analysis) {
        let old = self.old_with(taken);
        let state = State::of(&next);
        if state.is_worse_than(&self.state) || !self.seen.insert(guard::fingerprint(&next, &old)) {
            if let [only] = taken.findings.as_slice() {
                let finding = &self.now.diagnostics[*only];
                self.refused.insert(guard::key(finding));
                self.told.push(finding.clone());
                self.is_better = false;
            }
            self.most = (taken.findings.len() / 2).max(1);
            return;
        }
        for key in state.left_of(&self.state, taken, &self.now) {
            let strikes = self.strikes.entry(key.clone()).or_default();
            *strikes += 1;
            if *strikes >= STRIKES {
                self.refused.insert(key);
            }
        }
        self.count(taken, &state);
        (self.now, self.old, self.state) = (next, old, state);
        self.most = self.most.saturating_mul(2);
        self.is_better = true;
    }

    /// True if a fix that was refused may be good by now.
    fn is_worth_a_retry(&self) -> bool {
        self.is_better && !self.told.is_empty()
    }

    fn old_with(&self, taken: &Taken) -> BTreeMap<FileId, String> {
        let mut old = self.old.clone();
        for &file in taken.replacements.keys() {
            let text = || self.now.sources.get(file.0 as usize).map(|source| source.text.clone()).unwrap_or_default();
            old.entry(file).or_insert_with(text);
        }
        old
    }

    fn count(&mut self, taken: &Taken, next: &State) {
        let mut codes: BTreeMap<&'static str, usize> = BTreeMap::new();
        for finding in taken.findings.iter().filter_map(|&index| self.now.diagnostics.get(index)) {
            *codes.entry(finding.code).or_default() += 1;
        }
        for (code, count) in codes {
            let gone = self.state.of_check(code).saturating_sub(next.of_check(code)).min(count);
            *self.fixed.entry(code).or_default() += gone;
        }
    }

    fn done(self) -> Fixed {
        let Self { now: analysis, old, mut fixed, told: refused, .. } = self;
        fixed.retain(|_, count| *count > 0);
        let changed = |(file, old): (FileId, String)| {
            let source = analysis.sources.get(file.0 as usize)?;
            let new = source.text.clone();
            (new != old).then(|| FixedFile { file, path: source.path.clone(), old, new })
        };
        let files = old.into_iter().filter_map(changed).collect();
        Fixed { files, fixed, refused, analysis }
    }
}
