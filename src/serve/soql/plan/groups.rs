//! Queries with GROUP BY or an aggregate function.

use smol_str::{SmolStr, format_smolstr};

use super::super::ast::{Expression, Function, Item, Select};
use super::super::error::{ErrorCode, Fault};
use super::super::schema::{Class, FieldType, Schema};
use super::conditions::{Conditions, Left};
use super::model::{Aggregate, Groups, Path, SortBy, Subject};
use super::paths::Scope;
use crate::caseless;

/// True if a SELECT answers groups instead of records.
pub(super) fn is_grouped(select: &Select) -> bool {
    !select.group.is_empty()
        || select.items.iter().any(|item| match item {
            Item::Value { expression: Expression::Call { function, .. }, .. } => function.aggregates(),
            _ => false,
        })
}

pub(super) fn groups<S: Schema + ?Sized>(
    scope: &Scope<'_, S>,
    select: &Select,
) -> Result<(Groups, Vec<SortBy>), Fault> {
    let mut builder = Builder { scope, keys: Vec::new(), aggregates: Vec::new() };
    for expression in &select.group {
        builder.key(expression)?;
    }
    let mut columns: Vec<(SmolStr, Subject)> = Vec::new();
    let mut unnamed = 0;
    for item in &select.items {
        let Item::Value { expression, alias } = item else {
            return Err(match item {
                Item::Fields(_, span) => Fault::malformed(*span, "FIELDS() is not allowed in an aggregate query"),
                Item::Children(inner) => Fault::rule(inner.span, "only root queries support aggregate expressions"),
                _ => Fault::malformed(select.span, "COUNT() stands alone"),
            });
        };
        let subject = builder.subject(expression, "Field must be grouped or aggregated")?;
        let name = match (alias, &subject) {
            (Some(alias), _) => alias.text.clone(),
            (None, Subject::Key(key)) => builder.keys.get(*key).map(|path| path.field.name.clone()).unwrap_or_default(),
            (None, _) => {
                unnamed += 1;
                format_smolstr!("expr{}", unnamed - 1)
            }
        };
        if columns.iter().any(|(other, _)| caseless::equal(other, &name)) {
            return Err(Fault::rule(expression.span(), format!("duplicate alias: {name}")));
        }
        columns.push((name, subject));
    }
    let whole = select.group.is_empty();
    if let Some(span) = select.clauses.limit.filter(|_| whole) {
        // Documented; assumed are the words.
        return Err(Fault::malformed(span, "LIMIT is not allowed in an aggregate query without GROUP BY"));
    }
    let having = match &select.having {
        Some(condition) => {
            let mut left = |expression: &Expression| builder.left(expression);
            Some(Conditions { scope, joins: None, left: &mut left }.filter(condition)?)
        }
        None => None,
    };
    let mut order = Vec::new();
    for by in &select.order {
        let subject = match aliased(select, &columns, &by.expression) {
            Some(subject) => subject,
            None => builder.subject(&by.expression, "Ordered field must be grouped or aggregated")?,
        };
        let (class, picklist) = builder.sorting(&subject);
        order.push(SortBy { subject, class, picklist, descending: by.descending, nulls_last: by.nulls_last });
    }
    let Builder { keys, aggregates, .. } = builder;
    Ok((Groups { keys, aggregates, having, columns, whole }, order))
}

/// The column whose alias an expression of ORDER BY is.
fn aliased(select: &Select, columns: &[(SmolStr, Subject)], expression: &Expression) -> Option<Subject> {
    let Expression::Path(path) = expression else { return None };
    let [name] = path.names.as_slice() else { return None };
    select.items.iter().zip(columns).find_map(|(item, (alias, subject))| match item {
        Item::Value { alias: Some(_), .. } if caseless::equal(alias, &name.text) => Some(subject.clone()),
        _ => None,
    })
}

struct Builder<'b, 's, S: ?Sized> {
    scope: &'b Scope<'s, S>,
    keys: Vec<Path>,
    aggregates: Vec<Aggregate>,
}

impl<S: Schema + ?Sized> Builder<'_, '_, S> {
    fn key(&mut self, expression: &Expression) -> Result<(), Fault> {
        let Expression::Path(written) = expression else {
            return Err(Fault::malformed(expression.span(), "a field was expected"));
        };
        let path = self.scope.path(written)?;
        if !path.field.groupable || path.field.kind.class() == Class::Opaque {
            let reason = format!("field '{}' can not be grouped in a query call", path.field.name);
            return Err(Fault::new(ErrorCode::InvalidField, written.span, reason));
        }
        self.keys.push(path);
        Ok(())
    }

    fn subject(&mut self, expression: &Expression, otherwise: &str) -> Result<Subject, Fault> {
        match expression {
            Expression::Path(written) => {
                let name = self.scope.path(written)?.name();
                match self.keys.iter().position(|key| key.name() == name) {
                    Some(key) => Ok(Subject::Key(key)),
                    None => Err(Fault::rule(written.span, format!("{otherwise}: {name}"))),
                }
            }
            Expression::Call { function: Function::ToLabel, span, .. } => {
                Err(Fault::unsupported(*span, "toLabel() in an aggregate query"))
            }
            Expression::Call { function, argument, span } => {
                let path = self.scope.path(argument)?;
                if !takes(*function, &path) {
                    // Assumed: the code.
                    let reason =
                        format!("field {} does not support aggregate operator {}", path.field.name, function.name());
                    return Err(Fault::new(ErrorCode::InvalidField, *span, reason));
                }
                let name = path.name();
                let there = self.aggregates.iter().position(|one| one.function == *function && one.path.name() == name);
                Ok(Subject::Aggregate(there.unwrap_or_else(|| {
                    self.aggregates.push(Aggregate { function: *function, path });
                    self.aggregates.len() - 1
                })))
            }
        }
    }

    fn left(&mut self, expression: &Expression) -> Result<Left, Fault> {
        let subject = self.subject(expression, "Field must be grouped or aggregated")?;
        let (name, kind) = match &subject {
            Subject::Key(key) => match self.keys.get(*key) {
                Some(path) => (path.name(), path.field.kind),
                None => (String::new(), FieldType::String),
            },
            Subject::Aggregate(at) => match self.aggregates.get(*at) {
                Some(one) => (format!("{}({})", one.function.name(), one.path.name()), result(one)),
                None => (String::new(), FieldType::Double),
            },
            Subject::Path(path) => (path.name(), path.field.kind),
        };
        Ok(Left { subject, kind, name })
    }

    fn sorting(&self, subject: &Subject) -> (Class, Vec<SmolStr>) {
        match subject {
            Subject::Key(key) => self.keys.get(*key).map_or((Class::Text, Vec::new()), sorting),
            Subject::Aggregate(at) => {
                self.aggregates.get(*at).map_or((Class::Number, Vec::new()), |one| match one.function {
                    Function::Min | Function::Max => sorting(&one.path),
                    _ => (Class::Number, Vec::new()),
                })
            }
            Subject::Path(path) => sorting(path),
        }
    }
}

/// How a field sorts: picklists by the order of their values.
pub(super) fn sorting(path: &Path) -> (Class, Vec<SmolStr>) {
    let class = if path.labelled { Class::Text } else { path.field.kind.class() };
    let picklist = match path.field.kind {
        FieldType::Picklist if !path.labelled => path.field.picklist.iter().map(|entry| entry.value.clone()).collect(),
        _ => Vec::new(),
    };
    (class, picklist)
}

/// The type of what an aggregate function gives.
fn result(aggregate: &Aggregate) -> FieldType {
    match aggregate.function {
        Function::Count | Function::CountDistinct => FieldType::Int,
        Function::Sum | Function::Avg => FieldType::Double,
        Function::Min | Function::Max | Function::ToLabel => aggregate.path.field.kind,
    }
}

/// Which function takes which type, as listed under "Support for Field Types in Aggregate Functions".
fn takes(function: Function, path: &Path) -> bool {
    let class = path.field.kind.class();
    path.field.aggregatable
        && match function {
            Function::Sum | Function::Avg => matches!(class, Class::Integer | Class::Number),
            _ => {
                !matches!(class, Class::Boolean | Class::Opaque | Class::Choices)
                    && path.field.kind != FieldType::Encryptedstring
            }
        }
}
