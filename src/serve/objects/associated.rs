//! Objects that exist in an org beside those that are served: listed by name, and refused by name.

use serde::Deserialize;

use super::refusal::WriteError;

/// An object that belongs to another, such as `AgentWorkShare`: an org has it, and its records are not served.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Associated {
    /// API name.
    pub name: String,
    /// What people call it.
    pub label: String,
    /// API name of the object that it belongs to.
    pub belongs_to: String,
    /// What it holds of that object.
    pub kind: AssociatedKind,
    /// First API version that has it.
    pub since: u32,
}

/// What an associated object holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum AssociatedKind {
    /// Events about changes of the object's records.
    ChangeEvent,
    /// Posts about the object's records.
    Feed,
    /// Earlier values of tracked fields.
    History,
    /// Rules that share records by their owners.
    OwnerSharingRule,
    /// Who has access to which record.
    Share,
}

impl Associated {
    /// What a request for its records, fields or description is answered.
    pub fn refusal(&self) -> WriteError {
        WriteError::record(
            "INVALID_TYPE",
            format!(
                "sObject type '{}' is not supported by this server: it belongs to {}, and only its name is listed. \
                 Ask for {} instead.",
                self.name, self.belongs_to, self.belongs_to
            ),
        )
    }
}
