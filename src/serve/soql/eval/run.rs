//! A plan, executed.

use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;
use smol_str::SmolStr;

use super::super::plan::{Body, Filter, Groups, Join, Output, Shape, ShapeItem, SortBy, Subject};
use super::super::rows::{Row, Rows};
use super::super::time::Context;
use super::aggregate::groups;
use super::fetch;
use super::filter::{holds, ready};
use super::project::record;
use super::sort::{Key, key, sort};
use super::values::short_id;
use crate::serve::ordered::Ordered;

type Ids = FxHashSet<SmolStr>;

/// The number of records, and the records: none for `COUNT()`.
pub(in super::super) fn run<R: Rows>(
    body: &Body,
    joins: &[Join],
    version: u32,
    rows: &R,
    context: &Context,
) -> (usize, Vec<Ordered>) {
    let joins: Vec<Ids> = joins.iter().map(|join| joined(join, rows, context)).collect();
    let filter = body.filter.as_ref().map(|filter| ready(filter, context));
    let selected = selected(rows, &body.object.name, filter.as_deref(), &joins);
    let limit = body.limit.unwrap_or(usize::MAX);
    match &body.output {
        Output::Count => (selected.skip(body.offset).take(limit).count(), Vec::new()),
        Output::Records(shape) => {
            let found = sorted(rows, selected, &body.order, body.offset, limit);
            let children: Vec<_> = shape.items.iter().map(|item| children(item, version, rows, context)).collect();
            let answer = |at: usize, id: &str| {
                children.get(at).and_then(Option::as_ref).map_or(Value::Null.into(), |by_parent| {
                    by_parent.get(id.get(..15).unwrap_or(id)).cloned().unwrap_or_else(|| Value::Null.into())
                })
            };
            let records = project(rows, version, body, shape, &found, &answer);
            (records.len(), records)
        }
        Output::Groups(plan) => {
            let records = grouped(plan, rows, selected, body, context);
            (records.len(), records)
        }
    }
}

/// The records of an object that a filter lets through.
fn selected<'r, R: Rows>(
    rows: &'r R,
    object: &str,
    filter: Option<&'r Filter>,
    joins: &'r [Ids],
) -> impl Iterator<Item = R::Row<'r>> {
    rows.rows(object).filter(move |row| {
        filter.is_none_or(|filter| {
            holds(filter, joins, &|subject: &Subject| match subject {
                Subject::Path(path) => fetch::value(rows, row, path),
                Subject::Key(_) | Subject::Aggregate(_) => Cow::Owned(Value::Null),
            })
        })
    })
}

fn joined<R: Rows>(join: &Join, rows: &R, context: &Context) -> Ids {
    let filter = join.filter.as_ref().map(|filter| ready(filter, context));
    selected(rows, &join.object, filter.as_deref(), &[])
        .filter_map(|row| short_id(&fetch::value(rows, &row, &join.path)))
        .collect()
}

fn sorted<'r, R: Rows + 'r>(
    rows: &'r R,
    selected: impl Iterator<Item = R::Row<'r>>,
    order: &[SortBy],
    offset: usize,
    limit: usize,
) -> Vec<R::Row<'r>> {
    if order.is_empty() {
        return selected.skip(offset).take(limit).collect();
    }
    let mut keyed: Vec<(Vec<Key>, R::Row<'r>)> = selected.map(|row| (keys(rows, &row, order), row)).collect();
    sort(&mut keyed, order);
    keyed.into_iter().map(|(_, row)| row).skip(offset).take(limit).collect()
}

fn keys<R: Rows>(rows: &R, row: &impl Row, order: &[SortBy]) -> Vec<Key> {
    let one = |by: &SortBy| match &by.subject {
        Subject::Path(path) => key(&fetch::value(rows, row, path), by.class, &by.picklist),
        Subject::Key(_) | Subject::Aggregate(_) => Key::Null,
    };
    order.iter().map(one).collect()
}

fn project<R: Rows>(
    rows: &R,
    version: u32,
    body: &Body,
    shape: &Shape,
    found: &[R::Row<'_>],
    children: &dyn Fn(usize, &str) -> Ordered,
) -> Vec<Ordered> {
    found.iter().map(|row| record(rows, version, &body.object.name, shape, row, children)).collect()
}

/// The answers to a query of children by the 15 characters of their parents' ids. None for another item. The children
/// are read once, not once for each parent.
fn children<R: Rows>(
    item: &ShapeItem,
    version: u32,
    rows: &R,
    context: &Context,
) -> Option<FxHashMap<SmolStr, Ordered>> {
    let ShapeItem::Children { field, body, .. } = item else { return None };
    let Output::Records(shape) = &body.output else { return None };
    let filter = body.filter.as_ref().map(|filter| ready(filter, context));
    let all = selected(rows, &body.object.name, filter.as_deref(), &[]);
    let mut by_parent: FxHashMap<SmolStr, Vec<R::Row<'_>>> = FxHashMap::default();
    let mut parents = Vec::new();
    for row in sorted(rows, all, &body.order, 0, usize::MAX) {
        let Some(parent) = short_id(&row.value(field)) else { continue };
        let siblings = by_parent.entry(parent.clone()).or_default();
        if siblings.is_empty() {
            parents.push(parent);
        }
        siblings.push(row);
    }
    let limit = body.limit.unwrap_or(usize::MAX);
    let answers = parents.into_iter().filter_map(|parent| {
        let found: Vec<_> = by_parent.remove(&parent)?.into_iter().skip(body.offset).take(limit).collect();
        let records = project(rows, version, body, shape, &found, &|_, _| Value::Null.into());
        (!records.is_empty()).then(|| (parent, answer(records.len(), records)))
    });
    Some(answers.collect())
}

/// The body of an answer that is not paged.
pub(in super::super) fn answer(total: usize, records: Vec<Ordered>) -> Ordered {
    Ordered::object([("totalSize", total.into()), ("done", true.into()), ("records", Ordered::List(records))])
}

fn grouped<'r, R: Rows + 'r>(
    plan: &Groups,
    rows: &'r R,
    selected: impl Iterator<Item = R::Row<'r>>,
    body: &Body,
    context: &Context,
) -> Vec<Ordered> {
    let having = plan.having.as_ref().map(|filter| ready(filter, context));
    let mut found: Vec<_> = groups::<R>(plan, rows, selected)
        .into_iter()
        .filter(|group| having.as_deref().is_none_or(|filter| holds(filter, &[], &|subject| group.get(subject))))
        .map(|group| {
            let keys = body.order.iter().map(|by| key(&group.get(&by.subject), by.class, &by.picklist));
            (keys.collect::<Vec<_>>(), group)
        })
        .collect();
    sort(&mut found, &body.order);
    let record = |(_, group): (Vec<Key>, super::aggregate::Group)| {
        let attributes = ("attributes".into(), Ordered::object([("type", "AggregateResult".into())]));
        let columns = plan.columns.iter().map(|(name, subject)| (name.clone(), group.get(subject).into_owned().into()));
        Ordered::object::<SmolStr>(std::iter::once(attributes).chain(columns))
    };
    found.into_iter().skip(body.offset).take(body.limit.unwrap_or(usize::MAX)).map(record).collect()
}
