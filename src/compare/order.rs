//! Which work now goes before which.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::change::What;
use super::classes::{Entry, WorkKind};
use super::fates::Asked;
use super::{Difference, fates};
use crate::plan::{Name, Plan, Queue, RoutingConfiguration, RoutingModel};
use crate::runtime::Prospects;

/// How a queue's work stands among others'.
#[derive(Clone, Copy)]
struct Standing {
    /// Its priority before and now; lower goes first.
    priority: [i64; 2],
    /// Skills decide whom it reaches.
    by_skills: bool,
}

/// Adds to each difference in priority which queues' work it passes, and which passes it: of queues that share a rep, or
/// where skills decide who is reached.
pub(super) fn tell(found: &mut [Difference], kinds: &[WorkKind], asked: &[Asked; 2], plans: [&Plan; 2]) {
    if !found.iter().any(|difference| matches!(difference.what, What::Priority { .. })) {
        return;
    }
    let standings = standings(plans);
    let mut reps: BTreeMap<Name, BTreeSet<Name>> = BTreeMap::new();
    for Difference { what, kind, .. } in found {
        let (What::Priority { passes, passed_by, .. }, Entry::Queue(queue)) = (what, &kind.entry) else { continue };
        let Some(own) = standings.get(queue) else { continue };
        for (other, standing) in standings.iter().filter(|(other, _)| *other != queue) {
            let [before, after] = [0, 1].map(|side: usize| own.priority[side].cmp(&standing.priority[side]));
            let list = match (before.is_lt(), before.is_gt(), after.is_lt(), after.is_gt()) {
                (false, _, true, _) => &mut *passes,
                (_, false, _, true) => &mut *passed_by,
                _ => continue,
            };
            for (name, standing) in [(queue, own), (other, standing)] {
                // Where skills decide, anybody may come to have them; and all reps would have to be asked.
                let is_known = !standing.by_skills;
                if !reps.contains_key(name) {
                    let reached = if is_known { reached(name, kinds, &asked[1]) } else { BTreeSet::new() };
                    reps.insert(name.clone(), reached);
                }
            }
            let (Some(own), Some(others)) = (reps.get(queue), reps.get(other)) else { continue };
            // Of queues without a rep who is known, nothing is known.
            if own.is_empty() || others.is_empty() || !own.is_disjoint(others) {
                list.push(other.clone());
            }
        }
    }
}

/// The queues that Omni-Channel routes with both plans.
fn standings(plans: [&Plan; 2]) -> BTreeMap<Name, Standing> {
    let [old, new] = plans.map(|plan| {
        let configs: FxHashMap<&Name, &RoutingConfiguration> =
            plan.tables.routing_configurations.iter().map(|row| (&row.name, row)).collect();
        let of = |queue: &'_ Queue| -> Option<(Name, (i64, bool))> {
            let config = configs.get(queue.routing_configuration.as_ref()?)?;
            let is_ours = config.model.is_some_and(|model| model != RoutingModel::External);
            let priority = config.priority.map_or(i64::MAX, i64::from);
            is_ours.then(|| (queue.name.clone(), (priority, config.attribute_based)))
        };
        plan.tables.queues.iter().filter_map(of).collect::<BTreeMap<_, _>>()
    });
    let both = |(name, (before, _)): (Name, (i64, bool))| {
        let &(after, by_skills) = new.get(&name)?;
        Some((name, Standing { priority: [before, after], by_skills }))
    };
    old.into_iter().filter_map(both).collect()
}

/// Whom a queue's work reaches, as far as is known.
fn reached(queue: &Name, kinds: &[WorkKind], asked: &Asked) -> BTreeSet<Name> {
    let is_own = |kind: &&WorkKind| matches!(&kind.entry, Entry::Queue(name) if name == queue);
    let Some(kind) = kinds.iter().find(is_own) else { return BTreeSet::new() };
    match fates::ask(asked, kind) {
        Ok(Prospects::Routed(work)) => fates::reps(&work).into_iter().cloned().collect(),
        _ => BTreeSet::new(),
    }
}
