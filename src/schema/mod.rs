//! Schema: what each metadata type may hold, from `schemas/metadata/*.toml`.
//!
//! In: the embedded TOML files; an XML tree to hold against them. Out: types, fields, cardinality, versions, allowed
//! values, ranges, reference targets and words to explain them; for a tree, its violations and the references it makes.
//! Must not know other components: whether a name exists is the graph's question.

mod alike;
pub mod developer_name;
mod kind;
mod load;
mod member;
mod mention;
mod model;
mod recognise;
pub mod validate;
mod violation;

pub use kind::{Kind, Role};
pub use load::{all, get};
pub use member::{Member, member};
pub use model::{
    Cardinality, Enum, EnumValue, Field, FormerMinimum, IndexMap, Range, Reference, Shape, Struct, TypeSchema,
};
pub use recognise::{Fact, FileClass, NearMiss, recognise, suffix, type_folders};

pub use mention::{Mention, Mentions};
pub use violation::{Violation, ViolationKind};
