//! A plan, executed.

use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;
use smol_str::SmolStr;

use super::super::meter::{KEY, Meter, PARENT, ROW, VALUE};
use super::super::plan::{Body, Check, Filter, Groups, Join, Output, Relation, Shape, ShapeItem, SortBy, Subject};
use super::super::rows::{Row, Rows};
use super::super::schema::FieldType;
use super::super::time::Context;
use super::aggregate::groups;
use super::fetch;
use super::filter::{holds, ready};
use super::project::record;
use super::sort::{Key, key, sort};
use super::values::short_id;
use crate::serve::ordered::Ordered;

type Ids = FxHashSet<SmolStr>;

/// What a query reads.
pub(in super::super) struct Read<'q, R> {
    pub(in super::super) rows: &'q R,
    pub(in super::super) context: &'q Context,
    pub(in super::super) meter: &'q Meter,
    /// The version that URLs name.
    pub(in super::super) version: u32,
}

/// What a query selects, before records are shown.
#[derive(Clone, Debug)]
pub(in super::super) enum Selected {
    /// Of `COUNT()`.
    Count(usize),
    /// The ids of records.
    Ids(Vec<SmolStr>),
    /// Groups.
    Records(Vec<Ordered>),
}

impl<R: Rows> Read<'_, R> {
    /// What is selected. Once the meter is over it is not all.
    pub(in super::super) fn select(&self, body: &Body, joins: &[Join]) -> Selected {
        let joins: Vec<Ids> = joins.iter().map(|join| self.joined(join)).collect();
        let filter = body.filter.as_ref().map(|filter| ready(filter, self.context));
        let limit = body.limit.unwrap_or(usize::MAX);
        if let (Output::Count, None) = (&body.output, &filter) {
            return Selected::Count(self.rows.count(&body.object.name).saturating_sub(body.offset).min(limit));
        }
        let selected = self.selected(&body.object.name, filter.as_deref(), &joins);
        match &body.output {
            Output::Count => Selected::Count(selected.skip(body.offset).take(limit).count()),
            Output::Records(_) => {
                let found = self.sorted(selected, &body.order, body.offset, limit);
                Selected::Ids(found.iter().filter_map(|row| row.value("Id").as_str().map(SmolStr::new)).collect())
            }
            Output::Groups(plan) => Selected::Records(self.grouped(plan, selected, body)),
        }
    }

    /// The records of these ids, as the query shows them.
    pub(in super::super) fn show(&self, body: &Body, ids: &[SmolStr]) -> Vec<Ordered> {
        let Output::Records(shape) = &body.output else { return Vec::new() };
        let found: Vec<_> = ids.iter().filter_map(|id| self.rows.again(&body.object.name, id)).collect();
        let parents: Ids = ids.iter().map(|id| SmolStr::new(id.get(..15).unwrap_or(id))).collect();
        let children: Vec<_> = shape.items.iter().map(|item| self.children(item, &parents)).collect();
        self.project(body, shape, &found, &|at: usize, id: &str| {
            children.get(at).and_then(Option::as_ref).map_or(Value::Null.into(), |by_parent| {
                by_parent.get(id.get(..15).unwrap_or(id)).cloned().unwrap_or_else(|| Value::Null.into())
            })
        })
    }

    /// The records of an object that a filter lets through.
    fn selected<'r>(
        &'r self,
        object: &str,
        filter: Option<&'r Filter>,
        joins: &'r [Ids],
    ) -> impl Iterator<Item = R::Row<'r>> {
        let some = filter.and_then(|filter| candidates(self.rows, object, filter, joins));
        let all = some.unwrap_or_else(|| self.rows.rows(object));
        all.take_while(|_| self.meter.spend(ROW)).filter(move |row| self.passes(row, filter, joins))
    }

    fn passes(&self, row: &impl Row, filter: Option<&Filter>, joins: &[Ids]) -> bool {
        filter.is_none_or(|filter| {
            holds(filter, joins, self.meter, &|subject: &Subject| match subject {
                Subject::Path(path) => {
                    self.meter.spend(PARENT * path.hops.len() as u64);
                    fetch::value(self.rows, row, path)
                }
                Subject::Key(_) | Subject::Aggregate(_) => Cow::Owned(Value::Null),
            })
        })
    }

    fn joined(&self, join: &Join) -> Ids {
        let filter = join.filter.as_ref().map(|filter| ready(filter, self.context));
        self.selected(&join.object, filter.as_deref(), &[])
            .filter_map(|row| {
                self.meter.spend(KEY);
                short_id(&fetch::value(self.rows, &row, &join.path))
            })
            .collect()
    }

    fn sorted<'r>(
        &'r self,
        selected: impl Iterator<Item = R::Row<'r>>,
        order: &[SortBy],
        offset: usize,
        limit: usize,
    ) -> Vec<R::Row<'r>> {
        if order.is_empty() {
            return selected.skip(offset).take(limit).collect();
        }
        // Of the first few, no more than twice as many are kept while more come.
        let most = offset.saturating_add(limit);
        let sort = |keyed: &mut Vec<(Vec<Key>, R::Row<'r>)>| {
            let length = keyed.len() as u64;
            if self.meter.spend(length * u64::from(length.max(2).ilog2()) / 2) {
                sort(keyed, order);
            }
            keyed.truncate(most);
        };
        let mut keyed: Vec<(Vec<Key>, R::Row<'r>)> = Vec::new();
        for row in selected {
            keyed.push((self.keys(&row, order), row));
            if keyed.len() / 2 > most.max(MANY) {
                sort(&mut keyed);
            }
        }
        sort(&mut keyed);
        keyed.into_iter().map(|(_, row)| row).skip(offset).collect()
    }

    fn keys(&self, row: &impl Row, order: &[SortBy]) -> Vec<Key> {
        let one = |by: &SortBy| match &by.subject {
            Subject::Path(path) => {
                self.meter.spend(KEY + PARENT * path.hops.len() as u64);
                key(&fetch::value(self.rows, row, path), by.class, &by.picklist)
            }
            Subject::Key(_) | Subject::Aggregate(_) => Key::Null,
        };
        order.iter().map(one).collect()
    }

    fn project(
        &self,
        body: &Body,
        shape: &Shape,
        found: &[R::Row<'_>],
        children: &dyn Fn(usize, &str) -> Ordered,
    ) -> Vec<Ordered> {
        let cost = ROW + VALUE * shape.items.len() as u64;
        let within = found.iter().take_while(|_| self.meter.spend(cost));
        within.map(|row| record(self.rows, self.version, &body.object.name, shape, row, children)).collect()
    }

    /// The answers to a query of children of these parents, by the 15 characters of their ids. None for another item. The
    /// children are read once, not once for each parent.
    fn children(&self, item: &ShapeItem, parents: &Ids) -> Option<FxHashMap<SmolStr, Ordered>> {
        let ShapeItem::Children { field, body, .. } = item else { return None };
        let Output::Records(shape) = &body.output else { return None };
        let filter = body.filter.as_ref().map(|filter| ready(filter, self.context));
        let some = self.rows.among(&body.object.name, field, &mut parents.iter());
        let all = some.unwrap_or_else(|| self.rows.rows(&body.object.name));
        let of_parents = all.take_while(|_| self.meter.spend(ROW)).filter(|row| {
            let parent = short_id(&row.value(field));
            parent.is_some_and(|parent| parents.contains(&parent)) && self.passes(row, filter.as_deref(), &[])
        });
        let mut by_parent: FxHashMap<SmolStr, Vec<R::Row<'_>>> = FxHashMap::default();
        for row in self.sorted(of_parents, &body.order, 0, usize::MAX) {
            let Some(parent) = short_id(&row.value(field)) else { continue };
            by_parent.entry(parent).or_default().push(row);
        }
        let limit = body.limit.unwrap_or(usize::MAX);
        let mut answers = FxHashMap::default();
        let mut parents: Vec<&SmolStr> = parents.iter().collect();
        parents.sort_unstable();
        for parent in parents {
            let Some(children) = by_parent.remove(parent) else { continue };
            let found: Vec<_> = children.into_iter().skip(body.offset).take(limit).collect();
            let records = self.project(body, shape, &found, &|_, _| Value::Null.into());
            if !records.is_empty() {
                answers.insert(parent.clone(), answer(records.len(), records));
            }
        }
        Some(answers)
    }

    fn grouped<'r>(&'r self, plan: &Groups, selected: impl Iterator<Item = R::Row<'r>>, body: &Body) -> Vec<Ordered> {
        let having = plan.having.as_ref().map(|filter| ready(filter, self.context));
        let cost = KEY * (plan.keys.len() + plan.aggregates.len()) as u64;
        let selected = selected.take_while(|_| self.meter.spend(cost));
        let passes = |group: &super::aggregate::Group| {
            having.as_deref().is_none_or(|filter| holds(filter, &[], self.meter, &|subject| group.get(subject)))
        };
        let mut found: Vec<_> = groups::<R>(plan, self.rows, selected)
            .into_iter()
            .filter(passes)
            .map(|group| {
                let keys = body.order.iter().map(|by| key(&group.get(&by.subject), by.class, &by.picklist));
                (keys.collect::<Vec<_>>(), group)
            })
            .collect();
        sort(&mut found, &body.order);
        let record = |(_, group): (Vec<Key>, super::aggregate::Group)| {
            let attributes = ("attributes".into(), Ordered::object([("type", "AggregateResult".into())]));
            let columns =
                plan.columns.iter().map(|(name, subject)| (name.clone(), group.get(subject).into_owned().into()));
            Ordered::object::<SmolStr>(std::iter::once(attributes).chain(columns))
        };
        let wanted = found.into_iter().skip(body.offset).take(body.limit.unwrap_or(usize::MAX));
        wanted.take_while(|_| self.meter.spend(VALUE * plan.columns.len() as u64)).map(record).collect()
    }
}

/// How many records are kept at least while the first few of all are looked for.
const MANY: usize = 1_024;

/// The records of which a filter can let some through, if they can be found without looking at all: those with certain ids,
/// or certain parents.
fn candidates<'r, R: Rows>(
    rows: &'r R,
    object: &str,
    filter: &Filter,
    joins: &[Ids],
) -> Option<Box<dyn Iterator<Item = R::Row<'r>> + 'r>> {
    let (subject, ids): (_, &mut dyn Iterator<Item = &SmolStr>) = match filter {
        Filter::All(all) => return all.iter().find_map(|one| candidates(rows, object, one, joins)),
        Filter::Any(any) => {
            let [one] = any.as_slice() else { return None };
            return candidates(rows, object, one, joins);
        }
        Filter::Test { subject, check: Check::Id(Relation::Equal, id) } => (subject, &mut std::iter::once(id)),
        Filter::Test { subject, check: Check::Ids(ids) } => (subject, &mut ids.iter()),
        Filter::Joined { subject, join } => (subject, &mut joins.get(*join)?.iter()),
        Filter::Not(_) | Filter::Test { .. } => return None,
    };
    let Subject::Path(path) = subject else { return None };
    let field = match path.hops.as_slice() {
        [] => &path.field.name,
        // A parent's id stands in the record.
        [hop] if path.field.kind == FieldType::Id => &hop.field,
        _ => return None,
    };
    if path.labelled || path.is_type { None } else { rows.among(object, field, ids) }
}

/// The body of an answer that is not paged.
pub(in super::super) fn answer(total: usize, records: Vec<Ordered>) -> Ordered {
    Ordered::object([("totalSize", total.into()), ("done", true.into()), ("records", Ordered::List(records))])
}
