//! Values of comparisons: they must fit the type of the field.

use smol_str::SmolStr;

use super::super::ast::{Comparison, Literal, Operator};
use super::super::error::{ErrorCode, Fault};
use super::super::escape;
use super::super::like::Pattern;
use super::super::schema::{Class, FieldType};
use super::model::{Check, Range, Relation};

/// The field of a comparison.
pub(super) struct Target<'t> {
    pub(super) name: &'t str,
    pub(super) kind: FieldType,
}

/// What is true if a field equals, is less than, … a value.
pub(super) fn check(
    target: &Target<'_>,
    comparison: &Comparison,
    relation: Relation,
    literal: &Literal,
) -> Result<Check, Fault> {
    let span = comparison.subject.span();
    let class = target.kind.class();
    let ordered = relation != Relation::Equal;
    if ordered && matches!(class, Class::Boolean | Class::Choices) {
        return Err(operator(comparison));
    }
    Ok(match (class, literal) {
        (_, Literal::Null) if ordered => Check::Never,
        (_, Literal::Null) => Check::Null,
        (Class::Id, Literal::Text(raw)) => {
            let id = escape::plain(raw);
            match short_id(&id) {
                Some(id) => Check::Id(relation, id),
                None if id.is_empty() => {
                    if ordered {
                        Check::Never
                    } else {
                        Check::Null
                    }
                }
                None => {
                    let reason = format!("invalid ID field: {id}");
                    return Err(Fault::new(ErrorCode::InvalidQueryFilterOperator, span, reason));
                }
            }
        }
        (Class::Text | Class::Choices, Literal::Text(raw)) => {
            let text = escape::plain(raw);
            match (text.is_empty(), ordered) {
                (true, true) => Check::Never,
                (true, false) => Check::Null,
                (false, _) => Check::Text(relation, text.to_lowercase().into()),
            }
        }
        (Class::Integer | Class::Number, Literal::Number(text)) => match text.parse() {
            Ok(number) => Check::Number(relation, number),
            Err(_) => return Err(mismatch(target, comparison)),
        },
        (Class::Boolean, Literal::Boolean(value)) => Check::Boolean(*value),
        (Class::Date, Literal::Date(_, day)) => {
            Check::Moment { relation, class, range: Range::Fixed(*day, day.saturating_add(1)) }
        }
        (Class::Datetime, Literal::Datetime(_, time)) => {
            Check::Moment { relation, class, range: Range::Fixed(*time, time.saturating_add(1)) }
        }
        (Class::Date | Class::Datetime, Literal::Range(literal)) => {
            Check::Moment { relation, class, range: Range::Literal(*literal) }
        }
        _ => return Err(mismatch(target, comparison)),
    })
}

/// LIKE.
pub(super) fn like(target: &Target<'_>, comparison: &Comparison, literal: &Literal) -> Result<Check, Fault> {
    match (target.kind.class(), literal) {
        (Class::Text, Literal::Text(raw)) => Ok(Check::Like(Pattern::new(raw))),
        (Class::Text, _) => Err(mismatch(target, comparison)),
        _ => Err(operator(comparison)),
    }
}

/// INCLUDES: each string lists values that must all be there.
pub(super) fn includes(target: &Target<'_>, comparison: &Comparison, all: &[Literal]) -> Result<Check, Fault> {
    if target.kind.class() != Class::Choices {
        return Err(operator(comparison));
    }
    let sets = all.iter().map(|literal| match literal {
        Literal::Text(raw) => {
            Ok(escape::plain(raw).split(';').map(|value| SmolStr::new(value.trim().to_lowercase())).collect())
        }
        _ => Err(mismatch(target, comparison)),
    });
    Ok(Check::Includes(sets.collect::<Result<_, _>>()?))
}

/// The operator does not fit the field. The words are those with which LIKE NULL was refused.
pub(super) fn operator(comparison: &Comparison) -> Fault {
    Fault::new(ErrorCode::InvalidQueryFilterOperator, comparison.operator_span, "invalid operator")
}

fn mismatch(target: &Target<'_>, comparison: &Comparison) -> Fault {
    // Published for string, double, date and dateTime; assumed for the others.
    let (kind, quoted) = match target.kind.class() {
        Class::Id => ("ID", true),
        Class::Text | Class::Choices | Class::Opaque => ("string", true),
        Class::Boolean => ("boolean", false),
        Class::Integer => ("int", false),
        Class::Number => ("double", false),
        Class::Date => ("date", false),
        Class::Datetime => ("dateTime", false),
    };
    let should = if quoted { "should be" } else { "should not be" };
    let reason = format!(
        "value of filter criterion for field '{}' must be of type {kind} and {should} enclosed in quotes",
        target.name
    );
    Fault::new(ErrorCode::InvalidField, comparison.subject.span(), reason)
}

/// The first 15 characters of an id. None if it is none.
pub(super) fn short_id(id: &str) -> Option<SmolStr> {
    let fits = matches!(id.len(), 15 | 18) && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
    id.get(..15).filter(|_| fits).map(SmolStr::new)
}

/// The relation of an operator, and whether it is negated. None for LIKE, IN and so on.
pub(super) fn relation(operator: Operator) -> Option<(Relation, bool)> {
    Some(match operator {
        Operator::Equal => (Relation::Equal, false),
        Operator::NotEqual => (Relation::Equal, true),
        Operator::Less => (Relation::Less, false),
        Operator::LessOrEqual => (Relation::LessOrEqual, false),
        Operator::Greater => (Relation::Greater, false),
        Operator::GreaterOrEqual => (Relation::GreaterOrEqual, false),
        _ => return None,
    })
}
