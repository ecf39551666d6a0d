//! Whether a condition holds.

use std::borrow::Cow;

use rustc_hash::FxHashSet;
use serde_json::Value;
use smol_str::SmolStr;

use super::super::meter::{LETTERS, Meter, TEST};
use super::super::plan::{Check, Filter, Range, Relation, Subject};
use super::super::schema::Class;
use super::super::time::Context;
use super::values::{boolean, is_null, moment, number, short_id, text};
use crate::caseless;

/// True if a filter depends on the present.
fn is_relative(filter: &Filter) -> bool {
    match filter {
        Filter::All(all) | Filter::Any(all) => all.iter().any(is_relative),
        Filter::Not(one) => is_relative(one),
        Filter::Test { check: Check::Moment { range: Range::Literal(_), .. }, .. } => true,
        Filter::Test { .. } | Filter::Joined { .. } => false,
    }
}

/// The filter with its date literals replaced by days and times.
pub(in super::super) fn ready<'f>(filter: &'f Filter, context: &Context) -> Cow<'f, Filter> {
    if is_relative(filter) { Cow::Owned(fixed(filter, context)) } else { Cow::Borrowed(filter) }
}

fn fixed(filter: &Filter, context: &Context) -> Filter {
    let each = |all: &[Filter]| all.iter().map(|one| fixed(one, context)).collect();
    match filter {
        Filter::All(all) => Filter::All(each(all)),
        Filter::Any(all) => Filter::Any(each(all)),
        Filter::Not(one) => Filter::Not(Box::new(fixed(one, context))),
        Filter::Test { subject, check: Check::Moment { relation, class, range: Range::Literal(literal) } } => {
            let day = *class == Class::Date;
            let (from, to) = if day { context.day_range(*literal) } else { context.time_range(*literal) };
            let check = Check::Moment { relation: *relation, class: *class, range: Range::Fixed(from, to) };
            Filter::Test { subject: subject.clone(), check }
        }
        same => same.clone(),
    }
}

/// Whether a filter that is ready holds for the values that `get` gives. `joins` are the ids that each join selects.
pub(in super::super) fn holds<'v>(
    filter: &Filter,
    joins: &[FxHashSet<SmolStr>],
    meter: &Meter,
    get: &impl Fn(&Subject) -> Cow<'v, Value>,
) -> bool {
    match filter {
        Filter::All(all) => all.iter().all(|one| holds(one, joins, meter, get)),
        Filter::Any(all) => all.iter().any(|one| holds(one, joins, meter, get)),
        Filter::Not(one) => !holds(one, joins, meter, get),
        Filter::Test { subject, check } => meter.spend(TEST) && passes(check, &get(subject), meter),
        Filter::Joined { subject, join } => {
            short_id(&get(subject)).is_some_and(|id| joins.get(*join).is_some_and(|ids| ids.contains(&id)))
        }
    }
}

fn passes(check: &Check, value: &Value, meter: &Meter) -> bool {
    if let Value::String(text) = value
        && text.len() > LETTERS
        && !meter.spend((text.len() / LETTERS) as u64)
    {
        return false;
    }
    match check {
        Check::Null => is_null(value),
        Check::Never => false,
        Check::Id(relation, id) => short_id(value).is_some_and(|other| compares(*relation, &other, id)),
        Check::Text(Relation::Equal, wanted) => text(value).is_some_and(|text| caseless::equal(&text, wanted)),
        Check::Text(relation, wanted) => {
            text(value).is_some_and(|text| compares(*relation, text.to_lowercase().as_str(), wanted.as_str()))
        }
        Check::Number(relation, wanted) => number(value).is_some_and(|number| compares(*relation, &number, wanted)),
        Check::Boolean(wanted) => boolean(value) == *wanted,
        Check::Moment { relation, class, range } => {
            let Range::Fixed(from, to) = range else { return false };
            moment(value, *class).is_some_and(|moment| match relation {
                Relation::Equal => *from <= moment && moment < *to,
                Relation::Less => moment < *from,
                Relation::LessOrEqual => moment < *to,
                Relation::Greater => moment >= *to,
                Relation::GreaterOrEqual => moment >= *from,
            })
        }
        Check::Like(pattern) => text(value).is_some_and(|text| pattern.matches(&text, meter)),
        Check::Ids(ids) => short_id(value).is_some_and(|id| ids.contains(&id)),
        Check::Texts(texts) => text(value).is_some_and(|text| texts.contains(text.to_lowercase().as_str())),
        Check::Includes(sets) => {
            let Some(text) = text(value) else { return false };
            let chosen: Vec<&str> = text.split(';').map(str::trim).collect();
            let is_chosen = |wanted: &SmolStr| chosen.iter().any(|value| caseless::equal(value, wanted));
            sets.iter().any(|set| set.iter().all(is_chosen))
        }
    }
}

fn compares<T: PartialOrd + ?Sized>(relation: Relation, left: &T, right: &T) -> bool {
    match relation {
        Relation::Equal => left == right,
        Relation::Less => left < right,
        Relation::LessOrEqual => left <= right,
        Relation::Greater => left > right,
        Relation::GreaterOrEqual => left >= right,
    }
}
