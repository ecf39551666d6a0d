//! The findings of the JSON format, one on each line, for programs that read line by line.

use std::io::{self, Write};

use serde::Serialize;

use super::json::{FORMAT_VERSION, Finding};
use super::{Positions, Report};
use crate::text::json;

/// A line stands alone: it names the version itself.
#[derive(Serialize)]
struct Line<'a> {
    format_version: u32,
    #[serde(flatten)]
    finding: Finding<'a>,
}

/// Writes each finding as a JSON object on a line of its own, and nothing else.
///
/// # Errors
///
/// Those of `out`.
pub fn render(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let positions = Positions::new(report);
    for finding in report.findings() {
        let finding = Finding::new(report, &positions, finding);
        json::write(&Line { format_version: FORMAT_VERSION, finding }, &mut *out)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
