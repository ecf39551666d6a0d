//! Presence statuses and configurations.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{AfterConversationWork, Ref};
use crate::plan::Units;

/// A presence status.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PresenceStatus {
    /// Its name.
    pub name: String,
    /// The channels on which a rep in it takes work (table `channels`).
    pub channels: Vec<Ref>,
    /// True if it has no channels: a rep in it is away (Metadata API Developer Guide 67.0).
    pub away: bool,
    /// The profiles that grant it, lower case and percent-decoded.
    pub granted_by_profiles: Vec<String>,
    /// The permission sets that grant it.
    pub granted_by_permission_sets: Vec<String>,
}

/// A presence configuration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PresenceConfiguration {
    /// Its name.
    pub name: String,
    /// How much work a rep takes, in ten-thousandths of a capacity unit; none if the file says `xsi:nil`.
    pub capacity: Option<Units>,
    /// How much interruptible work. Absent: as `capacity` (Metadata API Developer Guide 67.0).
    pub interruptible_capacity: Option<Units>,
    /// What a rep can do with an offer.
    pub acceptance: Acceptance,
    /// The status after an offer was not answered in time (table `presence_statuses`); none: the rep stays in line.
    pub status_on_push_timeout: Option<Ref>,
    /// Time for after conversation work, where the channel does not say.
    pub after_conversation_work: Option<AfterConversationWork>,
}

/// What a rep can do with an offer. Absent switches are off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "mode", rename_all = "snake_case")]
pub enum Acceptance {
    /// It is accepted by itself.
    Auto,
    /// It can be accepted.
    Manual,
    /// It can be accepted or declined.
    Decline {
        /// The reasons to choose from (table `decline_reasons`); empty if no reason is asked for.
        reasons: Vec<Ref>,
        /// The status after a decline (table `presence_statuses`); none: the rep stays in line.
        status: Option<Ref>,
    },
}

/// A user whom a presence configuration names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct GovernedUser {
    /// The user (table `users`).
    pub user: u32,
    /// The configuration (table `presence_configurations`).
    pub presence_configuration: u32,
}

/// A profile that a presence configuration names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct GovernedProfile {
    /// The profile, lower case and percent-decoded: projects write it in many ways.
    pub profile: String,
    /// The configuration (table `presence_configurations`).
    pub presence_configuration: u32,
}
