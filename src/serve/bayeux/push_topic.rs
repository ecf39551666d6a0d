//! Which changes of a record a `PushTopic` reports.
//!
//! Source: Streaming API Developer Guide 67.0, "Event Notification Rules", "Events", "Notifications" and the pages about
//! each value of `NotifyForFields`. These pages do not say when a deletion or a restoration is reported, beyond the switches: here
//! a deletion is reported if the record matched before it, a restoration if it matches after it (assumed).

use smol_str::SmolStr;

use crate::caseless;

/// The values of `NotifyForFields`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NotifyForFields {
    /// A change of any field counts.
    All,
    /// A change of a field in the clause SELECT or WHERE counts.
    #[default]
    Referenced,
    /// A change of a field in the clause SELECT counts.
    Select,
    /// A change of a field in the clause WHERE counts.
    Where,
}

impl NotifyForFields {
    /// The value by its name in the API; none for others.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::All, Self::Referenced, Self::Select, Self::Where].into_iter().find(|one| one.name() == name)
    }

    /// Its name in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::All => "All",
            Self::Referenced => "Referenced",
            Self::Select => "Select",
            Self::Where => "Where",
        }
    }
}

/// What is done to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// It is created.
    Create,
    /// It is updated.
    Update,
    /// It is deleted.
    Delete,
    /// It is restored.
    Undelete,
}

/// The fields `NotifyForOperation…`. All are true by default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "four fields of the object, which are independent")]
pub struct Operations {
    /// `NotifyForOperationCreate`.
    pub create: bool,
    /// `NotifyForOperationUpdate`.
    pub update: bool,
    /// `NotifyForOperationDelete`.
    pub delete: bool,
    /// `NotifyForOperationUndelete`.
    pub undelete: bool,
}

impl Default for Operations {
    fn default() -> Self {
        Self { create: true, update: true, delete: true, undelete: true }
    }
}

impl Operations {
    const fn include(self, operation: Operation) -> bool {
        match operation {
            Operation::Create => self.create,
            Operation::Update => self.update,
            Operation::Delete => self.delete,
            Operation::Undelete => self.undelete,
        }
    }
}

/// A `PushTopic`, as far as it decides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PushTopic {
    /// Which operations it reports.
    pub operations: Operations,
    /// Which fields' changes count.
    pub notify: NotifyForFields,
    /// The fields in the clause SELECT.
    pub selected: Vec<SmolStr>,
    /// The fields in the clause WHERE.
    pub filtered: Vec<SmolStr>,
}

/// A change of one record.
#[derive(Clone, Copy, Debug)]
pub struct Change<'a> {
    /// What was done.
    pub operation: Operation,
    /// True if the record matched the clause WHERE before.
    pub matched_before: bool,
    /// True if it matches now.
    pub matches_now: bool,
    /// The fields whose values differ.
    pub changed: &'a [SmolStr],
}

/// A query that does not go with `NotifyForFields`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("NotifyForFields is {}, so the query needs a field other than Id in its {clause} clause", notify.name())]
pub struct PushTopicError {
    /// The value.
    pub notify: NotifyForFields,
    /// The clauses that were looked at.
    pub clause: &'static str,
}

impl PushTopic {
    /// Whether it can be created.
    ///
    /// # Errors
    ///
    /// If the clauses that `NotifyForFields` names hold no field but `Id`.
    pub fn check(&self) -> Result<(), PushTopicError> {
        let clause = match self.notify {
            NotifyForFields::All => return Ok(()),
            NotifyForFields::Referenced => "SELECT or WHERE",
            NotifyForFields::Select => "SELECT",
            NotifyForFields::Where => "WHERE",
        };
        if self.watched().any(|field| !caseless::equal(field, "Id")) {
            Ok(())
        } else {
            Err(PushTopicError { notify: self.notify, clause })
        }
    }

    /// Whether it reports a change. A record that stops matching is not reported.
    pub fn fires(&self, change: &Change<'_>) -> bool {
        self.operations.include(change.operation)
            && match change.operation {
                Operation::Create | Operation::Undelete => change.matches_now,
                Operation::Delete => change.matched_before,
                Operation::Update => change.matches_now && self.is_touched(change.changed),
            }
    }

    fn is_touched(&self, changed: &[SmolStr]) -> bool {
        if self.notify == NotifyForFields::All {
            return !changed.is_empty();
        }
        self.watched().any(|field| changed.iter().any(|changed| caseless::equal(changed, field)))
    }

    /// The fields whose changes count, unless all do.
    fn watched(&self) -> impl Iterator<Item = &str> {
        let (select, filter) = match self.notify {
            NotifyForFields::All | NotifyForFields::Referenced => (true, true),
            NotifyForFields::Select => (true, false),
            NotifyForFields::Where => (false, true),
        };
        let selected = self.selected.iter().filter(move |_| select);
        selected.chain(self.filtered.iter().filter(move |_| filter)).map(SmolStr::as_str)
    }
}

#[cfg(test)]
mod tests {
    use NotifyForFields::{All, Referenced, Select, Where};
    use Operation::{Create, Delete, Undelete, Update};

    use super::*;

    fn topic(notify: NotifyForFields, selected: &[&'static str], filtered: &[&'static str]) -> PushTopic {
        let names = |names: &[&'static str]| names.iter().map(|name| SmolStr::new_static(name)).collect();
        PushTopic { operations: Operations::default(), notify, selected: names(selected), filtered: names(filtered) }
    }

    /// SELECT Id, F1, F2 FROM … WHERE F3 = … AND F4 = …
    #[test]
    fn updates_are_reported_by_the_fields_that_changed() {
        let cases: &[(NotifyForFields, bool, bool, &[&'static str], bool)] = &[
            // notify, matched before, matches now, changed, reported
            (Referenced, true, true, &["F1"], true),
            (Referenced, true, true, &["f2"], true),
            (Referenced, false, true, &["F3"], true),
            (Referenced, true, true, &["F5"], false),
            (Referenced, true, true, &[], false),
            (Referenced, true, false, &["F3"], false),
            (Referenced, false, false, &["F1"], false),
            (Select, true, true, &["F1"], true),
            (Select, true, true, &["F3"], false),
            (Select, false, true, &["F3", "F2"], true),
            (Select, true, false, &["F1"], false),
            (Where, true, true, &["F4"], true),
            (Where, true, true, &["F1"], false),
            (Where, true, false, &["F4"], false),
            (All, true, true, &["F5"], true),
            (All, true, true, &[], false),
            (All, true, false, &["F5"], false),
        ];
        for &(notify, matched_before, matches_now, changed, expected) in cases {
            let topic = topic(notify, &["Id", "F1", "F2"], &["F3", "F4"]);
            let changed: Vec<SmolStr> = changed.iter().map(|name| SmolStr::new_static(name)).collect();
            let change = Change { operation: Update, matched_before, matches_now, changed: &changed };
            assert_eq!(topic.fires(&change), expected, "{notify:?} {change:?}");
        }
    }

    #[test]
    fn other_operations_are_reported_by_the_match() {
        for notify in [All, Referenced, Select, Where] {
            let topic = topic(notify, &["Id", "F1"], &["F3"]);
            for (operation, matched_before, matches_now, expected) in [
                (Create, false, true, true),
                (Create, false, false, false),
                (Delete, true, false, true),
                (Delete, false, false, false),
                (Undelete, false, true, true),
                (Undelete, true, false, false),
            ] {
                let change = Change { operation, matched_before, matches_now, changed: &[] };
                assert_eq!(topic.fires(&change), expected, "{notify:?} {change:?}");
            }
        }
    }

    #[test]
    fn each_operation_has_its_switch() {
        let on = Operations::default();
        let switches = [
            (Create, Operations { create: false, ..on }),
            (Update, Operations { update: false, ..on }),
            (Delete, Operations { delete: false, ..on }),
            (Undelete, Operations { undelete: false, ..on }),
        ];
        let changed = [SmolStr::new_static("F1")];
        for (off, operations) in switches {
            let topic = PushTopic { operations, ..topic(Referenced, &["Id", "F1"], &[]) };
            for operation in [Create, Update, Delete, Undelete] {
                let change = Change { operation, matched_before: true, matches_now: true, changed: &changed };
                assert_eq!(topic.fires(&change), operation != off, "{operation:?} without {off:?}");
            }
        }
    }

    #[test]
    fn a_query_must_have_a_field_whose_change_counts() {
        let cases: &[(NotifyForFields, &[&'static str], &[&'static str], bool)] = &[
            (All, &["Id"], &[], true),
            (Referenced, &["Id"], &[], false),
            (Referenced, &["Id", "F1"], &[], true),
            (Referenced, &["Id"], &["F3"], true),
            (Referenced, &["Id"], &["Id"], false),
            (Select, &["id"], &["F3"], false),
            (Select, &["Id", "F1"], &[], true),
            (Where, &["Id", "F1"], &[], false),
            (Where, &["Id", "F1"], &["ID"], false),
            (Where, &["Id"], &["Id", "F3"], true),
        ];
        for &(notify, selected, filtered, expected) in cases {
            assert_eq!(
                topic(notify, selected, filtered).check().is_ok(),
                expected,
                "{notify:?} {selected:?} {filtered:?}"
            );
        }
        let error = topic(Where, &["Id"], &[]).check().unwrap_err().to_string();
        assert_eq!(error, "NotifyForFields is Where, so the query needs a field other than Id in its WHERE clause");
        assert_eq!(NotifyForFields::from_name("Select"), Some(Select));
        assert_eq!(NotifyForFields::from_name("select"), None);
    }
}
