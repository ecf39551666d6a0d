//! Agents: the users of the org, as far as its records tell.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Ref;
use crate::plan::{SkillLevel, Time};

/// A user whom records of the org know as active, and who is in a queue, has a skill, or is governed by a presence
/// configuration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Agent {
    /// The user (table `users`).
    pub user: u32,
    /// The profile, lower case and percent-decoded; none if the records do not tell, or tell a label by which
    /// neither the project nor anything in it knows a profile.
    pub profile: Option<String>,
    /// What governs the user (table `presence_configurations`): the one that names the user, else the one that names the
    /// profile. None: the org's default, or one that the project does not have.
    pub presence_configuration: Option<u32>,
    /// True if it is known which of the project's governs the user, if any: where there is none, the user falls to the
    /// org's default, or to one that the project does not have. False if the user's profile is not known, so that one of
    /// the project's may govern the user after all.
    pub presence_configuration_known: bool,
    /// The statuses that the user can choose (table `presence_statuses`): those that the profile and the permission sets
    /// grant, as far as the project has these.
    pub statuses: Vec<Ref>,
    /// True if these are all that the project has for the user: it has the profile, with every status, and each of the
    /// user's permission sets.
    pub statuses_complete: bool,
    /// The user's skills, by the records of service resources and of users, with the dates of their assignments. Of one
    /// skill there is a row for each pair of dates.
    pub skills: Vec<AgentSkill>,
    /// The routed queues whose work the user may be offered because of membership (table `queues`).
    pub queues: Vec<u32>,
    /// The public groups whose agents a supervisor configuration of the project shows, and that the user is in, also
    /// through groups and roles in them; sorted by name. A plan of an earlier version does not have them.
    #[serde(default)]
    pub groups: Vec<String>,
}

/// A skill that an agent has.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct AgentSkill {
    /// The skill (table `skills`).
    pub skill: Ref,
    /// How well, in ten-thousandths of a level; none if the records do not tell. Of several records with the same dates,
    /// the highest.
    pub level: Option<SkillLevel>,
    /// When the assignment begins (`EffectiveStartDate`). Absent: it always counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Time>,
    /// When the assignment ends (`EffectiveEndDate`): at this moment it does not count. Absent: it does not end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Time>,
}
