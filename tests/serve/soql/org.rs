//! A small org, read from `tests/fixtures/org.json`.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use omnic::serve::soql::{
    ChildInfo, Context, FieldInfo, FieldType, ObjectInfo, ParentInfo, PicklistEntry, Row, Rows, Schema,
};
use serde_json::{Map, Value};
use smol_str::SmolStr;

pub(crate) struct Org(Value);

#[derive(Clone, Copy)]
pub(crate) struct OrgRow<'r>(pub(crate) &'r Map<String, Value>);

impl Row for OrgRow<'_> {
    fn value(&self, field: &str) -> Cow<'_, Value> {
        self.0.get(field).map_or(Cow::Owned(Value::Null), Cow::Borrowed)
    }
}

/// Monday, 2026-11-30, 12:00 UTC.
pub(crate) fn noon() -> Context {
    context(TimeZone::UTC)
}

pub(crate) fn context(time_zone: TimeZone) -> Context {
    let now: Timestamp = "2026-11-30T12:00:00Z".parse().unwrap();
    Context { now, time_zone }
}

fn field(description: &str) -> FieldInfo {
    let mut words = description.split(' ');
    let name = words.next().unwrap();
    let mut field = FieldInfo::new(name, FieldType::from_name(words.next().unwrap()).unwrap());
    for word in words {
        match word {
            "-filter" => field.filterable = false,
            "-sort" => field.sortable = false,
            "-group" => field.groupable = false,
            _ if field.kind == FieldType::Reference => field.references = word.split(',').map(SmolStr::new).collect(),
            _ => {
                if let Some((value, label)) = word.split_once('|') {
                    field.picklist.push(PicklistEntry { value: value.into(), label: label.into() });
                } else {
                    // The second word of a label.
                    let last = field.picklist.last_mut().unwrap();
                    last.label = format!("{} {word}", last.label).into();
                }
            }
        }
    }
    field
}

impl Org {
    pub(crate) fn read() -> Self {
        Self(serde_json::from_str(include_str!("../../fixtures/soql/org.json")).unwrap())
    }

    fn definition(&self, name: &str) -> Option<(&String, &Value)> {
        self.0["objects"].as_object().unwrap().iter().find(|(object, _)| object.eq_ignore_ascii_case(name))
    }

    pub(crate) fn with_rows(&self, object: &str, rows: Vec<Value>) -> Self {
        let mut org = self.0.clone();
        org["rows"][object] = Value::Array(rows);
        Self(org)
    }
}

impl Schema for Org {
    fn object(&self, name: &str) -> Option<ObjectInfo> {
        let (name, object) = self.definition(name)?;
        Some(ObjectInfo {
            name: name.into(),
            key_prefix: object["prefix"].as_str().map(SmolStr::new),
            queryable: object["queryable"].as_bool().unwrap_or(true),
        })
    }

    fn field(&self, object: &str, name: &str) -> Option<FieldInfo> {
        self.fields(object).into_iter().find(|field| field.name.eq_ignore_ascii_case(name))
    }

    fn fields(&self, object: &str) -> Vec<FieldInfo> {
        let Some((_, object)) = self.definition(object) else { return Vec::new() };
        object["fields"].as_array().unwrap().iter().map(|text| field(text.as_str().unwrap())).collect()
    }

    fn parent(&self, object: &str, relationship: &str) -> Option<ParentInfo> {
        let field = self.field(object, &format!("{relationship}Id"))?;
        let relationship = SmolStr::new(field.name.strip_suffix("Id")?);
        (field.kind == FieldType::Reference).then_some(ParentInfo {
            relationship,
            field: field.name,
            objects: field.references,
        })
    }

    fn child(&self, object: &str, relationship: &str) -> Option<ChildInfo> {
        let (_, object) = self.definition(object)?;
        let (relationship, target) =
            object["children"].as_object()?.iter().find(|(name, _)| name.eq_ignore_ascii_case(relationship))?;
        let (object, field) = target.as_str()?.split_once('.')?;
        Some(ChildInfo { relationship: relationship.into(), object: object.into(), field: field.into() })
    }
}

impl Rows for Org {
    type Row<'r> = OrgRow<'r>;

    fn rows<'r>(&'r self, object: &str) -> Box<dyn Iterator<Item = OrgRow<'r>> + 'r> {
        let rows = self.0["rows"][object].as_array().map_or(&[][..], Vec::as_slice);
        Box::new(rows.iter().filter_map(|row| row.as_object().map(OrgRow)))
    }

    fn by_id<'r>(&'r self, object: &str, id: &str) -> Option<OrgRow<'r>> {
        fn short(row: &Value) -> Option<&str> {
            row["Id"].as_str()?.get(..15)
        }
        let rows = self.0["rows"][object].as_array()?;
        // Where there are many, they are in order.
        let guess = rows.get(rows.partition_point(|row| short(row) < id.get(..15)));
        let is = |row: &&Value| short(row) == id.get(..15);
        guess.filter(is).or_else(|| rows.iter().find(is))?.as_object().map(OrgRow)
    }
}
