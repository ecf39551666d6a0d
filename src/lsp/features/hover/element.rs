//! Hover on the name of an element: what the schema says of it.

use super::page::Page;
use crate::lsp::text::cursor::Parsed;
use crate::schema::{Cardinality, Enum, Field, Range, Shape, TypeSchema};
use crate::source::ApiVersion;
use crate::text::{a, list};
use crate::xml::Element;

/// How many elements of a complex type are listed.
const ELEMENTS: usize = 12;

/// What an element is, and what it may hold.
pub(super) fn page(parsed: &Parsed<'_>, element: Element<'_, '_>, version: ApiVersion) -> Option<Page> {
    let (name, field) = parsed.field(element)?;
    let mut page = Page::titled(format!("`{name}`"));
    page.text(field.description.as_str());
    let mut items = vec![holds(parsed.schema, field)];
    if let Some(range) = &field.range {
        items.extend(limits(range));
    }
    items.extend(field.unit.as_ref().map(|unit| format!("In {unit}")));
    items.extend(field.default.as_ref().map(|default| format!("Default: `{default}`")));
    items.push(occurs(field));
    items.push(versions(field, version));
    page.items(items);
    if let Some(of) = enumeration(parsed.schema, field) {
        page.text("Values:").items(values(of, version));
    }
    Some(page)
}

/// The enumeration that a field's values are of.
pub(super) fn enumeration<'s>(schema: &'s TypeSchema, field: &Field) -> Option<&'s Enum> {
    match field.shape {
        Shape::Enum(index) => schema.enums.get_index(index).map(|(_, of)| of),
        _ => None,
    }
}

/// What an element holds, in words.
fn holds(schema: &TypeSchema, field: &Field) -> String {
    match field.shape {
        Shape::Boolean => "`true` or `false`".to_owned(),
        Shape::Int => format!("A whole number{}", between(field.range.as_ref())),
        Shape::Double => format!("A number{}", between(field.range.as_ref())),
        Shape::Enum(_) => "One of the values below".to_owned(),
        Shape::Struct(index) => {
            let fields = schema.structs.get_index(index).map(|(_, of)| of.fields.keys()).into_iter().flatten();
            format!("Holds {}", list(fields, ELEMENTS))
        }
        Shape::String => match (&field.reference, &field.range, field.max_length) {
            (Some(reference), ..) => format!("Names {}", a(reference.to.noun())),
            (_, Some(range), _) => format!("A whole number{}, as text", between(Some(range))),
            (.., Some(most)) => format!("Text of at most {most} characters"),
            _ => "Text".to_owned(),
        },
    }
}

/// ` from 10 to 3600`.
fn between(range: Option<&Range>) -> String {
    match range {
        Some(Range { min: Some(min), above_min: true, max: None, .. }) => format!(" above {min}"),
        Some(Range { min: Some(min), above_min: true, max: Some(max), .. }) => format!(" above {min} and up to {max}"),
        Some(Range { min: Some(min), max: None, .. }) => format!(" of at least {min}"),
        Some(Range { min: Some(min), max: Some(max), .. }) => format!(" from {min} to {max}"),
        Some(Range { min: None, max: Some(max), .. }) => format!(" of at most {max}"),
        _ => String::new(),
    }
}

/// What is known of numbers out of range.
fn limits(range: &Range) -> Vec<String> {
    let mut lines = Vec::new();
    lines.push(match range.refused_below {
        _ if range.refused => "A deploy rejects other numbers".to_owned(),
        Some(below) if range.above_min && range.min == Some(below) && range.max.is_none() => {
            format!("A deploy rejects numbers below {below}; what {below} does is not documented")
        }
        Some(below) => format!("A deploy rejects numbers below {below}; others out of range are not documented"),
        None => "Other numbers are not documented".to_owned(),
    });
    if let Some(former) = &range.formerly {
        lines.push(format!("Before API version {}, at least {}", ApiVersion(former.before), former.min));
    }
    lines
}

fn occurs(field: &Field) -> String {
    match (field.cardinality, &field.unique_by) {
        (Cardinality::Optional, _) => "Optional".to_owned(),
        (Cardinality::Required, _) => "Required".to_owned(),
        (Cardinality::Repeated, None) => "May repeat".to_owned(),
        (Cardinality::Repeated, Some(by)) if by == "value" => "May repeat, each value once".to_owned(),
        (Cardinality::Repeated, Some(by)) => format!("May repeat, each `{by}` once"),
    }
}

/// Which versions have an element, and whether the project's is one of them.
fn versions(field: &Field, version: ApiVersion) -> String {
    let since = ApiVersion(field.since);
    let until = field.until.map(ApiVersion);
    let span = match until {
        Some(until) => format!("In API versions {since} to {until}"),
        None => format!("Since API version {since}"),
    };
    let has_it = since <= version && until.is_none_or(|until| version <= until);
    let mark = if has_it { "" } else { ", so not in the project's" };
    if has_it { span } else { format!("{span}{mark}, {version}") }
}

/// The values of an enumeration, each with what it means.
fn values(of: &Enum, version: ApiVersion) -> Vec<String> {
    let line = |(name, value): (&String, &crate::schema::EnumValue)| {
        let since = value.since.map(ApiVersion).filter(|since| *since > version);
        let since = since.map(|since| format!(" Since API version {since}.")).unwrap_or_default();
        format!("`{name}`: {}{since}", value.description)
    };
    of.values.iter().map(line).collect()
}
