//! What is known of a file besides its component.

use crate::schema::validate::Violation;
use crate::schema::{Kind, NearMiss};
use crate::source::{FileId, ReadProblem};
use crate::xml;

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
}
