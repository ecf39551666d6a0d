//! One element of `fields` in a description.

use serde::Serialize;
use serde_json::Value;

use crate::serve::objects::field::{Field, PicklistValue};
use crate::serve::objects::kind::FieldType;

/// A field as a description gives it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the members are Salesforce's: REST API Developer Guide, sObject Describe")]
#[expect(clippy::struct_excessive_bools, reason = "the members are Salesforce's")]
pub struct FieldDescription {
    pub aggregatable: bool,
    pub ai_prediction_field: bool,
    pub auto_number: bool,
    pub byte_length: u32,
    pub calculated: bool,
    pub calculated_formula: Option<String>,
    pub cascade_delete: bool,
    pub case_sensitive: bool,
    pub compound_field_name: Option<String>,
    pub controller_name: Option<String>,
    pub createable: bool,
    pub custom: bool,
    pub default_value: Option<Value>,
    pub default_value_formula: Option<String>,
    pub defaulted_on_create: bool,
    pub dependent_picklist: bool,
    pub deprecated_and_hidden: bool,
    pub digits: u32,
    pub display_location_in_decimal: bool,
    pub encrypted: bool,
    pub external_id: bool,
    pub extra_type_info: Option<String>,
    pub filterable: bool,
    pub filtered_lookup_info: Option<Value>,
    pub formula_treat_null_number_as_zero: bool,
    pub groupable: bool,
    pub high_scale_number: bool,
    pub html_formatted: bool,
    pub id_lookup: bool,
    pub inline_help_text: Option<String>,
    pub label: String,
    pub length: u32,
    pub mask: Option<String>,
    pub mask_type: Option<String>,
    pub name: String,
    pub name_field: bool,
    pub name_pointing: bool,
    pub nillable: bool,
    pub permissionable: bool,
    pub picklist_values: Vec<PicklistValueDescription>,
    pub polymorphic_foreign_key: bool,
    pub precision: u32,
    pub query_by_distance: bool,
    pub reference_target_field: Option<String>,
    pub reference_to: Vec<String>,
    pub relationship_name: Option<String>,
    pub relationship_order: Option<u32>,
    pub restricted_delete: bool,
    pub restricted_picklist: bool,
    pub scale: u32,
    pub search_prefilterable: bool,
    pub soap_type: &'static str,
    pub sortable: bool,
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub unique: bool,
    pub updateable: bool,
    pub write_requires_master_read: bool,
}

/// A value of a picklist as a description gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the members are Salesforce's")]
pub struct PicklistValueDescription {
    pub active: bool,
    pub default_value: bool,
    pub label: String,
    pub valid_for: Option<String>,
    pub value: String,
}

/// Bytes that a character takes at most, as descriptions count them.
const BYTES_PER_CHARACTER: u32 = 3;

/// Describes a field. Of the objects that it leads to, those are named that exist in the API version.
pub(super) fn describe(field: &Field, exists: &dyn Fn(&str) -> bool) -> FieldDescription {
    let of = field.properties;
    let decimal = field.kind.is_decimal();
    FieldDescription {
        aggregatable: field.is_aggregatable(),
        ai_prediction_field: false,
        auto_number: of.autonumber,
        byte_length: match field.kind {
            FieldType::Id | FieldType::Reference => field.length,
            _ => field.length.saturating_mul(BYTES_PER_CHARACTER),
        },
        calculated: false,
        calculated_formula: None,
        cascade_delete: false,
        case_sensitive: false,
        compound_field_name: None,
        controller_name: None,
        createable: of.create,
        custom: field.is_custom(),
        // Real descriptions give defaults of booleans here, and those of picklists with the values.
        default_value: field.default.clone().filter(|_| field.kind == FieldType::Boolean),
        default_value_formula: None,
        defaulted_on_create: of.defaulted_on_create,
        dependent_picklist: false,
        deprecated_and_hidden: false,
        digits: field.digits,
        display_location_in_decimal: false,
        encrypted: false,
        external_id: of.external_id,
        extra_type_info: None,
        filterable: of.filter,
        filtered_lookup_info: None,
        formula_treat_null_number_as_zero: false,
        groupable: of.group,
        high_scale_number: false,
        html_formatted: false,
        id_lookup: of.id_lookup,
        inline_help_text: None,
        label: field.label.clone(),
        length: field.length,
        mask: None,
        mask_type: None,
        name: field.name.clone(),
        name_field: field.is_name,
        name_pointing: field.is_polymorphic(),
        nillable: of.nillable,
        // Assumed: what must have a value, and what the platform writes, has no field-level security.
        permissionable: of.nillable && !field.system,
        picklist_values: field.values.iter().map(|value| describe_value(field, value)).collect(),
        polymorphic_foreign_key: field.is_polymorphic(),
        precision: if decimal { field.precision } else { 0 },
        query_by_distance: field.kind == FieldType::Location,
        reference_target_field: None,
        reference_to: field.references.iter().filter(|name| exists(name)).cloned().collect(),
        relationship_name: field.relationship.clone(),
        relationship_order: None,
        restricted_delete: false,
        restricted_picklist: of.restricted_picklist,
        scale: if decimal { field.scale } else { 0 },
        search_prefilterable: false,
        soap_type: field.kind.soap(),
        sortable: of.sort,
        kind: field.kind.name(),
        unique: field.unique,
        updateable: of.update,
        write_requires_master_read: false,
    }
}

fn describe_value(field: &Field, value: &PicklistValue) -> PicklistValueDescription {
    PicklistValueDescription {
        active: true,
        default_value: field.default.as_ref().and_then(Value::as_str) == Some(value.value.as_str()),
        label: value.label.clone(),
        valid_for: None,
        value: value.value.clone(),
    }
}
