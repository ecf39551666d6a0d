//! Which work a sentence is about.

use std::collections::{BTreeMap, BTreeSet};

use super::classes::{Entry, WorkKind};
use crate::plan::Name;
use crate::text::{count, list};

/// How many names a sentence lists.
pub(super) const NAMES: usize = 5;

/// The work that is meant: of whole queues where all their kinds are.
pub(super) fn subject(work: &[WorkKind], all: &[WorkKind]) -> String {
    let mut of_entry: BTreeMap<&Entry, Vec<&WorkKind>> = BTreeMap::new();
    for kind in work {
        of_entry.entry(&kind.entry).or_default().push(kind);
    }
    let whole = |entry: &Entry, own: &[&WorkKind]| all.iter().filter(|kind| kind.entry == *entry).count() == own.len();
    let (wholes, parts): (Vec<_>, Vec<_>) = of_entry.into_iter().partition(|(entry, own)| whole(entry, own));
    let queues: Vec<&str> = wholes.iter().filter_map(|(entry, _)| queue(entry)).collect();
    let mut phrases = Vec::new();
    if !queues.is_empty() {
        phrases.push(format!("work of {}", list(queues.into_iter(), NAMES)));
    }
    phrases.extend(
        wholes
            .iter()
            .filter(|(entry, _)| queue(entry).is_none())
            .map(|(entry, _)| format!("work of {}", entry_words(entry))),
    );
    phrases.extend(parts.into_iter().map(|(entry, own)| part(entry, &own, all)));
    let more = phrases.len().saturating_sub(NAMES);
    phrases.truncate(NAMES);
    if more > 0 {
        phrases.push(format!("{more} more kinds of work"));
    }
    phrases.join(" and ")
}

fn queue(entry: &Entry) -> Option<&str> {
    match entry {
        Entry::Queue(queue) => Some(queue),
        Entry::Flow { .. } => None,
    }
}

/// ``the flow `Route_Case` (`Route`)``, or the queue.
pub fn entry_words(entry: &Entry) -> String {
    match entry {
        Entry::Queue(queue) => format!("`{queue}`"),
        Entry::Flow { flow, action } => format!("the flow `{flow}` (`{action}`)"),
    }
}

/// Some of the kinds of work of one entry.
fn part(entry: &Entry, own: &[&WorkKind], all: &[WorkKind]) -> String {
    let objects: BTreeSet<&Name> = own.iter().map(|kind| &kind.object).collect();
    let phrase = |object: &&Name| {
        let some: Vec<&&WorkKind> = own.iter().filter(|kind| kind.object == **object).collect();
        let is_whole = all.iter().filter(|kind| kind.entry == *entry && kind.object == **object).count() == some.len();
        let values = if is_whole { String::new() } else { values(&some) };
        format!("`{object}` work of {}{values}", entry_words(entry))
    };
    objects.iter().map(phrase).collect::<Vec<_>>().join(" and ")
}

/// The values by which some kinds of work differ from the others.
fn values(some: &[&&WorkKind]) -> String {
    let one = |kind: &WorkKind| {
        let fields = kind.fields.iter().map(|(field, value)| match value {
            Some(value) => format!("`{field}` = `{value}`"),
            None => format!("another `{field}`"),
        });
        fields.collect::<Vec<_>>().join(", ")
    };
    let shared = shared(some);
    match (some, shared.is_empty()) {
        ([only], _) => format!(" with {}", one(only)),
        (_, false) => format!(" with {shared}"),
        ([first, .., _], true) => format!(" with {} and {}", one(first), count(some.len() - 1, "other combination")),
        ([], true) => String::new(),
    }
}

/// The values that all of them have.
fn shared(some: &[&&WorkKind]) -> String {
    let Some(first) = some.first() else { return String::new() };
    let all_have = |field: &Name, value: &Option<Name>| some.iter().all(|kind| kind.fields.get(field) == Some(value));
    let fields = first.fields.iter().filter(|(field, value)| value.is_some() && all_have(field, value));
    fields
        .map(|(field, value)| format!("`{field}` = `{}`", value.as_deref().unwrap_or_default()))
        .collect::<Vec<_>>()
        .join(", ")
}
