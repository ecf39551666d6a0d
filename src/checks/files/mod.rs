//! OC0: files and names.

pub(super) mod api_versions_disagree;
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

use crate::graph::Graph;

/// True if every component lies in a file in source format, beside which a `package.xml` is a list for retrieves.
fn is_in_source_format(graph: &Graph) -> bool {
    graph.files.iter().filter(|file| file.kind.is_some()).all(|file| file.source_format)
}
