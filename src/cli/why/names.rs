//! Names in questions and answers.

use super::super::Failure;
use super::question::Record;
use crate::narrate::near_username;
use crate::schema::Kind;
use crate::text::{list, nearest};

/// At most this many names are listed where none is near.
const MOST: usize = 10;

/// Names of one kind.
pub(super) struct Names<'a> {
    /// `the project` or `the plan`.
    pub(super) whose: &'a str,
    pub(super) noun: &'a str,
    /// Where the name was given.
    pub(super) flag: &'a str,
}

impl Names<'_> {
    /// That there is no such name; and the one that may have been meant, else which there are.
    pub(super) fn unknown(&self, name: &str, by_label: Option<&str>, all: &[&str]) -> Failure {
        let Names { whose, noun, flag } = self;
        let failure = Failure::new(format!("{flag}: {whose} has no {noun} `{name}`"));
        if let Some(near) = by_label.or_else(|| nearest(name, all.iter().copied())) {
            return failure.with_help(format!("did you mean `{near}`?"));
        }
        self.listed(failure, all)
    }

    /// The same of a username, of which what stands before or behind the `@` is most often the same.
    pub(super) fn unknown_user(&self, name: &str, all: &[&str]) -> Failure {
        let Names { whose, noun, flag } = self;
        let failure = Failure::new(format!("{flag}: {whose} has no {noun} `{name}`"));
        match near_username(name, all) {
            Some(near) => failure.with_help(format!("did you mean `{near}`?")),
            None => self.listed(failure, all),
        }
    }

    fn listed(&self, failure: Failure, all: &[&str]) -> Failure {
        let Names { whose, noun, .. } = self;
        if all.is_empty() {
            return failure.with_help(format!("{whose} names no {noun}"));
        }
        let mut all = all.to_vec();
        all.sort_unstable();
        all.dedup();
        failure.with_help(format!("name one of {}", list(all, MOST)))
    }
}

/// The word for a kind of thing.
pub(super) const fn noun(kind: Kind) -> &'static str {
    match kind {
        Kind::User => "rep",
        kind => kind.noun(),
    }
}

/// Why the owner of a record leads to no queue.
pub(super) fn owner(record: &Record) -> String {
    match record.owners.first() {
        _ if record.is_of_user => {
            "the record belongs to a user, not to a queue: below is what becomes of work of its object".to_owned()
        }
        None => "the record names no owner: below is what becomes of work of its object".to_owned(),
        Some(name) if crate::text::is_record_id(name) => format!(
            "the owner `{name}` is an Id, which leads to no name here: add `Owner.Name` to the record; below is what \
             becomes of work of its object"
        ),
        Some(name) => {
            format!("the owner `{name}` is not a queue that is known here: below is what becomes of work of its object")
        }
    }
}

/// A path below the project's root, as people are told it.
pub(super) fn below(root: &str, path: &str) -> String {
    match root.trim_end_matches('/') {
        "" if root.starts_with('/') => format!("/{path}"),
        "" | "." => path.to_owned(),
        root => format!("{root}/{path}"),
    }
}
