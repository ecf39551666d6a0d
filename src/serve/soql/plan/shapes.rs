//! The fields of records, in the order of the query.

use smol_str::SmolStr;

use super::super::ast::{Expression, FieldSet, Function, Item, Select};
use super::super::error::{ErrorCode, Fault};
use super::super::schema::Schema;
use super::model::{Path, Shape, ShapeItem};
use super::paths::Scope;
use crate::caseless;

/// FIELDS came with this version of the API.
const FIELDS_SINCE: u32 = 51;
/// The most records with FIELDS(ALL) and FIELDS(CUSTOM).
const MOST_WITH_FIELDS: u64 = 200;

/// Checks a SELECT of children.
pub(super) type Children<'c> = &'c mut dyn FnMut(&Select) -> Result<ShapeItem, Fault>;

pub(super) fn shape<S: Schema + ?Sized>(
    scope: &Scope<'_, S>,
    select: &Select,
    version: u32,
    children: Children<'_>,
) -> Result<Shape, Fault> {
    let mut shape = Shape::default();
    for item in &select.items {
        match item {
            Item::Value { expression, alias } => {
                if alias.is_some() {
                    let reason = "only aggregate expressions use field aliasing";
                    return Err(Fault::malformed(expression.span(), reason));
                }
                let (written, labelled) = match expression {
                    Expression::Path(path) => (path, false),
                    Expression::Call { function: Function::ToLabel, argument, .. } => (argument, true),
                    Expression::Call { span, .. } => return Err(Fault::malformed(*span, "a field was expected")),
                };
                let path = Path { labelled, ..scope.path(written)? };
                let name = path.name();
                if !add(&mut shape, path, 0) {
                    return Err(duplicate(expression, &name));
                }
            }
            Item::Fields(set, span) => {
                let malformed = |reason: &str| Fault::malformed(*span, reason);
                if version < FIELDS_SINCE {
                    let reason = "The SOQL FIELDS function is not supported in this version of the API";
                    return Err(Fault::new(ErrorCode::UnsupportedApiVersion, *span, reason));
                }
                let limited = select.limit.is_some_and(|limit| limit.number <= MOST_WITH_FIELDS);
                if *set != FieldSet::Standard && !limited {
                    let reason = format!("The SOQL FIELDS function must have a LIMIT of at most {MOST_WITH_FIELDS}");
                    return Err(malformed(&reason).unplaced());
                }
                for field in scope.schema.fields(&scope.object.name) {
                    let wanted = match set {
                        FieldSet::All => true,
                        FieldSet::Standard => !field.custom,
                        FieldSet::Custom => field.custom,
                    };
                    if !wanted {
                        continue;
                    }
                    let name = field.name.clone();
                    let path = Path { hops: smallvec::SmallVec::new(), field, is_type: false, labelled: false };
                    if !add(&mut shape, path, 0) {
                        let reason = format!("duplicate field selected: {name}");
                        return Err(Fault::new(ErrorCode::InvalidField, *span, reason).unplaced());
                    }
                }
            }
            Item::Children(inner) => {
                let item = children(inner)?;
                let name = key(&item);
                if shape.items.iter().any(|other| caseless::equal(key(other), name)) {
                    let reason = format!("duplicate field selected: {name}");
                    return Err(Fault::new(ErrorCode::InvalidField, inner.span, reason).unplaced());
                }
                shape.items.push(item);
            }
            Item::Count => return Err(Fault::malformed(select.span, "COUNT() stands alone")),
        }
    }
    Ok(shape)
}

fn duplicate(expression: &Expression, name: &str) -> Fault {
    let reason = format!("duplicate field selected: {name}");
    Fault::new(ErrorCode::InvalidField, expression.span(), reason).unplaced()
}

fn key(item: &ShapeItem) -> &SmolStr {
    match item {
        ShapeItem::Field(path) => &path.field.name,
        ShapeItem::Parent { hop, .. } => &hop.relationship,
        ShapeItem::Children { relationship, .. } => relationship,
    }
}

/// Adds a path below the parents that are there. False if it is there already.
fn add(shape: &mut Shape, path: Path, depth: usize) -> bool {
    let Some(hop) = path.hops.get(depth) else {
        let there = shape.items.iter().any(|item| match item {
            ShapeItem::Field(other) => other.field.name == path.field.name,
            _ => false,
        });
        if !there {
            shape.items.push(ShapeItem::Field(path));
        }
        return !there;
    };
    let found = shape.items.iter().position(|item| match item {
        ShapeItem::Parent { hop: other, .. } => other.relationship == hop.relationship,
        _ => false,
    });
    let at = found.unwrap_or_else(|| {
        shape.items.push(ShapeItem::Parent { hop: hop.clone(), shape: Shape::default() });
        shape.items.len() - 1
    });
    match shape.items.get_mut(at) {
        Some(ShapeItem::Parent { shape, .. }) => add(shape, path, depth + 1),
        _ => false,
    }
}

/// Checks that FROM of a SELECT of children is one relationship, and gives its name.
pub(super) fn relationship<'s, S: ?Sized>(scope: &Scope<'_, S>, select: &'s Select) -> Option<&'s str> {
    match select.from.names.as_slice() {
        [name] => Some(&name.text),
        // `FROM Account.Contacts` in a query of Account.
        [object, name] => {
            let alias = scope.alias.as_ref().is_some_and(|alias| caseless::equal(alias, &object.text));
            (alias || caseless::equal(&scope.object.name, &object.text)).then_some(name.text.as_str())
        }
        _ => None,
    }
}
