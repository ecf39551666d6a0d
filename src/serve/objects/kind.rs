//! Types of fields, by the names that a description gives them.

use serde::{Deserialize, Serialize};

/// The type of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FieldType {
    /// A compound of street, city and so on; read-only.
    Address,
    /// A value of any type.
    #[serde(rename = "anyType", alias = "anytype")]
    Anytype,
    /// Bytes.
    Base64,
    /// True or false; never empty.
    Boolean,
    /// A value of a list, or any text.
    Combobox,
    /// An amount of money.
    Currency,
    /// A day.
    Date,
    /// A point in time.
    Datetime,
    /// A number.
    Double,
    /// An address for mail.
    Email,
    /// A text that is shown masked.
    Encryptedstring,
    /// The record's own id.
    Id,
    /// A whole number.
    Int,
    /// A compound of latitude and longitude; read-only.
    Location,
    /// Several values of a list.
    Multipicklist,
    /// A number, shown as a percentage: 50 for 50%.
    Percent,
    /// A telephone number.
    Phone,
    /// A value of a list.
    Picklist,
    /// The id of another record.
    Reference,
    /// A line of text.
    String,
    /// Several lines of text.
    Textarea,
    /// A time of day.
    Time,
    /// An address in the web.
    Url,
}

impl FieldType {
    /// The type's name in a description.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::Anytype => "anyType",
            Self::Base64 => "base64",
            Self::Boolean => "boolean",
            Self::Combobox => "combobox",
            Self::Currency => "currency",
            Self::Date => "date",
            Self::Datetime => "datetime",
            Self::Double => "double",
            Self::Email => "email",
            Self::Encryptedstring => "encryptedstring",
            Self::Id => "id",
            Self::Int => "int",
            Self::Location => "location",
            Self::Multipicklist => "multipicklist",
            Self::Percent => "percent",
            Self::Phone => "phone",
            Self::Picklist => "picklist",
            Self::Reference => "reference",
            Self::String => "string",
            Self::Textarea => "textarea",
            Self::Time => "time",
            Self::Url => "url",
        }
    }

    /// The type's name in SOAP, which a description also gives.
    pub const fn soap(self) -> &'static str {
        match self {
            Self::Id | Self::Reference => "tns:ID",
            Self::Boolean => "xsd:boolean",
            Self::Int => "xsd:int",
            Self::Double | Self::Currency | Self::Percent => "xsd:double",
            Self::Date => "xsd:date",
            Self::Datetime => "xsd:dateTime",
            Self::Time => "xsd:time",
            Self::Base64 => "xsd:base64Binary",
            Self::Address => "urn:address",
            Self::Location => "urn:location",
            Self::Anytype => "xsd:anyType",
            _ => "xsd:string",
        }
    }

    /// True for values that are texts with a length.
    pub const fn is_text(self) -> bool {
        matches!(
            self,
            Self::Combobox
                | Self::Email
                | Self::Encryptedstring
                | Self::Multipicklist
                | Self::Phone
                | Self::Picklist
                | Self::String
                | Self::Textarea
                | Self::Url
        )
    }

    /// True for numbers with a fraction.
    pub const fn is_decimal(self) -> bool {
        matches!(self, Self::Currency | Self::Double | Self::Percent)
    }

    /// True if a query may put the field into `MIN`, `COUNT_DISTINCT` and the like: all but yes/no, long and compound
    /// values. Source: SOQL and SOSL Reference, Support for Field Types in Aggregate Functions.
    pub const fn is_aggregatable(self) -> bool {
        !matches!(
            self,
            Self::Address
                | Self::Anytype
                | Self::Base64
                | Self::Boolean
                | Self::Encryptedstring
                | Self::Location
                | Self::Multipicklist
                | Self::Textarea
                | Self::Time
        )
    }

    /// Characters that a value has at most, where the data does not say. The usual lengths of the Salesforce Field
    /// Reference Guide.
    pub(super) const fn usual_length(self) -> u32 {
        match self {
            Self::Id | Self::Reference => 18,
            Self::Email => 80,
            Self::Phone => 40,
            Self::Textarea => 32_000,
            Self::Multipicklist => 4_099,
            _ if self.is_text() => 255,
            _ => 0,
        }
    }
}
