//! One line per finding, for `grep` and for editors that read a compiler's output.

use std::io::{self, Write};

use super::{Positions, Report};
use crate::text::one_line;

/// Writes `path:line:column: error[OC305] acw-incomplete: message` for each finding.
///
/// # Errors
///
/// Those of `out`.
pub fn render(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let positions = Positions::new(report);
    for diagnostic in report.diagnostics {
        let location = diagnostic.primary.location;
        let start = positions.start(location);
        writeln!(
            out,
            "{}:{}:{}: {}[{}] {}: {}",
            report.shown_path(location.file),
            start.line,
            start.column,
            diagnostic.severity,
            diagnostic.code,
            diagnostic.name,
            one_line(&diagnostic.message),
        )?;
    }
    Ok(())
}
