//! XML: from text to a tree in which everything has a place.
//!
//! In: a text. Out: a [`Document`]: elements with the byte spans of their tags, names, attributes and content, and every
//! well-formedness error. It never fails and never panics: what is broken is an [`Error`], and the rest is in the tree.
//! Must not know Salesforce. quick-xml finds the tokens; nesting, names, attributes, entities, characters and recovery
//! are checked here, because quick-xml leaves them to its caller. A document type declaration is refused, so that no
//! entity can expand.

mod attribute;
mod chars;
mod error;
mod namespace;
mod parse;
mod recover;
mod trace;
mod tree;

pub use attribute::Attribute;
pub use chars::escape;
pub use error::{Error, ErrorKind};
pub use parse::{MAX_ERRORS, parse, parse_children};
pub use trace::Trace;
pub use tree::{Children, Document, Element};
