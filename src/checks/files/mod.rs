//! OC0: files and names.

pub(super) mod damaged_records;
pub(super) mod duplicate_component;
pub(super) mod ignored_dependency;
pub(super) mod invalid_developer_name;
pub(super) mod malformed_xml;
pub(super) mod unreadable_file;
pub(super) mod unrecognised_file;
pub(super) mod wrong_namespace;
pub(super) mod wrong_root_element;
