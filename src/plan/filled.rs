//! What is filled in when the project is deployed, so that the plan cannot know it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A value that is filled in when the project is deployed (`replacements` of `sfdx-project.json`). A name stands in the
/// tables as its placeholder; a number or a choice is not there; a switch of the org counts as on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct FilledIn {
    /// The metadata type of the component, such as `QueueRoutingConfig`.
    pub component: String,
    /// The name of the component.
    pub name: String,
    /// Path of the element below the root, such as `queueMembers/users/user`; empty for the root.
    pub element: String,
    /// The placeholder, as it is written. Absent if a pattern that `omnic` does not understand is looked for in the file,
    /// so that any part of it may be filled in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub placeholder: Option<String>,
    /// What is filled in. Absent as `placeholder` is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<FilledBy>,
    /// True if the component has no row, because a table cannot leave the value open.
    pub left_out: bool,
}

/// What is filled in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FilledBy {
    /// The value of this environment variable.
    Env(String),
    /// The text of this file.
    File(String),
}
