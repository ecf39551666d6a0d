//! References: which names in rows lead to rows of other tables, and which lead out of the project.

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Acceptance, Choices, Input, Overflow, Tables, is_default};
use crate::plan::Name;

/// The names in rows that the project does not define and the org may have: by the table that would have the row, each
/// list sorted. A name that a row refers to stands in its table or here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Outside {
    /// Service channels.
    #[serde(default, skip_serializing_if = "is_default")]
    pub channels: Vec<Name>,
    /// Presence statuses.
    #[serde(default, skip_serializing_if = "is_default")]
    pub presence_statuses: Vec<Name>,
    /// Decline reasons.
    #[serde(default, skip_serializing_if = "is_default")]
    pub decline_reasons: Vec<Name>,
    /// Users whom flows alone name.
    #[serde(default, skip_serializing_if = "is_default")]
    pub users: Vec<Name>,
    /// Routing configurations.
    #[serde(default, skip_serializing_if = "is_default")]
    pub routing_configurations: Vec<Name>,
    /// Queues.
    #[serde(default, skip_serializing_if = "is_default")]
    pub queues: Vec<Name>,
    /// Skills.
    #[serde(default, skip_serializing_if = "is_default")]
    pub skills: Vec<Name>,
}

/// Where a reference leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// To a service channel.
    Channel,
    /// To a presence status.
    PresenceStatus,
    /// To a decline reason.
    DeclineReason,
    /// To a presence configuration of the project.
    PresenceConfiguration,
    /// To a user of the table.
    User,
    /// To a user of the table or another one.
    AnyUser,
    /// To a routing configuration.
    RoutingConfiguration,
    /// To a queue of the project.
    OwnQueue,
    /// To a queue.
    Queue,
    /// To a skill.
    Skill,
}

impl Target {
    const ALL: [Self; 10] = [
        Self::Channel,
        Self::PresenceStatus,
        Self::DeclineReason,
        Self::PresenceConfiguration,
        Self::User,
        Self::AnyUser,
        Self::RoutingConfiguration,
        Self::OwnQueue,
        Self::Queue,
        Self::Skill,
    ];

    /// The table.
    pub const fn table(self) -> &'static str {
        match self {
            Self::Channel => "channels",
            Self::PresenceStatus => "presence_statuses",
            Self::DeclineReason => "decline_reasons",
            Self::PresenceConfiguration => "presence_configurations",
            Self::User | Self::AnyUser => "users",
            Self::RoutingConfiguration => "routing_configurations",
            Self::OwnQueue | Self::Queue => "queues",
            Self::Skill => "skills",
        }
    }

    /// The names of the table's rows.
    fn rows(self, tables: &Tables) -> Vec<&Name> {
        match self {
            Self::Channel => tables.channels.iter().map(|row| &row.name).collect(),
            Self::PresenceStatus => tables.presence_statuses.iter().map(|row| &row.name).collect(),
            Self::DeclineReason => tables.decline_reasons.iter().collect(),
            Self::PresenceConfiguration => tables.presence_configurations.iter().map(|row| &row.name).collect(),
            Self::User | Self::AnyUser => tables.users.iter().collect(),
            Self::RoutingConfiguration => tables.routing_configurations.iter().map(|row| &row.name).collect(),
            Self::OwnQueue | Self::Queue => tables.queues.iter().map(|row| &row.name).collect(),
            Self::Skill => tables.skills.iter().map(|row| &row.name).collect(),
        }
    }

    /// The names outside of the project; none if a reference has to lead to a row.
    fn outside(self, outside: &mut Outside) -> Option<&mut Vec<Name>> {
        match self {
            Self::Channel => Some(&mut outside.channels),
            Self::PresenceStatus => Some(&mut outside.presence_statuses),
            Self::DeclineReason => Some(&mut outside.decline_reasons),
            Self::AnyUser => Some(&mut outside.users),
            Self::RoutingConfiguration => Some(&mut outside.routing_configurations),
            Self::Queue => Some(&mut outside.queues),
            Self::Skill => Some(&mut outside.skills),
            Self::PresenceConfiguration | Self::User | Self::OwnQueue => None,
        }
    }
}

/// A name in a row that leads to a row of another table, or out of the project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference<'t> {
    /// The table that the row is in.
    pub table: &'static str,
    /// The row: its name, or what stands first in it.
    pub row: &'t str,
    /// The field.
    pub field: &'static str,
    /// Where the name leads.
    pub to: Target,
    /// The name.
    pub name: &'t Name,
}

impl Tables {
    /// What rows name and the tables do not have, for `outside`.
    pub fn named_outside(&self) -> Outside {
        let mut missing: [BTreeSet<&Name>; Target::ALL.len()] = Default::default();
        let rows = Target::ALL.map(|target| target.rows(self).into_iter().collect::<FxHashSet<_>>());
        self.each_reference(&mut |reference| {
            if !rows[reference.to as usize].contains(reference.name) {
                missing[reference.to as usize].insert(reference.name);
            }
        });
        let mut outside = Outside::default();
        for (target, names) in Target::ALL.into_iter().zip(missing) {
            if let Some(list) = target.outside(&mut outside) {
                *list = names.into_iter().cloned().collect();
            }
        }
        outside
    }

    /// The first reference that leads nowhere: to a row that is not there, and `outside` does not have the name.
    pub fn dangling(&self) -> Option<Reference<'_>> {
        let mut outside = self.outside.clone();
        let outside = Target::ALL.map(|target| target.outside(&mut outside).map(std::mem::take).unwrap_or_default());
        let known = Target::ALL.map(|target| {
            let names = target.rows(self).into_iter().chain(&outside[target as usize]);
            names.collect::<FxHashSet<&Name>>()
        });
        let mut found = None;
        self.each_reference(&mut |reference| {
            if found.is_none() && !known[reference.to as usize].contains(reference.name) {
                found = Some(reference);
            }
        });
        found
    }

    /// Every reference, table by table.
    fn each_reference<'t>(&'t self, tell: &mut dyn FnMut(Reference<'t>)) {
        use Target::{
            AnyUser, Channel, DeclineReason, OwnQueue, PresenceConfiguration, PresenceStatus, RoutingConfiguration,
            Skill, User,
        };
        let mut rows = Rows { table: "", row: "", tell };
        for row in &self.presence_statuses {
            rows.at("presence_statuses", &row.name).all("channels", Channel, &row.channels);
        }
        for row in &self.presence_configurations {
            let at = rows.at("presence_configurations", &row.name);
            at.all("status_on_push_timeout", PresenceStatus, &row.status_on_push_timeout);
            if let Acceptance::Decline { reasons, status } = &row.acceptance {
                at.all("acceptance.reasons", DeclineReason, reasons);
                at.all("acceptance.status", PresenceStatus, status);
            }
        }
        for row in &self.governed_by_user {
            let at = rows.at("governed_by_user", &row.user);
            at.one("user", User, &row.user);
            at.one("presence_configuration", PresenceConfiguration, &row.presence_configuration);
        }
        for row in &self.governed_by_profile {
            let at = rows.at("governed_by_profile", &row.profile);
            at.one("presence_configuration", PresenceConfiguration, &row.presence_configuration);
        }
        for row in &self.routing_configurations {
            let at = rows.at("routing_configurations", &row.name);
            match &row.overflow {
                Some(Overflow::Queue(queue)) => at.one("overflow.queue", Target::Queue, queue),
                Some(Overflow::User(user)) => at.one("overflow.user", User, user),
                None => {}
            }
            at.all("skills", Skill, &row.skills);
        }
        for row in &self.queues {
            let at = rows.at("queues", &row.name);
            at.all("routing_configuration", RoutingConfiguration, &row.routing_configuration);
            at.all("objects.channel", Channel, row.objects.iter().filter_map(|object| object.channel.as_ref()));
            at.all("members.users", User, &row.members.users);
            at.all("agents", User, row.agents.iter().flatten());
        }
        for row in &self.skills {
            rows.at("skills", &row.name).all("users", User, &row.users);
        }
        for row in &self.skill_rules {
            rows.at("skill_rules", &row.set).one("skill", Skill, &row.skill);
        }
        for row in &self.supervisor_views {
            let at = rows.at("supervisor_views", &row.name);
            at.all("users", User, &row.users);
            at.all("queues", Target::Queue, &row.queues);
            at.all("skills", Skill, &row.skills);
        }
        for row in &self.route_works {
            let at = rows.at("route_works", &row.flow);
            at.input("channel", Channel, row.channel.as_ref());
            at.input("queue", Target::Queue, row.queue.as_ref());
            at.all("queue_by_label", OwnQueue, &row.queue_by_label);
            at.input("routing_configuration", RoutingConfiguration, row.routing_configuration.as_ref());
            at.all("routing_configuration_by_label", RoutingConfiguration, &row.routing_configuration_by_label);
            at.input("agent", AnyUser, row.agent.as_ref());
            let choices = |choices: &'t Choices| choices.named.iter();
            at.all("may.channels", Channel, choices(&row.may.channels));
            at.all("may.queues", Target::Queue, choices(&row.may.queues));
            at.all("may.routing_configurations", RoutingConfiguration, choices(&row.may.routing_configurations));
            at.all("may.agents", AnyUser, choices(&row.may.agents));
            at.all("may.skills.skill", Skill, row.may.skills.iter().flat_map(|asked| choices(&asked.skill)));
        }
        for row in &self.messaging_channels {
            let at = rows.at("messaging_channels", &row.name);
            at.all("queue", Target::Queue, &row.queue);
            at.all("user", User, &row.user);
            at.all("routing_configuration", RoutingConfiguration, &row.routing_configuration);
        }
        for row in self.agents.iter().flatten() {
            let at = rows.at("agents", &row.user);
            at.one("user", User, &row.user);
            at.all("presence_configuration", PresenceConfiguration, &row.presence_configuration);
            at.all("statuses", PresenceStatus, &row.statuses);
            at.all("skills.skill", Skill, row.skills.iter().map(|held| &held.skill));
            at.all("queues", OwnQueue, &row.queues);
        }
    }
}

/// The row whose references are told.
struct Rows<'t, 'f> {
    table: &'static str,
    row: &'t str,
    tell: &'f mut dyn FnMut(Reference<'t>),
}

impl<'t> Rows<'t, '_> {
    fn at(&mut self, table: &'static str, row: &'t Name) -> &mut Self {
        (self.table, self.row) = (table, row);
        self
    }

    fn one(&mut self, field: &'static str, to: Target, name: &'t Name) {
        (self.tell)(Reference { table: self.table, row: self.row, field, to, name });
    }

    fn all(&mut self, field: &'static str, to: Target, names: impl IntoIterator<Item = &'t Name>) {
        names.into_iter().for_each(|name| self.one(field, to, name));
    }

    fn input(&mut self, field: &'static str, to: Target, input: Option<&'t Input>) {
        if let Some(Input::Named(name)) = input {
            self.one(field, to, name);
        }
    }
}
