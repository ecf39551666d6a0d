//! What can be the name of a component.
//!
//! Source: Set Up Omni-Channel Developer Guide v56, `DeveloperName` of each object; Object Reference 67.0 for the length.

use super::Kind;

/// Most characters of a developer name, without its namespace.
const MOST: usize = 80;

/// The name of a flow without its version, which old projects have in file names.
pub fn without_version(kind: Kind, name: &str) -> &str {
    let is_version = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    match name.rsplit_once('-') {
        Some((flow, version)) if kind == Kind::Flow && is_version(version) => flow,
        _ => name,
    }
}

/// What is wrong with the name of a component, if anything is, as in "it contains a space". Profiles are named after
/// their labels: nothing is wrong with any name of theirs.
pub fn fault(kind: Kind, name: &str) -> Option<String> {
    if kind == Kind::Profile { None } else { fault_of_part(without_namespace(name)) }
}

/// The same of a developer name without its namespace.
pub fn fault_of_part(name: &str) -> Option<String> {
    if let Some(bad) = name.chars().find(|c| !c.is_ascii_alphanumeric() && *c != '_') {
        return Some(if bad == ' ' {
            "contains a space".to_owned()
        } else {
            format!("contains `{bad}`, and only letters A to Z, digits and `_` are allowed")
        });
    }
    if !begins_with_letter(name) {
        return Some("does not begin with a letter".to_owned());
    }
    if name.ends_with('_') {
        return Some("ends in an underscore".to_owned());
    }
    if name.contains("__") {
        return Some("has two underscores in a row".to_owned());
    }
    (name.len() > MOST).then(|| format!("has {} characters, and {MOST} are allowed", name.len()))
}

fn without_namespace(name: &str) -> &str {
    match name.split_once("__") {
        Some((namespace, rest)) if fault_of_part(namespace).is_none() && begins_with_letter(rest) => rest,
        _ => name,
    }
}

fn begins_with_letter(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
}
