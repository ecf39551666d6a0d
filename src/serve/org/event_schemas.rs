//! Schemas of events: Avro's, as `eventSchema` answers, and the id by which an event names its own.

use serde_json::{Value, json};

use super::channels::event_of;
use super::state::Org;
use crate::plan::Name;
use crate::serve::objects::FieldType;

/// The types of the header, as the Change Data Capture Developer Guide lists its fields.
fn header() -> Value {
    let kinds = [
        "CREATE",
        "UPDATE",
        "DELETE",
        "UNDELETE",
        "GAP_CREATE",
        "GAP_UPDATE",
        "GAP_DELETE",
        "GAP_UNDELETE",
        "GAP_OVERFLOW",
    ];
    let texts = json!({ "type": "array", "items": "string" });
    json!({
        "type": "record",
        "name": "ChangeEventHeader",
        "fields": [
            { "name": "entityName", "type": "string" },
            { "name": "recordIds", "type": texts },
            { "name": "changeType", "type": { "type": "enum", "name": "ChangeType", "symbols": kinds } },
            { "name": "changeOrigin", "type": "string" },
            { "name": "transactionKey", "type": "string" },
            { "name": "sequenceNumber", "type": "int" },
            { "name": "commitTimestamp", "type": "long" },
            { "name": "commitNumber", "type": "long" },
            { "name": "commitUser", "type": "string" },
            { "name": "changedFields", "type": texts },
        ],
    })
}

fn optional(name: &str, kind: &str) -> Value {
    json!({ "name": name, "type": ["null", kind], "default": null })
}

impl Org {
    /// The Avro schema of an event by its name, such as `AgentWorkChangeEvent` or `Order__e`; none if there is none.
    pub(crate) fn event_schema(&self, name: &str) -> Option<Value> {
        let (name, fields) = if let Some(row) = self.platform_event(name) {
            let kind = |kind: &str| if kind == "datetime" { "string" } else { kind }.to_owned();
            let own = Self::fields_of_event(row).map(|(field, of)| optional(field, &kind(of)));
            let made = [
                json!({ "name": "CreatedDate", "type": "string" }),
                json!({ "name": "CreatedById", "type": "string" }),
            ];
            (row.text("FullName").unwrap_or_default().to_owned(), made.into_iter().chain(own).collect::<Vec<Value>>())
        } else {
            let object = self.object_of_event(name)?;
            let kind = |kind: FieldType| match kind {
                FieldType::Boolean => "boolean",
                FieldType::Int => "int",
                kind if kind.is_decimal() => "double",
                _ => "string",
            };
            let shown =
                object.fields().filter(|field| !matches!(field.name.as_str(), "Id" | "IsDeleted" | "SystemModstamp"));
            let own = shown.map(|field| optional(&field.name, kind(field.kind)));
            let header = json!({ "name": "ChangeEventHeader", "type": header() });
            (event_of(&Name::from(&*object.name)), std::iter::once(header).chain(own).collect())
        };
        Some(json!({ "type": "record", "name": name, "namespace": "com.sforce.eventbus", "fields": fields }))
    }

    /// The id of an event's schema: it comes from the schema, and changes with it.
    pub(super) fn schema_id(&self, name: &str) -> Option<String> {
        const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        let text = self.event_schema(name)?.to_string();
        // FNV-1a of 128 bits: no secret depends on it.
        let mut hash: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
        for byte in text.bytes() {
            hash = (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
        }
        let letter = |at: u32| LETTERS.get((hash >> (6 * at) & 63) as usize).copied().map_or('A', char::from);
        Some((0..22).map(letter).collect())
    }

    /// The schema of an id.
    pub(crate) fn event_schema_by_id(&self, id: &str) -> Option<Value> {
        let objects = self.catalogue.objects().map(|object| event_of(&object.name));
        let events = self.platform_event_list().into_iter().map(|(name, _)| name);
        objects
            .chain(events)
            .find(|name| self.schema_id(name).as_deref() == Some(id))
            .and_then(|name| self.event_schema(&name))
    }
}
