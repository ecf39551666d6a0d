//! Agents: the users of the org, as far as its records tell.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{is_default, is_yes, yes};
use crate::plan::{Name, SkillLevel, Time};

/// A user whom records of the org know as active, and who is in a queue, has a skill, or is governed by a presence
/// configuration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Agent {
    /// The user (table `users`).
    pub user: Name,
    /// The profile, lower case and percent-decoded; none if the records do not tell, or tell a label by which
    /// neither the project nor anything in it knows a profile.
    #[serde(default, skip_serializing_if = "is_default")]
    pub profile: Option<Name>,
    /// What governs the user (table `presence_configurations`): the one that names the user, else the one that names the
    /// profile. None: the org's default, or one that the project does not have.
    #[serde(default, skip_serializing_if = "is_default")]
    pub presence_configuration: Option<Name>,
    /// True if it is known which of the project's governs the user, if any: where there is none, the user falls to the
    /// org's default, or to one that the project does not have. False if the user's profile is not known, so that one of
    /// the project's may govern the user after all. Absent: true.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    #[schemars(extend("default" = true))]
    pub presence_configuration_known: bool,
    /// The statuses that the user can choose (table `presence_statuses`): those that the profile and the permission sets
    /// grant, as far as the project has these.
    #[serde(default, skip_serializing_if = "is_default")]
    pub statuses: Vec<Name>,
    /// True if these are all that the project has for the user: it has the profile, with every status, and each of the
    /// user's permission sets.
    #[serde(default, skip_serializing_if = "is_default")]
    pub statuses_complete: bool,
    /// The user's skills, by the records of service resources and of users, with the dates of their assignments. Of one
    /// skill there is a row for each pair of dates.
    #[serde(default, skip_serializing_if = "is_default")]
    pub skills: Vec<AgentSkill>,
    /// The routed queues whose work the user may be offered because of membership (table `queues`).
    #[serde(default, skip_serializing_if = "is_default")]
    pub queues: Vec<Name>,
    /// The public groups whose agents a supervisor configuration of the project shows, and that the user is in, also
    /// through groups and roles in them; sorted by name.
    #[serde(default, skip_serializing_if = "is_default")]
    pub groups: Vec<Name>,
}

/// As a row is read that has only what it must have.
impl Default for Agent {
    fn default() -> Self {
        Self {
            user: Name::default(),
            profile: None,
            presence_configuration: None,
            presence_configuration_known: yes(),
            statuses: Vec::new(),
            statuses_complete: false,
            skills: Vec::new(),
            queues: Vec::new(),
            groups: Vec::new(),
        }
    }
}

/// A skill that an agent has.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct AgentSkill {
    /// The skill (table `skills`).
    pub skill: Name,
    /// The level; none if the records do not tell. Of several records with the same dates, the highest.
    #[serde(default, skip_serializing_if = "is_default")]
    pub level: Option<SkillLevel>,
    /// When the assignment begins (`EffectiveStartDate`). Absent: it always counted.
    #[serde(default, skip_serializing_if = "is_default")]
    pub from: Option<Time>,
    /// When the assignment ends (`EffectiveEndDate`): at this moment it does not count. Absent: it does not end.
    #[serde(default, skip_serializing_if = "is_default")]
    pub until: Option<Time>,
}
