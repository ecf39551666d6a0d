//! OC1: a component against its type's schema.

pub(super) mod unknown_element;

use crate::checks::Checker;
use crate::graph::File;
use crate::schema::validate::Violation;

/// Every violation with its file, gathered first so that a check can report while it goes through them.
fn violations<'g>(cx: &Checker<'g>) -> Vec<(&'g File, &'g Violation)> {
    cx.graph.files.iter().flat_map(|file| file.violations.iter().map(move |violation| (file, violation))).collect()
}
