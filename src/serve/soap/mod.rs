//! Soap: the calls of the partner API on the same org as REST, and the WSDL that describes them.
//!
//! In: an envelope that was read, with the version of its address. Out: an envelope; faults in Salesforce's shape.
//! Must not know how records are kept, nor what writes mean for routing. `tables` says which calls and types there are: the
//! WSDL and the form of answers come from it alone.
//!
//! Its files, of which each uses those after it alone: `dispatch`, `calls`, `records`, `wsdl`, `write`, `tables`.

mod calls;
mod dispatch;
mod records;
mod tables;
mod write;
mod wsdl;

pub(crate) use dispatch::{answer, description};
pub use tables::call_names;
