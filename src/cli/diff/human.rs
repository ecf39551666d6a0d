//! For people, on a terminal.

use std::fmt::Write as _;

use owo_colors::{OwoColorize as _, Style};

use super::report::{Judged, Place, Report, heading, printed, row};
use crate::compare::{Change, Step, Topic};
use crate::text::{count, one_line};

/// How many places a change shows without `--details`.
const PLACES: usize = 3;
/// How many changes of a topic are shown without `--details`.
const CHANGES: usize = 12;

/// The report, in lines of `width` columns; paths and examples are not broken.
pub(super) fn write(report: &Report<'_>, color: bool, width: usize) -> String {
    let mut page = Page { text: String::new(), color, width };
    page.lines("", "", &report.headline(), Style::new().bold());
    for topic in Topic::ALL {
        let changes: Vec<_> = report.of(topic).collect();
        if changes.is_empty() {
            continue;
        }
        page.text.push('\n');
        page.lines("", "", heading(topic), style(topic));
        let most = if report.details { changes.len() } else { CHANGES };
        for (number, change) in changes.iter().take(most) {
            let sentence = printed(&change.text);
            match report.is_collateral(*number) {
                Some(true) => page.lines("  not meant: ", "  ", &sentence, Style::new()),
                Some(false) => page.lines("  meant: ", "  ", &sentence, Style::new()),
                None => page.lines("  ", "  ", &sentence, Style::new()),
            }
            page.causes(report, change);
            if report.details {
                page.example(change);
            }
        }
        if changes.len() > most {
            page.lines("  ", "    ", &format!("{} more: `--details` shows them", changes.len() - most), Style::new());
        }
    }
    let rest = report.rest();
    if !rest.is_empty() {
        page.text.push('\n');
    }
    for line in &rest {
        page.lines("", "  ", line, Style::new());
    }
    if report.details {
        for cause in &report.found.without_effect {
            page.lines("  without effect: ", "    ", &row(cause), Style::new());
        }
    }
    if let Some(Judged(verdict)) = &report.judged {
        page.text.push('\n');
        page.lines("", "", &judgement(verdict.collateral.len(), verdict.unmet.len()), Style::new().bold());
        for unmet in &verdict.unmet {
            page.lines("  ", "    ", &printed(unmet), Style::new());
        }
    }
    page.text
}

/// How the comparison fits what was meant.
pub(super) fn judgement(collateral: usize, unmet: usize) -> String {
    if collateral == 0 && unmet == 0 {
        return "The change does what it is meant to do, and nothing else.".to_owned();
    }
    let (changes, were) = (count(collateral, "change"), if collateral == 1 { "was" } else { "were" });
    let expected = if unmet == 1 { "1 expectation is".to_owned() } else { format!("{unmet} expectations are") };
    match (collateral, unmet) {
        (_, 0) => format!("{changes} {were} not meant."),
        (0, _) => format!("{expected} not met."),
        _ => format!("{changes} {were} not meant, and {expected} not met."),
    }
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

struct Page {
    text: String,
    color: bool,
    width: usize,
}

impl Page {
    /// A sentence, broken at spaces alone: names stay whole.
    fn lines(&mut self, first: &str, rest: &str, sentence: &str, style: Style) {
        let sentence = one_line(sentence);
        let options = textwrap::Options::new(self.width)
            .word_separator(textwrap::WordSeparator::AsciiSpace)
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .break_words(false)
            .initial_indent(first)
            .subsequent_indent(rest);
        for line in textwrap::wrap(&sentence, options) {
            self.line("", &line, style);
        }
    }

    fn line(&mut self, indent: &str, words: &str, style: Style) {
        // Writing to memory does not fail.
        let _ = match (self.color, style.is_plain()) {
            (true, false) => writeln!(self.text, "{indent}{}", words.style(style)),
            _ => writeln!(self.text, "{indent}{words}"),
        };
    }

    fn causes(&mut self, report: &Report<'_>, change: &Change) {
        let most = if report.details { change.causes.len() } else { PLACES };
        for cause in change.causes.iter().take(most) {
            let words = row(cause);
            let line = match report.place(cause) {
                Some(Place { file, line, is_old: true }) => format!("{file}:{line} (before): {words}"),
                Some(Place { file, line, .. }) => format!("{file}:{line}: {words}"),
                None => words,
            };
            self.line("    ", &one_line(&line), Style::new().dimmed());
        }
        let more = change.causes.len().saturating_sub(most);
        if more > 0 {
            let rows = if more == 1 { "row" } else { "rows" };
            self.line("    ", &format!("and {more} more {rows}: `--details` shows them"), Style::new());
        }
    }

    fn example(&mut self, change: &Change) {
        let Some(example) = &change.example else { return };
        let mut steps = |title: &str, steps: &[Step]| {
            self.line("    ", title, Style::new());
            for line in steps.iter().flat_map(|step| &step.told) {
                self.line("      ", &one_line(line), Style::new());
            }
        };
        steps("for example, before:", &example.old);
        steps("now:", &example.new);
    }
}
