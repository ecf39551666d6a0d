//! The kinds of work that two plans tell apart.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use rustc_hash::FxHashSet;
use schemars::JsonSchema;
use serde::Serialize;

use super::rows::bare;
use crate::plan::{Input, Name, Plan, Queue, QueueObject, RouteWork, Tables};
use crate::runtime::{FlowRoute, Route};

/// How many kinds of work of one queue or flow are compared.
pub const MOST_KINDS: usize = 10_000;

/// Where work comes in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Entry {
    /// It is given to a queue.
    Queue(Name),
    /// A route-work action of a flow.
    Flow {
        /// The flow.
        flow: Name,
        /// The action.
        action: Name,
    },
}

/// A kind of work: all items of it are routed alike.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct WorkKind {
    /// Where it comes in.
    pub entry: Entry,
    /// Its object.
    pub object: Name,
    /// The values of the fields that routing asks for; null: any value that no rule names.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<Name, Option<Name>>,
}

impl WorkKind {
    /// The route of such work.
    pub(super) fn route(&self) -> Route {
        match &self.entry {
            Entry::Queue(queue) => Route::Queue(queue.clone()),
            Entry::Flow { flow, action } => Route::Flow(FlowRoute { flow: flow.clone(), action: Some(action.clone()) }),
        }
    }

    /// The values of its fields, as an item has them.
    pub(super) fn values(&self) -> BTreeMap<Name, Name> {
        self.fields.iter().filter_map(|(field, value)| Some((field.clone(), value.clone()?))).collect()
    }
}

/// Kinds of work that were not compared, because they are too many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Cut {
    /// Where the work comes in.
    pub entry: Entry,
    /// Its object.
    pub object: Name,
    /// How many kinds there are.
    pub kinds: usize,
}

/// The kinds of work of both plans, in order, and what is left out of them.
pub(super) fn of(old: &Plan, new: &Plan) -> (Vec<WorkKind>, Vec<Cut>) {
    let tables = [&old.tables, &new.tables];
    let rules = Fields::of(&tables, true);
    let plain = Fields::of(&tables, false);
    let of_entry = |(entry, object, by_rules): (Entry, Name, bool)| {
        let fields = if by_rules { &rules } else { &plain };
        let (own, all) = fields.kinds(&entry, &object);
        let cut = (all > own.len()).then_some(Cut { entry, object, kinds: all });
        (own, cut)
    };
    let all: Vec<(Vec<WorkKind>, Option<Cut>)> = entries(&tables).into_par_iter().map(of_entry).collect();
    let (kinds, cuts): (Vec<_>, Vec<_>) = all.into_iter().unzip();
    (kinds.into_iter().flatten().collect(), cuts.into_iter().flatten().collect())
}

/// Where work comes in, of which object, and whether skill rules decide with one of the plans; sorted.
fn entries(tables: &[&Tables; 2]) -> Vec<(Entry, Name, bool)> {
    let mut entries: Vec<(Entry, Name, bool)> = Vec::new();
    for tables in tables {
        let configs = tables.routing_configurations.iter().filter(|row| row.attribute_based);
        let by_attributes: FxHashSet<&Name> = configs.map(|row| &row.name).collect();
        let is_by_rules =
            |queue: &Queue| queue.routing_configuration.as_ref().is_some_and(|name| by_attributes.contains(name));
        for queue in tables.queues.iter().filter(|queue| queue.routing_configuration.is_some()) {
            let by_rules = is_by_rules(queue);
            let entry = |object: &QueueObject| (Entry::Queue(queue.name.clone()), object.object.clone(), by_rules);
            entries.extend(queue.objects.iter().map(entry));
        }
        for work in tables.route_works.iter().filter(|work| work.active) {
            let entry = Entry::Flow { flow: work.flow.clone(), action: work.action.clone() };
            let by_rules = may_run_rules(work, tables);
            entries.extend(objects(work, tables).into_iter().map(|object| (entry.clone(), object, by_rules)));
        }
    }
    entries.par_sort();
    entries.dedup_by(|(entry, object, by_rules), (first, of, or_by_rules)| {
        let is_again = entry == first && object == of;
        *or_by_rules |= is_again && *by_rules;
        is_again
    });
    entries
}

/// The objects of what a flow routes: those of its service channels.
fn objects(work: &RouteWork, tables: &Tables) -> BTreeSet<Name> {
    let channels = tables.channels.iter().filter(|row| work.may.channels.named.contains(&row.name));
    let mut objects: BTreeSet<Name> = channels.filter_map(|row| row.object.clone()).collect();
    if objects.is_empty() {
        let queues = tables.queues.iter().filter(|queue| work.may.queues.named.contains(&queue.name));
        objects.extend(queues.flat_map(|queue| &queue.objects).map(|object| object.object.clone()));
    }
    objects
}

/// Whether skill rules may decide where a flow's work goes.
fn may_run_rules(work: &RouteWork, tables: &Tables) -> bool {
    let queues = tables.queues.iter().filter(|queue| work.may.queues.named.contains(&queue.name));
    let configs: Vec<&Name> = queues.filter_map(|queue| queue.routing_configuration.as_ref()).collect();
    let by_queue = tables.routing_configurations.iter().any(|row| row.attribute_based && configs.contains(&&row.name));
    by_queue || matches!(&work.skill_option, Some(Input::Text(option)) if *option != "DefineSkillRequirements")
}

/// The fields of objects that routing asks for, and their values.
struct Fields(BTreeMap<Name, BTreeMap<Name, BTreeSet<Name>>>);

impl Fields {
    fn of(tables: &[&Tables; 2], with_rules: bool) -> Self {
        let mut objects: BTreeMap<Name, BTreeMap<Name, BTreeSet<Name>>> = BTreeMap::new();
        for tables in tables {
            for rule in tables.skill_rules.iter().filter(|rule| with_rules && rule.active) {
                let values =
                    objects.entry(rule.object.clone()).or_default().entry(Name::from(bare(&rule.field))).or_default();
                values.extend(rule.value.clone());
            }
            for channel in &tables.channels {
                let (Some(object), Some(priority)) = (&channel.object, &channel.secondary_priority) else { continue };
                let values =
                    objects.entry(object.clone()).or_default().entry(Name::from(bare(&priority.field))).or_default();
                values.extend(priority.values.iter().map(|row| row.value.clone()));
            }
        }
        Self(objects)
    }

    /// The kinds of work of an entry and an object, at most [`MOST_KINDS`], and how many there are.
    fn kinds(&self, entry: &Entry, object: &Name) -> (Vec<WorkKind>, usize) {
        let none = BTreeMap::new();
        let fields = self.0.get(object).unwrap_or(&none);
        let all = fields.values().fold(1_usize, |all, values| all.saturating_mul(values.len() + 1));
        let kind = |mut number: usize| {
            let fields = fields.iter().map(|(field, values)| {
                let (rest, at) = (number / (values.len() + 1), number % (values.len() + 1));
                number = rest;
                // First the values that no rule names.
                (field.clone(), at.checked_sub(1).and_then(|at| values.iter().nth(at).cloned()))
            });
            WorkKind { entry: entry.clone(), object: object.clone(), fields: fields.collect() }
        };
        ((0..all.min(MOST_KINDS)).map(kind).collect(), all)
    }
}
