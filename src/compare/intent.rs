//! What a change is meant to do, and what else it does.

use std::collections::{BTreeMap, BTreeSet};

use globset::{Glob, GlobMatcher};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Comparison;
use super::change::{Change, Topic, What};
use super::classes::{Entry, WorkKind};
use crate::plan::Name;
use crate::source::floor;
use crate::text::is_too_complex;

/// What a change is meant to do: the text of a file in TOML.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Intent {
    /// Queues, or other components by name, that may change; `*` stands for anything.
    only: Vec<String>,
    /// Queues, objects or service channels whose work nobody may lose; `*` stands for anything.
    keep: Vec<String>,
    /// The reps who gain work, by queue: these and no others.
    gains: BTreeMap<Name, BTreeSet<Name>>,
    /// The reps who lose work, by queue: these and no others.
    loses: BTreeMap<Name, BTreeSet<Name>>,
}

/// Why a text is no intent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IntentError {
    /// It is not TOML of this shape.
    #[error("{0}")]
    Toml(String),
    /// A pattern cannot be used.
    #[error("`{pattern}` is not a pattern: {why}")]
    Pattern {
        /// The pattern.
        pattern: String,
        /// Why.
        why: String,
    },
}

/// How a comparison fits what was meant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Verdict {
    /// The numbers of the changes that nobody meant, from 0.
    pub collateral: Vec<usize>,
    /// What was meant and does not happen, each a sentence without a full stop.
    pub unmet: Vec<String>,
}

impl Verdict {
    /// True if the change does what was meant, and nothing else.
    pub const fn is_met(&self) -> bool {
        self.collateral.is_empty() && self.unmet.is_empty()
    }
}

impl Intent {
    /// Reads it.
    ///
    /// # Errors
    ///
    /// If the text is not TOML of this shape, or a pattern cannot be used.
    pub fn from_toml(text: &str) -> Result<Self, IntentError> {
        let intent: Self = toml::from_str(text).map_err(|error| {
            let line = error.span().map_or(1, |span| 1 + text[..floor(text, span.start)].matches('\n').count());
            IntentError::Toml(format!("line {line}: {}", error.message()))
        })?;
        Patterns::of(&intent.only)?;
        Patterns::of(&intent.keep)?;
        Ok(intent)
    }

    /// Judges a comparison.
    ///
    /// # Errors
    ///
    /// If a pattern cannot be used.
    pub fn judge(&self, found: &Comparison) -> Result<Verdict, IntentError> {
        let (only, keep) = (Patterns::of(&self.only)?, Patterns::of(&self.keep)?);
        let is_meant = |change: &Change| {
            let is_lost = matches!(change.topic, Topic::ReachesNobody | Topic::NotKnown | Topic::FewerReps);
            let kept = is_lost && names(change).iter().any(|name| keep.has(name));
            !kept && (self.is_listed(change) || subjects(change).iter().all(|name| only.has(name)))
        };
        let changes = found.changes.iter().enumerate();
        let collateral = changes.filter(|(_, change)| !is_meant(change)).map(|(number, _)| number).collect();
        let mut unmet = Vec::new();
        for (meant, verb, does) in [(&self.gains, "gains", false), (&self.loses, "loses", true)] {
            for (queue, reps) in meant {
                let really = reps_of(found, queue, does);
                for rep in reps.difference(&really) {
                    unmet.push(format!("`{rep}` {verb} no work of the queue `{queue}`, and was meant to"));
                }
            }
        }
        Ok(Verdict { collateral, unmet })
    }

    /// True for reps who were named, all of them.
    fn is_listed(&self, change: &Change) -> bool {
        let (meant, reps) = match &change.what {
            What::GainsReps { reps, .. } | What::KnownNow { reps, .. } => (&self.gains, reps),
            What::LosesReps { reps, .. }
            | What::ReachesNobody { before: reps, .. }
            | What::NoLongerKnown { reps, .. } => (&self.loses, reps),
            _ => return false,
        };
        let mut queues = change.work.iter().map(queue).peekable();
        let has_all = |queue: Option<&Name>| {
            let meant = queue.and_then(|queue| meant.get(queue));
            meant.is_some_and(|meant| reps.iter().all(|rep| meant.contains(rep)))
        };
        queues.peek().is_some() && queues.all(has_all)
    }
}

/// The reps who gain or lose work of a queue.
fn reps_of(found: &Comparison, name: &Name, loses: bool) -> BTreeSet<Name> {
    let of_queue = found.changes.iter().filter(|change| change.work.iter().any(|kind| queue(kind) == Some(name)));
    of_queue
        .filter_map(|change| match &change.what {
            What::GainsReps { reps, .. } | What::KnownNow { reps, .. } if !loses => Some(reps),
            What::LosesReps { reps, .. }
            | What::ReachesNobody { before: reps, .. }
            | What::NoLongerKnown { reps, .. }
                if loses =>
            {
                Some(reps)
            }
            _ => None,
        })
        .flatten()
        .cloned()
        .collect()
}

fn queue(kind: &WorkKind) -> Option<&Name> {
    match &kind.entry {
        Entry::Queue(queue) => Some(queue),
        Entry::Flow { .. } => None,
    }
}

/// What a change is about: the queues and flows of its work, or the row.
fn subjects(change: &Change) -> BTreeSet<&Name> {
    let of_work = change.work.iter().map(|kind| match &kind.entry {
        Entry::Queue(name) | Entry::Flow { flow: name, .. } => name,
    });
    let row = match &change.what {
        What::Row { row, .. } => Some(row),
        _ => None,
    };
    of_work.chain(row).collect()
}

/// The queues, flows, objects and service channels of a change's work.
fn names(change: &Change) -> BTreeSet<&Name> {
    let objects = change.work.iter().map(|kind| &kind.object);
    let channels = change.causes.iter().filter(|cause| cause.table == "channels").map(|cause| &cause.row);
    let channel = match &change.what {
        What::Statuses { channel, .. } => Some(channel),
        _ => None,
    };
    subjects(change).into_iter().chain(objects).chain(channels).chain(channel).collect()
}

struct Patterns(Vec<GlobMatcher>);

impl Patterns {
    fn of(patterns: &[String]) -> Result<Self, IntentError> {
        let one = |pattern: &String| {
            if is_too_complex(pattern) {
                return Err(IntentError::Pattern { pattern: pattern.clone(), why: "it is too complex".to_owned() });
            }
            let glob = Glob::new(pattern);
            let why = |error: globset::Error| error.kind().to_string();
            glob.map(|glob| glob.compile_matcher())
                .map_err(|error| IntentError::Pattern { pattern: pattern.clone(), why: why(error) })
        };
        patterns.iter().map(one).collect::<Result<_, _>>().map(Self)
    }

    fn has(&self, name: &str) -> bool {
        self.0.iter().any(|pattern| pattern.is_match(name))
    }
}
