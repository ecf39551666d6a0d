//! What can be wrong with a tree that is well-formed.

use super::kind::Kind;
use super::model::{Enum, Field, Range, Reference, TypeSchema};
use crate::source::Span;

/// One way in which a tree is not as its type demands.
#[derive(Clone, Debug)]
pub struct Violation {
    /// Where to edit.
    pub span: Span,
    /// Path of the element below the root, such as `assignments/users/user`; empty for the root.
    pub path: String,
    /// What is wrong.
    pub kind: ViolationKind,
}

/// What can be wrong with a tree that is well-formed.
#[derive(Clone, Debug)]
pub enum ViolationKind {
    /// The root is not the type that the file's suffix says.
    WrongRoot {
        /// The root's name.
        found: String,
        /// The type.
        expected: Kind,
    },
    /// The root is not in the Metadata API's namespace; what it is in.
    WrongNamespace(Option<String>),
    /// The type is younger than the API version.
    TypeNotInVersion(&'static TypeSchema),
    /// No such element here at any version.
    UnknownElement {
        /// Its name.
        name: String,
        /// What may have been meant.
        meant: Option<&'static str>,
        /// True if nothing else can have been meant.
        certain: bool,
        /// True if the element could stand here under that name, with all that is in it.
        fits: bool,
        /// How it is done what people look for under this name.
        instead: Option<&'static str>,
    },
    /// An element that the API version does not have yet, or no longer.
    NotInVersion {
        /// Its name.
        name: &'static str,
        /// Its field.
        field: &'static Field,
    },
    /// A value of an enumeration that the API version does not have yet.
    ValueNotInVersion {
        /// The value.
        value: &'static str,
        /// Its first version.
        since: u16,
    },
    /// A required element is absent.
    Missing {
        /// Its name.
        name: &'static str,
        /// Its field.
        field: &'static Field,
    },
    /// A required element without any text.
    Empty {
        /// Its name.
        name: &'static str,
        /// Its field.
        field: &'static Field,
    },
    /// An element that may occur once occurs again.
    Repeated {
        /// The first one.
        first: Span,
        /// True if the two say the same.
        same: bool,
    },
    /// A repeatable element occurs again after others; where its block ended.
    NotContiguous(Span),
    /// The text is not what its XML Schema type demands.
    InvalidValue {
        /// The text.
        found: String,
        /// `a boolean`, `a whole number`, `a number`.
        expected: &'static str,
    },
    /// The text is not one of the enumeration.
    UnknownValue {
        /// The text.
        found: String,
        /// The enumeration.
        allowed: &'static Enum,
        /// What may have been meant.
        meant: Option<&'static str>,
        /// True if nothing else can have been meant.
        certain: bool,
    },
    /// The number is outside of the field's range.
    OutOfRange {
        /// The number.
        found: f64,
        /// The range.
        range: &'static Range,
        /// Its unit.
        unit: Option<&'static str>,
        /// True if only an older version's narrower range is violated.
        only_formerly: bool,
    },
    /// The number has more decimals than the field keeps.
    TooPrecise {
        /// The number.
        found: f64,
        /// How many decimals the field keeps.
        most: i32,
    },
    /// The text has more characters than the field holds.
    TooLong {
        /// How many it has.
        found: usize,
        /// How many it may have.
        most: u32,
    },
    /// `xsi:nil` where a value is required.
    Nil {
        /// What the value would name.
        reference: Option<Reference>,
    },
    /// Reporting was given up.
    TooMany,
    /// Text beside child elements.
    StrayText,
    /// An attribute that means nothing.
    StrayAttribute(String),
    /// An element in an element that holds text.
    StrayElement(String),
    /// The same entry twice in a list.
    Duplicate {
        /// The entry.
        value: String,
        /// The first one.
        first: Span,
        /// The start tag of the second entry.
        entry: Span,
        /// True if the two entries say the same in all that they hold.
        same: bool,
    },
}
