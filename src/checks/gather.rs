//! One finding of many that have one cause.

use std::fmt::Write as _;

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use crate::diagnostics::{Diagnostic, Label};
use crate::source::Location;

/// At this number and above, findings in one file that say the same are one finding with places.
const MANY: usize = 4;

/// At most this many other places of a finding are named.
const MOST_PLACES: usize = 10;

/// Makes one finding of many in one file that say the same in every word: they have one cause.
pub(super) fn gather(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    if found.len() < MANY {
        return found;
    }
    let mut groups: IndexMap<_, Vec<Diagnostic>, FxBuildHasher> = IndexMap::default();
    for finding in found {
        let key = (finding.primary.location.file, finding.severity, finding.message.clone());
        groups.entry(key).or_default().push(finding);
    }
    groups.into_values().flat_map(|group| if group.len() < MANY { group } else { one_of(group) }).collect()
}

/// One finding of several: the first, with the places of the others, and everything that is to be changed.
fn one_of(mut group: Vec<Diagnostic>) -> Vec<Diagnostic> {
    group.sort_by_key(|finding| finding.primary.location);
    let number = group.len();
    let others: Vec<Location> = group.iter().skip(1).map(|finding| finding.primary.location).collect();
    let mut rest = group.into_iter();
    let Some(mut first) = rest.next() else { return Vec::new() };
    let _ = write!(first.message, " ({number} places)");
    name_places(&mut first.related, &others);
    for finding in rest {
        first.fix = match (first.fix.take(), finding.fix) {
            (Some(mut one), Some(other)) if one.title == other.title && one.applicability == other.applicability => {
                one.edits.extend(other.edits);
                Some(one)
            }
            _ => None,
        };
    }
    vec![first]
}

/// Adds the other places of a finding to its related ones. Of many, the first are named and the rest counted.
pub(super) fn name_places(related: &mut Vec<Label>, others: &[Location]) {
    let more = others.len().saturating_sub(MOST_PLACES);
    for (at, &location) in others.iter().take(MOST_PLACES).enumerate() {
        let message = if more > 0 && at + 1 == MOST_PLACES {
            format!("here too, and at {more} more places")
        } else {
            "here too".to_owned()
        };
        related.push(Label { location, message });
    }
}
