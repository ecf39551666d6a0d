//! From elements to values: what a struct field can hold, and the macros that make the structs.

use crate::schema::validate::{is_nil, parse_double, parse_int};
use crate::source::Span;
use crate::xml::Element;

/// A name as it is written in a file.
pub type Name = Box<str>;

/// A value and its place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it is written.
    pub span: Span,
}

/// An element that holds text and may be absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Scalar<T> {
    /// Not there.
    #[default]
    Absent,
    /// `xsi:nil="true"`; the start tag.
    Nil(Span),
    /// There, and empty; the start tag.
    Empty(Span),
    /// There, and no `T`; the text.
    Invalid(Span),
    /// There, and filled in when the project is deployed, so that it may be anything; the text.
    Filled(Span),
    /// There.
    Value(Spanned<T>),
}

impl<T> Scalar<T> {
    /// The value, if there is one.
    pub const fn get(&self) -> Option<&T> {
        match self {
            Self::Value(spanned) => Some(&spanned.value),
            _ => None,
        }
    }

    /// The value with its place, if there is one.
    pub const fn spanned(&self) -> Option<&Spanned<T>> {
        match self {
            Self::Value(spanned) => Some(spanned),
            _ => None,
        }
    }

    /// Where the element is, if it is there, whatever it holds.
    pub const fn span(&self) -> Option<Span> {
        match self {
            Self::Absent => None,
            Self::Nil(span) | Self::Empty(span) | Self::Invalid(span) | Self::Filled(span) => Some(*span),
            Self::Value(spanned) => Some(spanned.span),
        }
    }

    /// True if the element is not there, or says that it has no value: `xsi:nil` is as good as absent where a value may
    /// be left out.
    pub const fn is_missing(&self) -> bool {
        matches!(self, Self::Absent | Self::Nil(_))
    }

    /// True if the value is filled in when the project is deployed.
    pub const fn is_filled_in(&self) -> bool {
        matches!(self, Self::Filled(_))
    }
}

impl Scalar<bool> {
    /// True if the value is `true`; absent, nil and anything else are not.
    pub const fn is_true(&self) -> bool {
        matches!(self, Self::Value(Spanned { value: true, .. }))
    }

    /// True if the value is `false`, written down.
    pub const fn is_false(&self) -> bool {
        matches!(self, Self::Value(Spanned { value: false, .. }))
    }

    /// True if the value is `true`, or may be when it is filled in.
    pub const fn may_be_true(&self) -> bool {
        self.is_true() || self.is_filled_in()
    }

    /// True if the value is `false` or there is none: an optional switch is then off.
    pub const fn is_off(&self) -> bool {
        self.is_false() || self.is_missing()
    }
}

/// What an element's text can be read as.
pub trait Text: Sized {
    /// The schema's type for it; empty for enumerations, whose schema type is their own name.
    const TYPE: &'static str;
    /// Reads it; none if it is something else.
    fn read(text: &str) -> Option<Self>;
}

impl Text for bool {
    const TYPE: &'static str = "boolean";

    fn read(text: &str) -> Option<Self> {
        match text {
            "true" | "1" => Some(true),
            "false" | "0" => Some(false),
            _ => None,
        }
    }
}

impl Text for i32 {
    const TYPE: &'static str = "int";

    fn read(text: &str) -> Option<Self> {
        parse_int(text)
    }
}

impl Text for f64 {
    const TYPE: &'static str = "double";

    fn read(text: &str) -> Option<Self> {
        parse_double(text)
    }
}

impl Text for Name {
    const TYPE: &'static str = "string";

    fn read(text: &str) -> Option<Self> {
        Some(text.into())
    }
}

/// A name that is there, and that the graph's edges hold: lists of users are long, and need not be kept twice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mentioned;

impl Text for Mentioned {
    const TYPE: &'static str = "string";

    fn read(_: &str) -> Option<Self> {
        Some(Self)
    }
}

/// What a struct field holds: the schema's type of it, and whether it repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holds {
    /// `boolean`, `int`, `double`, `string`, an enumeration's or a complex type's name.
    pub kind: &'static str,
    /// True for a list.
    pub repeats: bool,
}

/// A value made of one element.
pub(super) trait Item: Sized {
    const KIND: &'static str;
    fn item(element: Element<'_, '_>) -> Option<Self>;
    fn shapes(_: &mut dyn FnMut(&'static str, Vec<(&'static str, Holds)>)) {}
}

/// A struct field: takes in the elements of its name, one after another.
pub(super) trait Take: Default {
    const HOLDS: Holds;
    fn take(&mut self, element: Element<'_, '_>);
    fn shapes(into: &mut dyn FnMut(&'static str, Vec<(&'static str, Holds)>));
}

impl<T: Text + PartialEq> Take for Scalar<T> {
    const HOLDS: Holds = Holds { kind: T::TYPE, repeats: false };

    /// The first one counts: that a second is wrong has been said.
    fn take(&mut self, element: Element<'_, '_>) {
        if !matches!(self, Self::Absent) {
            return;
        }
        *self = if element.placeholder().is_some() {
            Self::Filled(element.value_span())
        } else if is_nil(element) {
            Self::Nil(element.start_tag())
        } else {
            let text = element.value();
            let span = element.value_span();
            if text.is_empty() {
                Self::Empty(span)
            } else {
                T::read(&text).map_or(Self::Invalid(span), |value| Self::Value(Spanned { value, span }))
            }
        };
    }

    fn shapes(_: &mut dyn FnMut(&'static str, Vec<(&'static str, Holds)>)) {}
}

impl<T: Text> Item for Spanned<T> {
    const KIND: &'static str = T::TYPE;

    fn item(element: Element<'_, '_>) -> Option<Self> {
        let text = element.value();
        let value = T::read(&text).filter(|_| !text.is_empty())?;
        Some(Self { value, span: element.value_span() })
    }
}

impl<I: Item> Take for Vec<I> {
    const HOLDS: Holds = Holds { kind: I::KIND, repeats: true };

    fn take(&mut self, element: Element<'_, '_>) {
        self.extend(I::item(element));
    }

    fn shapes(into: &mut dyn FnMut(&'static str, Vec<(&'static str, Holds)>)) {
        I::shapes(into);
    }
}

impl<I: Item> Take for Option<I> {
    const HOLDS: Holds = Holds { kind: I::KIND, repeats: false };

    fn take(&mut self, element: Element<'_, '_>) {
        if self.is_none() {
            *self = I::item(element);
        }
    }

    fn shapes(into: &mut dyn FnMut(&'static str, Vec<(&'static str, Holds)>)) {
        I::shapes(into);
    }
}

/// Structs that read their fields from the elements of the given names. `span` is the start tag.
macro_rules! elements {
    ($($(#[$doc:meta])* pub struct $name:ident $(($schema:literal))? {
        $($(#[$field_doc:meta])* $field:ident: $type:ty = $element:literal,)*
    })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Default)]
        pub struct $name {
            $($(#[$field_doc])* pub $field: $type,)*
            /// The start tag.
            pub span: $crate::source::Span,
        }

        impl $crate::metadata::decode::Item for $name {
            const KIND: &'static str = elements!(@name $name $($schema)?);

            fn item(element: $crate::xml::Element<'_, '_>) -> Option<Self> {
                let mut this = Self { span: element.start_tag(), ..Self::default() };
                for child in element.children() {
                    match child.local_name() {
                        $($element => $crate::metadata::decode::Take::take(&mut this.$field, child),)*
                        _ => {}
                    }
                }
                Some(this)
            }

            fn shapes(into: &mut dyn FnMut(&'static str, Vec<(&'static str, $crate::metadata::decode::Holds)>)) {
                into(Self::KIND, vec![$(($element, <$type as $crate::metadata::decode::Take>::HOLDS),)*]);
                $(<$type as $crate::metadata::decode::Take>::shapes(into);)*
            }
        }
    )*};
    (@name $name:ident $schema:literal) => { $schema };
    (@name $name:ident) => { stringify!($name) };
}

/// An enumeration of the Metadata API.
macro_rules! enumeration {
    ($(#[$doc:meta])* pub enum $name:ident { $($(#[$value_doc:meta])* $variant:ident = $value:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$value_doc])* $variant,)*
        }

        impl $name {
            /// The value as files have it.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $value,)*
                }
            }
        }

        impl $crate::metadata::decode::Text for $name {
            const TYPE: &'static str = stringify!($name);

            fn read(text: &str) -> Option<Self> {
                match text {
                    $($value => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }
    };
}
