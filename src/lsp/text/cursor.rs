//! What stands at a place of a buffer.
//!
//! In: a text and the path of its file. Out: its tree, held against its type: which elements lead to a place, what the
//! schema says of them, and which names the text mentions. It is made of the buffer as it is now, broken or not.

use std::borrow::Cow;
use std::path::Path;

use crate::analyse;
use crate::schema::{self, Field, FileClass, IndexMap, Kind, Mention, Mentions, Shape, TypeSchema, recognise};
use crate::source::{ApiVersion, Placeholders, Span};
use crate::xml::{Document, Element};

/// A text that holds a component, or is to hold one.
#[derive(Debug)]
pub(in crate::lsp) struct Parsed<'t> {
    /// The type that its file is for.
    pub(in crate::lsp) kind: Kind,
    /// The component's full name.
    pub(in crate::lsp) name: String,
    pub(in crate::lsp) schema: &'static TypeSchema,
    /// Its tree. Of a type that is read in part, only the parts that are of interest.
    pub(in crate::lsp) document: Document<'t>,
    /// What of it is filled in at deploy time.
    pub(in crate::lsp) placeholders: Placeholders,
}

/// What stands at an offset.
#[derive(Clone, Debug)]
pub(in crate::lsp) struct Place<'d, 't> {
    /// The elements around the offset, the root first.
    pub(in crate::lsp) path: Vec<Element<'d, 't>>,
    pub(in crate::lsp) part: Part,
}

/// The part of the innermost element that an offset is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lsp) enum Part {
    /// In its start tag or end tag.
    Tag,
    /// In its text, of an element that has no elements in it.
    Value,
    /// Between its tags, in none of its elements.
    Content,
}

/// The type of the component that the file at `path` is for, and the component's name.
pub(in crate::lsp) fn component_at(path: &Path) -> Option<(Kind, String)> {
    let path = path.to_string_lossy().replace('\\', "/");
    match recognise(&path) {
        FileClass::Component { kind, name, .. } => Some((kind, name.into_owned())),
        _ => None,
    }
}

/// The name that is mentioned at `offset`.
pub(in crate::lsp) fn mention_at(offset: u32, mentions: &Mentions) -> Option<Mention<'_>> {
    mentions.iter().find(|mention| mention.span.start <= offset && offset <= mention.span.end)
}

impl<'t> Parsed<'t> {
    /// Reads the text of the file at `path`, in which placeholders stand; none if it is no component's.
    pub(in crate::lsp) fn new(path: &Path, text: &'t str, placeholders: Placeholders) -> Option<Self> {
        let (kind, name) = component_at(path)?;
        let schema = schema::get(kind)?;
        let document = schema.parse_filled(text, &placeholders);
        Some(Self { kind, name, schema, document, placeholders })
    }

    /// What stands at `offset`.
    pub(in crate::lsp) fn at(&self, offset: u32) -> Option<Place<'_, 't>> {
        Place::at(&self.document, offset)
    }

    /// The names that the text mentions, in its order, those of a flow's actions among them.
    pub(in crate::lsp) fn mentions(&self, version: ApiVersion) -> Mentions {
        analyse::mentions(&self.document, self.kind, version)
    }

    /// What the schema says of an element of the tree; none of the root and of what it does not know.
    pub(in crate::lsp) fn field(&self, element: Element<'_, '_>) -> Option<(&'static str, &'static Field)> {
        let fields = self.fields_in(element.parent()?)?;
        fields.get_key_value(element.local_name()).map(|(name, field)| (name.as_str(), field))
    }

    /// The elements that an element of the tree may hold; none if it holds a value, or the schema does not know it.
    pub(in crate::lsp) fn fields_in(&self, element: Element<'_, '_>) -> Option<&'static IndexMap<String, Field>> {
        let Some(_) = element.parent() else { return Some(&self.schema.fields) };
        match self.field(element)?.1.shape {
            Shape::Struct(index) => self.schema.structs.get_index(index).map(|(_, of)| &of.fields),
            _ => None,
        }
    }

    /// The component as a whole, for people: its start tag's name, or the start of the text.
    pub(in crate::lsp) fn whole(&self) -> Span {
        self.document.root().map_or(Span::default(), Element::name_span)
    }
}

impl<'d, 't> Place<'d, 't> {
    /// What stands at `offset` of any document.
    pub(in crate::lsp) fn at(document: &'d Document<'t>, offset: u32) -> Option<Self> {
        let mut element = document.last_begun(offset)?;
        while element.span().end < offset || (element.span().end == offset && element.parent().is_some()) {
            element = element.parent()?;
        }
        let content = element.content();
        let part = match () {
            () if offset < content.start || offset > content.end => Part::Tag,
            () if element.start_tag().end == element.span().end => Part::Tag,
            () if element.has_children() => Part::Content,
            () => Part::Value,
        };
        let mut path: Vec<_> = std::iter::successors(Some(element), |element| element.parent()).collect();
        path.reverse();
        Some(Place { path, part })
    }

    /// The innermost element.
    pub(in crate::lsp) fn element(&self) -> Option<Element<'d, 't>> {
        self.path.last().copied()
    }

    /// The names of the elements below the root, joined by `/`, as findings have them.
    pub(in crate::lsp) fn element_path(&self) -> Option<String> {
        let names: Vec<Cow<'_, str>> =
            self.path.iter().skip(1).map(|element| Cow::Borrowed(element.local_name())).collect();
        (!names.is_empty()).then(|| names.join("/"))
    }
}
