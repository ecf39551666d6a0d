//! One step on the way from work to a rep, and its answer.

use serde::Serialize;

use crate::source::Location;

/// Whether something is so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Holds {
    /// It is so.
    Yes,
    /// It is not so.
    No,
    /// What is known does not say.
    Unknown,
}

impl Holds {
    /// The answer in one word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unknown => "unknown",
        }
    }
}

/// One step on the way from work to a rep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The answer.
    pub holds: Holds,
    /// A sentence without a full stop; what stands in back-quotes is code.
    pub text: String,
    /// Where the project says so.
    pub place: Option<Location>,
    /// True if it is about some of the work alone.
    pub for_some: bool,
}
