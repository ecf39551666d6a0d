//! For a comment on a pull request: the worst changes open, the rest folded. The same comparison gives the same text, so
//! that a bot can update one comment.

use std::fmt::Write as _;

use super::human::judgement;
use super::report::{Judged, Report, heading, place, printed, row};
use crate::compare::{Change, Step};
use crate::text::markdown::{code, prose};
use crate::text::one_line;

/// How many changes are not folded.
const OPEN: usize = 5;
/// How many changes are written: GitHub takes comments of 65,536 characters.
const MOST: usize = 100;
/// How many lines of an example are written.
const LINES: usize = 12;

/// The report.
pub(super) fn write(report: &Report<'_>) -> String {
    let mut text = String::new();
    // Writing to memory does not fail.
    let _ = writeln!(text, "### Routing\n\n{}", prose(&one_line(&report.headline())));
    if let Some(Judged(verdict)) = &report.judged {
        let _ = writeln!(text, "\n**{}**", judgement(verdict.collateral.len(), verdict.unmet.len()));
        for unmet in &verdict.unmet {
            let _ = writeln!(text, "- {}", prose(&one_line(&printed(unmet))));
        }
    }
    let changes: Vec<(usize, &Change)> = report.found.changes.iter().enumerate().collect();
    let (open, folded) = changes.split_at(changes.len().min(OPEN));
    if !open.is_empty() {
        text.push('\n');
    }
    for &(number, change) in open {
        item(report, number, change, &mut text);
    }
    if !folded.is_empty() {
        let _ = writeln!(text, "\n<details>\n<summary>{} more</summary>\n", crate::text::count(folded.len(), "change"));
        for &(number, change) in folded.iter().take(MOST) {
            item(report, number, change, &mut text);
        }
        if folded.len() > MOST {
            let _ = writeln!(text, "- {} more are left out", folded.len() - MOST);
        }
        text.push_str("\n</details>\n");
    }
    let rest = report.rest();
    if !rest.is_empty() {
        text.push('\n');
    }
    for line in rest {
        let _ = writeln!(text, "{}  ", prose(&one_line(&line)));
    }
    text
}

fn item(report: &Report<'_>, number: usize, change: &Change, text: &mut String) {
    let mark = match report.is_collateral(number) {
        Some(true) => " *(not meant)*",
        Some(false) => " *(meant)*",
        None => "",
    };
    let _ = writeln!(text, "- **{}**: {}{mark}", heading(change.topic), prose(&one_line(&printed(&change.text))));
    for cause in change.causes.iter().take(3) {
        let Some((file, line, _)) = place(cause) else { continue };
        let _ = writeln!(text, "  - {}: {}", code(&format!("{file}:{line}")), prose(&one_line(&row(cause))));
    }
    let Some(example) = &change.example else { return };
    let _ = writeln!(text, "  <details><summary>For example</summary>\n");
    for (title, steps) in [("Before", &example.old), ("Now", &example.new)] {
        let _ = writeln!(text, "  {title}:\n  ```text");
        told(steps, text);
        text.push_str("  ```\n");
    }
    text.push_str("\n  </details>\n");
}

fn told(steps: &[Step], text: &mut String) {
    let lines: Vec<&String> = steps.iter().flat_map(|step| &step.told).collect();
    for line in lines.iter().take(LINES) {
        // A fence ends at three back-quotes.
        let _ = writeln!(text, "  {}", one_line(line).replace("```", "'''"));
    }
    if lines.len() > LINES {
        let _ = writeln!(text, "  and {} more lines", lines.len() - LINES);
    }
}
