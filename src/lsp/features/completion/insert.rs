//! The text of an element that is to be inserted.

use std::borrow::Cow;
use std::fmt::{self, Write};

use super::writer::Writer;
use crate::schema::validate::NAMESPACE;
use crate::schema::{Cardinality, Field, IndexMap, Shape, TypeSchema};

/// No type is as deep as this.
const DEEPEST: usize = 4;

/// Writes elements, as a snippet if the client takes those.
pub(super) struct Insertion<'w> {
    writer: &'w Writer<'w>,
    text: String,
    /// The number of the last place to go to.
    stops: u32,
    depth: usize,
}

impl<'w> Insertion<'w> {
    /// An element of this name, with the elements in it that it must have.
    pub(super) fn element(writer: &'w Writer<'w>, name: &str, field: &Field) -> String {
        let mut text = Self::new(writer);
        text.write(name, field, None);
        text.text
    }

    /// A whole component, with the elements that it must have. `title` is what people may call it.
    pub(super) fn component(writer: &'w Writer<'w>, title: &str, with_declaration: bool) -> String {
        let mut text = Self::new(writer);
        let schema = writer.schema;
        if with_declaration {
            text.text.push_str(r#"<?xml version="1.0" encoding="UTF-8"?>"#);
            text.line();
        }
        text.add(format_args!(r#"<{} xmlns="{NAMESPACE}">"#, schema.name.as_str()));
        text.children(&schema.fields, Some(title));
        text.add(format_args!("</{}>", schema.name.as_str()));
        // The last line of a file ends, too.
        text.line();
        text.text
    }

    fn new(writer: &'w Writer<'w>) -> Self {
        Self { writer, text: String::new(), stops: 0, depth: 0 }
    }

    fn schema(&self) -> &'static TypeSchema {
        self.writer.schema
    }

    fn add(&mut self, words: fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = self.text.write_fmt(words);
    }

    fn write(&mut self, name: &str, field: &Field, title: Option<&str>) {
        self.add(format_args!("<{name}>"));
        match field.shape {
            Shape::Struct(index) => {
                if let Some((_, of)) = self.schema().structs.get_index(index) {
                    self.children(&of.fields, None);
                }
            }
            Shape::Boolean => self.choice(["true", "false"].into_iter()),
            Shape::Enum(index) => {
                let version = self.writer.version.0;
                if let Some((_, of)) = self.schema().enums.get_index(index) {
                    let known = of.values.iter().filter(|(_, value)| value.since.is_none_or(|since| since <= version));
                    self.choice(known.map(|(name, _)| name.as_str()));
                }
            }
            _ => match title.filter(|_| is_title(name)) {
                Some(title) => self.placeholder(title),
                None => self.stop(),
            },
        }
        self.add(format_args!("</{name}>"));
    }

    /// The elements that are required; where none is and there is only one, that.
    fn children(&mut self, fields: &IndexMap<String, Field>, title: Option<&str>) {
        self.depth += 1;
        let is_required = |field: &Field| field.cardinality == Cardinality::Required && self.writer.has(field);
        let mut wanted: Vec<_> = fields.iter().filter(|(_, field)| is_required(field)).collect();
        if wanted.is_empty() && fields.len() == 1 {
            wanted.extend(fields.iter().filter(|(_, field)| self.writer.has(field)));
        }
        if self.depth > DEEPEST {
            wanted.clear();
        }
        for (name, field) in &wanted {
            self.line();
            self.write(name, field, title);
        }
        if wanted.is_empty() {
            self.line();
            self.stop();
        }
        self.depth -= 1;
        self.line();
    }

    /// Begins a line. A client that takes no snippets may take no line ends either, as Neovim's own completion does not.
    fn line(&mut self) {
        if self.writer.client.snippets {
            self.text.push_str(self.writer.line_end);
            self.text.push_str(&self.writer.indent.repeat(self.depth));
        }
    }

    const fn next_stop(&mut self) -> u32 {
        self.stops += 1;
        self.stops
    }

    fn stop(&mut self) {
        if self.writer.client.snippets {
            let number = self.next_stop();
            self.add(format_args!("${number}"));
        }
    }

    fn placeholder(&mut self, text: &str) {
        let written = xml_text(text);
        if self.writer.client.snippets {
            let number = self.next_stop();
            self.add(format_args!("${{{number}:{}}}", in_snippet(&written)));
        } else {
            self.text.push_str(&written);
        }
    }

    fn choice<'c>(&mut self, values: impl Iterator<Item = &'c str>) {
        let escaped = |value: &str| value.replace('\\', "\\\\").replace(',', "\\,").replace('|', "\\|");
        let values: Vec<String> = values.map(escaped).collect();
        if !self.writer.client.snippets || values.is_empty() {
            return self.stop();
        }
        let number = self.next_stop();
        self.add(format_args!("${{{number}|{}|}}", values.join(",")));
    }
}

/// True for the elements that hold the name that people see.
fn is_title(name: &str) -> bool {
    matches!(name, "label" | "masterLabel" | "name")
}

/// Text as XML has it between tags.
pub(super) fn xml_text(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>']) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"))
}

/// Text as a snippet has it.
fn in_snippet(text: &str) -> String {
    text.replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}")
}
