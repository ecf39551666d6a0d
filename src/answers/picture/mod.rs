//! The picture: components and the references between them, as plain values, and the ways in which it is drawn.
//!
//! `value` is what a picture is, `take` makes one of the graph, `fold` makes a large one small enough to be read; the
//! others draw it.

mod document;
mod dot;
mod fold;
mod layout;
mod mermaid;
mod svg;
mod svg_style;
mod svg_text;
mod take;
mod value;

pub use document::{schema, to_json};
pub use value::{Picture, PictureEdge, PictureNode};
