//! Which work now goes before which.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

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
    let turned: Vec<Option<(&Name, Turned<'_>)>> = found
        .par_iter()
        .map(|Difference { what, kind, .. }| {
            let (What::Priority { .. }, Entry::Queue(queue)) = (what, &kind.entry) else { return None };
            standings.get_key_value(queue).map(|(queue, own)| (queue, Turned::of(queue, *own, &standings)))
        })
        .collect();
    let reps = reps(&turned, &standings, kinds, &asked[1]);
    // Of queues without a rep who is known, nothing is known.
    let may_share = |queue: &Name, other: &Name| match (reps.get(queue), reps.get(other)) {
        (Some(own), Some(others)) => own.is_empty() || others.is_empty() || !own.is_disjoint(others),
        _ => true,
    };
    for (Difference { what, .. }, turned) in found.iter_mut().zip(&turned) {
        let (What::Priority { passes, passed_by, .. }, Some((queue, turned))) = (what, turned) else { continue };
        let sharing = |others: &[&Name]| {
            others.iter().filter(|other| may_share(queue, other)).map(|&other| other.clone()).collect()
        };
        (*passes, *passed_by) = (sharing(&turned.passes), sharing(&turned.passed_by));
    }
}

/// The queues whose work one queue's work goes before now and did not before, and the other way round; by name.
#[derive(Default)]
struct Turned<'s> {
    passes: Vec<&'s Name>,
    passed_by: Vec<&'s Name>,
}

impl<'s> Turned<'s> {
    fn of(queue: &'s Name, own: Standing, standings: &'s BTreeMap<Name, Standing>) -> Self {
        let mut turned = Self::default();
        // Both are keys of the same map: where they stand tells them apart, which is quicker than how they are written.
        for (other, standing) in standings.iter().filter(|(other, _)| !std::ptr::eq(*other, queue)) {
            let [before, after] = [0, 1].map(|side: usize| own.priority[side].cmp(&standing.priority[side]));
            if before.is_ge() && after.is_lt() {
                turned.passes.push(other);
            } else if before.is_le() && after.is_gt() {
                turned.passed_by.push(other);
            }
        }
        turned
    }
}

/// Whom the work of queues reaches that pass or are passed. Where skills decide, anybody may come to have them: of these
/// queues nobody is known, and all reps would have to be asked.
fn reps<'s>(
    turned: &[Option<(&'s Name, Turned<'s>)>],
    standings: &BTreeMap<Name, Standing>,
    kinds: &[WorkKind],
    asked: &Asked,
) -> FxHashMap<&'s Name, BTreeSet<Name>> {
    let mut wanted = FxHashSet::default();
    for (queue, Turned { passes, passed_by }) in turned.iter().flatten() {
        wanted.extend(passes.iter().chain(passed_by).chain([queue]).copied());
    }
    let mut first: FxHashMap<&Name, &WorkKind> = FxHashMap::default();
    for kind in kinds {
        if let Entry::Queue(queue) = &kind.entry {
            first.entry(queue).or_insert(kind);
        }
    }
    let reached = |queue: &'s Name| {
        let by_skills = standings.get(queue).is_some_and(|standing| standing.by_skills);
        let kind = first.get(queue).filter(|_| !by_skills);
        (queue, kind.map(|kind| reached(kind, asked)).unwrap_or_default())
    };
    wanted.into_par_iter().map(reached).collect()
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

/// Whom work reaches, as far as is known.
fn reached(kind: &WorkKind, asked: &Asked) -> BTreeSet<Name> {
    match fates::ask(asked, kind) {
        Ok(Prospects::Routed(work)) => fates::reps(&work).into_iter().cloned().collect(),
        _ => BTreeSet::new(),
    }
}
