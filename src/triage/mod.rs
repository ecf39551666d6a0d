//! Triage: from what the checks found to what people are told.
//!
//! In: diagnostics, the graph with the comments of its files that tell us to be silent, and the user's policy: levels,
//! exceptions, a baseline. Out: the diagnostics that are left, with the severities the user wants, those on silencing
//! that silences nothing among them; and how many were silenced.
//! Must not know how a check works, or where a policy comes from.

mod baseline;
mod policy;

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

pub use baseline::{Baseline, BaselineEntry, BaselineError};
pub use policy::{Exception, Level, Override, Policy};

use crate::checks::{self, Check, Checker, Flag};
use crate::diagnostics::{Diagnostic, Severity};
use crate::graph::{DIRECTIVE, File, Graph, Suppression};
use crate::source::{FileId, Location, SourceFile, Span};

/// What is left of what the checks found.
#[derive(Clone, Debug, Default)]
pub struct Triaged {
    /// The findings to tell, sorted by path, offset and code.
    pub diagnostics: Vec<Diagnostic>,
    /// How many a comment or an exception silenced.
    pub suppressed: usize,
    /// Those that the baseline holds.
    pub baselined: Vec<Diagnostic>,
    /// What the baseline holds and is no longer found.
    pub stale: Vec<BaselineEntry>,
}

/// Sorts out what `found` holds. `configuration` are the files in which the policy's exceptions stand, by their number
/// in the policy.
pub fn triage(
    found: Vec<Diagnostic>,
    graph: &Graph,
    sources: &[SourceFile],
    policy: &Policy,
    configuration: &[FileId],
) -> Triaged {
    let mut used = Used::new(graph);
    let mut suppressed = 0;
    let mut kept = Vec::with_capacity(found.len());
    for diagnostic in found {
        // Both are asked, so that each learns that it is of use.
        let by_comment = used.comment(&diagnostic);
        let by_exception = used.exception(&diagnostic, policy);
        if by_comment || by_exception {
            suppressed += 1;
        } else {
            kept.push(diagnostic);
        }
    }
    let unused = checks::report(graph, checks::UNUSED_SUPPRESSION, |cx| {
        used.report_comments(cx, policy);
        used.report_exceptions(cx, policy, configuration);
    });
    kept.extend(unused);
    kept.retain_mut(|diagnostic| {
        let Some(check) = checks::find(diagnostic.code) else { return true };
        let path = sources.get(diagnostic.primary.location.file.0 as usize).map_or("", |file| &file.path);
        match policy.level(check, path) {
            None => {}
            Some(level) => match level.severity() {
                None => return false,
                Some(severity) => diagnostic.severity = severity,
            },
        }
        true
    });
    checks::sort(&mut kept);
    let Some(baseline) = &policy.baseline else {
        return Triaged { diagnostics: kept, suppressed, ..Triaged::default() };
    };
    let (diagnostics, baselined, mut stale) = baseline.subtract(kept, sources);
    // Checks that did not run say nothing of whether their findings are gone.
    stale.retain(|entry| checks::find(&entry.identity.check).is_none_or(|check| policy.runs(check)));
    Triaged { diagnostics, suppressed, baselined, stale }
}

/// What was of use.
struct Used<'g> {
    files: &'g [Arc<File>],
    /// For each file that a finding was in, its comments by place.
    places: FxHashMap<u32, Places>,
    /// File, comment, check in it.
    comments: FxHashSet<(u32, usize, usize)>,
    exceptions: FxHashSet<usize>,
}

/// The comments of a file that cover something, in the order of what they cover.
struct Places(Vec<CoveredSpan>);

struct CoveredSpan {
    /// The comment.
    at: usize,
    covered: Span,
    /// The place around this one: what comments cover is nested, or apart.
    around: Option<usize>,
}

impl Places {
    fn of(suppressions: &[Suppression]) -> Self {
        let mut places: Vec<CoveredSpan> = Vec::new();
        for (at, suppression) in suppressions.iter().enumerate() {
            let Some(covered) = suppression.covers.filter(|_| suppression.directive == DIRECTIVE) else { continue };
            let mut around = places.len().checked_sub(1);
            while let Some(outer) = around.and_then(|around| places.get(around)) {
                if covered.end <= outer.covered.end {
                    break;
                }
                around = outer.around;
            }
            places.push(CoveredSpan { at, covered, around });
        }
        Self(places)
    }

    /// The comments that cover `span`.
    fn around(&self, span: Span) -> impl Iterator<Item = usize> {
        let last = self.0.partition_point(|place| place.covered.start <= span.start).checked_sub(1);
        let of = |at: Option<usize>| at.and_then(|at| self.0.get(at));
        let around = std::iter::successors(of(last), move |place| of(place.around));
        around.filter(move |place| span.end <= place.covered.end).map(|place| place.at)
    }
}

impl<'g> Used<'g> {
    fn new(graph: &'g Graph) -> Self {
        Self {
            files: &graph.files,
            places: FxHashMap::default(),
            comments: FxHashSet::default(),
            exceptions: FxHashSet::default(),
        }
    }

    fn comment(&mut self, diagnostic: &Diagnostic) -> bool {
        let Location { file, span } = diagnostic.primary.location;
        let Some(suppressions) = self.files.get(file.0 as usize).map(|file| &file.suppressions) else { return false };
        if suppressions.is_empty() {
            return false;
        }
        let places = self.places.entry(file.0).or_insert_with(|| Places::of(suppressions));
        let mut silenced = false;
        for at in places.around(span) {
            let checks = suppressions.get(at).map_or(&[][..], |suppression| &suppression.checks);
            for (nth, _) in checks.iter().enumerate().filter(|(_, (name, _))| names(name, diagnostic)) {
                self.comments.insert((file.0, at, nth));
                silenced = true;
            }
        }
        silenced
    }

    fn exception(&mut self, diagnostic: &Diagnostic, policy: &Policy) -> bool {
        let mut silenced = false;
        for (at, exception) in policy.exceptions.iter().enumerate() {
            if exception.covers(diagnostic) {
                self.exceptions.insert(at);
                silenced = true;
            }
        }
        silenced
    }

    /// Checks that did not run say nothing of whether a comment is of use.
    fn report_comments(&self, cx: &mut Checker<'_>, policy: &Policy) {
        let graph = cx.graph;
        // In what is filled in when the project is deployed, a finding may be that is not seen here.
        for file in graph.files.iter().filter(|file| !file.suppressions.is_empty() && file.is_final()) {
            for (at, suppression) in file.suppressions.iter().enumerate() {
                for (nth, (name, span)) in suppression.checks.iter().enumerate() {
                    let Some(check) = checks::find(name) else { continue };
                    let is_used = self.comments.contains(&(file.id.0, at, nth));
                    if is_used || suppression.directive != DIRECTIVE || !runs(check, graph, policy) {
                        continue;
                    }
                    let (what, help) = unused_words(check, suppression);
                    cx.report(Severity::Warning, Location::new(file.id, *span), what)
                        .label("silences nothing")
                        .help(help);
                }
            }
        }
    }

    fn report_exceptions(&self, cx: &mut Checker<'_>, policy: &Policy, configuration: &[FileId]) {
        for (at, exception) in policy.exceptions.iter().enumerate() {
            let Some(&file) = configuration.get(exception.file) else { continue };
            // What is extended may be shared by several projects, each of which needs a part of it.
            let is_shared = exception.file > 0;
            if is_shared || self.exceptions.contains(&at) || !runs(exception.check, cx.graph, policy) {
                continue;
            }
            let message = format!(
                "the exception for {} silences nothing: no such finding is there, and a later one would go unseen",
                called(exception.check)
            );
            cx.report(Severity::Warning, Location::new(file, exception.span), message)
                .label("silences nothing")
                .help("remove the exception, or correct its `type`, `name` or `element`");
        }
    }
}

/// False for a check that does not run, or finds nothing for want of records of the org: they are often given in the
/// pipeline alone.
fn runs(check: &Check, graph: &Graph, policy: &Policy) -> bool {
    policy.runs(check) && (graph.org().is_some() || !check.is(Flag::NeedsRecords))
}

fn unused_words(check: &Check, suppression: &Suppression) -> (String, String) {
    let called = called(check);
    if suppression.covers.is_none() {
        let message = format!("the comment for {called} stands before no element, so that it silences nothing");
        return (message, "move the comment before the element that the finding is about".to_owned());
    }
    let message =
        format!("the comment for {called} silences nothing: no such finding is there, and a later one would go unseen");
    (message, format!("remove `{}` from the comment, or move the comment before the element concerned", check.code))
}

fn called(check: &Check) -> String {
    format!("{} {}", check.code, check.name)
}

fn names(name: &str, diagnostic: &Diagnostic) -> bool {
    name.eq_ignore_ascii_case(diagnostic.code) || name.eq_ignore_ascii_case(diagnostic.name)
}
