//! OC7: supervisor configurations.

pub(super) mod action_without_flow;
pub(super) mod duplicate_display_order;
pub(super) mod duplicate_supervisor_label;
pub(super) mod rows_of_setup_lost;
pub(super) mod skill_visibility_unused;
pub(super) mod supervised_twice;
pub(super) mod supervises_nobody;
pub(super) mod tab_without_page;
pub(super) mod unknown_action;

use crate::schema::{self, Kind};

/// True if the schema has the value in an enumeration of supervisor configurations: of values that are younger than this
/// program nothing is known.
fn is_known(enumeration: &str, value: &str) -> bool {
    let schema = schema::get(Kind::OmniSupervisorConfig);
    schema.and_then(|schema| schema.enums.get(enumeration)).is_some_and(|known| known.values.contains_key(value))
}
