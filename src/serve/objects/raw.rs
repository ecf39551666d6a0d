//! The files of `schemas/objects` as they are written.

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::Value;

use super::kind::FieldType;
use super::object::{Class, GuideName};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct RawObject {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) plural: String,
    pub(super) prefix: Option<String>,
    #[serde(default)]
    pub(super) prefix_assumed: bool,
    pub(super) class: Class,
    #[serde(default)]
    pub(super) open: bool,
    pub(super) triggerable: Option<bool>,
    pub(super) since: u32,
    pub(super) until: Option<u32>,
    pub(super) calls: Vec<String>,
    pub(super) id_label: Option<String>,
    pub(super) system: Vec<String>,
    pub(super) name_field: Option<String>,
    pub(super) access: Option<String>,
    pub(super) source: String,
    pub(super) guide: Option<GuideName>,
    #[serde(default)]
    pub(super) writes: RawWrites,
    pub(super) fields: IndexMap<String, RawField>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawWrites {
    pub(super) update: Option<RawCondition>,
    pub(super) delete: Option<RawCondition>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCondition {
    pub(super) field: Option<String>,
    #[serde(default)]
    pub(super) only: Vec<String>,
    #[serde(default)]
    pub(super) since: u32,
    pub(super) code: String,
    pub(super) message: String,
    pub(super) assumed: Option<String>,
    #[serde(rename = "source")]
    _source: String,
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct RawField {
    #[serde(rename = "type")]
    pub(super) kind: FieldType,
    pub(super) label: String,
    pub(super) properties: Vec<String>,
    pub(super) length: Option<u32>,
    pub(super) precision: Option<u32>,
    pub(super) scale: Option<u32>,
    #[serde(default)]
    pub(super) values: Vec<RawValue>,
    pub(super) value_set: Option<String>,
    #[serde(default)]
    pub(super) values_open: bool,
    pub(super) default: Option<Value>,
    #[serde(default)]
    pub(super) references: Vec<String>,
    pub(super) relationship: Option<String>,
    pub(super) children: Option<String>,
    #[serde(default)]
    pub(super) routed: bool,
    #[serde(default)]
    pub(super) unique: bool,
    pub(super) required: Option<bool>,
    pub(super) since: Option<u32>,
    pub(super) until: Option<u32>,
    pub(super) source: Option<String>,
    pub(super) assumed: Option<String>,
    #[serde(rename = "note")]
    _note: Option<String>,
    pub(super) guide: Option<RawGuideEntry>,
}

#[derive(Clone, Deserialize)]
#[serde(untagged)]
pub(super) enum RawValue {
    Plain(String),
    Labelled { value: String, label: String },
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawGuideEntry {
    pub(super) name: Option<String>,
    #[serde(rename = "type")]
    pub(super) kind: Option<FieldType>,
    pub(super) properties: Option<Vec<String>>,
    pub(super) references: Option<Vec<String>>,
    pub(super) values: Option<Vec<String>>,
    pub(super) reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSystem {
    #[serde(rename = "source")]
    _source: String,
    pub(super) fields: IndexMap<String, RawField>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawValueSet {
    #[serde(rename = "source")]
    _source: String,
    pub(super) values: Vec<RawValue>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawList<T> {
    #[serde(rename = "source")]
    _source: String,
    pub(super) objects: Vec<T>,
}

/// An object that fields refer to and that is not served.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Unserved {
    /// API name.
    pub(super) name: String,
    /// The prefix of its ids, if it is published.
    pub(super) prefix: Option<String>,
}
