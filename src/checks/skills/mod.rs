//! OC6: skills and skill mapping sets.

pub(super) mod duplicate_rule_set;
pub(super) mod rule_set_too_large;
pub(super) mod unqualified_field;
