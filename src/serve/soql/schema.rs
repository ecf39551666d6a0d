//! What a query is checked against: the names of objects, fields and relationships.

use smol_str::SmolStr;

/// The names and properties of an org's objects. Names are given in any case and answered as the org writes them.
pub trait Schema {
    /// The object of this name.
    fn object(&self, name: &str) -> Option<ObjectInfo>;
    /// The field of an object.
    fn field(&self, object: &str, name: &str) -> Option<FieldInfo>;
    /// All fields of an object, in the order in which `FIELDS(ALL)` answers them.
    fn fields(&self, object: &str) -> Vec<FieldInfo>;
    /// The relationship of this name from an object to its parent: `Owner`.
    fn parent(&self, object: &str, relationship: &str) -> Option<ParentInfo>;
    /// The relationship of this name from an object to its children: `Cases`.
    fn child(&self, object: &str, relationship: &str) -> Option<ChildInfo>;
}

/// An object.
#[derive(Clone, Debug)]
pub struct ObjectInfo {
    /// Its API name.
    pub name: SmolStr,
    /// The first three characters of its ids.
    pub key_prefix: Option<SmolStr>,
    /// False if it cannot be queried.
    pub queryable: bool,
}

/// A field.
#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools)]
pub struct FieldInfo {
    /// Its API name.
    pub name: SmolStr,
    /// Its label.
    pub label: SmolStr,
    /// Its type.
    pub kind: FieldType,
    /// True if WHERE may name it.
    pub filterable: bool,
    /// True if ORDER BY may name it.
    pub sortable: bool,
    /// True if GROUP BY may name it.
    pub groupable: bool,
    /// True if aggregate functions may take it.
    pub aggregatable: bool,
    /// True if an org added it.
    pub custom: bool,
    /// True if a create may set it.
    pub createable: bool,
    /// True if an update may set it.
    pub updateable: bool,
    /// The objects that a reference may point to.
    pub references: Vec<SmolStr>,
    /// The values of a picklist, in the order in which it sorts.
    pub picklist: Vec<PicklistEntry>,
}

impl FieldInfo {
    /// A field that queries may use everywhere.
    pub fn new(name: impl Into<SmolStr>, kind: FieldType) -> Self {
        let name = name.into();
        Self {
            label: name.clone(),
            custom: name.ends_with("__c"),
            name,
            kind,
            filterable: true,
            sortable: true,
            groupable: true,
            aggregatable: true,
            createable: true,
            updateable: true,
            references: Vec::new(),
            picklist: Vec::new(),
        }
    }
}

/// A value of a picklist.
#[derive(Clone, Debug)]
pub struct PicklistEntry {
    /// What records hold.
    pub value: SmolStr,
    /// What people see.
    pub label: SmolStr,
}

/// A relationship to a parent.
#[derive(Clone, Debug)]
pub struct ParentInfo {
    /// Its name: `Owner`.
    pub relationship: SmolStr,
    /// The field that holds the parent's id: `OwnerId`.
    pub field: SmolStr,
    /// The objects that the parent may be; two or more make it polymorphic.
    pub objects: Vec<SmolStr>,
}

/// A relationship to children.
#[derive(Clone, Debug)]
pub struct ChildInfo {
    /// Its name: `Cases`.
    pub relationship: SmolStr,
    /// The children's object.
    pub object: SmolStr,
    /// The children's field that holds the parent's id.
    pub field: SmolStr,
}

/// The type of a field, as describe names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum FieldType {
    Id,
    Reference,
    String,
    Textarea,
    Picklist,
    Multipicklist,
    Combobox,
    Email,
    Phone,
    Url,
    Encryptedstring,
    Anytype,
    Boolean,
    Int,
    Long,
    Double,
    Currency,
    Percent,
    Date,
    Datetime,
    Time,
    Base64,
    Address,
    Location,
}

impl FieldType {
    /// The type with this name in a describe, in any case. None if there is none.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name.to_ascii_lowercase().as_str() {
            "id" => Self::Id,
            "reference" => Self::Reference,
            "string" => Self::String,
            "textarea" => Self::Textarea,
            "picklist" => Self::Picklist,
            "multipicklist" => Self::Multipicklist,
            "combobox" => Self::Combobox,
            "email" => Self::Email,
            "phone" => Self::Phone,
            "url" => Self::Url,
            "encryptedstring" => Self::Encryptedstring,
            "anytype" => Self::Anytype,
            "boolean" => Self::Boolean,
            "int" => Self::Int,
            "long" => Self::Long,
            "double" => Self::Double,
            "currency" => Self::Currency,
            "percent" => Self::Percent,
            "date" => Self::Date,
            "datetime" => Self::Datetime,
            "time" => Self::Time,
            "base64" => Self::Base64,
            "address" => Self::Address,
            "location" => Self::Location,
            _ => return None,
        })
    }

    pub(super) const fn class(self) -> Class {
        match self {
            Self::Id | Self::Reference => Class::Id,
            Self::Boolean => Class::Boolean,
            Self::Int | Self::Long => Class::Integer,
            Self::Double | Self::Currency | Self::Percent => Class::Number,
            Self::Date => Class::Date,
            Self::Datetime => Class::Datetime,
            Self::Multipicklist => Class::Choices,
            Self::Time | Self::Base64 | Self::Address | Self::Location => Class::Opaque,
            _ => Class::Text,
        }
    }

    /// The name that `columns=true` gives the type: that of Apex. Seen for the usual types, assumed for the others.
    pub(super) const fn apex(self) -> &'static str {
        match self {
            Self::Id | Self::Reference => "Id",
            Self::Boolean => "Boolean",
            Self::Int => "Integer",
            Self::Long => "Long",
            Self::Double | Self::Currency | Self::Percent => "Double",
            Self::Date => "Date",
            Self::Datetime => "Datetime",
            Self::Time => "Time",
            Self::Base64 => "Blob",
            Self::Address => "Address",
            Self::Location => "Location",
            _ => "String",
        }
    }
}

/// What is compared how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Id,
    Text,
    /// A multi-select picklist.
    Choices,
    Boolean,
    Integer,
    Number,
    Date,
    Datetime,
    /// Neither compared nor sorted.
    Opaque,
}
