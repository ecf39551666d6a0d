//! What an action says of itself when a person is to look at what it changes.

use crate::diagnostics::{Applicability, Diagnostic, Fix};
use crate::graph::Graph;
use crate::schema::{self, Kind, TypeSchema};

/// The change can change how work is routed.
const ROUTING: &str = "(may change routing)";
/// The change cannot, or nobody knows what it does: the fix rests on a guess.
const UNSAFE: &str = "(unsafe)";

/// Elements that have no part in how work is routed.
const APART: [&str; 12] = [
    "fullName",
    "label",
    "masterLabel",
    "description",
    "email",
    "doesSendEmailToMembers",
    "declineReasons",
    "enableDeclineReason",
    "enableDisconnectSound",
    "enableRequestSound",
    "interactionComponent",
    "doesMinimizeWidgetOnAccept",
];

/// True if an element of a component can have a part in how work is routed.
fn routes(kind: Kind, element: &str) -> bool {
    let is_label = element == "name" && matches!(kind, Kind::Queue | Kind::Group) || APART.contains(&element);
    !is_label && !matches!(kind, Kind::OmniSupervisorConfig | Kind::PresenceDeclineReason)
}

/// The title of an action that writes these elements into a component of this kind.
pub(super) fn adding<'n>(title: String, kind: Kind, elements: impl IntoIterator<Item = &'n str>) -> String {
    if elements.into_iter().any(|element| routes(kind, element)) { format!("{title} {ROUTING}") } else { title }
}

/// The title of a fix.
pub(super) fn fixing(title: String, graph: &Graph, finding: &Diagnostic, fix: &Fix) -> String {
    if fix.applicability == Applicability::Safe {
        return title;
    }
    let kinds = fix.edits.iter().filter_map(|edit| graph.files.get(edit.file.0 as usize)?.kind);
    let kinds: Vec<Kind> = kinds.collect();
    let mark = if may_route(&kinds, finding, &fix.title) { ROUTING } else { UNSAFE };
    format!("{title} {mark}")
}

/// True if it is known of what is changed that it has a part in how work is routed.
fn may_route(kinds: &[Kind], finding: &Diagnostic, title: &str) -> bool {
    // What a stray attribute does nobody knows.
    if matches!(finding.code, "OC109" | "OC110") {
        return false;
    }
    let of_finding = finding.element.as_deref().and_then(|path| path.rsplit('/').next());
    // An element that is misnamed is written by another name.
    let written = title.split('`').nth(1).filter(|_| finding.code == "OC101");
    let names: Vec<&str> = of_finding.into_iter().chain(written).collect();
    let is_schema = finding.code.starts_with("OC0") || finding.code.starts_with("OC1");
    kinds.iter().any(|&kind| {
        let known = |name: &&str| schema::get(kind).is_some_and(|schema| has(schema, name));
        let mut known = names.iter().copied().filter(known).peekable();
        match known.peek() {
            Some(_) => known.any(|name| routes(kind, name)),
            None => !is_schema && routes(kind, ""),
        }
    })
}

/// True if a type has an element of this name, at whatever depth.
fn has(schema: &TypeSchema, name: &str) -> bool {
    schema.fields.contains_key(name) || schema.structs.values().any(|of| of.fields.contains_key(name))
}
