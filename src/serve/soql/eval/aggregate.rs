//! Groups of records, and what aggregate functions give for them.
//!
//! Groups are formed without regard to case, as texts are compared (assumed), and stand in the order of their first
//! records unless the query sorts them.

use std::borrow::Cow;
use std::cmp::Ordering;

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;
use smol_str::SmolStr;

use super::super::ast::Function;
use super::super::plan::{Aggregate, Groups, Subject};
use super::super::rows::Rows;
use super::super::schema::{Class, FieldType};
use super::fetch;
use super::sort::{Key, compare, key};
use super::values::{is_null, json, number, short_id, text};

/// A group: the values of its keys and of its aggregates.
pub(super) struct Group {
    keys: Vec<Value>,
    results: Vec<Value>,
}

impl Group {
    pub(super) fn get(&self, subject: &Subject) -> Cow<'_, Value> {
        let value = match subject {
            Subject::Key(at) => self.keys.get(*at),
            Subject::Aggregate(at) => self.results.get(*at),
            Subject::Path(_) => None,
        };
        value.map_or(Cow::Owned(Value::Null), Cow::Borrowed)
    }
}

/// What makes values of a group equal.
fn identity(value: &Value, class: Class) -> SmolStr {
    match class {
        Class::Id => short_id(value).unwrap_or_default(),
        Class::Integer | Class::Number => number(value).map(|number| number.to_string()).unwrap_or_default().into(),
        _ => text(value).unwrap_or_default().to_lowercase().into(),
    }
}

pub(super) fn groups<'r, R: Rows + 'r>(
    plan: &Groups,
    rows: &R,
    selected: impl Iterator<Item = R::Row<'r>>,
) -> Vec<Group> {
    let mut index: FxHashMap<Vec<SmolStr>, usize> = FxHashMap::default();
    let mut open: Vec<(Vec<Value>, Vec<Accumulator>)> = Vec::new();
    let start = || plan.aggregates.iter().map(|_| Accumulator::default()).collect::<Vec<_>>();
    if plan.whole {
        index.insert(Vec::new(), 0);
        open.push((Vec::new(), start()));
    }
    for row in selected {
        let keys: Vec<_> = plan.keys.iter().map(|path| fetch::value(rows, &row, path)).collect();
        let name = keys.iter().zip(&plan.keys).map(|(value, path)| identity(value, path.field.kind.class())).collect();
        let at = *index.entry(name).or_insert_with(|| {
            open.push((keys.into_iter().map(Cow::into_owned).collect(), start()));
            open.len() - 1
        });
        if let Some((_, accumulators)) = open.get_mut(at) {
            for (accumulator, aggregate) in accumulators.iter_mut().zip(&plan.aggregates) {
                accumulator.add(&fetch::value(rows, &row, &aggregate.path), aggregate);
            }
        }
    }
    let finish = |(keys, accumulators): (Vec<Value>, Vec<Accumulator>)| {
        let results = accumulators.into_iter().zip(&plan.aggregates).map(|(one, aggregate)| one.finish(aggregate));
        Group { keys, results: results.collect() }
    };
    open.into_iter().map(finish).collect()
}

#[derive(Default)]
struct Accumulator {
    count: u64,
    sum: f64,
    best: Option<(Key, Value)>,
    distinct: FxHashSet<SmolStr>,
}

impl Accumulator {
    fn add(&mut self, value: &Value, aggregate: &Aggregate) {
        if is_null(value) {
            return;
        }
        self.count += 1;
        let field = &aggregate.path.field;
        let class = field.kind.class();
        match aggregate.function {
            Function::CountDistinct => {
                self.distinct.insert(identity(value, class));
            }
            Function::Sum | Function::Avg => self.sum += number(value).unwrap_or(0.0),
            Function::Min | Function::Max => {
                // Picklists are compared by the order of their values.
                let order: Vec<SmolStr> = match field.kind {
                    FieldType::Picklist => field.picklist.iter().map(|entry| entry.value.clone()).collect(),
                    _ => Vec::new(),
                };
                let key = key(value, class, &order);
                let wanted = if aggregate.function == Function::Min { Ordering::Less } else { Ordering::Greater };
                if self.best.as_ref().is_none_or(|(best, _)| compare(&key, best) == wanted) {
                    self.best = Some((key, value.clone()));
                }
            }
            Function::Count | Function::ToLabel => {}
        }
    }

    fn finish(self, aggregate: &Aggregate) -> Value {
        let integer = aggregate.path.field.kind.class() == Class::Integer;
        match aggregate.function {
            Function::Count => self.count.into(),
            Function::CountDistinct => self.distinct.len().into(),
            Function::Min | Function::Max | Function::ToLabel => self.best.map_or(Value::Null, |(_, value)| value),
            Function::Sum | Function::Avg if self.count == 0 => Value::Null,
            // Whole numbers of this size are exact.
            #[allow(clippy::cast_possible_truncation)]
            Function::Sum if integer && self.sum.abs() < 9e15 => (self.sum as i64).into(),
            Function::Sum => json(self.sum),
            #[allow(clippy::cast_precision_loss)]
            Function::Avg => json(self.sum / self.count as f64),
        }
    }
}
