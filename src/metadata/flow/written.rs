//! Texts in which parts have places of their own, and elements of which only what they write matters.

use std::marker::PhantomData;
use std::ops::Deref;

use crate::metadata::decode::{Holds, Item, Name, Scalar, Spanned, Take};
use crate::source::Span;
use crate::xml::{Element, Trace};

/// A text, and where each part of it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TracedText {
    scalar: Scalar<Name>,
    /// None if the text is written as it is.
    trace: Option<Box<Trace>>,
}

impl Deref for TracedText {
    type Target = Scalar<Name>;

    fn deref(&self) -> &Scalar<Name> {
        &self.scalar
    }
}

impl TracedText {
    /// Where the part of the text from byte `start` to byte `end` is written.
    pub fn span_of(&self, start: usize, end: usize) -> Span {
        match (&self.trace, self.scalar.spanned()) {
            (Some(trace), _) => trace.span(start, end),
            (None, Some(text)) => Span::new(text.span.start + start as u32, text.span.start + end as u32),
            (None, None) => self.scalar.span().unwrap_or_default(),
        }
    }

    /// The merge field that is all of the text, as in `{!Get_Queue.Id}`: what it names, and where.
    pub fn merge_field(&self) -> Option<Spanned<&str>> {
        let (start, name) = merge_field(&self.scalar.spanned()?.value)?;
        Some(Spanned { value: name, span: self.span_of(start, start + name.len()) })
    }
}

/// What a text names that is a merge field and nothing else, and at which byte.
pub(crate) fn merge_field(text: &str) -> Option<(usize, &str)> {
    let inside = text.strip_prefix("{!")?.strip_suffix('}')?;
    let name = inside.trim_ascii();
    let start = 2 + inside.len() - inside.trim_ascii_start().len();
    let is_name = !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || "{}()+-*/&\"',".contains(c));
    is_name.then_some((start, name))
}

impl Take for TracedText {
    const HOLDS: Holds = <Scalar<Name> as Take>::HOLDS;

    fn take(&mut self, element: Element<'_, '_>) {
        if matches!(self.scalar, Scalar::Absent) {
            self.scalar.take(element);
            self.trace = self.scalar.get().and_then(|_| element.trace()).map(Box::new);
        }
    }

    fn shapes(_: &mut dyn FnMut(&'static str, Vec<(&'static str, Holds)>)) {}
}

/// An element of a flow of which only the variables matter that it writes to.
#[derive(Clone, Debug, Default)]
pub struct Writer<K> {
    /// The element's name in the flow.
    pub name: Option<Name>,
    /// The variables.
    pub targets: Vec<Name>,
    kind: PhantomData<K>,
}

/// The name of a kind of element in the schema.
pub(crate) trait WriterKind {
    /// The name.
    const NAME: &'static str;
}

impl<K: WriterKind + Default> Item for Writer<K> {
    const KIND: &'static str = K::NAME;

    fn item(element: Element<'_, '_>) -> Option<Self> {
        let mut this = Self::default();
        let mut name = Scalar::Absent;
        let mut open: Vec<Element<'_, '_>> = element.children().collect();
        for child in element.children().filter(|child| child.local_name() == "name") {
            name.take(child);
        }
        while let Some(child) = open.pop() {
            // `assignToReference`, `assignRecordIdToReference`, `outputReference` and their like.
            let writes = matches!(child.local_name(), "storeOutputReference" | "outputReference")
                || (child.local_name().starts_with("assign") && child.local_name().ends_with("ToReference"));
            if writes && !child.has_children() {
                this.targets.push(child.value().into());
            }
            open.extend(child.children());
        }
        this.name = name.get().cloned();
        Some(this)
    }
}

/// Kinds of elements of which only the variables matter that they write to.
macro_rules! writers {
    ($($(#[$doc:meta])* $kind:ident = $name:literal,)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub struct $kind;

        impl $crate::metadata::flow::written::WriterKind for $kind {
            const NAME: &'static str = $name;
        }
    )*};
}
