//! Annotations of GitHub Actions: each change at the lines that make it.

use std::fmt::Write as _;

use super::report::{Place, Report, heading, printed};
use crate::compare::{Change, Topic};
use crate::diagnostics::render::github::{data, property};
use crate::text::one_line;

/// The report.
pub(super) fn write(report: &Report<'_>) -> String {
    let mut text = String::new();
    for change in &report.found.changes {
        let level = match change.topic {
            Topic::ReachesNobody => "error",
            Topic::NotKnown | Topic::FewerReps => "warning",
            _ => "notice",
        };
        let title = property(&format!("Routing: {}", heading(change.topic)));
        let message = data(&one_line(&printed(&change.text)));
        // Writing to memory does not fail.
        let _ = match at(report, change) {
            Some(Place { file, line, .. }) => {
                writeln!(text, "::{level} file={},line={line},title={title}::{message}", property(&one_line(&file)))
            }
            None => writeln!(text, "::{level} title={title}::{message}"),
        };
    }
    text
}

/// The first row that is there now. What is gone can be annotated nowhere.
fn at(report: &Report<'_>, change: &Change) -> Option<Place> {
    change.causes.iter().filter_map(|cause| report.place(cause)).find(|place| !place.is_old)
}
