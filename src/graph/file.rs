//! What is known of a file besides its component.

use super::Suppression;
use crate::schema::Violation;
use crate::schema::validate::FilledPart;
use crate::schema::{Kind, NearMiss};
use crate::source::{FileId, Placeholder, ReadProblem, Span};
use crate::xml::{self, ErrorKind};

/// A file of interest.
#[derive(Clone, Debug)]
pub struct File {
    /// Its index.
    pub id: FileId,
    /// Path relative to the project root, with forward slashes.
    pub path: String,
    /// Index of its package directory.
    pub package: u32,
    /// The type that its suffix says, if any.
    pub kind: Option<Kind>,
    /// The full name that its file name says; empty if it holds no component.
    pub name: String,
    /// True if it ends in `-meta.xml`.
    pub source_format: bool,
    /// True if `.forceignore` keeps it out of a deploy; it is then not read.
    pub ignored: bool,
    /// What it was probably meant to be.
    pub near_miss: Option<NearMiss>,
    /// Why it could not be read.
    pub problem: Option<ReadProblem>,
    /// What is ill-formed in it.
    pub errors: Vec<xml::Error>,
    /// What is not as its type demands.
    pub violations: Vec<Violation>,
    /// Its comments that tell us to be silent.
    pub suppressions: Vec<Suppression>,
    /// What is filled in when the project is deployed.
    pub filled_in: Vec<FilledIn>,
    /// True if any part of it may be filled in: a pattern that is not understood is looked for in it.
    pub is_open: bool,
}

/// An element that is filled in when the project is deployed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilledIn {
    /// Path of the element below the root; empty for the root.
    pub path: String,
    /// The placeholder in it; of several, the first.
    pub placeholder: Placeholder,
    /// What of the element is filled in.
    pub part: FilledPart,
}

impl FilledIn {
    /// The name of the element; empty for the root.
    pub fn element(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }
}

impl File {
    /// A file of which nothing but its path is known.
    pub fn new(id: FileId, path: impl Into<String>) -> Self {
        Self {
            id,
            path: path.into(),
            package: 0,
            kind: None,
            name: String::new(),
            source_format: false,
            ignored: false,
            near_miss: None,
            problem: None,
            errors: Vec::new(),
            violations: Vec::new(),
            suppressions: Vec::new(),
            filled_in: Vec::new(),
            is_open: false,
        }
    }

    /// True if all of it could be read.
    pub fn is_readable(&self) -> bool {
        !self.ignored && self.problem.is_none() && self.errors.is_empty()
    }

    /// True if all of it could be read and no elements are filled in when the project is deployed: what is absent from it
    /// then is not there.
    pub fn is_whole(&self) -> bool {
        self.is_readable() && !self.is_open && self.filled_in.iter().all(|filled| filled.part != FilledPart::Content)
    }

    /// True if nothing in it is filled in when the project is deployed.
    pub fn is_final(&self) -> bool {
        !self.is_open && self.filled_in.is_empty()
    }

    /// True if nothing that it may name is filled in when the project is deployed: what it does not name then is not named.
    pub fn says_all(&self) -> bool {
        !self.is_open && self.filled_in.iter().all(|filled| filled.part == FilledPart::Value)
    }

    /// True if one of these elements is filled in when the project is deployed, or may come with what is.
    pub fn may_fill_in(&self, elements: &[&str]) -> bool {
        let is_one = |filled: &FilledIn| {
            filled.part == FilledPart::Content || elements.is_empty() || elements.contains(&filled.element())
        };
        self.is_open || self.filled_in.iter().any(is_one)
    }

    /// True if the text at `span` is filled in when the project is deployed, or may be.
    pub fn is_filled_in_at(&self, span: Span) -> bool {
        let overlaps = |filled: &FilledIn| {
            let placeholder = filled.placeholder.span;
            placeholder.start < span.end && span.start < placeholder.end
        };
        self.is_open || self.filled_in.iter().any(overlaps)
    }

    /// The last part of its path.
    pub fn file_name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// What it holds, for the start of a message: ``the queue `Support` ``.
    pub fn title(&self) -> String {
        match self.kind {
            Some(kind @ Kind::OmniChannelSettings) => format!("the {}", kind.noun()),
            Some(kind) => format!("the {} `{}`", kind.noun(), self.name),
            None => format!("the file `{}`", self.file_name()),
        }
    }

    /// True if the text at `span` may not be read as it was meant, because something there is ill-formed: it has an
    /// error in it, or stands in an element that was never closed and took in what follows it. An unclosed root takes
    /// in nothing that was not in it before.
    pub fn is_broken_at(&self, span: Span) -> bool {
        self.errors.iter().any(|error| match &error.kind {
            ErrorKind::Unclosed(name) => {
                let is_root = self.kind.is_some_and(|kind| kind.as_str() == name);
                let end = error.related.map_or(u32::MAX, |cut_off_by| cut_off_by.start);
                !is_root && error.span.start <= span.start && span.start <= end
            }
            _ => error.span.start <= span.end && span.start <= error.span.end,
        })
    }
}
