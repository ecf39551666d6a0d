//! Service channels.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::is_default;
use crate::plan::Name;

/// When a channel's work frees its capacity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CapacityModel {
    /// When its tab closes.
    #[default]
    TabBased,
    /// When its status field says so.
    StatusBased,
}

/// What a status value means for capacity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StatusMeaning {
    /// Work in progress: costs the full price.
    InProgress,
    /// Paused work: costs the paused price.
    Paused,
    /// Finished work: costs nothing.
    Completed,
}

/// A service channel.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Channel {
    /// Its name.
    pub name: Name,
    /// The object whose records it routes; none if the org's object was gone when it was retrieved (`xsi:nil`).
    #[serde(default, skip_serializing_if = "is_default")]
    pub object: Option<Name>,
    /// When its work frees capacity. Absent in the file: tab-based, as in Setup (assumed: the guide gives no default).
    #[serde(default, skip_serializing_if = "is_default")]
    #[schemars(extend("default" = "tab_based"))]
    pub capacity_model: CapacityModel,
    /// Offers are accepted by themselves. Absent: false (Object Reference 67.0).
    #[serde(default, skip_serializing_if = "is_default")]
    pub auto_accept: bool,
    /// Its work is charged to the interruptible capacity. Absent: false (Metadata API Developer Guide 67.0).
    #[serde(default, skip_serializing_if = "is_default")]
    pub interruptible: bool,
    /// Time for after conversation work; none if its timer is off or absent (default off, Metadata API Developer Guide
    /// 67.0). Overrides the presence configuration's.
    #[serde(default, skip_serializing_if = "is_default")]
    pub after_conversation_work: Option<AfterConversationWork>,
    /// The order of work that has one routing priority.
    #[serde(default, skip_serializing_if = "is_default")]
    pub secondary_priority: Option<SecondaryPriority>,
    /// What the status field says of capacity, for the status-based model.
    #[serde(default, skip_serializing_if = "is_default")]
    pub status_capacity: Option<StatusCapacity>,
}

/// After conversation work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AfterConversationWork {
    /// Most seconds.
    pub max_seconds: u32,
    /// How it can be extended; none if extensions are off or absent. (The guides disagree on the default for presence
    /// configurations; off is the reading that gives nobody time that the file does not.)
    #[serde(default, skip_serializing_if = "is_default")]
    pub extension: Option<AcwExtension>,
}

/// How after conversation work can be extended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AcwExtension {
    /// By how many seconds at a time.
    pub seconds: u32,
    /// How often.
    pub most: u32,
}

/// The order of work that has one routing priority.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SecondaryPriority {
    /// The field.
    pub field: Name,
    /// The priority of each of its values, sorted by value; lower goes first. A value that is not here goes last
    /// (assumed: not documented).
    #[serde(default, skip_serializing_if = "is_default")]
    pub values: Vec<ValuePriority>,
}

/// The priority of a field value.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct ValuePriority {
    /// The value.
    pub value: Name,
    /// Its priority.
    pub priority: i32,
}

/// What a status field says of capacity.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StatusCapacity {
    /// The field.
    pub field: Name,
    /// What each of its values means, sorted by value.
    #[serde(default, skip_serializing_if = "is_default")]
    pub values: Vec<ValueMeaning>,
    /// Capacity is checked when an owner changes. Absent: false (Metadata API Developer Guide 67.0).
    #[serde(default, skip_serializing_if = "is_default")]
    pub checks_owner_change: bool,
    /// Capacity is checked when finished work is opened again. Absent: false (Metadata API Developer Guide 67.0).
    #[serde(default, skip_serializing_if = "is_default")]
    pub checks_status_change: bool,
}

/// What a status value means.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct ValueMeaning {
    /// The value.
    pub value: Name,
    /// Its meaning.
    pub meaning: StatusMeaning,
}
