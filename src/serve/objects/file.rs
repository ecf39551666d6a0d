//! From the files of `schemas/objects` to objects, one by one.

use std::sync::Arc;

use super::associated::Associated;
use super::error::CatalogueError;
use super::layout::{Shared, lay_out};
use super::names::calls;
use super::object::{Class, Condition, ObjectType, Writes};
use super::raw::{RawCondition, RawList, RawObject, RawSystem, Unserved};

/// The texts that a catalogue is read from.
#[derive(Debug, Clone, Copy)]
pub struct Texts<'a> {
    /// Name and text of each object's file.
    pub objects: &'a [(&'a str, &'a str)],
    /// `system-fields.toml`
    pub system_fields: &'a str,
    /// `value-sets.toml`
    pub value_sets: &'a str,
    /// `associated.toml`
    pub associated: &'a str,
    /// `unserved.toml`
    pub unserved: &'a str,
    /// `generic.toml`
    pub generic: &'a str,
}

/// What the files hold, before relationships are known.
pub(super) struct Parts {
    pub(super) objects: Vec<ObjectType>,
    pub(super) associated: Vec<Associated>,
    pub(super) unserved: Vec<Unserved>,
    /// What is known of an object that no file describes.
    pub(super) generic: ObjectType,
}

/// Reads all files.
///
/// # Errors
///
/// The first file that is wrong, and how.
pub(super) fn read(texts: &Texts<'_>) -> Result<Parts, CatalogueError> {
    let system: RawSystem = parse("system-fields.toml", texts.system_fields)?;
    let shared = Shared { system: system.fields, value_sets: parse("value-sets.toml", texts.value_sets)? };
    let associated: RawList<Associated> = parse("associated.toml", texts.associated)?;
    let unserved: RawList<Unserved> = parse("unserved.toml", texts.unserved)?;
    let objects =
        texts.objects.iter().map(|(file, text)| object(file, text, &shared)).collect::<Result<Vec<_>, _>>()?;
    let generic = object("generic.toml", texts.generic, &shared)?;
    Ok(Parts { objects, associated: associated.objects, unserved: unserved.objects, generic })
}

fn object(file: &str, text: &str, shared: &Shared) -> Result<ObjectType, CatalogueError> {
    let mut raw: RawObject = parse(file, text)?;
    let fields = lay_out(file, &mut raw, shared)?;
    Ok(ObjectType {
        calls: calls(file, &raw.calls)?,
        triggerable: raw.triggerable.unwrap_or(matches!(raw.class, Class::Record | Class::Work)),
        writes: Writes { update: raw.writes.update.map(condition), delete: raw.writes.delete.map(condition) },
        custom: raw.name.ends_with("__c"),
        name: raw.name,
        label: raw.label,
        plural: raw.plural,
        prefix: raw.prefix,
        prefix_assumed: raw.prefix_assumed,
        class: raw.class,
        open: raw.open,
        described: true,
        since: raw.since,
        until: raw.until,
        access: raw.access,
        source: raw.source,
        guide: raw.guide,
        fields: Arc::new(fields),
        children: Arc::default(),
    })
}

fn condition(raw: RawCondition) -> Condition {
    Condition {
        only: raw.field.map(|field| (field, raw.only)),
        since: raw.since,
        code: raw.code,
        message: raw.message,
        assumed: raw.assumed,
    }
}

fn parse<T: serde::de::DeserializeOwned>(file: &str, text: &str) -> Result<T, CatalogueError> {
    toml::from_str(text)
        .map_err(|error| CatalogueError::Unreadable { file: file.to_owned(), message: error.to_string() })
}
