//! Shapes of answers: records and results of writes.

use indexmap::IndexMap;
use serde::Serialize;
use serde_json::{Value, json};

use crate::plan::Name;
use crate::serve::exchange::ApiError;
use crate::serve::ids::Id;
use crate::serve::objects::ObjectType;
use crate::serve::org::Org;
use crate::serve::records::Row;

/// A record: `attributes`, then its fields in the order asked for.
pub(crate) fn record(
    org: &Org,
    object: &ObjectType,
    row: &Row,
    fields: &[Name],
    version: u32,
) -> IndexMap<String, Value> {
    let mut record = IndexMap::new();
    let url = format!("/services/data/v{version}.0/sobjects/{}/{}", object.name, row.id);
    record.insert("attributes".to_owned(), json!({ "type": object.name, "url": url }));
    for field in fields {
        record.insert(field.to_string(), row.get(field));
    }
    // The fields of a record without any named are its description's.
    debug_assert!(!fields.is_empty() || org.columns(object, version).is_empty(), "fields are named");
    record
}

/// What became of a write.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Saved {
    /// The record; none if it was not written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Id>,
    /// Whether it was written.
    pub success: bool,
    /// Why not.
    pub errors: Vec<SaveError>,
    /// Of an upsert: whether it is new.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created: Option<bool>,
}

/// Why a record of several was not written.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SaveError {
    /// The code.
    pub status_code: String,
    /// The words.
    pub message: String,
    /// The fields that are wrong.
    pub fields: Vec<String>,
}

impl Saved {
    /// A record that was written.
    pub(super) const fn new(id: Id) -> Self {
        Self { id: Some(id), success: true, errors: Vec::new(), created: None }
    }

    /// One that was not.
    pub(super) fn refused(error: ApiError) -> Self {
        let error =
            SaveError { status_code: error.code, message: error.message, fields: error.fields.unwrap_or_default() };
        Self { id: None, success: false, errors: vec![error], created: None }
    }
}
