//! Conditions of WHERE and HAVING.

use std::sync::Arc;

use rustc_hash::FxHashSet;
use smol_str::SmolStr;

use super::super::ast::{Comparison, Condition, Expression, Function, Item, Literal, Operand, Operator, Select};
use super::super::error::{ErrorCode, Fault};
use super::super::schema::{Class, FieldType, Schema};
use super::model::{Check, Filter, Join, Path, Relation, Subject};
use super::paths::{Scope, no_object};
use super::values::{self, Target};

/// As documented under "Comparison Operators".
const MOST_JOINS: usize = 2;

/// What stands on the left of a comparison.
pub(super) struct Left {
    pub(super) subject: Subject,
    pub(super) kind: FieldType,
    pub(super) name: String,
}

/// Checks conditions: `left` says what an expression refers to.
pub(super) struct Conditions<'c, 's, S: ?Sized> {
    pub(super) scope: &'c Scope<'s, S>,
    /// None where a SELECT may not stand in a condition.
    pub(super) joins: Option<&'c mut Vec<Join>>,
    pub(super) left: &'c mut dyn FnMut(&Expression) -> Result<Left, Fault>,
}

/// What an expression of WHERE refers to.
pub(super) fn where_left<S: Schema + ?Sized>(scope: &Scope<'_, S>, expression: &Expression) -> Result<Left, Fault> {
    let path = match expression {
        Expression::Path(path) => scope.path(path)?,
        Expression::Call { function: Function::ToLabel, argument, .. } => {
            Path { labelled: true, ..scope.path(argument)? }
        }
        Expression::Call { function, span, .. } => {
            // Assumed: the words.
            let reason = format!("the aggregate function {} is not allowed in WHERE", function.name());
            return Err(Fault::malformed(*span, reason));
        }
    };
    if !path.field.filterable || path.field.kind.class() == Class::Opaque {
        let reason = format!("field '{}' can not be filtered in a query call", path.field.name);
        return Err(Fault::new(ErrorCode::InvalidField, expression.span(), reason));
    }
    let kind = if path.labelled { FieldType::String } else { path.field.kind };
    Ok(Left { name: path.name(), subject: Subject::Path(path), kind })
}

impl<S: Schema + ?Sized> Conditions<'_, '_, S> {
    pub(super) fn filter(&mut self, condition: &Condition) -> Result<Filter, Fault> {
        self.part(condition, false)
    }

    fn part(&mut self, condition: &Condition, under_or: bool) -> Result<Filter, Fault> {
        Ok(match condition {
            Condition::And(all) => {
                Filter::All(all.iter().map(|one| self.part(one, under_or)).collect::<Result<_, _>>()?)
            }
            Condition::Or(all) => Filter::Any(all.iter().map(|one| self.part(one, true)).collect::<Result<_, _>>()?),
            Condition::Not(one) => Filter::Not(Box::new(self.part(one, under_or)?)),
            Condition::Compare(comparison) => self.comparison(comparison, under_or)?,
        })
    }

    fn comparison(&mut self, comparison: &Comparison, under_or: bool) -> Result<Filter, Fault> {
        let left = (self.left)(&comparison.subject)?;
        let (filter, negated) = match &comparison.operand {
            Operand::Select(select) => {
                (self.join(comparison, left, select, under_or)?, comparison.operator == Operator::NotIn)
            }
            Operand::One(literal) => {
                let target = Target { name: &left.name, kind: left.kind };
                let (check, negated) = match values::relation(comparison.operator) {
                    Some((relation, negated)) => (values::check(&target, comparison, relation, literal)?, negated),
                    None => (values::like(&target, comparison, literal)?, false),
                };
                (Filter::Test { subject: left.subject, check }, negated)
            }
            Operand::List(all) if matches!(comparison.operator, Operator::Includes | Operator::Excludes) => {
                let target = Target { name: &left.name, kind: left.kind };
                let check = values::includes(&target, comparison, all)?;
                (Filter::Test { subject: left.subject, check }, comparison.operator == Operator::Excludes)
            }
            Operand::List(all) => (one_of(&left, comparison, all)?, comparison.operator == Operator::NotIn),
        };
        Ok(if negated { Filter::Not(Box::new(filter)) } else { filter })
    }

    fn join(&mut self, comparison: &Comparison, left: Left, select: &Select, under_or: bool) -> Result<Filter, Fault> {
        let span = select.span;
        if under_or {
            return Err(Fault::rule(span, "Semi join sub-selects are not allowed with the 'OR' operator"));
        }
        let Some(joins) = self.joins.as_deref_mut() else {
            return Err(Fault::rule(span, "Nesting of semi join sub-selects is not supported"));
        };
        if joins.len() >= MOST_JOINS {
            return Err(Fault::rule(span, format!("Maximum {MOST_JOINS} semi join sub-selects are allowed")));
        }
        let Subject::Path(path) = left.subject else {
            return Err(Fault::rule(span, "semi join sub-selects are not allowed in HAVING"));
        };
        if path.field.kind.class() != Class::Id || !path.hops.is_empty() {
            // Assumed: the words.
            let reason = format!(
                "field '{}' cannot be compared with a sub-select; only ids of the object itself can",
                left.name
            );
            return Err(Fault::malformed(comparison.subject.span(), reason));
        }
        let object = self.scope.schema.object(&select.from.to_string()).ok_or_else(|| no_object(&select.from))?;
        if object.name == self.scope.object.name {
            return Err(Fault::rule(span, "The inner and outer selects should not be on the same object type"));
        }
        let scope = Scope { schema: self.scope.schema, object, alias: select.alias.as_ref().map(|a| a.text.clone()) };
        let inner = joined_field(&scope, select)?;
        let targets = |path: &Path, own: &SmolStr| match path.field.kind {
            FieldType::Id => vec![path.hops.last().map_or(own, |hop| hop.objects.first().unwrap_or(own)).clone()],
            _ => path.field.references.clone(),
        };
        let (outside, inside) = (targets(&path, &self.scope.object.name), targets(&inner, &scope.object.name));
        if !outside.is_empty() && !inside.is_empty() && !outside.iter().any(|object| inside.contains(object)) {
            let reason = format!(
                "The selected field '{}' in the subquery and the left operand field in the where expression in the \
                 outer query '{}' should point to the same object type",
                inner.field.name, left.name
            );
            return Err(Fault::malformed(comparison.subject.span(), reason));
        }
        let filter = match &select.filter {
            Some(condition) => {
                let mut left = |expression: &Expression| where_left(&scope, expression);
                Some(Conditions { scope: &scope, joins: None, left: &mut left }.filter(condition)?)
            }
            None => None,
        };
        joins.push(Join { object: scope.object.name.clone(), path: inner, filter });
        Ok(Filter::Joined { subject: Subject::Path(path), join: joins.len() - 1 })
    }
}

/// The one field that a SELECT in a condition selects.
fn joined_field<S: Schema + ?Sized>(scope: &Scope<'_, S>, select: &Select) -> Result<Path, Fault> {
    let clauses = select.clauses;
    for (clause, name) in [
        (clauses.group, "GROUP BY"),
        (clauses.having, "HAVING"),
        (clauses.order, "ORDER BY"),
        (clauses.limit, "LIMIT"),
        (clauses.offset, "OFFSET"),
    ] {
        if let Some(span) = clause {
            // Assumed: the words.
            return Err(Fault::malformed(span, format!("{name} is not allowed in a semi join sub-select")));
        }
    }
    let path = match select.items.as_slice() {
        [Item::Value { expression: Expression::Path(path), alias: None }] => Some((path, scope.path(path)?)),
        _ => None,
    };
    match path {
        Some((_, path)) if path.field.kind.class() == Class::Id => Ok(path),
        // Assumed: the words.
        _ => Err(Fault::malformed(select.span, "a semi join sub-select must select one field that holds an id")),
    }
}

fn one_of(left: &Left, comparison: &Comparison, all: &[Literal]) -> Result<Filter, Fault> {
    let target = Target { name: &left.name, kind: left.kind };
    let mut set = FxHashSet::default();
    let mut others = Vec::new();
    for literal in all {
        match values::check(&target, comparison, Relation::Equal, literal)? {
            Check::Id(_, text) | Check::Text(_, text) => {
                set.insert(text);
            }
            check => others.push(check),
        }
    }
    if !set.is_empty() {
        let set = Arc::new(set);
        others.push(if left.kind.class() == Class::Id { Check::Ids(set) } else { Check::Texts(set) });
    }
    let tests = others.into_iter().map(|check| Filter::Test { subject: left.subject.clone(), check });
    Ok(Filter::Any(tests.collect()))
}
