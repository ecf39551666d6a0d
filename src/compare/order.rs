//! Which work now goes before which.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::change::What;
use super::classes::{Entry, WorkKind};
use super::fates::Asked;
use super::{Difference, fates};
use crate::plan::{Name, Plan, Queue, RoutingConfiguration, RoutingModel};
use crate::runtime::Prospects;

/// A queue's priority before and now; lower goes first.
type Priorities = [i64; 2];

/// Adds to each difference in priority which queues' work it passes, and which passes it: of queues that share a rep.
pub(super) fn tell(found: &mut [Difference], kinds: &[WorkKind], asked: &[Asked; 2], plans: [&Plan; 2]) {
    if !found.iter().any(|difference| matches!(difference.what, What::Priority { .. })) {
        return;
    }
    let priorities = priorities(plans);
    let mut reps: BTreeMap<Name, BTreeSet<Name>> = BTreeMap::new();
    for Difference { what, kind, .. } in found {
        let (What::Priority { passes, passed_by, .. }, Entry::Queue(queue)) = (what, &kind.entry) else { continue };
        let Some(own) = priorities.get(queue) else { continue };
        for (other, priority) in priorities.iter().filter(|(other, _)| *other != queue) {
            let [before, after] = [0, 1].map(|side: usize| own[side].cmp(&priority[side]));
            let list = match (before.is_lt(), before.is_gt(), after.is_lt(), after.is_gt()) {
                (false, _, true, _) => &mut *passes,
                (_, false, _, true) => &mut *passed_by,
                _ => continue,
            };
            let mut reps_of = |name: &Name| -> BTreeSet<Name> {
                reps.entry(name.clone()).or_insert_with(|| reached(name, kinds, &asked[1])).clone()
            };
            let (own, others) = (reps_of(queue), reps_of(other));
            // Of queues without a rep who is known, nothing is known.
            if own.is_empty() || others.is_empty() || !own.is_disjoint(&others) {
                list.push(other.clone());
            }
        }
    }
}

/// The priorities of queues that Omni-Channel routes with both plans.
fn priorities(plans: [&Plan; 2]) -> BTreeMap<Name, Priorities> {
    let [old, new] = plans.map(|plan| {
        let configs: FxHashMap<&Name, &RoutingConfiguration> =
            plan.tables.routing_configurations.iter().map(|row| (&row.name, row)).collect();
        let of = |queue: &'_ Queue| -> Option<(Name, i64)> {
            let config = configs.get(queue.routing_configuration.as_ref()?)?;
            let is_ours = config.model.is_some_and(|model| model != RoutingModel::External);
            is_ours.then(|| (queue.name.clone(), config.priority.map_or(i64::MAX, i64::from)))
        };
        plan.tables.queues.iter().filter_map(of).collect::<BTreeMap<Name, i64>>()
    });
    let both = |(name, before): (Name, i64)| new.get(&name).map(|after| (name.clone(), [before, *after]));
    old.into_iter().filter_map(both).collect()
}

/// Whom a queue's work reaches, as far as is known.
fn reached(queue: &Name, kinds: &[WorkKind], asked: &Asked) -> BTreeSet<Name> {
    let is_own = |kind: &&WorkKind| matches!(&kind.entry, Entry::Queue(name) if name == queue);
    let Some(kind) = kinds.iter().find(is_own) else { return BTreeSet::new() };
    match fates::ask(asked, kind) {
        // Where skills decide and nobody's are known, everybody may be reached.
        Ok(Prospects::Routed(work)) if !work.by_skills || asked.knows_skills() => {
            fates::reps(&work).into_iter().cloned().collect()
        }
        _ => BTreeSet::new(),
    }
}
