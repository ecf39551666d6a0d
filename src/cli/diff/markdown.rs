//! For a comment on a pull request: the worst changes open, the rest folded. The same comparison gives the same text, so
//! that a bot can update one comment.

use std::fmt::Write as _;

use super::human::judgement;
use super::report::{Judged, Report, heading, printed, row};
use crate::compare::{Change, Step};
use crate::text::markdown::{code, prose};
use crate::text::{count, one_line};

/// How many changes are not folded.
const OPEN: usize = 5;
/// How many notes, and expectations that are not met, are written.
const SENTENCES: usize = 20;
/// How many rows of a change are written without `--details`.
const ROWS: usize = 3;
/// How many lines of an example are written without `--details`.
const LINES: usize = 12;
/// GitHub takes comments of 65,536 characters. What follows the changes needs some of them.
const MOST_BYTES: usize = 56_000;
/// No sentence is longer, so that what is not a change has room, too.
const MOST_OF_SENTENCE: usize = 1_000;

/// The report.
pub(super) fn write(report: &Report<'_>) -> String {
    let mut text = String::new();
    // Writing to memory does not fail.
    let _ = writeln!(text, "### Routing\n\n{}", sentence(&report.headline()));
    let notes: Vec<&String> = report.old.notes.iter().chain(&report.new.notes).collect();
    if !notes.is_empty() {
        text.push('\n');
        sentences("> - ", &notes, &mut text);
    }
    if let Some(Judged(verdict)) = &report.judged {
        let _ = writeln!(text, "\n**{}**", judgement(verdict.collateral.len(), verdict.unmet.len()));
        let unmet: Vec<String> = verdict.unmet.iter().map(|unmet| printed(unmet)).collect();
        if !unmet.is_empty() {
            text.push('\n');
        }
        sentences("- ", &unmet, &mut text);
    }
    changes(report, &mut text);
    let mut rest = report.rest();
    if report.details {
        rest.extend(report.found.without_effect.iter().map(|cause| format!("Without effect: {}.", row(cause))));
    }
    if !rest.is_empty() {
        text.push('\n');
    }
    sentences("- ", &rest, &mut text);
    text
}

/// The changes, as far as there is room.
fn changes(report: &Report<'_>, text: &mut String) {
    let changes = &report.found.changes;
    let mut left = changes.len();
    for (number, change) in changes.iter().enumerate() {
        let item = item(report, number, change);
        if text.len() + item.len() > MOST_BYTES {
            break;
        }
        match number {
            0 => text.push('\n'),
            OPEN => {
                let changes = if left == 1 { "change" } else { "changes" };
                let _ = writeln!(text, "\n<details>\n<summary>{left} more {changes}</summary>\n");
            }
            _ => {}
        }
        text.push_str(&item);
        left -= 1;
    }
    if left > 0 {
        let are = if left == 1 { "change is" } else { "changes are" };
        let _ = writeln!(text, "- {left} more {are} left out: a comment has no room for them");
    }
    if changes.len() - left > OPEN {
        text.push_str("\n</details>\n");
    }
}

/// A list of sentences, cut off where it is too long.
fn sentences<S: AsRef<str>>(mark: &str, all: &[S], text: &mut String) {
    for one in all.iter().take(SENTENCES) {
        let _ = writeln!(text, "{mark}{}", sentence(one.as_ref()));
    }
    if all.len() > SENTENCES {
        let _ = writeln!(text, "{mark}and {} more", all.len() - SENTENCES);
    }
}

/// A sentence as Markdown. What others wrote in it may be of any length.
fn sentence(words: &str) -> String {
    let words = one_line(words);
    match words.char_indices().nth(MOST_OF_SENTENCE) {
        Some((end, _)) => prose(&format!("{}…", words.get(..end).unwrap_or_default())),
        None => prose(&words),
    }
}

fn item(report: &Report<'_>, number: usize, change: &Change) -> String {
    let mut text = String::new();
    let mark = match report.is_collateral(number) {
        Some(true) => " *(not meant)*",
        Some(false) => " *(meant)*",
        None => "",
    };
    let _ = writeln!(text, "- **{}**: {}{mark}", heading(change.topic), sentence(&printed(&change.text)));
    let most = if report.details { change.causes.len() } else { ROWS };
    for cause in change.causes.iter().take(most) {
        let Some(place) = report.place(cause) else { continue };
        let before = if place.is_old { " (before)" } else { "" };
        let place = code(&one_line(&format!("{}:{}", place.file, place.line)));
        let _ = writeln!(text, "  - {place}{before}: {}", sentence(&row(cause)));
    }
    let more = change.causes.len().saturating_sub(most);
    if more > 0 {
        let _ = writeln!(text, "  - and {more} more {}", if more == 1 { "row" } else { "rows" });
    }
    let Some(example) = &change.example else { return text };
    let _ = writeln!(text, "  <details><summary>For example</summary>\n");
    for (title, steps) in [("Before", &example.old), ("Now", &example.new)] {
        let _ = writeln!(text, "  {title}:\n\n  ```text");
        told(steps, if report.details { usize::MAX } else { LINES }, &mut text);
        text.push_str("  ```\n\n");
    }
    text.push_str("  </details>\n");
    text
}

fn told(steps: &[Step], most: usize, text: &mut String) {
    let lines: Vec<&String> = steps.iter().flat_map(|step| &step.told).collect();
    // What differs is at the end.
    let head = if lines.len() > most { most / 3 } else { lines.len() };
    let tail = lines.len().saturating_sub(most - head).max(head);
    for (number, line) in lines.iter().enumerate() {
        if number == head && tail > head {
            let _ = writeln!(text, "  ... {} left out", count(tail - head, "line"));
        }
        if number < head || number >= tail {
            // A fence ends at three back-quotes.
            let _ = writeln!(text, "  {}", one_line(line).replace("```", "'''"));
        }
    }
}
