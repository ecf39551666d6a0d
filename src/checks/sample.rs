//! Samples in explanations: small projects, written so that a reader sees what matters.
//!
//! A line `== QueueRoutingConfig Tier_1` begins a component; the lines after it are what stands inside its root element.
//! A line `== file PATH` begins any other file; the lines after it are its text as it is.

use std::fmt::Write as _;

use crate::schema::validate::NAMESPACE;
use crate::schema::{Kind, suffix};

/// A file of a sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleFile {
    /// Path below the package directory.
    pub path: String,
    /// Its whole text.
    pub text: String,
}

/// The files of a sample, as they would lie in a project.
pub fn files(sample: &str) -> Vec<SampleFile> {
    let mut files = Vec::new();
    for part in sample.trim_start().split("== ").skip(1) {
        let (header, body) = part.split_once('\n').unwrap_or((part, ""));
        let (kind, name) = header.trim().split_once(' ').unwrap_or((header.trim(), ""));
        let body = body.trim_end();
        if kind == "file" {
            files.push(SampleFile { path: name.to_owned(), text: format!("{body}\n") });
            continue;
        }
        let Some(kind) = Kind::TYPES.into_iter().find(|known| known.as_str() == kind) else { continue };
        let Some(suffix) = suffix(kind) else { continue };
        let root = kind.as_str();
        let mut text = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{root} xmlns=\"{NAMESPACE}\">\n");
        if !body.is_empty() {
            text.push_str(body);
            text.push('\n');
        }
        let _ = writeln!(text, "</{root}>");
        files.push(SampleFile { path: format!("{name}.{suffix}-meta.xml"), text });
    }
    files
}

/// The sample as an explanation shows it: the name of each file, then its text.
pub fn markdown(sample: &str) -> String {
    let mut shown = String::new();
    for file in files(sample) {
        let text = file.text.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n").unwrap_or(&file.text);
        let _ = write!(shown, "`{}`\n\n```xml\n{text}```\n\n", file.path);
    }
    shown
}
