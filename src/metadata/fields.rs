//! What files of other types say of the fields that components name: objects, custom fields, value sets; and of flows.
//!
//! They are no components: nothing in them is checked, and only what is needed to know a field and its picklist is read.
//! Source: Metadata API Developer Guide 67.0, `CustomField`, `ValueSet`, `GlobalValueSet`, `StandardValueSet`,
//! `FlowDefinition`.

use super::decode::{Item, Name, Scalar};
use crate::schema::Fact;
use crate::source::Span;
use crate::xml;

elements! {
    /// An object, as far as its fields are concerned.
    pub struct CustomObject {
        /// Its fields; in source format they lie in files of their own.
        fields: Vec<CustomField> = "fields",
    }

    /// A field of an object.
    pub struct CustomField {
        /// Its name, such as `Topic__c`.
        full_name: Scalar<Name> = "fullName",
        /// Its type, such as `Picklist`.
        kind: Scalar<Name> = "type",
        /// The values of a picklist.
        value_set: Option<ValueSet> = "valueSet",
    }

    /// The values of a custom picklist field: its own, or those of a global value set.
    pub struct ValueSet {
        /// Whether other values are refused; without, the API takes any.
        restricted: Scalar<bool> = "restricted",
        /// Its own values.
        definition: Option<ValueSetValuesDefinition> = "valueSetDefinition",
        /// The global value set.
        name: Scalar<Name> = "valueSetName",
    }

    /// The values that a picklist field has of its own.
    pub struct ValueSetValuesDefinition {
        /// The values.
        values: Vec<CustomValue> = "value",
    }

    /// One value of a picklist.
    pub struct CustomValue {
        /// The value as records hold it: its API name.
        full_name: Scalar<Name> = "fullName",
        /// The value as people see it.
        label: Scalar<Name> = "label",
        /// False for a value that is no longer offered.
        is_active: Scalar<bool> = "isActive",
    }

    /// The values that picklists of several objects share.
    pub struct GlobalValueSet {
        /// The values.
        values: Vec<CustomValue> = "customValue",
    }

    /// The values of a standard picklist.
    pub struct StandardValueSet {
        /// The values.
        values: Vec<CustomValue> = "standardValue",
    }

    /// Which version of a flow is active.
    pub struct FlowDefinition {
        /// The version; 0 if none is.
        active: Scalar<i32> = "activeVersionNumber",
    }
}

/// What a file says of fields.
#[derive(Clone, Debug)]
pub enum FactValue {
    /// An object.
    Object(CustomObject),
    /// One field.
    Field(CustomField),
    /// The values of a global or standard value set, and the start tag of the set.
    Values(Vec<CustomValue>, Span),
    /// The version of a flow that is active; none if no version is.
    ActiveVersion(Option<i32>),
}

/// Reads `text` as what its file's path says it holds. None if it is ill-formed or something else: then it says nothing.
pub fn read_fact(fact: Fact<'_>, text: &str) -> Option<FactValue> {
    // Most of these files is about other matters.
    let (root, kept): (&str, &[&str]) = match fact {
        Fact::Object(_) => ("CustomObject", &["fields"]),
        Fact::Field { .. } => ("CustomField", &["fullName", "type", "valueSet"]),
        Fact::GlobalValueSet(_) => ("GlobalValueSet", &["customValue"]),
        Fact::StandardValueSet(_) => ("StandardValueSet", &["standardValue"]),
        Fact::FlowDefinition(_) => ("FlowDefinition", &["activeVersionNumber"]),
    };
    let document = xml::parse_children(text, &|name| kept.contains(&name));
    if !document.errors.is_empty() {
        return None;
    }
    let element = document.root().filter(|element| element.local_name() == root)?;
    Some(match fact {
        Fact::Object(_) => FactValue::Object(CustomObject::item(element)?),
        Fact::Field { .. } => FactValue::Field(CustomField::item(element)?),
        Fact::GlobalValueSet(_) => GlobalValueSet::item(element).map(|set| FactValue::Values(set.values, set.span))?,
        Fact::StandardValueSet(_) => {
            StandardValueSet::item(element).map(|set| FactValue::Values(set.values, set.span))?
        }
        Fact::FlowDefinition(_) => {
            let active = FlowDefinition::item(element)?.active;
            // What is no number says nothing.
            if matches!(active, Scalar::Invalid(_)) {
                return None;
            }
            FactValue::ActiveVersion(active.get().copied().filter(|&version| version > 0))
        }
    })
}

impl CustomValue {
    /// True unless the value is no longer offered.
    pub const fn is_offered(&self) -> bool {
        !self.is_active.is_false()
    }
}
