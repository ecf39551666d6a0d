//! What is written of a comparison, whatever the format.

use super::side::CompiledSide;
use crate::compare::{Cause, Change, Comparison, Topic, Verdict};
use crate::plan::Origin;
use crate::text::{count, list};

/// How many fields of a row are named.
const FIELDS: usize = 8;
/// How many renamed rows are named without `--details`.
const RENAMES: usize = 12;

/// What was meant, and what was not.
pub(in crate::cli) struct Judged(pub(super) Verdict);

/// A comparison, and how it is shown.
pub(super) struct Report<'a> {
    pub(super) old: &'a CompiledSide,
    pub(super) new: &'a CompiledSide,
    pub(super) found: &'a Comparison,
    pub(super) judged: Option<Judged>,
    pub(super) details: bool,
}

impl Report<'_> {
    /// The most important line.
    pub(super) fn headline(&self) -> String {
        let (old, new) = (&self.old.name, &self.new.name);
        let found = self.found;
        if found.changes.is_empty() {
            return format!("All work is routed alike in {old} and {new}.");
        }
        let number = |topic| found.changes.iter().filter(|change| change.topic == topic).count();
        let mut parts = Vec::new();
        let lost = number(Topic::ReachesNobody);
        let unknown = number(Topic::NotKnown);
        let fewer = number(Topic::FewerReps);
        if lost > 0 {
            let leave = if lost == 1 { "leaves" } else { "leave" };
            parts.push(format!("{lost} {leave} work without a rep"));
        }
        if unknown > 0 {
            let leave = if unknown == 1 { "leaves" } else { "leave" };
            parts.push(format!("{unknown} {leave} open what becomes of work"));
        }
        if fewer > 0 {
            let take = if fewer == 1 { "takes" } else { "take" };
            parts.push(format!("{fewer} {take} reps from work"));
        }
        let changes = count(found.changes.len(), "change");
        let worst = if parts.is_empty() { String::new() } else { format!(": {}", parts.join(", ")) };
        format!("{changes} to routing from {old} to {new}{worst}.")
    }

    /// True if nobody meant a change; none if nobody said what is meant.
    pub(super) fn is_collateral(&self, number: usize) -> Option<bool> {
        self.judged.as_ref().map(|Judged(verdict)| verdict.collateral.contains(&number))
    }

    /// Where a row stands: now, else before.
    pub(super) fn place(&self, cause: &Cause) -> Option<Place> {
        let at = |side: &CompiledSide, origin: &Origin, is_old| Place {
            file: from_here(side.root.as_deref(), &origin.file),
            line: origin.line,
            is_old,
        };
        let now = cause.new.as_ref().map(|origin| at(self.new, origin, false));
        now.or_else(|| cause.old.as_ref().map(|origin| at(self.old, origin, true)))
    }

    /// The changes of a topic, with their numbers.
    pub(super) fn of(&self, topic: Topic) -> impl Iterator<Item = (usize, &Change)> {
        self.found.changes.iter().enumerate().filter(move |(_, change)| change.topic == topic)
    }

    /// What is said of the rest, in sentences.
    pub(super) fn rest(&self) -> Vec<String> {
        let found = self.found;
        let mut lines = Vec::new();
        let most = if self.details { found.renames.len() } else { RENAMES };
        lines.extend(found.renames.iter().take(most).map(|rename| printed(&crate::compare::renamed(rename))));
        let more = found.renames.len().saturating_sub(most);
        if more > 0 {
            let are = if more == 1 { "component is" } else { "components are" };
            lines.push(format!("{more} more {are} renamed: `--details` names them."));
        }
        let rows = found.without_effect.len();
        if rows > 0 {
            let (rows, differ, change) = (
                count(rows, "row"),
                if rows == 1 { "differs" } else { "differ" },
                if rows == 1 { "changes" } else { "change" },
            );
            let hint = if self.details { "" } else { "; `--details` names them" };
            lines.push(format!("{rows} {differ} and {change} nothing for any work that the plans know{hint}."));
        }
        if found.display > 0 {
            let (who, look) = (count(found.display, "component"), if found.display == 1 { "looks" } else { "look" });
            lines.push(format!(
                "{who} {look} different to people (labels, descriptions, sounds); routing ignores that."
            ));
        }
        for cut in &found.cut {
            let most = crate::compare::MOST_KINDS;
            let entry = crate::compare::entry_words(&cut.entry);
            lines.push(format!(
                "Of {} kinds of `{}` work of {entry}, the first {most} were compared.",
                cut.kinds, cut.object
            ));
        }
        lines
    }
}

/// What a topic is called.
pub(super) const fn heading(topic: Topic) -> &'static str {
    match topic {
        Topic::ReachesNobody => "Reaches nobody",
        Topic::NotKnown => "No longer known",
        Topic::FewerReps => "Fewer reps",
        Topic::Order => "Order",
        Topic::Capacity => "Capacity",
        Topic::Times => "Times",
        Topic::MoreReps => "More reps",
        Topic::Answers => "Accepting and declining",
        Topic::Supervisors => "Supervisors",
        Topic::Other => "Other",
    }
}

/// Where a row stands.
pub(super) struct Place {
    /// The file, from the working directory; of a plan, from the root of the project that it was compiled from.
    pub(super) file: String,
    /// The line, from 1.
    pub(super) line: u32,
    /// True if the row stands there no longer.
    pub(super) is_old: bool,
}

/// A file of a project, from the working directory.
fn from_here(root: Option<&str>, file: &str) -> String {
    match root.map(|root| (root, root.trim_end_matches('/'))) {
        Some((root, "")) if root.starts_with('/') => format!("/{file}"),
        None | Some((_, "" | ".")) => file.to_owned(),
        Some((_, root)) => format!("{root}/{file}"),
    }
}

/// A row in words: ``the queue `Billing`: `members` ``.
pub(super) fn row(cause: &Cause) -> String {
    let noun = crate::compare::noun(cause.table);
    let name = if cause.row.is_empty() { format!("the {noun}") } else { format!("the {noun} `{}`", cause.row) };
    if cause.fields.is_empty() { name } else { format!("{name}: {}", list(&cause.fields, FIELDS)) }
}

/// A sentence as it is printed: it begins with a capital and ends with a full stop.
pub(super) fn printed(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}.", letters.as_str())
}
