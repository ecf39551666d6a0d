//! Why a runtime cannot begin, or go on from a state.

use crate::plan::{Name, Units};

/// Why a runtime cannot begin, or go on from a state.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StartError {
    /// A row of the plan names a row that is not there, and nothing outside of the project either.
    #[error(
        "the plan is broken: in the table `{table}`, the field `{field}` of the row `{row}` names `{name}`, which is \
         neither in the table `{to}` nor among the names outside of the project"
    )]
    Dangling {
        /// The table of the row that names it.
        table: &'static str,
        /// The name of that row.
        row: String,
        /// The field.
        field: &'static str,
        /// The table in which the name would have to be.
        to: &'static str,
        /// What is named.
        name: String,
    },
    /// A row names what [`crate::plan::Tables::dangling`] did not look at.
    #[error("the plan is broken: `{0}` is named in a place that was not looked at")]
    Unseen(Name),
    /// The first record number is larger than the number here.
    #[error("`firstRecordNumber` is at most {0}")]
    FirstRecordNumber(u64),
    /// The default presence names a presence status that the plan does not have.
    #[error("the default presence names the status `{0}`, which the plan does not have")]
    UnknownStatus(String),
    /// The default presence has less capacity than none, or more than it may have.
    #[error("the default presence has a capacity of {given} units, and may have 0 to {most}: `5` is five units")]
    Capacity {
        /// The capacity that it has.
        given: Units,
        /// The most that it may have.
        most: Units,
    },
    /// The state is of another plan.
    #[error("the state was saved with another plan: its digest is {saved}, that of this plan {given}")]
    OtherPlan {
        /// The digest of the state's plan.
        saved: String,
        /// The digest of the plan given.
        given: String,
    },
    /// The state contradicts itself or the plan.
    #[error("the state is broken: {0}")]
    State(Contradiction),
}

/// What is wrong with a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Contradiction {
    /// It names something that neither it nor the plan holds: "a queue".
    #[error("{0} is missing")]
    Missing(&'static str),
    /// It holds twice what there can only be once: "agents have one name".
    #[error("two {0}")]
    Twice(&'static str),
    /// A number is not one that the runtime counts with: "a replay id".
    #[error("{0} is out of range")]
    OutOfRange(&'static str),
}
