//! Compare: what another plan does to work.
//!
//! In: two plans. Out: a [`Comparison`]: who can be offered each kind of work, in which order, at what cost and on what
//! terms, where the two differ; each with a sentence, the rows that make the difference, and an item whose fate differs.
//! Who may be offered what is asked of the runtime, and played through it.
//! Must not know where the plans come from, metadata, files, or how it is shown.

mod causes;
mod change;
mod classes;
mod example;
mod fates;
mod intent;
mod order;
mod renames;
mod rest;
mod row_words;
mod rows;
mod small;
mod subject;
mod words;

use std::borrow::Cow;
use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;

pub use change::{Cause, Change, Example, Lacks, Reason, Step, Topic, What};
pub use classes::{Cut, Entry, MOST_KINDS, WorkKind};
pub use intent::{Intent, IntentError, Verdict};
pub use renames::Rename;
pub use row_words::{noun, renamed};
pub use rows::{FieldChange, RowChange};
pub use subject::entry_words;

use causes::Touched;
use fates::{Asked, Unknown};

use crate::plan::{Display, Name, Plan};
use crate::runtime::{RoutingOptions, Runtime, StartError};

/// Which of two plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// What was.
    Old,
    /// What is.
    New,
}

/// Why two plans are not compared.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{why}")]
pub struct NotCompared {
    /// The plan that cannot be run.
    pub side: Side,
    /// Why.
    pub why: StartError,
}

/// What differs between two plans.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Comparison {
    /// What a change does to work, the worst first. Empty if all work is routed alike.
    pub changes: Vec<Change>,
    /// What has another name, and is the same otherwise. It is compared under its new name.
    pub renames: Vec<Rename>,
    /// Rows that differ and change nothing for any work that the plans know.
    pub without_effect: Vec<Cause>,
    /// How many components people see otherwise, by label or the like. Routing ignores that.
    pub display: usize,
    /// Kinds of work that were not compared, because they are too many.
    pub cut: Vec<Cut>,
}

/// One kind of work, where its fates differ.
struct Difference {
    what: What,
    kind: WorkKind,
    touched: Touched,
}

/// Compares two plans.
///
/// # Errors
///
/// If one of them is broken.
pub fn compare(old: &Plan, new: &Plan) -> Result<Comparison, NotCompared> {
    let mut before = Cow::Borrowed(old);
    let renames = if renames::any(&old.tables, &new.tables) {
        renames::apply(&mut before.to_mut().tables, &new.tables)
    } else {
        Vec::new()
    };
    let display = display(old.display.as_ref(), new.display.as_ref(), &renames);
    let rows = rows::changed(&before.tables, &new.tables);
    let start = |plan, side| Runtime::new(plan, RoutingOptions::default()).map_err(|why| NotCompared { side, why });
    let (was, is) = rayon::join(|| start(&before, Side::Old), || start(new, Side::New));
    let runtimes = [was?, is?].map(Asked::new);
    if rows.is_empty() {
        return Ok(Comparison { renames, display, ..Comparison::default() });
    }
    let plans = [&*before, new];
    let (kinds, cut) = classes::of(&before, new);
    let affected = causes::affected(&rows, plans);
    let looked_at: Vec<&WorkKind> = kinds.iter().filter(|kind| affected.may_differ(kind)).collect();
    let unknown = plans.map(Unknown::of);
    let each = |&kind: &&WorkKind| {
        let [old, new] = [fates::ask(&runtimes[0], kind), fates::ask(&runtimes[1], kind)];
        let whats = fates::differences(&old, &new, &unknown);
        if whats.is_empty() {
            return Vec::new();
        }
        let touched = Touched::of(kind, &[&old, &new], plans);
        let whats = whats.into_iter().map(|what| with_alone(what, plans));
        whats.map(|what| Difference { what, kind: kind.clone(), touched: touched.clone() }).collect()
    };
    let found: Vec<Vec<Difference>> = looked_at.par_iter().map(each).collect();
    let mut found: Vec<Difference> = found.into_iter().flatten().collect();
    order::tell(&mut found, &kinds, &runtimes, plans);
    let mut changes = grouped(found, &rows, plans, &kinds);
    let (rest, without_effect) = rest::of(&rows, &changes, plans);
    changes.extend(rest);
    changes.sort_by(|a, b| (a.topic, &a.text).cmp(&(b.topic, &b.text)));
    changes.par_iter_mut().for_each(|change| change.example = example::of(change, plans, &runtimes));
    Ok(Comparison { changes, renames, without_effect, display, cut })
}

/// Says of presence statuses whether only one of the plans has them.
fn with_alone(what: What, plans: [&Plan; 2]) -> What {
    let What::Statuses { channel, lost, gained, .. } = what else { return what };
    let is_in = |plan: &Plan, name: &Name| plan.tables.presence_statuses.iter().any(|row| row.name == *name);
    let gone = lost.iter().filter(|name| !is_in(plans[1], name));
    let alone = gone.chain(gained.iter().filter(|name| !is_in(plans[0], name))).cloned().collect();
    What::Statuses { channel, lost, gained, alone }
}

/// Kinds of work to which the same happens make one change.
fn grouped(found: Vec<Difference>, rows: &[RowChange], plans: [&Plan; 2], kinds: &[WorkKind]) -> Vec<Change> {
    let mut groups: BTreeMap<String, (What, Vec<WorkKind>, Touched)> = BTreeMap::new();
    for Difference { what, kind, touched } in found {
        // What happens to the reps of one queue is its own.
        let own = match &what {
            What::ReachesNobody { .. } | What::LosesReps { .. } | What::GainsReps { .. } | What::KnownNow { .. } => {
                format!("{:?}", kind.entry)
            }
            _ => String::new(),
        };
        let key = match &what {
            // Whom it reached does not tell one queue that is gone from the next.
            What::NoLongerKnown { lacks, .. } => format!("no longer known: {lacks:?}"),
            _ => format!("{} {own}", crate::text::json::text(&what)),
        };
        let group = groups.entry(key).or_insert_with(|| (what.clone(), Vec::new(), Touched::default()));
        if let (What::NoLongerKnown { reps: all, .. }, What::NoLongerKnown { reps, .. }) = (&mut group.0, what) {
            all.extend(reps);
            all.sort();
            all.dedup();
        }
        group.1.push(kind);
        group.2.add(touched);
    }
    let change = |(what, work, touched): (What, Vec<WorkKind>, Touched)| Change {
        topic: words::topic(&what),
        text: words::sentence(&what, &work, kinds),
        causes: causes::of(&what, &touched, rows, plans),
        what,
        work,
        example: None,
    };
    groups.into_values().map(change).collect()
}

/// How many components people see otherwise.
fn display(old: Option<&Display>, new: Option<&Display>, renames: &[Rename]) -> usize {
    let (Some(old), Some(new)) = (old, new) else { return 0 };
    let mut number = 0;
    for ((table, old), (_, new)) in old.tables().into_iter().zip(new.tables()) {
        for (name, before) in old {
            let other = renames.iter().find(|it| it.table == table && it.before == *name);
            let now = new.get(other.map_or(name, |it| &it.after));
            number += usize::from(now.is_some_and(|now| now != before));
        }
    }
    number
}
