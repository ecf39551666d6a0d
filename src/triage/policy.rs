//! What the user wants to be told.

use globset::GlobSet;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Baseline;
use crate::checks::{self, Check, Flag};
use crate::diagnostics::{Diagnostic, Severity};
use crate::schema::Kind;
use crate::source::Span;

/// What becomes of a check's findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// They are not told.
    Off,
    /// They are notes.
    Note,
    /// They are warnings.
    Warning,
    /// They are errors.
    Error,
}

impl Level {
    /// The severity; none if the check is off.
    pub const fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Note => Some(Severity::Note),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }

    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self.severity() {
            None => "off",
            Some(severity) => severity.as_str(),
        }
    }
}

/// Levels for some files.
#[derive(Clone, Debug)]
pub struct Override {
    /// From the folder that the patterns are relative to, to the project root; empty if they are the same.
    pub prefix: String,
    /// The files.
    pub paths: GlobSet,
    /// Their levels.
    pub levels: Vec<(&'static Check, Level)>,
}

/// Findings that the user knows of, and accepts for a reason.
#[derive(Clone, Debug)]
pub struct Exception {
    /// The check.
    pub check: &'static Check,
    /// Only for components of this type.
    pub kind: Option<Kind>,
    /// Only for components of such names.
    pub name: Option<GlobSet>,
    /// Only for this element.
    pub element: Option<String>,
    /// Why.
    pub reason: String,
    /// The number of the configuration file that it stands in.
    pub file: usize,
    /// Where.
    pub span: Span,
}

impl Exception {
    /// True if it is for this finding.
    pub(super) fn covers(&self, diagnostic: &Diagnostic) -> bool {
        let component = diagnostic.component.as_ref();
        diagnostic.code == self.check.code
            && self.kind.is_none_or(|kind| component.is_some_and(|of| of.kind == kind.as_str()))
            && self.name.as_ref().is_none_or(|name| component.is_some_and(|of| name.is_match(&of.name)))
            && self.element.as_ref().is_none_or(|element| diagnostic.element.as_ref() == Some(element))
    }
}

/// What the user wants to be told.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    /// Whether strict checks run that have no level of their own.
    pub strict: bool,
    /// Levels for all files, at most one for each check.
    pub levels: Vec<(&'static Check, Level)>,
    /// Levels for some files; of several for one file, the last counts.
    pub overrides: Vec<Override>,
    /// What is accepted.
    pub exceptions: Vec<Exception>,
    /// What was there before.
    pub baseline: Option<Baseline>,
}

fn level_of(levels: &[(&'static Check, Level)], check: &Check) -> Option<Level> {
    levels.iter().rev().find(|(of, _)| of.code == check.code).map(|&(_, level)| level)
}

impl Policy {
    /// The level of a check's findings in the file at `path`, relative to the project root; none if each keeps the
    /// severity it has by itself.
    pub fn level(&self, check: &Check, path: &str) -> Option<Level> {
        let here = |of: &&Override| {
            if of.prefix.is_empty() {
                of.paths.is_match(path)
            } else {
                of.paths.is_match(format!("{}/{path}", of.prefix))
            }
        };
        let special = self
            .overrides
            .iter()
            .rev()
            .filter_map(|of| level_of(&of.levels, check).map(|level| (of, level)))
            .find(|(of, _)| here(of))
            .map(|(_, level)| level);
        special
            .or_else(|| level_of(&self.levels, check))
            .or((check.is(Flag::Strict) && !self.strict).then_some(Level::Off))
    }

    /// Leaves out the checks whose findings are errors nowhere.
    pub fn only_errors(&mut self) {
        // Whether a comment silences nothing is known only once all checks ran.
        if self.may_be_error(checks::UNUSED_SUPPRESSION) {
            return;
        }
        let others = checks::REGISTRY.iter().filter(|check| !self.may_be_error(check));
        let off: Vec<_> = others.map(|&check| (check, Level::Off)).collect();
        self.levels.extend(off);
    }

    fn may_be_error(&self, check: &Check) -> bool {
        let all = self.overrides.iter().flat_map(|of| &of.levels).chain(&self.levels);
        let mut levels = all.filter(|(known, _)| known.code == check.code);
        check.severities.contains(&Severity::Error) || levels.any(|&(_, level)| level == Level::Error)
    }

    /// True if the check's findings are told for any file.
    pub fn runs(&self, check: &Check) -> bool {
        let general = level_of(&self.levels, check).or((check.is(Flag::Strict) && !self.strict).then_some(Level::Off));
        let mut special = self.overrides.iter().filter_map(|of| level_of(&of.levels, check));
        general != Some(Level::Off) || special.any(|level| level != Level::Off)
    }
}
