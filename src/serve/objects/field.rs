//! One field of an object, in all API versions.

use serde_json::Value;

use super::caseless::fold;
use super::kind::FieldType;

/// A field of an object.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "they do not depend on each other")]
pub struct Field {
    /// API name, in its own spelling.
    pub name: String,
    /// What people see; in refusals, too.
    pub label: String,
    /// Its type.
    pub kind: FieldType,
    /// Characters that a text has at most; 18 for ids, 0 for what is not a text.
    pub length: u32,
    /// Digits of a decimal number, with its fraction; 0 for others.
    pub precision: u32,
    /// Digits of the fraction of a decimal number.
    pub scale: u32,
    /// Digits of a whole number; 0 for others.
    pub digits: u32,
    /// What may be done with it.
    pub properties: Properties,
    /// Values of a picklist, in their order.
    pub values: Vec<PicklistValue>,
    /// True if an org has more values than the list: custom objects, values that an administrator added. A write is
    /// then not checked against the list.
    pub values_open: bool,
    /// The value that a new record gets if none is written.
    pub default: Option<Value>,
    /// Names of the objects that a reference may lead to; several if it is polymorphic.
    pub references: Vec<String>,
    /// The name under which a query reaches the parent, such as `Owner`.
    pub relationship: Option<String>,
    /// The name under which a query of the parent reaches these records, such as `AgentWorks`.
    pub children: Option<String>,
    /// True if the reference may also lead to every object that is added to the catalogue.
    pub routed: bool,
    /// True if no two records may have the same value.
    pub unique: bool,
    /// True if a new record must have a value.
    pub required: bool,
    /// True if the field holds the record's name.
    pub is_name: bool,
    /// True for fields that the platform writes.
    pub system: bool,
    /// First API version that has it.
    pub since: u32,
    /// Last API version that has it.
    pub until: Option<u32>,
    /// Where these facts stand; `None` if that is where the object's do.
    pub source: Option<String>,
    /// Which of these facts nobody publishes.
    pub assumed: Option<String>,
    /// How the developer guide differs, and why it is not followed.
    pub guide: Option<GuideEntry>,
}

/// What may be done with a field. Each is a property of the developer guide.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a property that the guide names")]
pub struct Properties {
    /// A new record may have a value.
    pub create: bool,
    /// The value may be changed.
    pub update: bool,
    /// A query may compare it.
    pub filter: bool,
    /// A query may order by it.
    pub sort: bool,
    /// A query may group by it.
    pub group: bool,
    /// It may be empty.
    pub nillable: bool,
    /// A new record gets a value if none is written.
    pub defaulted_on_create: bool,
    /// Only listed values may be written.
    pub restricted_picklist: bool,
    /// The platform counts.
    pub autonumber: bool,
    /// A record may be found by its value in an upsert.
    pub id_lookup: bool,
    /// A query may aggregate it. The guide names this for few fields; see [`FieldType::is_aggregatable`].
    pub aggregatable: bool,
    /// It holds the id that another system gives the record.
    pub external_id: bool,
}

/// A value of a picklist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PicklistValue {
    /// What is stored and sent.
    pub value: String,
    /// What people see.
    pub label: String,
}

/// What the developer guide says of a field where it is not followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuideEntry {
    /// The guide's name of the field, if it is another.
    pub name: Option<String>,
    /// The guide's type, if it is another.
    pub kind: Option<FieldType>,
    /// The guide's properties, if they are others.
    pub properties: Option<Properties>,
    /// The objects that the guide lists, if they are others.
    pub references: Option<Vec<String>>,
    /// The values that the guide lists, if they are others.
    pub values: Option<Vec<String>>,
    /// Why the guide is not followed.
    pub reason: String,
}

impl Field {
    /// A field of an open object that no file describes: a text, a number or a boolean, as it is written. It may be
    /// empty, changed, filtered, sorted and grouped by.
    pub fn open(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            label: name.strip_suffix("__c").unwrap_or(name).replace('_', " "),
            kind: FieldType::Anytype,
            length: 0,
            precision: 0,
            scale: 0,
            digits: 0,
            properties: Properties {
                create: true,
                update: true,
                filter: true,
                sort: true,
                group: true,
                nillable: true,
                ..Properties::default()
            },
            values: Vec::new(),
            values_open: false,
            default: None,
            references: Vec::new(),
            relationship: None,
            children: None,
            routed: false,
            unique: false,
            required: false,
            is_name: false,
            system: false,
            since: 0,
            until: None,
            source: None,
            assumed: None,
            guide: None,
        }
    }

    /// True if the API version has the field.
    pub fn exists_at(&self, version: u32) -> bool {
        self.since <= version && self.until.is_none_or(|until| version <= until)
    }

    /// True if the reference may lead to several objects.
    pub fn is_polymorphic(&self) -> bool {
        self.references.len() > 1
    }

    /// True if a query may aggregate the field.
    pub fn is_aggregatable(&self) -> bool {
        self.properties.aggregatable || self.kind.is_aggregatable()
    }

    /// True if the value may be written only if it is in the list.
    pub fn is_restricted(&self) -> bool {
        self.properties.restricted_picklist && !self.values_open
    }

    /// The listed picklist value that a text in any case means.
    pub fn listed(&self, text: &str) -> Option<&PicklistValue> {
        self.values.iter().find(|listed| fold(&listed.value) == fold(text))
    }

    /// True if an administrator made the field.
    pub fn is_custom(&self) -> bool {
        self.name.ends_with("__c")
    }
}
