//! A query as a whole.

use super::super::ast::{Condition, Expression, Item, Select};
use super::super::error::{ErrorCode, Fault};
use super::super::schema::{Class, Schema};
use super::conditions::{Conditions, where_left};
use super::groups::{groups, is_grouped, sorting};
use super::model::{Body, Filter, Join, Output, ShapeItem, SortBy, Subject};
use super::paths::{Scope, no_object, no_relationship};
use super::shapes::{relationship, shape};

/// As documented under OFFSET.
const MOST_OFFSET: u64 = 2000;

/// The body of a query, and the joins that its conditions refer to.
pub(in super::super) fn check<S: Schema + ?Sized>(
    schema: &S,
    select: &Select,
    version: u32,
) -> Result<(Body, Vec<Join>), Fault> {
    let object = match select.from.names.as_slice() {
        [name] => schema.object(&name.text),
        _ => None,
    };
    let object = object.ok_or_else(|| no_object(&select.from))?;
    if !object.queryable {
        // Seen with this code's sibling; the words are Salesforce's, the code is assumed.
        let reason = format!("entity type {} does not support query", object.name);
        return Err(Fault::new(ErrorCode::InvalidType, select.from.span, reason).unplaced());
    }
    let scope = Scope { schema, object, alias: select.alias.as_ref().map(|alias| alias.text.clone()) };
    let mut joins = Vec::new();
    let body = body(&scope, select, version, &mut joins, true)?;
    Ok((body, joins))
}

fn body<S: Schema + ?Sized>(
    scope: &Scope<'_, S>,
    select: &Select,
    version: u32,
    joins: &mut Vec<Join>,
    root: bool,
) -> Result<Body, Fault> {
    let counts = matches!(select.items.as_slice(), [Item::Count]);
    let grouped = is_grouped(select) && !counts;
    if !root && (counts || grouped) {
        return Err(Fault::rule(select.span, "only root queries support aggregate expressions"));
    }
    if counts {
        let clauses = select.clauses;
        for (clause, name) in [(clauses.group, "GROUP BY"), (clauses.having, "HAVING"), (clauses.order, "ORDER BY")] {
            if let Some(span) = clause {
                // Documented; assumed are the words.
                return Err(Fault::malformed(span, format!("{name} is not allowed with COUNT()")));
            }
        }
    }
    let (output, order) = if counts {
        (Output::Count, Vec::new())
    } else if grouped {
        let (groups, order) = groups(scope, select)?;
        (Output::Groups(Box::new(groups)), order)
    } else {
        let mut children = |inner: &Select| children(scope, inner, version, root);
        let shape = shape(scope, select, version, &mut children)?;
        (Output::Records(shape), order(scope, select)?)
    };
    let filter = select.filter.as_ref().map(|condition| filter(scope, condition, root.then_some(joins))).transpose()?;
    if let Some(offset) = select.offset.filter(|offset| offset.number > MOST_OFFSET) {
        let reason = format!("Maximum SOQL offset allowed is {MOST_OFFSET}");
        return Err(Fault::new(ErrorCode::NumberOutsideValidRange, offset.span, reason).unplaced());
    }
    Ok(Body {
        object: scope.object.clone(),
        filter,
        order,
        limit: select.limit.map(|limit| usize::try_from(limit.number).unwrap_or(usize::MAX)),
        offset: select.offset.map_or(0, |offset| usize::try_from(offset.number).unwrap_or(usize::MAX)),
        output,
    })
}

fn filter<S: Schema + ?Sized>(
    scope: &Scope<'_, S>,
    condition: &Condition,
    joins: Option<&mut Vec<Join>>,
) -> Result<Filter, Fault> {
    let mut left = |expression: &Expression| where_left(scope, expression);
    Conditions { scope, joins, left: &mut left }.filter(condition)
}

fn order<S: Schema + ?Sized>(scope: &Scope<'_, S>, select: &Select) -> Result<Vec<SortBy>, Fault> {
    let mut order = Vec::new();
    for by in &select.order {
        let path = match &by.expression {
            Expression::Path(path) => scope.path(path)?,
            Expression::Call { span, .. } => {
                // Assumed: the words.
                return Err(Fault::malformed(*span, "an aggregate function needs GROUP BY to be sorted by"));
            }
        };
        let class = path.field.kind.class();
        if !path.field.sortable || matches!(class, Class::Opaque | Class::Choices) {
            let reason = format!("field '{}' can not be sorted in a query call", path.field.name);
            return Err(Fault::new(ErrorCode::InvalidField, by.expression.span(), reason));
        }
        let (class, picklist) = sorting(&path);
        let subject = Subject::Path(path);
        order.push(SortBy { subject, class, picklist, descending: by.descending, nulls_last: by.nulls_last });
    }
    Ok(order)
}

/// A SELECT of children.
fn children<S: Schema + ?Sized>(
    scope: &Scope<'_, S>,
    select: &Select,
    version: u32,
    root: bool,
) -> Result<ShapeItem, Fault> {
    if !root {
        return Err(Fault::unsupported(select.span, "A query of children inside a query of children"));
    }
    let child = relationship(scope, select).and_then(|name| scope.schema.child(&scope.object.name, name));
    let Some(child) = child else {
        let reason = no_relationship(&select.from.to_string(), "FROM part of query call");
        return Err(Fault::new(ErrorCode::InvalidType, select.from.span, reason));
    };
    let object = scope.schema.object(&child.object).ok_or_else(|| no_object(&select.from))?;
    let inner = Scope { schema: scope.schema, object, alias: select.alias.as_ref().map(|alias| alias.text.clone()) };
    let body = body(&inner, select, version, &mut Vec::new(), false)?;
    Ok(ShapeItem::Children { relationship: child.relationship, field: child.field, body: Box::new(body) })
}
