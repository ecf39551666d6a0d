//! Small projects in the text of a test, written so that a reader sees what matters.
//!
//! A line `== QueueRoutingConfig Tier_1` begins a component; the lines after it are what stands inside its root element.
//! A line `== file PATH` begins any other file; the lines after it are its text as it is. A line `== records User.csv`
//! begins a file with records of the org in the same way. A line `== ignored Queue Support` names a component that
//! `.forceignore` keeps out, and `== api 63.0` the API version. A sample with a `package.xml` is a Metadata API folder.

use std::fmt::Write as _;

use omnic::schema::validate::NAMESPACE;
use omnic::schema::{Kind, suffix};
use omnic::source::{ApiVersion, FolderFile, Layout, MANIFEST};

/// A file of a sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SampleFile {
    /// Path below the package directory.
    pub(crate) path: String,
    /// Its whole text.
    pub(crate) text: String,
    /// True if `.forceignore` keeps it out of a deploy.
    pub(crate) ignored: bool,
}

/// The API version that a sample is for: the newest known, unless it says another.
pub(crate) fn api_version(sample: &str) -> ApiVersion {
    let stated = sample.lines().find_map(|line| line.strip_prefix("== api "));
    stated.and_then(ApiVersion::parse).unwrap_or(ApiVersion::NEWEST)
}

/// How a sample is laid out.
pub(crate) fn layout(sample: &str) -> Layout {
    let has_manifest = sample.lines().any(|line| line.strip_prefix("== file ") == Some(MANIFEST));
    if has_manifest { Layout::Mdapi } else { Layout::Sfdx }
}

/// The files of a sample, as they would lie in a project.
pub(crate) fn files(sample: &str) -> Vec<SampleFile> {
    parts(sample).filter(|part| part.kind != RECORDS).filter_map(|part| part.file()).collect()
}

/// The files with records of the org that go with a sample.
pub(crate) fn records(sample: &str) -> Vec<FolderFile> {
    let records = parts(sample).filter(|part| part.kind == RECORDS).filter_map(|part| part.file());
    records.map(|file| FolderFile { path: format!("org/{}", file.path), text: Ok(file.text) }).collect()
}

/// What a file with records is marked with.
const RECORDS: &str = "records";

/// A part of a sample: the words of its header, and the lines below.
struct Part<'s> {
    kind: &'s str,
    name: &'s str,
    ignored: bool,
    body: &'s str,
    /// What follows a component's suffix.
    meta: &'static str,
}

fn parts(sample: &str) -> impl Iterator<Item = Part<'_>> {
    let meta = if layout(sample) == Layout::Mdapi { "" } else { "-meta.xml" };
    sample.trim_start().split("== ").skip(1).map(move |part| {
        let (header, body) = part.split_once('\n').unwrap_or((part, ""));
        let header = header.trim();
        let (header, ignored) = header.strip_prefix("ignored ").map_or((header, false), |header| (header, true));
        let (kind, name) = header.split_once(' ').unwrap_or((header, ""));
        Part { kind, name, ignored, body: body.trim_end(), meta }
    })
}

impl Part<'_> {
    /// The file that a part stands for, if it stands for one.
    fn file(&self) -> Option<SampleFile> {
        let &Self { kind, name, ignored, body, meta } = self;
        if kind == "file" || kind == RECORDS {
            return Some(SampleFile { path: name.to_owned(), text: format!("{body}\n"), ignored });
        }
        let kind = Kind::TYPES.into_iter().find(|known| known.as_str() == kind)?;
        let suffix = suffix(kind)?;
        let root = kind.as_str();
        let mut text = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{root} xmlns=\"{NAMESPACE}\">\n");
        if !body.is_empty() {
            text.push_str(body);
            text.push('\n');
        }
        let _ = writeln!(text, "</{root}>");
        Some(SampleFile { path: format!("{name}.{suffix}{meta}"), text, ignored })
    }
}
