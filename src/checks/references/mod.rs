//! OC2: names that other components must have.

pub(super) mod checkbox_value;
mod fields;
pub(super) mod invalid_username;
pub(super) mod profile_label;
pub(super) mod record_id_reference;
pub(super) mod reference_case;
pub(super) mod scratch_username;
pub(super) mod unknown_field;
pub(super) mod unknown_object;
pub(super) mod unknown_picklist_value;
pub(super) mod unmappable_field;
pub(super) mod unresolved_reference;
pub(super) mod unsupported_object;
pub(super) mod unused_component;
pub(super) mod username_in_source;

use super::set_value;
use crate::diagnostics::Change;
use crate::graph::{Edge, Graph, NodeId};
use crate::schema::{Kind, Role, get};
use crate::source::Span;

/// The change that writes another name where a component of this kind names something. In flows a name may be a part of a
/// text.
fn write(from: Kind, span: Span, name: &str) -> Change {
    match from {
        Kind::Flow => Change::Replace { span, text: name.to_owned() },
        _ => set_value(span, name),
    }
}

/// The element that makes a reference, if the schema knows it: the names in a flow's inputs are nobody's field.
fn element(graph: &Graph, from: NodeId, edge: &Edge) -> Option<String> {
    // Whether a status is granted stands in the element beside its name.
    let role = if edge.role == Role::GrantsStatus { Role::ListsStatus } else { edge.role };
    get(graph.node(from).kind)?.path_of(role)
}
