//! CSV, as `sf data query --result-format csv` and `sf data export bulk` write it.

use csv::{ReaderBuilder, StringRecord, Trim};

use super::Object;
use super::problem::Trouble;
use super::rows::{Cell, Content, Row};
use crate::source::{FileId, Location, Span};

/// As many records `sf data query` gives, unless it is told otherwise (`org-max-query-limit`). JSON tells how many there
/// were; CSV does not.
const MOST_RECORDS: usize = 10_000;

pub(super) fn read(text: &str, file: FileId, object: Option<Object>) -> Content {
    let mut content = Content::default();
    let Some(object) = object else {
        content.problems.add(Location::new(file, first_line(text, 0)), Trouble::UnknownObject);
        return content;
    };
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let body = text.get(start..).unwrap_or_default();
    let mut reader = ReaderBuilder::new().flexible(true).trim(Trim::Headers).from_reader(body.as_bytes());
    let place = |record: &StringRecord| {
        let at = record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or_default());
        Location::new(file, first_line(text, start + at))
    };
    let header = Location::new(file, first_line(text, start));
    let columns: Vec<Option<usize>> = match reader.headers() {
        Ok(headers) => headers.iter().map(|name| object.column(name)).collect(),
        Err(error) => {
            content.is_cut = true;
            content.problems.add(header, Trouble::NotCsv(words(&error)));
            return content;
        }
    };
    if columns.iter().all(Option::is_none) && [';', '\t'].iter().any(|&by| header.span.slice(text).contains(by)) {
        content.is_cut = true;
        content.problems.add(header, Trouble::NoCommas);
        return content;
    }
    content.see(object, columns.iter().flatten().fold(0, |bits, column| bits | 1 << column), header);
    let mut rows = Vec::new();
    for record in reader.into_records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                content.is_cut = true;
                let at = error.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or_default());
                content.problems.add(Location::new(file, first_line(text, start + at)), Trouble::NotCsv(words(&error)));
                continue;
            }
        };
        let place = place(&record);
        if record.len() != columns.len() {
            content.is_cut = true;
            content.problems.add(place, Trouble::Fields { found: record.len(), columns: columns.len() });
            continue;
        }
        let mut row = Row::new(object, place);
        for (column, value) in columns.iter().zip(record.iter()) {
            let Some(column) = *column else { continue };
            let cell = if value.is_empty() { Cell::Null } else { Cell::Text(value.into()) };
            row.set(column, cell, place.span);
        }
        rows.push(row);
    }
    if rows.len() == MOST_RECORDS {
        content.is_cut = true;
        content.problems.add(header, Trouble::MayBeCut { held: rows.len() });
    }
    content.rows = rows;
    content
}

/// The line at `at`, or the one after it if `at` is where a line ends.
fn first_line(text: &str, at: usize) -> Span {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    let skipped = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    let line = rest.get(skipped..).unwrap_or_default();
    let length = memchr::memchr2(b'\r', b'\n', line).unwrap_or(line.len());
    Span::new((at + skipped) as u32, (at + skipped + length) as u32)
}

fn words(error: &csv::Error) -> String {
    error.to_string()
}
