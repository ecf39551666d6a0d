//! The catalogue of objects: its files against the developer guide, what may be written, and what is described.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "helpers of tests")]

mod data;
mod describe;
mod guide;
mod relations;
mod robust;
mod versions;
mod writes;

use omnic::serve::objects as room;

use room::{Catalogue, ObjectType};

/// The object of a name in the standard catalogue.
fn object<'a>(catalogue: &'a Catalogue, name: &str) -> &'a ObjectType {
    catalogue.object(name).unwrap_or_else(|| panic!("no object is named {name}"))
}

/// The rows of a table without its heading: columns are separated by tabs.
fn rows(table: &str) -> impl Iterator<Item = Vec<&str>> {
    table.lines().skip(1).filter(|line| !line.is_empty()).map(|line| line.split('\t').collect())
}
