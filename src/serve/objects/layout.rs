//! From fields as the files have them to fields as a description has them.

use indexmap::IndexMap;

use super::caseless::fold;
use super::error::CatalogueError;
use super::field::{Field, GuideEntry, PicklistValue};
use super::kind::FieldType;
use super::names::properties;
use super::raw::{RawField, RawObject, RawValue, RawValueSet};

/// What the files of all objects may name.
pub(super) struct Shared {
    pub(super) system: IndexMap<String, RawField>,
    pub(super) value_sets: IndexMap<String, RawValueSet>,
}

/// The fields of an object in the order of a description: its id, whether it is deleted, its owner, its name, who wrote
/// it and when, and then the others as the file has them. Takes the fields out of `object`.
///
/// # Errors
///
/// A name that is nowhere, or that two fields have.
pub(super) fn lay_out(
    file: &str,
    object: &mut RawObject,
    shared: &Shared,
) -> Result<IndexMap<String, Field>, CatalogueError> {
    let mut own = std::mem::take(&mut object.fields);
    let id_label = object.id_label.take().unwrap_or_else(|| format!("{} ID", object.label));
    let mut fields = IndexMap::new();
    let mut add = |name: &str, raw: RawField, system: bool| -> Result<(), CatalogueError> {
        let mut field = field(file, name, object.since, raw, shared)?;
        field.system = system;
        field.is_name = object.name_field.as_deref() == Some(name);
        if field.kind == FieldType::Id {
            field.label.clone_from(&id_label);
        }
        match fields.insert(fold(name).into_owned(), field) {
            None => Ok(()),
            Some(_) => Err(CatalogueError::Taken { file: file.to_owned(), what: "field name", name: name.to_owned() }),
        }
    };
    let of_system = |name: &String| {
        shared.system.get(name).cloned().ok_or_else(|| CatalogueError::unknown(file, "system field", name))
    };
    let (first, later): (Vec<_>, Vec<_>) = object.system.iter().partition(|name| name.starts_with('I'));
    for name in first {
        add(name, of_system(name)?, true)?;
    }
    if let Some(owner) = own.shift_remove("OwnerId") {
        add("OwnerId", owner, false)?;
    }
    if let Some(name) = &object.name_field {
        let raw = own.shift_remove(name).ok_or_else(|| CatalogueError::unknown(file, "name field", name))?;
        add(name, raw, false)?;
    }
    for name in later {
        add(name, of_system(name)?, true)?;
    }
    for (name, raw) in own {
        add(&name, raw, false)?;
    }
    Ok(fields)
}

fn field(file: &str, name: &str, since: u32, raw: RawField, shared: &Shared) -> Result<Field, CatalogueError> {
    let allowed = properties(file, &raw.properties)?;
    let values = match &raw.value_set {
        None => raw.values,
        Some(set) => {
            let found = shared.value_sets.get(set).ok_or_else(|| CatalogueError::unknown(file, "value set", set))?;
            found.values.clone()
        }
    };
    let guide = match raw.guide {
        None => None,
        Some(raw) => Some(GuideEntry {
            name: raw.name,
            kind: raw.kind,
            properties: raw.properties.map(|names| properties(file, &names)).transpose()?,
            references: raw.references,
            values: raw.values,
            reason: raw.reason,
        }),
    };
    let must_be_written =
        allowed.create && !allowed.nillable && !allowed.defaulted_on_create && raw.kind != FieldType::Boolean;
    Ok(Field {
        name: name.to_owned(),
        label: raw.label,
        length: raw.length.unwrap_or(raw.kind.usual_length()),
        precision: raw.precision.unwrap_or(if raw.kind.is_decimal() { 18 } else { 0 }),
        scale: raw.scale.unwrap_or(0),
        digits: if raw.kind == FieldType::Int { 9 } else { 0 },
        kind: raw.kind,
        properties: allowed,
        values: values.into_iter().map(PicklistValue::from).collect(),
        values_open: raw.values_open,
        default: raw.default,
        references: raw.references,
        relationship: raw.relationship,
        children: raw.children,
        routed: raw.routed,
        unique: raw.unique,
        required: raw.required.unwrap_or(must_be_written),
        is_name: false,
        system: false,
        since: raw.since.unwrap_or(since),
        until: raw.until,
        source: raw.source,
        assumed: raw.assumed,
        guide,
    })
}

impl From<RawValue> for PicklistValue {
    fn from(raw: RawValue) -> Self {
        match raw {
            RawValue::Plain(value) => Self { label: value.clone(), value },
            RawValue::Labelled { value, label } => Self { value, label },
        }
    }
}
