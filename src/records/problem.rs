//! What of a file could not be used.

use super::Object;
use crate::source::Location;

/// Something that could not be used, and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// Where; of several of a kind in one file, the first.
    pub location: Location,
    /// What.
    pub trouble: Trouble,
    /// How many more of the kind there are in the file.
    pub more: usize,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq)]
pub enum Trouble {
    /// It is not JSON from here on; the parser's words.
    NotJson(String),
    /// It is not CSV; the parser's words.
    NotCsv(String),
    /// It is CSV whose columns something else than commas separates.
    NoCommas,
    /// It ends in the middle of JSON.
    CutOff,
    /// There is nothing in it.
    Empty,
    /// As many records are in it as the command gives at most: there may be more.
    MayBeCut {
        /// How many.
        held: usize,
    },
    /// It is JSON without records.
    NoRecords,
    /// It holds the message of a command that failed.
    Failed(String),
    /// The query gave more records than are here.
    Partial {
        /// How many are here.
        held: usize,
        /// How many there were.
        total: u64,
    },
    /// Neither the records nor the file's name say of which object they are.
    UnknownObject,
    /// The records are of an object that is not read.
    OtherObject(String),
    /// An entry is no record.
    NoRecord,
    /// A row has not as many fields as there are columns.
    Fields {
        /// How many it has.
        found: usize,
        /// How many columns there are.
        columns: usize,
    },
    /// Columns are missing.
    MissingColumns {
        /// The object.
        object: Object,
        /// Each of them; where one of several would do, these.
        columns: Vec<&'static [&'static str]>,
    },
    /// A record has no value where it needs one.
    MissingValue {
        /// The object.
        object: Object,
        /// The column.
        column: &'static str,
    },
    /// A value is not what the column holds.
    WrongType {
        /// The column.
        column: &'static str,
        /// What the column holds, such as `true or false`.
        wanted: &'static str,
    },
    /// A record leads to another one that is not there.
    Dangling {
        /// The object of the record.
        object: Object,
        /// The column.
        column: &'static str,
        /// Its value.
        value: String,
        /// What it should lead to, such as `User`.
        to: &'static str,
    },
}

impl Trouble {
    /// Two troubles in one file with the same key are told as one.
    fn key(&self) -> (u8, Option<Object>, &'static str) {
        match self {
            Self::NotJson(_) => (0, None, ""),
            Self::NotCsv(_) => (1, None, ""),
            Self::NoRecords => (2, None, ""),
            Self::Failed(_) => (3, None, ""),
            Self::Partial { .. } => (4, None, ""),
            Self::UnknownObject => (5, None, ""),
            Self::OtherObject(_) => (6, None, ""),
            Self::NoRecord => (7, None, ""),
            Self::Fields { .. } => (8, None, ""),
            Self::MissingColumns { object, .. } => (9, Some(*object), ""),
            Self::MissingValue { object, column } => (10, Some(*object), column),
            Self::WrongType { column, .. } => (11, None, column),
            Self::NoCommas => (13, None, ""),
            Self::CutOff => (14, None, ""),
            Self::Empty => (15, None, ""),
            Self::MayBeCut { .. } => (16, None, ""),
            Self::Dangling { object, column, .. } => (12, Some(*object), column),
        }
    }
}

/// Problems, gathered: those of one kind in one file become one.
#[derive(Debug, Default)]
pub(super) struct Problems(Vec<Problem>);

impl Problems {
    pub(super) fn add(&mut self, location: Location, trouble: Trouble) {
        let key = trouble.key();
        // A file has a handful of kinds at most.
        let same = |known: &&mut Problem| known.location.file == location.file && known.trouble.key() == key;
        match self.0.iter_mut().rev().find(same) {
            Some(known) => known.more += 1,
            None => self.0.push(Problem { location, trouble, more: 0 }),
        }
    }

    pub(super) fn append(&mut self, others: Self) {
        self.0.extend(others.0);
    }

    /// All of them, in the order of files and places.
    pub(super) fn sorted(mut self) -> Vec<Problem> {
        self.0.sort_by_key(|problem| (problem.location, problem.trouble.key()));
        self.0
    }
}
