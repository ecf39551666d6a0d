//! Presence statuses and configurations.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{AfterConversationWork, is_default};
use crate::plan::{Name, Units};

/// A presence status.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PresenceStatus {
    /// Its name.
    pub name: Name,
    /// The channels on which a rep in it takes work (table `channels`).
    #[serde(default, skip_serializing_if = "is_default")]
    pub channels: Vec<Name>,
    /// True if it has no channels: a rep in it is away (Metadata API Developer Guide 67.0).
    #[serde(default, skip_serializing_if = "is_default")]
    pub away: bool,
    /// The profiles that grant it, lower case and percent-decoded.
    #[serde(default, skip_serializing_if = "is_default")]
    pub granted_by_profiles: Vec<Name>,
    /// The permission sets that grant it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub granted_by_permission_sets: Vec<Name>,
}

/// A presence configuration.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PresenceConfiguration {
    /// Its name.
    pub name: Name,
    /// How much work a rep takes, in units of capacity; none if the file says `xsi:nil`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub capacity: Option<Units>,
    /// How much interruptible work, where that is not as much as `capacity` (Metadata API Developer Guide 67.0).
    #[serde(default, skip_serializing_if = "is_default")]
    pub interruptible_capacity: Option<Units>,
    /// What a rep can do with an offer.
    #[serde(default, skip_serializing_if = "is_default")]
    #[schemars(extend("default" = { "mode": "manual" }))]
    pub acceptance: Acceptance,
    /// The status after an offer was not answered in time (table `presence_statuses`); none: the rep stays in line.
    #[serde(default, skip_serializing_if = "is_default")]
    pub status_on_push_timeout: Option<Name>,
    /// Time for after conversation work, where the channel does not say.
    #[serde(default, skip_serializing_if = "is_default")]
    pub after_conversation_work: Option<AfterConversationWork>,
}

/// What a rep can do with an offer. Absent switches are off.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "mode", rename_all = "snake_case")]
pub enum Acceptance {
    /// It is accepted by itself.
    Auto,
    /// It can be accepted.
    #[default]
    Manual,
    /// It can be accepted or declined.
    Decline {
        /// The reasons to choose from (table `decline_reasons`); empty if no reason is asked for.
        #[serde(default, skip_serializing_if = "is_default")]
        reasons: Vec<Name>,
        /// The status after a decline (table `presence_statuses`); none: the rep stays in line.
        #[serde(default, skip_serializing_if = "is_default")]
        status: Option<Name>,
    },
}

/// A user whom a presence configuration names.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct GovernedUser {
    /// The user (table `users`).
    pub user: Name,
    /// The configuration (table `presence_configurations`).
    pub presence_configuration: Name,
}

/// A profile that a presence configuration names.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct GovernedProfile {
    /// The profile, lower case and percent-decoded: projects write it in many ways.
    pub profile: Name,
    /// The configuration (table `presence_configurations`).
    pub presence_configuration: Name,
}
