//! The types that `schemas/metadata/*.toml` is read into.

use memchr::memmem;
use rustc_hash::FxBuildHasher;
use serde::Deserialize;

use super::kind::{Kind, Role};
use crate::source::Placeholders;
use crate::xml::{self, Document};

/// A map in the order of its file. Its keys are ours, so that a fast hash is safe.
pub type IndexMap<K, V> = indexmap::IndexMap<K, V, FxBuildHasher>;

/// A metadata type: one file of `schemas/metadata`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TypeSchema {
    /// The type; also the name of its root element.
    pub name: Kind,
    /// Folder in which it usually lies. Any folder will do (its registry entry is not strict).
    pub directory: String,
    /// File suffix, without the dot and without `-meta.xml`.
    pub suffix: String,
    /// The only file name it may have, for settings.
    #[serde(default)]
    pub only_name: Option<String>,
    /// First API version.
    pub since: u16,
    /// True if only the fields given here are looked at, and others are read past in silence.
    #[serde(default)]
    pub partial: bool,
    /// Words of which a file must contain one for its [`Field::aside`] elements to be read.
    #[serde(default)]
    pub aside_if: Vec<String>,
    /// What it is, for people.
    pub description: String,
    /// Where the facts come from.
    pub source: String,
    /// Its elements, in the WSDL's order.
    pub fields: IndexMap<String, Field>,
    /// Its complex types, by the WSDL's names.
    #[serde(default)]
    pub structs: IndexMap<String, Struct>,
    /// Its enumerations, by the WSDL's names.
    #[serde(default)]
    pub enums: IndexMap<String, Enum>,
    /// Wrong names that are often used at its root, and what is meant: the documentation's slips, object field names.
    #[serde(default)]
    pub slips: IndexMap<String, String>,
    /// What people look for at its root, and is not there.
    #[serde(default)]
    pub absent: Vec<Absent>,
}

/// Elements that people look for in a type, and that no version has: what they are for is done otherwise.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Absent {
    /// The names that it is looked for under.
    pub names: Vec<String>,
    /// How it is done, in the imperative.
    pub help: String,
}

impl TypeSchema {
    /// Looks up each field's [`Shape`], so that nobody does so again for each element of a file.
    #[must_use]
    pub fn linked(mut self) -> Self {
        let shape = |kind: &str| match kind {
            "boolean" => Shape::Boolean,
            "int" => Shape::Int,
            "double" => Shape::Double,
            _ => {
                let of_enum = self.enums.get_index_of(kind).map(Shape::Enum);
                of_enum.or_else(|| self.structs.get_index_of(kind).map(Shape::Struct)).unwrap_or_default()
            }
        };
        let own: Vec<Shape> = self.fields.values().map(|field| shape(&field.kind)).collect();
        let nested: Vec<Vec<Shape>> =
            self.structs.values().map(|s| s.fields.values().map(|field| shape(&field.kind)).collect()).collect();
        for (field, shape) in self.fields.values_mut().zip(own) {
            field.shape = shape;
        }
        for (shape, shapes) in self.structs.values_mut().zip(nested) {
            for (field, shape) in shape.fields.values_mut().zip(shapes) {
                field.shape = shape;
            }
        }
        self
    }

    /// Parses a file of this type. Of a partial type only the elements that are of interest are kept: most of a
    /// project's bytes lie in profiles and flows that have nothing to do with Omni-Channel.
    pub fn parse<'t>(&self, text: &'t str) -> Document<'t> {
        if !self.partial {
            return xml::parse(text);
        }
        let with_aside = self.aside_if.iter().any(|word| memmem::find(text.as_bytes(), word.as_bytes()).is_some());
        xml::parse_children(text, &|name| self.fields.get(name).is_some_and(|field| with_aside || !field.aside))
    }

    /// Parses a file of this type in which placeholders stand. All of it is kept then: what is filled in between two
    /// elements is to be told from what is filled in inside of one.
    pub fn parse_filled<'t>(&self, text: &'t str, placeholders: &Placeholders) -> Document<'t> {
        if placeholders.list.is_empty() {
            return self.parse(text);
        }
        xml::parse(text).with_placeholders(placeholders.list.iter().map(|placeholder| placeholder.span))
    }

    /// The path below the root of the element whose value makes a reference in this role, such as
    /// `assignments/users/user`.
    pub fn path_of(&self, role: Role) -> Option<String> {
        self.fields.iter().find_map(|(name, field)| self.path_in(name, field, role))
    }

    fn path_in(&self, name: &str, field: &Field, role: Role) -> Option<String> {
        if field.reference.is_some_and(|reference| reference.role == role) {
            return Some(name.to_owned());
        }
        let Shape::Struct(index) = field.shape else { return None };
        let (_, shape) = self.structs.get_index(index)?;
        let rest = shape.fields.iter().find_map(|(child, field)| self.path_in(child, field, role))?;
        Some(format!("{name}/{rest}"))
    }
}

/// A complex type.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Struct {
    /// True if only the fields given here are looked at.
    #[serde(default)]
    pub partial: bool,
    /// Its elements, in the WSDL's order.
    pub fields: IndexMap<String, Field>,
    /// Wrong names that are often used here, and what is meant.
    #[serde(default)]
    pub slips: IndexMap<String, String>,
    /// What people look for here, and is not there.
    #[serde(default)]
    pub absent: Vec<Absent>,
}

/// An enumeration.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Enum {
    /// Its values, in the WSDL's order.
    pub values: IndexMap<String, EnumValue>,
    /// Wrong values that are often used, and what is meant.
    #[serde(default)]
    pub slips: IndexMap<String, String>,
}

/// One value of an enumeration.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnumValue {
    /// First API version, if later than the enumeration itself.
    #[serde(default)]
    pub since: Option<u16>,
    /// What it means, for people.
    pub description: String,
}

/// How often an element may occur.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Cardinality {
    /// At most once.
    #[serde(rename = "0..1")]
    Optional,
    /// Exactly once.
    #[serde(rename = "1")]
    Required,
    /// Any number of times, in one block.
    #[serde(rename = "0..*")]
    Repeated,
}

/// One element of a type or complex type.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// `boolean`, `int`, `double`, `string`, or the name of an enumeration or complex type of this file.
    #[serde(rename = "type")]
    pub kind: String,
    /// How often it may occur.
    pub cardinality: Cardinality,
    /// First API version, the earliest that any source names.
    pub since: u16,
    /// True if it is only read to understand the rest, and nothing in it is checked.
    #[serde(default)]
    pub aside: bool,
    /// Last API version, if it has gone.
    #[serde(default)]
    pub until: Option<u16>,
    /// What it does, for people.
    pub description: String,
    /// Where the facts come from.
    pub source: String,
    /// What it is when absent, if a source says so.
    #[serde(default)]
    pub default: Option<String>,
    /// Its unit, such as `seconds`.
    #[serde(default)]
    pub unit: Option<String>,
    /// Allowed numbers.
    #[serde(default)]
    pub range: Option<Range>,
    /// Most characters.
    #[serde(default)]
    pub max_length: Option<u32>,
    /// What its value names.
    #[serde(default)]
    pub reference: Option<Reference>,
    /// For a list, what makes two entries the same: `"value"` for a list of scalars, else the child element's name.
    #[serde(default)]
    pub unique_by: Option<String>,
    /// [`Field::kind`], looked up.
    #[serde(skip)]
    pub shape: Shape,
}

/// What an element holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// Any text.
    #[default]
    String,
    /// `true` or `false`.
    Boolean,
    /// A whole number of 32 bits.
    Int,
    /// A number.
    Double,
    /// A value of the enumeration with this index in [`TypeSchema::enums`].
    Enum(usize),
    /// The elements of the complex type with this index in [`TypeSchema::structs`].
    Struct(usize),
}

/// The numbers that a field allows.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Range {
    /// Least number.
    #[serde(default)]
    pub min: Option<f64>,
    /// Most.
    #[serde(default)]
    pub max: Option<f64>,
    /// True if `min` itself is not allowed.
    #[serde(default)]
    pub above_min: bool,
    /// True if a source says that a deploy is refused; false if it only says what is valid.
    #[serde(default)]
    pub refused: bool,
    /// Numbers below this one are refused by a deploy, whatever `refused` says of the others.
    #[serde(default)]
    pub refused_below: Option<f64>,
    /// How many decimals the org keeps.
    #[serde(default)]
    pub decimals: Option<i32>,
    /// An older, narrower least number, and the API version from which it no longer holds.
    #[serde(default)]
    pub formerly: Option<FormerMinimum>,
}

/// What the org's whole numbers hold: nine digits (Object Reference 67.0, every such field of these objects).
pub(super) static NINE_DIGITS: Range = Range {
    min: Some(-999_999_999.0),
    max: Some(999_999_999.0),
    above_min: false,
    refused: false,
    refused_below: None,
    decimals: None,
    formerly: None,
};

/// A least number that older versions of the documentation give.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormerMinimum {
    /// The older least number.
    pub min: f64,
    /// First API version in which it no longer holds.
    pub before: u16,
}

/// What a field's value names.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// The kind of thing named.
    pub to: Kind,
    /// What for.
    pub role: Role,
}
