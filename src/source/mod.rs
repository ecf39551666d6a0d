//! Source: from a path to the files' text.
//!
//! In: a path on disk. Out: the project it belongs to: its layout, API version and where that came from, its files'
//! paths and texts, what `.forceignore` hides; and spans, lines and columns.
//! Must not know XML, or what any metadata type holds: the caller says which file names are of interest.

mod project;
mod span;

pub use project::{
    ApiVersion, ApiVersionSource, Entry, Interest, Layout, MAX_FILE_BYTES, Project, ReadProblem, Selection, SourceFile,
};
pub use span::{FileId, LineIndex, Location, Position, Span};
