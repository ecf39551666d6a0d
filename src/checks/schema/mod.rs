//! OC1: a component against its type's schema.

pub(super) mod duplicate_entry;
pub(super) mod element_not_in_version;
pub(super) mod invalid_email;
pub(super) mod invalid_value;
pub(super) mod missing_element;
pub(super) mod nil_element;
pub(super) mod out_of_range;
pub(super) mod repeated_element;
pub(super) mod too_long;
pub(super) mod unexpected_content;
pub(super) mod unknown_element;
pub(super) mod unknown_value;

use std::sync::Arc;

use crate::checks::Checker;
use crate::diagnostics::Severity;
use crate::graph::{File, Graph};
use crate::schema::{Kind, Violation, ViolationKind};
use crate::source::{ApiVersion, Layout, Location};

/// Every violation with its file, gathered first so that a check can report while it goes through them. What may only
/// follow from an ill-formed file is left out.
fn violations<'g>(cx: &Checker<'g>) -> Vec<(&'g File, &'g Violation)> {
    let of = |file: &'g Arc<File>| file.violations.iter().map(move |violation| (&**file, violation));
    cx.graph.files.iter().flat_map(of).filter(|(file, violation)| !follows_from_error(file, violation)).collect()
}

/// True if the violation may be there only because something is ill-formed: in a broken file an element may be missing
/// or come again, and text stand beside elements, far from the broken places; everything else shows at them.
fn follows_from_error(file: &File, violation: &Violation) -> bool {
    use ViolationKind::{Missing, NotContiguous, Repeated, StrayText};
    let anywhere = matches!(violation.kind, Missing { .. } | Repeated { .. } | NotContiguous(_) | StrayText);
    !file.errors.is_empty() && (anywhere || file.is_broken_at(violation.span))
}

/// True for the object of a channel that Salesforce ships: an org in which the feature behind the channel is off writes
/// the channel without its object (seen in real projects).
fn is_feature_off(graph: &Graph, file: &File, name: &str) -> bool {
    file.kind == Some(Kind::ServiceChannel)
        && name == "relatedEntityType"
        && graph.is_shipped(Kind::ServiceChannel, &file.name)
}

fn at(file: &File, violation: &Violation) -> Location {
    Location::new(file.id, violation.span)
}

/// The name of the element concerned.
fn element(violation: &Violation) -> &str {
    violation.path.rsplit('/').next().unwrap_or(&violation.path)
}

/// The path of the element around the one concerned.
fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(parent, _)| parent)
}

/// The name of the element around the one concerned; empty for the root.
fn parent_element(violation: &Violation) -> &str {
    parent(&violation.path).rsplit('/').next().unwrap_or_default()
}

/// How bad a name is that the type has at no version, and what a deploy does with it. In a project for an API version
/// newer than this program it may have come since.
fn unknown(graph: &Graph) -> (Severity, String) {
    if graph.api_version > ApiVersion::NEWEST {
        (Severity::Warning, format!("unless it came after API {}", ApiVersion::NEWEST))
    } else {
        (Severity::Error, "so a deploy rejects the file".to_owned())
    }
}

/// How to raise the project's API version, as an imperative.
fn raise(graph: &Graph, version: u16) -> String {
    let version = ApiVersion(version);
    match graph.layout {
        Layout::Sfdx => format!("raise `sourceApiVersion` in `sfdx-project.json` to {version}"),
        Layout::Mdapi => format!("raise `<version>` in `package.xml` to {version}"),
        Layout::Folder => format!("deploy with API version {version}"),
    }
}
