//! What can be done about a finding without a person.

use crate::source::{FileId, Span};

/// Whether a fix may be made unasked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Applicability {
    /// It may change how work is routed, or rests on a guess: somebody must look.
    Unsafe,
    /// It cannot change routing in any org.
    Safe,
}

impl Applicability {
    /// The word used in every output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unsafe => "unsafe",
            Self::Safe => "safe",
        }
    }
}

/// What can be done about a finding. Its edits belong together, and do not overlap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, in the imperative, without a full stop.
    pub title: String,
    /// Whether it may be made unasked.
    pub applicability: Applicability,
    /// What it changes.
    pub edits: Vec<Edit>,
}

/// One change to one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The file.
    pub file: FileId,
    /// The change.
    pub change: Change,
}

/// A change to a text, said without knowing the text: what stands around the place is found out when it is made. An
/// element is named by the span that findings have of it: its start tag, the name in that, or its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Puts `text`, which is written as it stands in the file, in place of what is at `span`.
    Replace {
        /// What goes; may be empty.
        span: Span,
        /// What comes, escaped as XML demands.
        text: String,
    },
    /// Gives the element at `span` another value. Comments beside the value stay.
    SetValue {
        /// The element.
        span: Span,
        /// The value, not escaped.
        value: String,
    },
    /// Gives the element at `span` another name, in both of its tags. A prefix stays.
    Rename {
        /// The element.
        span: Span,
        /// The name, without a prefix.
        name: String,
    },
    /// Takes away the element at `span`, and its line if nothing else stands there.
    Remove {
        /// The element.
        span: Span,
    },
    /// Takes away the element around the one at `span`, and its line if nothing else stands there.
    RemoveAround {
        /// The element inside.
        span: Span,
    },
    /// Moves the element at `span`, those of its name that follow it directly, and their lines if nothing else stands
    /// there, to behind the first elements of that name.
    Gather {
        /// The element.
        span: Span,
    },
    /// Takes away the attribute whose name is at `span`, and the white space before it.
    RemoveAttribute {
        /// The attribute's name.
        span: Span,
    },
    /// Makes the text at `span` a comment.
    Comment {
        /// The text.
        span: Span,
    },
}

/// A piece of text in place of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// What goes.
    pub span: Span,
    /// What comes.
    pub text: String,
}
