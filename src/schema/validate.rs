//! A tree against its type: what is wrong with it, and which names it mentions.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::alike::{is_one_ending, says_the_same};
use super::mention::{Mention, Mentions};
use super::model::{Absent, Cardinality, Field, IndexMap, NINE_DIGITS, Range, Reference, Shape, Struct, TypeSchema};
use super::violation::{Violation, ViolationKind};
use crate::source::{ApiVersion, Span};
use crate::text::{nearest, slip};
use crate::xml::{Attribute, Document, Element};

/// The namespace of every metadata file.
pub const NAMESPACE: &str = "http://soap.sforce.com/2006/04/metadata";

/// A file with more violations than this is no metadata; the last one says that the rest is left out.
pub const MAX_VIOLATIONS: usize = 1000;

/// What [`validate`] found.
#[derive(Clone, Debug, Default)]
pub struct Validated {
    /// What is wrong, in the order of the text.
    pub violations: Vec<Violation>,
    /// What is named, in the order of the text.
    pub mentions: Mentions,
    /// What is filled in when the project is deployed, in the order of the text.
    pub filled_in: Vec<FilledElement>,
}

/// An element that is filled in when the project is deployed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilledElement {
    /// Path of the element below the root; empty for the root.
    pub path: String,
    /// The placeholder; of several, the first.
    pub placeholder: Span,
    /// What is filled in.
    pub part: FilledPart,
}

/// What of an element is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilledPart {
    /// Its value, a name.
    Name,
    /// Its value, no name.
    Value,
    /// Elements in it, or all of it: it may hold others than it shows.
    Content,
}

/// Holds `document` against `schema` at API `version`.
pub fn validate(document: &Document<'_>, schema: &'static TypeSchema, version: ApiVersion) -> Validated {
    let Some(root) = document.root() else { return Validated::default() };
    let mut validator = Validator { schema, version, found: Validated::default(), seen: Vec::new() };
    validator.root(root);
    validator.found.violations.sort_by_key(|v| (v.span.start, v.span.end));
    validator.found
}

struct Validator {
    schema: &'static TypeSchema,
    version: ApiVersion,
    found: Validated,
    /// For each element on the way down to the current one, what is known of its fields' occurrences.
    seen: Vec<Seen>,
}

/// What is known of a field's occurrences while its parent's children are read.
#[derive(Clone, Copy, Default)]
struct Seen {
    count: u32,
    /// The first occurrence's start tag.
    first: Span,
    /// Past the last occurrence.
    last_end: u32,
    /// Index among the children of the last occurrence.
    last_index: u32,
}

/// The fields that an element may hold.
#[derive(Clone, Copy)]
struct Content {
    fields: &'static IndexMap<String, Field>,
    slips: &'static IndexMap<String, String>,
    absent: &'static [Absent],
    partial: bool,
    is_root: bool,
}

impl Validator {
    /// True if no more is reported.
    fn is_full(&self) -> bool {
        self.found.violations.len() >= MAX_VIOLATIONS
    }

    fn report(&mut self, element: Element<'_, '_>, span: Span, kind: ViolationKind) {
        if self.is_full() {
            return;
        }
        let path = path_of(element);
        let last = self.found.violations.len() + 1 == MAX_VIOLATIONS;
        let kind = if last { ViolationKind::TooMany } else { kind };
        self.found.violations.push(Violation { span, path, kind });
    }

    /// Notes that an element is filled in. What is in it is not judged.
    fn filled_in(&mut self, element: Element<'_, '_>, placeholder: Span, part: FilledPart) {
        self.found.filled_in.push(FilledElement { path: path_of(element), placeholder, part });
    }

    fn root(&mut self, root: Element<'_, '_>) {
        let (prefix, name) = root.name().split_once(':').unwrap_or(("", root.name()));
        if name != self.schema.name.as_str() {
            let kind = ViolationKind::WrongRoot { found: root.name().to_owned(), expected: self.schema.name };
            return self.report(root, root.name_span(), kind);
        }
        let declared = if prefix.is_empty() { "xmlns".to_owned() } else { format!("xmlns:{prefix}") };
        let attributes = root.attributes();
        let namespace = attributes.iter().find(|attribute| attribute.name() == declared);
        if namespace.is_none_or(|found| found.value() != NAMESPACE) {
            let span = namespace.map_or(root.name_span(), |found| found.value);
            let kind = ViolationKind::WrongNamespace(namespace.map(|found| found.value().into_owned()));
            self.report(root, span, kind);
        }
        if self.version.0 < self.schema.since {
            self.report(root, root.name_span(), ViolationKind::TypeNotInVersion(self.schema));
        }
        self.attributes(root, &attributes);
        let schema = self.schema;
        let content = Content {
            fields: &schema.fields,
            slips: &schema.slips,
            absent: &schema.absent,
            partial: schema.partial,
            is_root: true,
        };
        self.children(root, content);
    }

    /// The children of an element with `content`.
    fn children(&mut self, parent: Element<'_, '_>, content: Content) {
        if parent.has_text() && !content.partial {
            for span in parent.stray_text() {
                self.report(parent, span, ViolationKind::StrayText);
            }
        }
        let placeholder = parent.placeholder();
        if let Some(placeholder) = placeholder {
            self.filled_in(parent, placeholder, FilledPart::Content);
        }
        let base = self.seen.len();
        self.seen.resize(base + content.fields.len(), Seen::default());
        let mut cursor = 0;
        for (index, child) in parent.children().enumerate() {
            let Some(at) = find(content.fields, child.local_name(), &mut cursor) else {
                self.unknown(child, content);
                continue;
            };
            let Some((name, field)) = content.fields.get_index(at) else { continue };
            if field.aside {
                if let Some(placeholder) = child.any_placeholder() {
                    self.filled_in(child, placeholder, FilledPart::Content);
                }
                continue;
            }
            let seen = &mut self.seen[base + at];
            let previous = *seen;
            seen.count += 1;
            seen.last_end = child.span().end;
            seen.last_index = index as u32;
            if previous.count == 0 {
                seen.first = child.start_tag();
            } else {
                self.again(child, field, previous, index as u32, content);
            }
            self.field(child, name, field);
        }
        for (at, (name, field)) in content.fields.iter().enumerate() {
            let count = self.seen[base + at].count;
            let is_missing = count == 0 && field.cardinality == Cardinality::Required && self.available(field);
            if is_missing && placeholder.is_none() {
                self.report(parent, parent.start_tag(), ViolationKind::Missing { name, field });
            }
            if count > 1 && field.unique_by.is_some() {
                self.duplicates(parent.children().filter(|child| child.local_name() == name), field);
            }
        }
        self.seen.truncate(base);
    }

    /// A second or later occurrence of a field.
    fn again(&mut self, child: Element<'_, '_>, field: &'static Field, previous: Seen, index: u32, content: Content) {
        if self.is_full() {
            return;
        }
        if field.cardinality != Cardinality::Repeated {
            let mut siblings = child.parent().into_iter().flat_map(Element::children);
            let first = siblings.find(|other| other.start_tag() == previous.first);
            let same = first.is_some_and(|first| says_the_same(first, child));
            self.report(child, child.start_tag(), ViolationKind::Repeated { first: previous.first, same });
        } else if content.is_root && !content.partial && index != previous.last_index + 1 {
            // Nested order is reported not to be strict, and a partial tree does not show what lies between.
            let at = Span::at(previous.last_end);
            self.report(child, child.start_tag(), ViolationKind::NotContiguous(at));
        }
    }

    fn available(&self, field: &Field) -> bool {
        field.since <= self.version.0 && field.until.is_none_or(|until| self.version.0 <= until)
    }

    fn unknown(&mut self, child: Element<'_, '_>, content: Content) {
        let name = child.local_name();
        // The base type Metadata gives every component a full name.
        if content.partial || (content.is_root && name == "fullName") || self.is_full() {
            return;
        }
        let names = || content.fields.keys().map(String::as_str);
        let absent =
            content.absent.iter().find(|absent| absent.names.iter().any(|known| known.eq_ignore_ascii_case(name)));
        let (meant, certain) = match content.slips.get(name) {
            Some(meant) => (Some(meant.as_str()), is_one_ending(name, names())),
            None if absent.is_some() => (None, false),
            None => (nearest(name, names()), slip(name, names()).is_some()),
        };
        let fits = meant.is_some_and(|meant| self.fits(child, meant, content));
        let kind = ViolationKind::UnknownElement {
            name: name.to_owned(),
            meant,
            certain,
            fits,
            instead: absent.map(|absent| absent.help.as_str()),
        };
        self.report(child, child.name_span(), kind);
    }

    /// True if `child` could stand where it does as the field `name`, with all that is in it.
    fn fits(&mut self, child: Element<'_, '_>, name: &str, content: Content) -> bool {
        let Some((_, name, field)) = content.fields.get_full(name) else { return false };
        let mut siblings = child.parent().into_iter().flat_map(Element::children);
        if field.cardinality != Cardinality::Repeated && siblings.any(|other| other.local_name() == name) {
            return false;
        }
        let found = std::mem::take(&mut self.found);
        self.field(child, name, field);
        std::mem::replace(&mut self.found, found).violations.is_empty()
    }

    fn field(&mut self, element: Element<'_, '_>, name: &'static str, field: &'static Field) {
        if !self.available(field) {
            self.report(element, element.name_span(), ViolationKind::NotInVersion { name, field });
        }
        if element.has_attributes() {
            self.attributes(element, &element.attributes());
            if is_nil(element) {
                if field.cardinality == Cardinality::Required {
                    let kind = ViolationKind::Nil { reference: field.reference };
                    self.report(element, element.start_tag(), kind);
                }
                return;
            }
        }
        if let Shape::Struct(index) = field.shape {
            if let Some((_, shape)) = self.schema.structs.get_index(index) {
                let Struct { fields, slips, absent, partial } = shape;
                self.children(element, Content { fields, slips, absent, partial: *partial, is_root: false });
            }
            return;
        }
        if let Some(placeholder) = element.placeholder() {
            let part = if field.reference.is_some() { FilledPart::Name } else { FilledPart::Value };
            self.filled_in(element, placeholder, part);
            return self.mention(element, field, &element.value(), true);
        }
        for child in element.children() {
            let kind = ViolationKind::StrayElement(child.name().to_owned());
            self.report(child, child.name_span(), kind);
        }
        if field.shape == Shape::String
            && field.cardinality == Cardinality::Required
            && !self.schema.partial
            && element.value().is_empty()
        {
            return self.report(element, element.start_tag(), ViolationKind::Empty { name, field });
        }
        self.scalar(element, field);
    }

    fn scalar(&mut self, element: Element<'_, '_>, field: &'static Field) {
        let value = element.value();
        let number = match field.shape {
            Shape::Boolean => {
                if !matches!(&*value, "true" | "false" | "1" | "0") {
                    self.invalid(element, &value, "a boolean (`true` or `false`)");
                }
                return;
            }
            Shape::Int => match parse_int(&value) {
                Some(number) => {
                    let number = f64::from(number);
                    let bounded = field.range.as_ref().is_some_and(|range| range.max.is_some());
                    if !bounded && NINE_DIGITS.max.is_some_and(|most| number > most) {
                        return self.range(element, number, &NINE_DIGITS, field.unit.as_deref());
                    }
                    Some(number)
                }
                None => return self.invalid(element, &value, "a whole number"),
            },
            Shape::Double => match parse_double(&value) {
                Some(number) => Some(number),
                None => return self.invalid(element, &value, "a number"),
            },
            Shape::Enum(index) => return self.enumeration(element, &value, index),
            Shape::String | Shape::Struct(_) => None,
        };
        if let Some(range) = &field.range {
            match number.or_else(|| parse_double(&value)) {
                Some(number) => self.range(element, number, range, field.unit.as_deref()),
                None => self.invalid(element, &value, "a whole number"),
            }
        }
        if let Some(most) = field.max_length
            && value.len() > most as usize
            && value.chars().count() > most as usize
        {
            let kind = ViolationKind::TooLong { found: value.chars().count(), most };
            self.report(element, element.value_span(), kind);
        }
        self.mention(element, field, &value, false);
    }

    fn mention(&mut self, element: Element<'_, '_>, field: &Field, value: &str, filled_in: bool) {
        if let Some(Reference { to, role }) = field.reference
            && !value.is_empty()
        {
            self.found.mentions.push(Mention { role, to, name: value, span: element.value_span(), filled_in });
        }
    }

    fn invalid(&mut self, element: Element<'_, '_>, value: &str, expected: &'static str) {
        let kind = ViolationKind::InvalidValue { found: value.to_owned(), expected };
        self.report(element, element.value_span(), kind);
    }

    fn enumeration(&mut self, element: Element<'_, '_>, value: &str, index: usize) {
        let Some((_, allowed)) = self.schema.enums.get_index(index) else { return };
        if let Some((name, known)) = allowed.values.get_key_value(value) {
            if let Some(since) = known.since.filter(|&since| since > self.version.0) {
                let kind = ViolationKind::ValueNotInVersion { value: name, since };
                self.report(element, element.value_span(), kind);
            }
        } else {
            let values = || allowed.values.keys().map(String::as_str);
            let (meant, certain) = match allowed.slips.get(value) {
                Some(meant) => (Some(meant.as_str()), true),
                None => (nearest(value, values()), slip(value, values()).is_some()),
            };
            let kind = ViolationKind::UnknownValue { found: value.to_owned(), allowed, meant, certain };
            self.report(element, element.value_span(), kind);
        }
    }

    fn range(&mut self, element: Element<'_, '_>, found: f64, range: &'static Range, unit: Option<&'static str>) {
        let below = range.min.is_some_and(|min| found < min || (range.above_min && found <= min));
        let above = range.max.is_some_and(|max| found > max);
        let formerly = range.formerly.as_ref().is_some_and(|f| self.version.0 < f.before && found < f.min);
        if below || above || formerly {
            let only_formerly = !below && !above;
            let kind = ViolationKind::OutOfRange { found, range, unit, only_formerly };
            self.report(element, element.value_span(), kind);
        } else if let Some(most) = range.decimals.filter(|&most| !has_decimals(found, most)) {
            self.report(element, element.value_span(), ViolationKind::TooPrecise { found, most });
        }
    }

    fn attributes(&mut self, element: Element<'_, '_>, attributes: &[Attribute<'_>]) {
        for attribute in attributes {
            let name = attribute.name();
            let meaningful = name == "xmlns"
                || name.starts_with("xmlns:")
                || name.starts_with("xsi:")
                || name.starts_with("xml:")
                || is_instance_attribute(name, &["nil", "type", "schemaLocation", "noNamespaceSchemaLocation"]);
            if !meaningful {
                let span = attribute.name.join(attribute.value);
                self.report(element, span, ViolationKind::StrayAttribute(name.to_owned()));
            }
        }
    }

    fn duplicates<'d, 't: 'd>(&mut self, list: impl Iterator<Item = Element<'d, 't>>, field: &'static Field) {
        let Some(key) = field.unique_by.as_deref() else { return };
        let mut firsts: FxHashMap<Cow<'_, str>, (Element<'d, 't>, Span)> = FxHashMap::default();
        for entry in list {
            let scalar = if key == "value" && !matches!(field.shape, Shape::Struct(_)) {
                Some(entry)
            } else {
                entry.children().find(|child| child.local_name() == key)
            };
            let Some(scalar) = scalar else { continue };
            let value = scalar.value();
            if value.is_empty() || self.is_full() {
                continue;
            }
            let span = scalar.value_span();
            match firsts.get(&value) {
                Some(&(other, first)) => {
                    let same = says_the_same(other, entry);
                    let value = value.into_owned();
                    let kind = ViolationKind::Duplicate { value, first, entry: entry.start_tag(), same };
                    self.report(scalar, span, kind);
                }
                None => {
                    firsts.insert(value, (entry, span));
                }
            }
        }
    }
}

/// Finds the field with this name. Files have their elements in the WSDL's order, so that the field after the last one
/// found, or that one itself, is nearly always right.
fn find(fields: &IndexMap<String, Field>, name: &str, cursor: &mut usize) -> Option<usize> {
    let is = |at: usize| fields.get_index(at).is_some_and(|(known, _)| known == name);
    let at = (*cursor..(*cursor + 3)).find(|&at| is(at)).or_else(|| fields.get_index_of(name))?;
    *cursor = at;
    Some(at)
}

/// True if a number has at most `most` decimals, as far as a floating-point number tells.
fn has_decimals(number: f64, most: i32) -> bool {
    let scaled = number * 10_f64.powi(most);
    (scaled - scaled.round()).abs() <= 1e-6 * scaled.abs().max(1.0)
}

fn path_of(element: Element<'_, '_>) -> String {
    let mut names = Vec::new();
    let mut at = Some(element);
    while let Some(element) = at {
        names.push(element.name());
        at = element.parent();
    }
    names.pop();
    names.reverse();
    names.join("/")
}

/// True if an attribute is one of those that XML Schema gives every element. Nearly always its prefix is `xsi`, but a
/// file may name that as it likes; no other vocabulary gives metadata attributes.
fn is_instance_attribute(name: &str, known: &[&str]) -> bool {
    name.split_once(':').is_some_and(|(_, local)| known.contains(&local))
}

/// True if the element says that it has no value: `xsi:nil="true"`.
pub fn is_nil(element: Element<'_, '_>) -> bool {
    element.has_attributes()
        && element.attributes().iter().any(|attribute| {
            is_instance_attribute(attribute.name(), &["nil"]) && matches!(&*attribute.value(), "true" | "1")
        })
}

/// Reads an `xs:int`: a sign, digits, 32 bits.
pub fn parse_int(text: &str) -> Option<i32> {
    text.parse().ok()
}

/// Reads an `xs:double`; infinities and NaN count as none, no field of ours can mean them.
pub fn parse_double(text: &str) -> Option<f64> {
    let plain =
        !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.' | b'e' | b'E'));
    if plain { text.parse().ok().filter(|number: &f64| number.is_finite()) } else { None }
}
