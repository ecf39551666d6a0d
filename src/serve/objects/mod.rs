//! The objects of an org: which there are, with which fields, and what may be done to them.
//!
//! In: the files of `schemas/objects`, embedded; objects that a plan routes and no file describes. Out: the typed
//! [`Catalogue`], the checks of a write's fields, and the descriptions that clients ask for. It must not know records,
//! requests, routing or the clock.
//!
//! An object and its fields have a first and some have a last API version. What is asked about a version is answered
//! for that version; versions are whole numbers, 56 for `v56.0`. Names are compared without case, as Salesforce does.
//!
//! Its parts, of which each uses those after it alone: `describe`, `write`, `catalogue`, `embedded`, `file`, `layout`,
//! `names`, `raw`, `object`, `value`, `field`, `kind`, `error`, `associated`, `refusal`, `caseless`.

mod associated;
mod caseless;
mod catalogue;
pub mod describe;
mod embedded;
mod error;
mod field;
mod file;
mod kind;
mod layout;
mod names;
mod object;
mod raw;
mod refusal;
mod value;
mod write;

pub use associated::Associated;
pub use catalogue::Catalogue;
pub use describe::{BasicDescription, Description, GlobalDescription};
pub use error::CatalogueError;
pub use field::{Field, GuideEntry, PicklistValue, Properties};
pub use file::Texts;
pub use kind::FieldType;
pub use object::{Calls, Child, Class, Condition, GuideName, ObjectType, Write, Writes};
pub use refusal::WriteError;
