//! Elements that are to be written, with values that stand there until somebody decides.

use crate::schema::{Cardinality, Field, IndexMap, Shape, TypeSchema};
use crate::source::ApiVersion;
use crate::xml;

/// An element that is to be written.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) name: &'static str,
    pub(super) content: Content,
}

/// What it holds.
#[derive(Clone, Debug)]
pub(super) enum Content {
    /// A value, not escaped. An empty one is for somebody to decide.
    Value(String),
    /// Other elements.
    Elements(Vec<Draft>),
}

/// How elements are written.
#[derive(Clone, Debug)]
pub(super) struct Style<'t> {
    /// What one level is indented with.
    pub(super) unit: &'t str,
    pub(super) line_end: &'t str,
    /// The prefix of the elements around, colon included.
    pub(super) prefix: &'t str,
    /// All on one line.
    pub(super) inline: bool,
}

impl Draft {
    pub(super) fn value(name: &'static str, value: impl Into<String>) -> Self {
        Self { name, content: Content::Value(value.into()) }
    }

    pub(super) const fn elements(name: &'static str, elements: Vec<Self>) -> Self {
        Self { name, content: Content::Elements(elements) }
    }

    /// True if nothing in it waits for somebody's decision.
    pub(super) fn is_whole(&self) -> bool {
        match &self.content {
            Content::Value(value) => !value.is_empty(),
            Content::Elements(elements) => elements.iter().all(Self::is_whole),
        }
    }

    /// Writes it behind an indentation that is there already.
    pub(super) fn write(&self, into: &mut String, indent: &str, style: &Style<'_>) {
        let Style { unit, line_end, prefix, inline } = style;
        let Self { name, content } = self;
        into.extend(["<", prefix, name, ">"]);
        match content {
            Content::Value(value) => into.push_str(&xml::escape(value)),
            Content::Elements(elements) => {
                let inner = format!("{indent}{unit}");
                for element in elements {
                    if !inline {
                        into.extend([line_end, &*inner]);
                    }
                    element.write(into, &inner, style);
                }
                if !inline {
                    into.extend([line_end, indent]);
                }
            }
        }
        into.extend(["</", prefix, name, ">"]);
    }
}

/// What the drafts of a component are made by.
#[derive(Clone, Copy, Debug)]
pub(super) struct Drafter<'n> {
    pub(super) schema: &'static TypeSchema,
    pub(super) version: ApiVersion,
    /// The component's name.
    pub(super) name: &'n str,
}

impl Drafter<'_> {
    /// The elements that must be there, in the WSDL's order.
    pub(super) fn required(self, fields: &'static IndexMap<String, Field>) -> Vec<Draft> {
        let is_required = |(_, field): &(&'static String, &'static Field)| {
            field.cardinality == Cardinality::Required && self.has(field)
        };
        fields.iter().filter(is_required).map(|(name, field)| self.draft(name, field)).collect()
    }

    /// True if the field exists at the API version.
    pub(super) fn has(self, field: &Field) -> bool {
        field.since <= self.version.0 && field.until.is_none_or(|until| self.version.0 <= until)
    }

    /// An element with the value that is meant least: its default, or what its type begins with. What it would name is
    /// never made up.
    pub(super) fn draft(self, name: &'static str, field: &'static Field) -> Draft {
        if let Shape::Struct(index) = field.shape {
            let fields = self.schema.structs.get_index(index).map(|(_, of)| self.required(&of.fields));
            return Draft::elements(name, fields.unwrap_or_default());
        }
        Draft::value(name, self.value(name, field))
    }

    fn value(self, name: &str, field: &Field) -> String {
        if field.reference.is_some() {
            return String::new();
        }
        if let Some(default) = &field.default {
            return default.clone();
        }
        match field.shape {
            Shape::Boolean => "false".to_owned(),
            Shape::Enum(index) => {
                let known = self.schema.enums.get_index(index);
                let mut values = known.into_iter().flat_map(|(_, known)| &known.values);
                let value = values.find(|(_, value)| value.since.is_none_or(|since| since <= self.version.0));
                value.map(|(value, _)| value.clone()).unwrap_or_default()
            }
            Shape::Int => self.least(field).map_or_else(|| "1".to_owned(), |least| least.to_string()),
            Shape::Double => self.least(field).map_or_else(|| "1.0".to_owned(), |least| format!("{least:.1}")),
            Shape::String if matches!(name, "label" | "masterLabel" | "name") => self.label(field),
            Shape::String => self.least(field).map(|least| least.to_string()).unwrap_or_default(),
            Shape::Struct(_) => String::new(),
        }
    }

    /// The least number that Salesforce takes.
    fn least(self, field: &Field) -> Option<f64> {
        let range = field.range.as_ref()?;
        let former = range.formerly.as_ref().filter(|former| self.version.0 < former.before);
        let least = former.map(|former| former.min).or(range.min)?;
        Some(if range.above_min { least + 1.0 } else { least })
    }

    /// The component's name as people would write it.
    fn label(self, field: &Field) -> String {
        let words = self.name.replace('_', " ");
        words.chars().take(field.max_length.map_or(usize::MAX, |most| most as usize)).collect()
    }
}
