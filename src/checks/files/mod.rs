//! OC0: files and names.

pub(super) mod damaged_records;
pub(super) mod duplicate_component;
pub(super) mod ignored_dependency;
pub(super) mod invalid_developer_name;
pub(super) mod invalid_suppression;
pub(super) mod malformed_xml;
pub(super) mod not_in_manifest;
pub(super) mod unreadable_file;
pub(super) mod unrecognised_file;
pub(super) mod unused_suppression;
pub(super) mod wrong_namespace;
pub(super) mod wrong_root_element;

use crate::schema::Kind;

/// The name of a flow without its version, which old projects have in file names.
fn without_version(kind: Kind, name: &str) -> &str {
    let is_version = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    match name.rsplit_once('-') {
        Some((flow, version)) if kind == Kind::Flow && is_version(version) => flow,
        _ => name,
    }
}
