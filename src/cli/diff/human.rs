//! For people, on a terminal.

use std::fmt::Write as _;

use owo_colors::{OwoColorize as _, Style};

use super::report::{Judged, Report, heading, place, printed, row};
use crate::compare::{Change, Step, Topic};
use crate::text::one_line;

/// How many places a change shows without `--details`.
const PLACES: usize = 3;
/// How many changes of a topic are shown without `--details`.
const CHANGES: usize = 12;

/// The report.
pub(super) fn write(report: &Report<'_>, color: bool) -> String {
    let mut text = String::new();
    let paint = |words: &str, style: Style| if color { words.style(style).to_string() } else { words.to_owned() };
    // Writing to memory does not fail.
    let _ = writeln!(text, "{}", paint(&report.headline(), Style::new().bold()));
    for topic in Topic::ALL {
        let changes: Vec<_> = report.of(topic).collect();
        if changes.is_empty() {
            continue;
        }
        let _ = writeln!(text, "\n{}", paint(heading(topic), style(topic)));
        let most = if report.details { changes.len() } else { CHANGES };
        for (number, change) in changes.iter().take(most) {
            let mark = match report.is_collateral(*number) {
                Some(true) => " (not meant)",
                Some(false) => " (meant)",
                None => "",
            };
            let _ = writeln!(text, "  {}{}", one_line(&printed(&change.text)), paint(mark, Style::new().magenta()));
            causes(change, report.details, &mut text, &paint);
            if report.details {
                example(change, &mut text);
            }
        }
        if changes.len() > most {
            let _ = writeln!(text, "  {} more: `--details` shows them", changes.len() - most);
        }
    }
    let rest = report.rest();
    if !rest.is_empty() {
        text.push('\n');
    }
    for line in rest {
        let _ = writeln!(text, "{}", one_line(&line));
    }
    if report.details {
        for cause in &report.found.without_effect {
            let _ = writeln!(text, "  without effect: {}", one_line(&row(cause)));
        }
    }
    if let Some(Judged(verdict)) = &report.judged {
        let _ = writeln!(
            text,
            "\n{}",
            paint(&judgement(verdict.collateral.len(), verdict.unmet.len()), Style::new().bold())
        );
        for unmet in &verdict.unmet {
            let _ = writeln!(text, "  {}", one_line(&printed(unmet)));
        }
    }
    text
}

/// How the comparison fits what was meant.
pub(super) fn judgement(collateral: usize, unmet: usize) -> String {
    if collateral == 0 && unmet == 0 {
        return "The change does what it is meant to do, and nothing else.".to_owned();
    }
    let (changes, were) = (crate::text::count(collateral, "change"), if collateral == 1 { "was" } else { "were" });
    let expected = if unmet == 1 { "1 expectation is".to_owned() } else { format!("{unmet} expectations are") };
    format!("{changes} {were} not meant, and {expected} not met.")
}

fn style(topic: Topic) -> Style {
    let style = Style::new().bold();
    match topic {
        Topic::ReachesNobody => style.red(),
        Topic::NotKnown | Topic::FewerReps => style.yellow(),
        Topic::MoreReps => style.green(),
        _ => style.cyan(),
    }
}

fn causes(change: &Change, details: bool, text: &mut String, paint: &dyn Fn(&str, Style) -> String) {
    let most = if details { change.causes.len() } else { PLACES };
    for cause in change.causes.iter().take(most) {
        let words = row(cause);
        let line = match place(cause) {
            Some((file, line, true)) => format!("{file}:{line} (before): {words}"),
            Some((file, line, false)) => format!("{file}:{line}: {words}"),
            None => words,
        };
        let _ = writeln!(text, "    {}", paint(&one_line(&line), Style::new().dimmed()));
    }
    if change.causes.len() > most {
        let _ = writeln!(text, "    and {}", crate::text::count(change.causes.len() - most, "more row"));
    }
}

fn example(change: &Change, text: &mut String) {
    let Some(example) = &change.example else { return };
    let mut steps = |title: &str, steps: &[Step]| {
        let _ = writeln!(text, "    {title}");
        for line in steps.iter().flat_map(|step| &step.told) {
            let _ = writeln!(text, "      {}", one_line(line));
        }
    };
    steps("for example, before:", &example.old);
    steps("now:", &example.new);
}
