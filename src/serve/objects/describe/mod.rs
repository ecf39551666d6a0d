//! What `GET /sobjects` and the addresses below it answer, with the members and types of real answers.
//!
//! In: the catalogue and the API version of the address. Out: values that serialise. It must not know requests. The
//! members stand in the order of the alphabet, as in real answers. A test compares them with those that clients know.
//!
//! Its parts, of which each uses those after it alone: `object`, `global`, `field`.

mod field;
mod global;
mod object;

pub use field::{FieldDescription, PicklistValueDescription};
pub use global::{BasicDescription, GlobalDescription, ObjectEntry, Urls};
pub use object::{ChildDescription, Description, RecordTypeDescription, RecordTypeUrls, ScopeDescription};
