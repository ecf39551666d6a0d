//! `GET /sobjects/T/describe`: an object with its fields and the records that lead to it.

use serde::Serialize;
use serde_json::Value;

use super::field::{FieldDescription, describe};
use super::global::{ObjectEntry, Urls, base};
use crate::serve::objects::catalogue::Catalogue;
use crate::serve::objects::object::ObjectType;

/// An object as a description gives it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the members are Salesforce's: REST API Developer Guide, sObject Describe")]
#[expect(clippy::struct_excessive_bools, reason = "the members are Salesforce's")]
pub struct Description {
    pub action_overrides: Vec<Value>,
    pub activateable: bool,
    pub associate_entity_type: Option<String>,
    pub associate_parent_entity: Option<String>,
    pub child_relationships: Vec<ChildDescription>,
    pub compact_layoutable: bool,
    pub createable: bool,
    pub custom: bool,
    pub custom_setting: bool,
    pub deep_cloneable: bool,
    pub default_implementation: Option<String>,
    pub deletable: bool,
    pub deprecated_and_hidden: bool,
    pub extended_by: Option<String>,
    pub extends_interfaces: Option<String>,
    pub feed_enabled: bool,
    pub fields: Vec<FieldDescription>,
    pub has_subtypes: bool,
    pub implemented_by: Option<String>,
    pub implements_interfaces: Option<String>,
    pub is_interface: bool,
    pub is_subtype: bool,
    pub key_prefix: Option<String>,
    pub label: String,
    pub label_plural: String,
    pub layoutable: bool,
    pub listviewable: Option<bool>,
    pub lookup_layoutable: Option<bool>,
    pub mergeable: bool,
    pub mru_enabled: bool,
    pub name: String,
    pub named_layout_infos: Vec<Value>,
    pub network_scope_field_name: Option<String>,
    pub queryable: bool,
    pub record_type_infos: Vec<RecordTypeDescription>,
    pub replicateable: bool,
    pub retrieveable: bool,
    pub search_layoutable: bool,
    pub searchable: bool,
    pub sobject_describe_option: &'static str,
    pub supported_scopes: Vec<ScopeDescription>,
    pub triggerable: bool,
    pub undeletable: bool,
    pub updateable: bool,
    pub urls: Urls,
}

/// Records that lead to a record of the object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the members are Salesforce's")]
pub struct ChildDescription {
    pub cascade_delete: bool,
    #[serde(rename = "childSObject")]
    pub child_sobject: String,
    pub deprecated_and_hidden: bool,
    pub field: String,
    pub junction_id_list_names: Vec<String>,
    pub junction_reference_to: Vec<String>,
    pub relationship_name: Option<String>,
    pub restricted_delete: bool,
}

/// A record type. Only the one that every object with layouts has is described.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the members are Salesforce's")]
#[expect(clippy::struct_excessive_bools, reason = "the members are Salesforce's")]
pub struct RecordTypeDescription {
    pub active: bool,
    pub available: bool,
    pub default_record_type_mapping: bool,
    pub developer_name: &'static str,
    pub master: bool,
    pub name: &'static str,
    pub record_type_id: &'static str,
    pub urls: RecordTypeUrls,
}

/// Where a record type's layout is; such requests are refused by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the members are Salesforce's")]
pub struct RecordTypeUrls {
    pub layout: String,
}

/// A scope that `USING SCOPE` could name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the members are Salesforce's")]
pub struct ScopeDescription {
    pub label: String,
    pub name: &'static str,
}

/// The id of the record type that every object with layouts has.
const MASTER_RECORD_TYPE: &str = "012000000000000AAA";

impl Catalogue {
    /// Answers `GET /sobjects/T/describe`; `None` if the API version has no such object.
    pub fn describe(&self, name: &str, version: u32) -> Option<Description> {
        let object = self.object_at(name, version)?;
        let entry = ObjectEntry::of(self, object, version);
        let has_layout = object.calls.describe_layout;
        Some(Description {
            action_overrides: Vec::new(),
            activateable: entry.activateable,
            associate_entity_type: None,
            associate_parent_entity: None,
            child_relationships: children(self, object, version),
            compact_layoutable: has_layout,
            createable: entry.createable,
            custom: entry.custom,
            custom_setting: entry.custom_setting,
            deep_cloneable: entry.deep_cloneable,
            default_implementation: None,
            deletable: entry.deletable,
            deprecated_and_hidden: entry.deprecated_and_hidden,
            extended_by: None,
            extends_interfaces: None,
            feed_enabled: entry.feed_enabled,
            fields: object
                .fields_at(version)
                .map(|field| describe(field, &|name| exists(self, name, version)))
                .collect(),
            has_subtypes: entry.has_subtypes,
            implemented_by: None,
            implements_interfaces: None,
            is_interface: entry.is_interface,
            is_subtype: entry.is_subtype,
            key_prefix: entry.key_prefix,
            label: entry.label,
            label_plural: entry.label_plural,
            layoutable: entry.layoutable,
            listviewable: None,
            lookup_layoutable: None,
            mergeable: entry.mergeable,
            mru_enabled: entry.mru_enabled,
            name: entry.name,
            named_layout_infos: Vec::new(),
            network_scope_field_name: None,
            queryable: entry.queryable,
            record_type_infos: if has_layout { vec![master_record_type(object, version)] } else { Vec::new() },
            replicateable: entry.replicateable,
            retrieveable: entry.retrieveable,
            search_layoutable: has_layout,
            searchable: entry.searchable,
            sobject_describe_option: "FULL",
            supported_scopes: vec![ScopeDescription { label: format!("All {}", object.plural), name: "everything" }],
            triggerable: entry.triggerable,
            undeletable: entry.undeletable,
            updateable: entry.updateable,
            urls: entry.urls,
        })
    }
}

/// True unless it is known that the API version does not have the object.
fn exists(catalogue: &Catalogue, name: &str, version: u32) -> bool {
    catalogue.object(name).is_none_or(|object| object.exists_at(version))
}

fn children(catalogue: &Catalogue, object: &ObjectType, version: u32) -> Vec<ChildDescription> {
    let exists = |child: &str, field: &str| {
        catalogue.object_at(child, version).is_some_and(|child| child.field_at(field, version).is_some())
    };
    object
        .children()
        .iter()
        .filter(|child| exists(&child.object, &child.field))
        .map(|child| ChildDescription {
            cascade_delete: false,
            child_sobject: child.object.clone(),
            deprecated_and_hidden: false,
            field: child.field.clone(),
            junction_id_list_names: Vec::new(),
            junction_reference_to: Vec::new(),
            relationship_name: child.relationship.clone(),
            restricted_delete: false,
        })
        .collect()
}

fn master_record_type(object: &ObjectType, version: u32) -> RecordTypeDescription {
    RecordTypeDescription {
        active: true,
        available: true,
        default_record_type_mapping: true,
        developer_name: "Master",
        master: true,
        name: "Master",
        record_type_id: MASTER_RECORD_TYPE,
        urls: RecordTypeUrls {
            layout: format!("{}/describe/layouts/{MASTER_RECORD_TYPE}", base(&object.name, version)),
        },
    }
}
