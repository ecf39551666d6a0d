//! Source: from a path to the files' text.
//!
//! In: a path, on disk or in a snapshot that stands for a folder as it was at another time. Out: the project it belongs
//! to: its layout, API version and where that came from, its files' paths and texts, what `.forceignore` hides; and
//! spans, lines and columns.
//! Must not know the XML of metadata, or what any type holds: the caller says which file names are of interest. The one
//! element it reads is the `<version>` of `package.xml`, which belongs to the layout.

mod boundary;
mod discover;
mod error;
mod fill;
mod folder;
mod forceignore;
mod manifest;
mod paths;
mod project;
mod read;
mod replacements;
mod sfdx_project;
mod shadow;
mod snapshot;
mod span;
mod store;
mod surroundings;
mod walk;

pub use paths::{absolute, display, join, relative, relative_through_links};

pub use boundary::{Boundary, NamedBy, leads_out_of_its_work_tree, real_path, work_tree};
pub use discover::{DiscoverOptions, discover, discover_in};
pub use error::{DiscoverError, OUTSIDE_HELP};
pub use folder::{FolderFile, read_folder};
pub use manifest::{FILE_NAME as MANIFEST, ManifestType};
pub use project::{
    ApiVersion, ApiVersionSource, Entry, Interest, Layout, MAX_DOCUMENT_BYTES, MAX_FILE_BYTES, MAX_RECORDS_BYTES,
    Project, ReadProblem, Selection, SourceFile,
};
pub use read::{foreign_encoding, read, read_bytes, read_file, read_named};
pub use replacements::{Filler, Placeholder, Placeholders, Replacements};
pub use snapshot::{Contents, Snapshot, SnapshotItem};
pub use span::{Columns, FileId, LineIndex, Location, Position, Span, floor, line_of, line_starts};
pub use store::FileStore;
pub use surroundings::Surroundings;
