//! Names of the plan and their ids, both ways.

use std::collections::BTreeMap;

use super::ledger::Ledger;
use crate::plan::{Name, Plan};
use crate::serve::ids::Id;

/// What has a name by which routing knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Named {
    /// A user, by the username.
    User,
    /// A queue.
    Queue,
    /// A public group.
    Group,
    /// A role.
    Role,
    /// A presence status.
    PresenceStatus,
    /// A service channel.
    ServiceChannel,
    /// A routing configuration.
    RoutingConfiguration,
    /// A presence configuration.
    PresenceConfiguration,
    /// A decline reason.
    DeclineReason,
    /// A skill.
    Skill,
    /// A profile, in lower case.
    Profile,
    /// A permission set.
    PermissionSet,
    /// A supervisor configuration.
    SupervisorConfiguration,
}

impl Named {
    /// The object whose records they are.
    pub(crate) const fn object(self) -> &'static str {
        match self {
            Self::User => "User",
            Self::Queue | Self::Group => "Group",
            Self::Role => "UserRole",
            Self::PresenceStatus => "ServicePresenceStatus",
            Self::ServiceChannel => "ServiceChannel",
            Self::RoutingConfiguration => "QueueRoutingConfig",
            Self::PresenceConfiguration => "PresenceUserConfig",
            Self::DeclineReason => "PresenceDeclineReason",
            Self::Skill => "Skill",
            Self::Profile => "Profile",
            Self::PermissionSet => "PermissionSet",
            Self::SupervisorConfiguration => "OmniSupervisorConfig",
        }
    }

    /// What its ids are made from, beside the name: a queue and a group may have one name.
    const fn seed(self) -> &'static str {
        match self {
            Self::Queue => "Queue",
            _ => self.object(),
        }
    }
}

/// Names and ids.
#[derive(Clone, Debug)]
pub(crate) struct Directory {
    /// The prefix of each object's ids.
    prefixes: BTreeMap<Name, Name>,
    names: Ledger<Id, (Named, Name)>,
}

impl Directory {
    /// The names of a plan. `prefix` tells how the ids of an object begin.
    pub(crate) fn of(plan: &Plan, prefixes: BTreeMap<Name, Name>) -> Self {
        let mut directory = Self { prefixes, names: Ledger::default() };
        let tables = &plan.tables;
        let outside = &tables.outside;
        let mut add = |named: Named, names: &mut dyn Iterator<Item = &Name>| {
            for name in names {
                directory.add(named, name);
            }
        };
        add(Named::User, &mut tables.users.iter().chain(&outside.users));
        add(Named::User, &mut tables.agents.iter().flatten().map(|row| &row.user));
        add(Named::Queue, &mut tables.queues.iter().map(|row| &row.name).chain(&outside.queues));
        add(
            Named::PresenceStatus,
            &mut tables.presence_statuses.iter().map(|row| &row.name).chain(&outside.presence_statuses),
        );
        add(Named::ServiceChannel, &mut tables.channels.iter().map(|row| &row.name).chain(&outside.channels));
        let configurations = tables.routing_configurations.iter().map(|row| &row.name);
        add(Named::RoutingConfiguration, &mut configurations.chain(&outside.routing_configurations));
        add(Named::PresenceConfiguration, &mut tables.presence_configurations.iter().map(|row| &row.name));
        add(Named::DeclineReason, &mut tables.decline_reasons.iter().chain(&outside.decline_reasons));
        add(Named::Skill, &mut tables.skills.iter().map(|row| &row.name).chain(&outside.skills));
        add(Named::SupervisorConfiguration, &mut tables.supervisor_views.iter().map(|row| &row.name));
        for queue in &tables.queues {
            let members = &queue.members;
            add(Named::Group, &mut members.groups.iter());
            let roles = members.roles.iter().chain(&members.roles_and_subordinates);
            add(Named::Role, &mut roles.chain(&members.roles_and_internal_subordinates));
        }
        add(Named::Group, &mut tables.supervisor_views.iter().flat_map(|row| &row.groups));
        add(Named::Group, &mut tables.agents.iter().flatten().flat_map(|row| &row.groups));
        let of_statuses = tables.presence_statuses.iter();
        add(Named::Profile, &mut of_statuses.clone().flat_map(|row| &row.granted_by_profiles));
        add(Named::PermissionSet, &mut of_statuses.flat_map(|row| &row.granted_by_permission_sets));
        add(Named::Profile, &mut tables.governed_by_profile.iter().map(|row| &row.profile));
        add(Named::Profile, &mut tables.supervisor_views.iter().flat_map(|row| &row.profiles));
        add(Named::Profile, &mut tables.skills.iter().flat_map(|row| &row.profiles));
        add(Named::Profile, &mut tables.agents.iter().flatten().filter_map(|row| row.profile.as_ref()));
        directory.keep();
        directory
    }

    /// Notes a name.
    pub(crate) fn add(&mut self, named: Named, name: &Name) -> Id {
        let id = self.id(named, name);
        if !self.names.contains_key(&id) {
            self.names.insert(id.clone(), (named, name.clone()));
        }
        id
    }

    /// The place to which [`Self::undo`] goes back.
    pub(crate) fn mark(&self) -> usize {
        self.names.mark()
    }

    /// Undoes what was noted since a mark.
    pub(crate) fn undo(&mut self, mark: usize) {
        self.names.undo(mark);
    }

    /// Keeps what was noted.
    pub(crate) fn keep(&mut self) {
        self.names.keep();
    }

    /// How the ids of an object begin.
    pub(crate) fn prefix(&self, object: &str) -> &str {
        self.prefixes.get(object).map_or("000", Name::as_str)
    }

    /// The id of a name.
    pub(crate) fn id(&self, named: Named, name: &str) -> Id {
        Id::named(self.prefix(named.object()), named.seed(), name)
    }

    /// The id of something that belongs to others, such as a member of a group.
    pub(crate) fn id_of_parts(&self, object: &str, parts: &[&str]) -> Id {
        Id::named(self.prefix(object), object, &parts.join("/"))
    }

    /// What has an id.
    pub(crate) fn named(&self, id: &Id) -> Option<&(Named, Name)> {
        self.names.get(id)
    }

    /// The name that an id of one kind has.
    pub(crate) fn name(&self, named: Named, id: &Id) -> Option<&Name> {
        self.names.get(id).filter(|(kind, _)| *kind == named).map(|(_, name)| name)
    }

    /// The name that a text is, or is the id of; a name in any case.
    pub(crate) fn find(&self, named: Named, text: &str) -> Option<&Name> {
        let by_id = Id::parse(text).and_then(|id| self.name(named, &id));
        by_id.or_else(|| self.name(named, &self.id(named, text)))
    }

    /// All names of one kind, with their ids, in the order of the ids.
    pub(crate) fn all(&self, named: Named) -> impl Iterator<Item = (&Id, &Name)> {
        self.names.iter().filter(move |(_, (kind, _))| *kind == named).map(|(id, (_, name))| (id, name))
    }
}
