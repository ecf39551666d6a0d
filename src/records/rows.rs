//! One file as rows: what JSON and CSV have in common.

use jiff::Timestamp;

use super::problem::{Problems, Trouble};
use super::times::{self, Edge};
use super::{Object, csv, json};
use crate::source::{FileId, FolderFile, Location, Span};

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    Null,
    Text(Box<str>),
    Bool(bool),
    Number(f64),
    /// A list, or an object that is no record.
    Other,
}

/// A record.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) object: Object,
    /// Where it is; in CSV its first line.
    pub(super) place: Location,
    /// By the object's columns.
    pub(super) cells: Vec<Option<(Cell, Span)>>,
    /// The name by which the records of a tree refer to it, without `@`.
    pub(super) reference: Option<Box<str>>,
}

impl Row {
    pub(super) fn new(object: Object, place: Location) -> Self {
        Self { object, place, cells: vec![None; object.columns().len()], reference: None }
    }

    pub(super) fn set(&mut self, column: usize, cell: Cell, span: Span) {
        if let Some(slot) = self.cells.get_mut(column) {
            *slot = Some((cell, span));
        }
    }

    pub(super) fn cell(&self, column: &'static str) -> Option<&(Cell, Span)> {
        self.cells.get(self.object.column(column)?)?.as_ref()
    }

    /// Where a value is, else where the record is.
    pub(super) fn place_of(&self, column: &'static str) -> Location {
        self.cell(column).map_or(self.place, |(_, span)| Location::new(self.place.file, *span))
    }

    /// A text, if there is one; an error if it is something else.
    pub(super) fn text(&self, column: &'static str) -> Result<Option<&str>, Wrong> {
        match self.cell(column) {
            None | Some((Cell::Null, _)) => Ok(None),
            Some((Cell::Text(text), _)) => Ok(Some(text)),
            Some(_) => Err(Wrong { column, wanted: "text" }),
        }
    }

    /// `true` or `false`, if there is one; an error if it is something else. CSV has texts only.
    pub(super) fn flag(&self, column: &'static str) -> Result<Option<bool>, Wrong> {
        match self.cell(column) {
            None | Some((Cell::Null, _)) => Ok(None),
            Some((Cell::Bool(flag), _)) => Ok(Some(*flag)),
            Some((Cell::Text(text), _)) if text.eq_ignore_ascii_case("true") => Ok(Some(true)),
            Some((Cell::Text(text), _)) if text.eq_ignore_ascii_case("false") => Ok(Some(false)),
            Some(_) => Err(Wrong { column, wanted: "true or false" }),
        }
    }

    /// A point in time, if there is one; an error if it is something else.
    pub(super) fn time(&self, column: &'static str, edge: Edge) -> Result<Option<Timestamp>, Wrong> {
        let wrong = Wrong { column, wanted: "a time such as 2026-11-23T08:00:00Z" };
        match self.cell(column) {
            None | Some((Cell::Null, _)) => Ok(None),
            Some((Cell::Text(text), _)) => times::read(text, edge).map(Some).ok_or(wrong),
            Some(_) => Err(wrong),
        }
    }

    /// A number, if there is one; an error if it is something else.
    pub(super) fn number(&self, column: &'static str) -> Result<Option<f64>, Wrong> {
        let wrong = Wrong { column, wanted: "a number" };
        match self.cell(column) {
            None | Some((Cell::Null, _)) => Ok(None),
            Some((Cell::Number(number), _)) => Ok(Some(*number)),
            Some((Cell::Text(text), _)) => {
                text.parse().ok().filter(|number: &f64| number.is_finite()).map(Some).ok_or(wrong)
            }
            Some(_) => Err(wrong),
        }
    }
}

/// A value is not what its column holds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wrong {
    pub(super) column: &'static str,
    pub(super) wanted: &'static str,
}

/// What a file holds.
#[derive(Debug, Default)]
pub(super) struct Content {
    pub(super) rows: Vec<Row>,
    pub(super) problems: Problems,
    /// The objects of which it holds records, or would if there were any.
    pub(super) objects: Vec<Seen>,
    /// True if something of it is lost, of whichever object.
    pub(super) is_cut: bool,
}

/// An object in a file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    pub(super) object: Object,
    /// Its columns there, one bit each.
    pub(super) columns: u32,
    /// Where to say that one is missing.
    pub(super) place: Location,
}

impl Seen {
    pub(super) fn has(&self, column: &str) -> bool {
        self.object.column(column).is_some_and(|column| self.columns & (1 << column) != 0)
    }
}

impl Content {
    /// Notes that the file holds records of an object, and which columns they have.
    pub(super) fn see(&mut self, object: Object, columns: u32, place: Location) {
        match self.objects.iter_mut().find(|seen| seen.object == object) {
            Some(seen) => seen.columns |= columns,
            None => self.objects.push(Seen { object, columns, place }),
        }
    }

    fn add(&mut self, row: Row) {
        let mut columns = 0;
        for (column, cell) in row.cells.iter().enumerate() {
            if cell.is_some() {
                columns |= 1 << column;
            }
        }
        if row.reference.is_some() {
            // `sf data export tree` leaves out Ids and what has no value.
            let is_left_out = |name: &&str| *name == "Id" || Object::may_be_null(name);
            let left_out = row.object.columns().iter().enumerate().filter(|(_, name)| is_left_out(name));
            columns |= left_out.fold(0, |bits, (column, _)| bits | 1 << column);
        }
        self.see(row.object, columns, row.place);
        self.rows.push(row);
    }

    pub(super) fn extend(&mut self, rows: impl IntoIterator<Item = Row>) {
        for row in rows {
            self.add(row);
        }
    }

    /// Says which columns are missing.
    fn check_columns(&mut self) {
        for seen in &self.objects {
            let lacks = |columns: &&&[&str]| !columns.iter().any(|column| seen.has(column));
            let columns: Vec<_> = seen.object.needs().iter().filter(lacks).copied().collect();
            if !columns.is_empty() {
                self.problems.add(seen.place, Trouble::MissingColumns { object: seen.object, columns });
            }
        }
    }
}

/// Reads one file.
pub(super) fn read(file: &FolderFile, id: FileId) -> Content {
    // Why there is no text is said elsewhere.
    let Ok(text) = &file.text else { return Content { is_cut: true, ..Content::default() } };
    if file.path.ends_with("-plan.json") {
        // What `sf data export tree --plan` writes beside the records.
        return Content::default();
    }
    let object = Object::of_file(&file.path);
    if text.trim_start_matches('\u{feff}').trim().is_empty() {
        let mut content = Content { is_cut: true, ..Content::default() };
        content.problems.add(Location::new(id, Span::at(0)), Trouble::Empty);
        return content;
    }
    let is_csv = file.path.rsplit_once('.').is_some_and(|(_, suffix)| suffix.eq_ignore_ascii_case("csv"));
    let mut content = if is_csv { csv::read(text, id, object) } else { json::read(text, id, object) };
    content.check_columns();
    content
}
