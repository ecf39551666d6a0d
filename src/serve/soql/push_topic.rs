//! Queries of `PushTopic` records: which are allowed, and which records they let through.
//!
//! What is not allowed is listed under "Unsupported `PushTopic` Queries" in Salesforce's Streaming API Developer Guide,
//! with most of the words; those of the others are assumed.

use std::borrow::Cow;

use serde_json::Value;
use smol_str::SmolStr;

use super::ast::{Comparison, Condition, Expression, Item, Operand, Select};
use super::error::{ErrorCode, Fault};
use super::eval::{holds, ready};
use super::meter::Meter;
use super::place::Span;
use super::plan::{Body, Filter, Output, ShapeItem, Subject};
use super::rows::Row;
use super::schema::{Class, FieldType};
use super::time::Context;

/// The query of a `PushTopic`.
#[derive(Clone, Debug)]
pub struct PushTopicQuery {
    object: SmolStr,
    fields: Vec<SmolStr>,
    filter_fields: Vec<SmolStr>,
    filter: Option<Filter>,
}

impl PushTopicQuery {
    /// The object's name.
    pub fn object(&self) -> &str {
        &self.object
    }

    /// The names of the selected fields, in the order of the query.
    pub fn fields(&self) -> &[SmolStr] {
        &self.fields
    }

    /// The names of the fields in WHERE, each once, in the order of the query.
    pub fn filter_fields(&self) -> &[SmolStr] {
        &self.filter_fields
    }

    /// Whether WHERE lets a record through.
    pub fn matches(&self, row: &impl Row, context: &Context) -> bool {
        let Some(filter) = &self.filter else { return true };
        holds(&ready(filter, context), &[], &Meter::new(), &|subject: &Subject| match subject {
            Subject::Path(path) => row.value(&path.field.name),
            Subject::Key(_) | Subject::Aggregate(_) => Cow::Owned(Value::Null),
        })
    }
}

fn refused(span: Span, reason: impl Into<String>) -> Fault {
    Fault::new(ErrorCode::InvalidField, span, reason).unplaced()
}

/// What can be refused without a schema. It comes first, so that its words are those of the guide.
pub(super) fn grammar_is_allowed(select: &Select) -> Result<(), Fault> {
    let clauses = select.clauses;
    for item in &select.items {
        match item {
            Item::Value { expression: Expression::Call { function, span, .. }, .. } if !function.aggregates() => {
                return Err(refused(*span, "functions are not supported"));
            }
            Item::Count | Item::Value { expression: Expression::Call { .. }, .. } => {
                return Err(refused(select.span, "Aggregate queries are not supported"));
            }
            Item::Children(inner) => return Err(refused(inner.span, "relationships are not supported")),
            Item::Fields(_, span) => return Err(refused(*span, "FIELDS() is not supported")),
            Item::Value { .. } => {}
        }
    }
    if let Some(condition) = &select.filter {
        condition_is_allowed(condition)?;
    }
    for (clause, reason) in [
        (clauses.group, "Aggregate queries are not supported"),
        (clauses.having, "Aggregate queries are not supported"),
        (clauses.order, "'ORDER BY' clause is not allowed"),
        (clauses.limit, "'LIMIT' is not allowed"),
        (clauses.offset, "'OFFSET' is not allowed"),
        (select.recent.map(|_| select.span), "'FOR' clause is not allowed"),
    ] {
        if let Some(span) = clause {
            return Err(refused(span, reason));
        }
    }
    Ok(())
}

pub(super) fn push_topic(select: &Select, body: Body) -> Result<PushTopicQuery, Fault> {
    let Output::Records(shape) = &body.output else {
        return Err(refused(select.span, "Aggregate queries are not supported"));
    };
    let mut fields = Vec::new();
    for item in &shape.items {
        match item {
            ShapeItem::Field(path) if path.field.kind.class() == Class::Opaque => {
                return Err(refused(select.span, format!("the field '{}' is not supported", path.field.name)));
            }
            ShapeItem::Field(path) => fields.push(path.field.name.clone()),
            ShapeItem::Parent { .. } | ShapeItem::Children { .. } => {
                return Err(refused(select.span, "relationships are not supported"));
            }
        }
    }
    if !fields.iter().any(|field| field == "Id") {
        return Err(refused(select.span, "the field Id must be selected"));
    }
    let mut filter_fields = Vec::new();
    if let Some(filter) = &body.filter {
        filtered(filter, select.span, &mut filter_fields)?;
    }
    Ok(PushTopicQuery { object: body.object.name, fields, filter_fields, filter: body.filter })
}

fn condition_is_allowed(condition: &Condition) -> Result<(), Fault> {
    match condition {
        Condition::And(all) | Condition::Or(all) => all.iter().try_for_each(condition_is_allowed),
        Condition::Not(one) => Err(refused(first_span(one), "'NOT' is not supported")),
        Condition::Compare(Comparison { subject, operand: Operand::Select(_), .. }) => {
            Err(refused(subject.span(), "semi/anti join sub-selects are not supported"))
        }
        Condition::Compare(Comparison { subject: Expression::Call { span, .. }, .. }) => {
            Err(refused(*span, "functions are not supported"))
        }
        Condition::Compare(_) => Ok(()),
    }
}

fn first_span(condition: &Condition) -> Span {
    match condition {
        Condition::And(all) | Condition::Or(all) => all.first().map_or_else(Span::default, first_span),
        Condition::Not(one) => first_span(one),
        Condition::Compare(comparison) => comparison.subject.span(),
    }
}

/// The fields of a filter.
fn filtered(filter: &Filter, span: Span, fields: &mut Vec<SmolStr>) -> Result<(), Fault> {
    match filter {
        Filter::All(all) | Filter::Any(all) => all.iter().try_for_each(|one| filtered(one, span, fields)),
        Filter::Not(one) => filtered(one, span, fields),
        Filter::Test { subject: Subject::Path(path), .. } => {
            if !path.hops.is_empty() {
                return Err(refused(span, "relationships are not supported"));
            }
            if path.field.kind == FieldType::Textarea {
                return Err(refused(span, format!("the text area field '{}' cannot be filtered", path.field.name)));
            }
            if !fields.contains(&path.field.name) {
                fields.push(path.field.name.clone());
            }
            Ok(())
        }
        Filter::Test { .. } | Filter::Joined { .. } => {
            Err(refused(span, "semi/anti join sub-selects are not supported"))
        }
    }
}
