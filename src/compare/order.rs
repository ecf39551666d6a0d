//! Which work now goes before which.

use std::collections::{BTreeMap, BTreeSet};

use super::change::What;
use super::classes::{Entry, WorkKind};
use super::fates::Asked;
use super::{Difference, fates};
use crate::plan::Name;
use crate::runtime::Prospects;

/// How a queue's work stands among others'.
struct Standing {
    /// The priority before and now; lower goes first.
    priority: [i64; 2],
    /// Whom it reaches now.
    reps: BTreeSet<Name>,
}

/// Adds to each difference in priority which queues' work it passes, and which passes it: of queues that share a rep.
pub(super) fn tell(found: &mut [Difference], kinds: &[WorkKind], runtimes: &[Asked; 2]) {
    if !found.iter().any(|difference| matches!(difference.what, What::Priority { .. })) {
        return;
    }
    let standings = standings(kinds, runtimes);
    for Difference { what, kind, .. } in found {
        let (What::Priority { passes, passed_by, .. }, Entry::Queue(queue)) = (what, &kind.entry) else { continue };
        let Some(own) = standings.get(queue) else { continue };
        let others = standings.iter().filter(|(other, standing)| *other != queue && shares(own, standing));
        for (other, Standing { priority, .. }) in others {
            let before = own.priority[0].cmp(&priority[0]);
            let after = own.priority[1].cmp(&priority[1]);
            if after.is_lt() && !before.is_lt() {
                passes.push(other.clone());
            }
            if after.is_gt() && !before.is_gt() {
                passed_by.push(other.clone());
            }
        }
    }
}

fn shares(one: &Standing, other: &Standing) -> bool {
    // Of queues without a rep who is known, nothing is known.
    one.reps.is_empty() || other.reps.is_empty() || !one.reps.is_disjoint(&other.reps)
}

fn standings(kinds: &[WorkKind], runtimes: &[Asked; 2]) -> BTreeMap<Name, Standing> {
    let mut standings = BTreeMap::new();
    for kind in kinds {
        let Entry::Queue(queue) = &kind.entry else { continue };
        if standings.contains_key(queue) {
            continue;
        }
        let [old, new] = [fates::ask(&runtimes[0], kind), fates::ask(&runtimes[1], kind)];
        let (Ok(Prospects::Routed(old)), Ok(Prospects::Routed(new))) = (old, new) else { continue };
        let priority = [&old, &new].map(|work| work.terms.priority.map_or(i64::MAX, i64::from));
        let reps = fates::reps(&new).into_iter().cloned().collect();
        standings.insert(queue.clone(), Standing { priority, reps });
    }
    standings
}
