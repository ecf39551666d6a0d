//! The few lines of a file that a finding is about, drawn by miette.
//!
//! miette is handed excerpts rather than whole files: it then neither scans a file once for each label nor meets a
//! byte-order mark, a carriage return, a control character or a line of a megabyte.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;
use std::ops::Range;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan,
    SpanContents, ThemeCharacters, ThemeStyles,
};

use super::styles::Styles;
use super::{Positions, Report};
use crate::diagnostics::{Diagnostic, Label, Severity};
use crate::source::{FileId, Position};
use crate::text::{one_line, picture};

/// Columns left of the text of a line: its number and the frame.
pub(super) const GUTTER: usize = 8;
const TAB_WIDTH: usize = 4;

/// A label that fits one line of an excerpt.
struct Mark {
    /// Bytes in the file's text, all on one line, without the line's end.
    span: Range<usize>,
    line: u32,
    message: String,
    primary: bool,
}

/// A few neighbouring lines of one file, and the labels on them.
pub(super) struct Excerpt<'a> {
    file: FileId,
    path: String,
    /// All of the file's text.
    text: &'a str,
    /// The place named above the lines: that of the first mark.
    at: Position,
    /// The bytes in `text` of each line, without its `\n`, by number. Never empty.
    lines: BTreeMap<u32, Range<usize>>,
    /// Never empty, except where there is no text to show.
    marks: Vec<Mark>,
    /// Columns there are for text.
    room: usize,
}

impl<'a> Excerpt<'a> {
    /// The excerpts to show for one finding, the place to edit first.
    pub(super) fn of(
        report: &'a Report<'_>,
        positions: &Positions<'_>,
        diagnostic: &Diagnostic,
        room: usize,
    ) -> Vec<Self> {
        let mut excerpts: Vec<Self> = Vec::new();
        for (index, label) in std::iter::once(&diagnostic.primary).chain(&diagnostic.related).enumerate() {
            let new = Self::new(report, positions, label, index == 0, room);
            match excerpts.iter_mut().find(|excerpt| excerpt.takes(&new)) {
                Some(excerpt) => excerpt.join(new),
                None => excerpts.push(new),
            }
        }
        excerpts
    }

    fn new(report: &'a Report<'_>, positions: &Positions<'_>, label: &Label, primary: bool, room: usize) -> Self {
        let file = label.location.file;
        let text = report.text(file);
        let at = positions.start(label.location);
        let lines = around(positions, file, at.line, text);
        let line = lines.get(&at.line).cloned().unwrap_or_default();
        let marks = if text.is_empty() {
            Vec::new()
        } else {
            vec![Mark {
                span: on_one_line(text, &line, label.location.span.start as usize..label.location.span.end as usize),
                line: at.line,
                message: one_line(&label.message),
                primary,
            }]
        };
        Self { file, path: report.shown_path(file), text, at, lines, marks, room }
    }

    /// Number of the first and of the last line.
    fn numbers(&self) -> (u32, u32) {
        let ends = (self.lines.first_key_value(), self.lines.last_key_value());
        (ends.0.map_or(self.at.line, |(number, _)| *number), ends.1.map_or(self.at.line, |(number, _)| *number))
    }

    /// True if `other` touches this excerpt, and no mark of the one would lie on a mark of the other.
    fn takes(&self, other: &Self) -> bool {
        let ((first, last), (others_first, others_last)) = (self.numbers(), other.numbers());
        self.file == other.file
            && !self.text.is_empty()
            && others_first <= last + 1
            && first <= others_last + 1
            && other.marks.iter().all(|new| {
                self.marks.iter().filter(|old| old.line == new.line).all(|old| {
                    let apart = old.span.end <= new.span.start || new.span.end <= old.span.start;
                    apart
                        && old.span != new.span
                        && self.lines.get(&old.line).is_none_or(|line| !is_longer(&self.text[line.clone()], self.room))
                })
            })
    }

    fn join(&mut self, other: Self) {
        self.lines.extend(other.lines);
        self.marks.extend(other.marks);
    }

    /// How many places it shows.
    pub(super) fn places(&self) -> usize {
        self.marks.len().max(1)
    }

    pub(super) fn draw(&self, styles: &Styles, severity: Severity) -> io::Result<String> {
        if self.marks.is_empty() {
            return Ok(format!("  ──[{}]\n", self.path));
        }
        let (text, mut labels) = self.clean();
        labels.sort_by_key(LabeledSpan::offset);
        let theme = GraphicalTheme {
            characters: ThemeCharacters::unicode(),
            styles: ThemeStyles {
                linum: styles.line_number,
                highlights: labels
                    .iter()
                    .map(|label| if label.primary() { styles.of(severity) } else { styles.related })
                    .collect(),
                ..ThemeStyles::none()
            },
        };
        let snippet = Snippet { path: &self.path, at: self.at, first: self.numbers().0, text, labels };
        let mut drawn = String::new();
        GraphicalReportHandler::new_themed(theme)
            .with_width(self.room + GUTTER)
            .with_wrap_lines(false)
            .without_syntax_highlighting()
            .render_report(&mut drawn, &snippet)
            .map_err(io::Error::other)?;
        // The first line is where miette writes the message; ours is already written.
        let drawn = drawn.split_once('\n').map_or("", |(_, lines)| lines);
        let mut trimmed = String::with_capacity(drawn.len());
        for line in drawn.lines() {
            let _ = writeln!(trimmed, "{}", line.trim_end());
        }
        Ok(trimmed)
    }

    /// The lines as a terminal can show them, and the labels on them.
    fn clean(&self) -> (String, Vec<LabeledSpan>) {
        let mut out = String::new();
        let mut labels = Vec::new();
        for (number, line) in &self.lines {
            let marks: Vec<_> = self.marks.iter().filter(|mark| mark.line == *number).collect();
            let content = without_ends(self.text, line.clone());
            let shown = visible(self.text, &content, marks.first().map(|mark| &mark.span), self.room);
            let places = clean_line(self.text, &content, &shown, &mut out);
            let place = |offset: usize| {
                let at = places.partition_point(|&(original, _)| original < offset).min(places.len() - 1);
                places.get(at).map_or(0, |&(_, place)| place)
            };
            labels.extend(marks.into_iter().map(|mark| {
                let (from, to) = (place(mark.span.start), place(mark.span.end));
                let message = (!mark.message.is_empty()).then(|| mark.message.clone());
                if mark.primary {
                    LabeledSpan::new_primary_with_span(message, (from, to - from))
                } else {
                    LabeledSpan::new_with_span(message, (from, to - from))
                }
            }));
            out.push('\n');
        }
        (out, labels)
    }
}

/// The line of this number, the one before it and the one after it.
fn around(positions: &Positions<'_>, file: FileId, number: u32, text: &str) -> BTreeMap<u32, Range<usize>> {
    let mut lines = positions.lines(file, number.saturating_sub(1)..=number + 1);
    // What follows the file's last `\n` is no line.
    lines.retain(|at, line| *at <= number || line.start < text.len());
    lines
}

/// `line` without a byte-order mark before it and a carriage return after it.
fn without_ends(text: &str, line: Range<usize>) -> Range<usize> {
    let start = if line.start == 0 && text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { line.start };
    let end = if text[line.clone()].ends_with('\r') { line.end - 1 } else { line.end };
    start..end.max(start)
}

/// As much of `span` as is on `line`; whole characters.
fn on_one_line(text: &str, line: &Range<usize>, span: Range<usize>) -> Range<usize> {
    let content = without_ends(text, line.clone());
    let mut start = span.start.clamp(content.start, content.end);
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = span.end.clamp(start, content.end);
    while !text.is_char_boundary(end) {
        end += 1;
    }
    start..end
}

fn is_longer(line: &str, characters: usize) -> bool {
    line.char_indices().nth(characters).is_some()
}

/// The part of a line to show in `room` columns: the part with `mark` in it.
fn visible(text: &str, line: &Range<usize>, mark: Option<&Range<usize>>, room: usize) -> Range<usize> {
    if !is_longer(&text[line.clone()], room) {
        return line.clone();
    }
    let back = |from: usize, characters: usize| {
        text[line.start..from].char_indices().rev().nth(characters).map_or(line.start, |(at, _)| line.start + at)
    };
    let start = match mark {
        // The mark a third from the left, or as near as the end of the line lets it be.
        Some(mark) if is_longer(&text[line.start..mark.end], room - 1) => {
            back(mark.start, room / 3).min(back(line.end, room - 3))
        }
        _ => line.start,
    };
    // Room for an ellipsis at either end.
    let end = text[start..line.end].char_indices().nth(room - 2).map_or(line.end, |(at, _)| start + at);
    start..end
}

/// Adds `shown` to `out`, and returns where in it each character of the text went, the end of the line last.
fn clean_line(text: &str, line: &Range<usize>, shown: &Range<usize>, out: &mut String) -> Vec<(usize, usize)> {
    let mut column = 0;
    if shown.start > line.start {
        out.push('…');
        column += 1;
    }
    let mut places = Vec::new();
    for (at, character) in text[shown.clone()].char_indices() {
        places.push((shown.start + at, out.len()));
        if character == '\t' {
            let width = TAB_WIDTH - column % TAB_WIDTH;
            out.extend(std::iter::repeat_n(' ', width));
            column += width;
        } else {
            out.push(picture(character));
            column += textwrap::core::display_width(character.encode_utf8(&mut [0; 4]));
        }
    }
    places.push((shown.end, out.len()));
    if shown.end < line.end {
        out.push('…');
        places.push((line.end, out.len()));
    }
    places
}

/// What miette draws: cleaned lines and the labels on them.
#[derive(Debug)]
struct Snippet<'a> {
    path: &'a str,
    at: Position,
    /// Number of the first line.
    first: u32,
    text: String,
    labels: Vec<LabeledSpan>,
}

impl std::fmt::Display for Snippet<'_> {
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Snippet<'_> {}

impl miette::Diagnostic for Snippet<'_> {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}

impl SourceCode for Snippet<'_> {
    /// Always all of the text. miette asks without context lines to learn the place to name above the lines.
    fn read_span<'b>(
        &'b self,
        _: &SourceSpan,
        context_lines_before: usize,
        _: usize,
    ) -> Result<Box<dyn SpanContents<'b> + 'b>, MietteError> {
        let (line, column) = if context_lines_before == 0 { (self.at.line, self.at.column) } else { (self.first, 1) };
        Ok(Box::new(MietteSpanContents::new_named(
            self.path.to_owned(),
            self.text.as_bytes(),
            (0, self.text.len()).into(),
            line as usize - 1,
            column as usize - 1,
            self.text.lines().count(),
        )))
    }
}
