//! The questions everyone asks of the graph, each answered with the reason and its place.

use super::{Graph, NodeId, Resolution};
use crate::metadata::{
    CapacityType, OmniSupervisorConfig, PresenceUserConfig, QueueRoutingConfig, ServiceChannel, WorkSkillRouting,
};
use crate::schema::{Kind, Role};
use crate::source::Location;

/// A member of a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// The user, group or role.
    pub who: NodeId,
    /// By which kind of membership.
    pub role: Role,
    /// Where the queue says so.
    pub location: Location,
}

/// The kinds of membership that a queue knows.
pub const MEMBER_ROLES: [Role; 5] = [
    Role::MemberUser,
    Role::MemberGroup,
    Role::MemberRole,
    Role::MemberRoleAndSubordinates,
    Role::MemberRoleAndInternalSubordinates,
];

/// Why a presence configuration governs someone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It names the user.
    User(Location),
    /// It names the user's profile.
    Profile(Location),
}

/// The presence configuration that governs a user or profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Governing {
    /// This one.
    Config(NodeId, Why),
    /// None that the project names: the profile's, which source does not tell for a user, or the org's default.
    Unknown,
}

/// The presence configurations of those who may be offered a queue's work.
#[derive(Clone, Debug, Default)]
pub struct Reach {
    /// The configurations, in the order of their names.
    pub configs: Vec<NodeId>,
    /// True if they are all: every member is a user whom a configuration names.
    pub complete: bool,
}

/// What an item of a routing configuration costs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cost {
    /// Capacity units.
    Units(f64, Location),
    /// Percent of the rep's capacity.
    Percent(f64, Location),
}

/// A skill that an object's work needs when a field has a value.
#[derive(Clone, Copy, Debug)]
pub struct SkillNeed<'g> {
    /// The skill mapping set.
    pub rules: NodeId,
    /// Whether the set counts.
    pub active: bool,
    /// The field, as written.
    pub field: &'g str,
    /// The value.
    pub value: Option<&'g str>,
    /// The skill.
    pub skill: NodeId,
    /// The least level.
    pub level: Option<i32>,
    /// Whether work can do without it after a while.
    pub additional: bool,
    /// Where the rule names the skill.
    pub location: Location,
}

/// What a supervisor configuration shows, and to whom.
#[derive(Clone, Debug, Default)]
pub struct Supervision {
    /// Users and profiles who supervise.
    pub supervisors: Vec<(NodeId, Location)>,
    /// Visible queues.
    pub queues: Vec<(NodeId, Location)>,
    /// Visible skills.
    pub skills: Vec<(NodeId, Location)>,
    /// Visible groups of agents.
    pub groups: Vec<(NodeId, Location)>,
}

impl Graph {
    /// The channels on which a rep in this status takes work.
    pub fn channels_of(&self, status: NodeId) -> impl Iterator<Item = (NodeId, Location)> {
        self.targets(status, Role::Offers)
    }

    /// The statuses that offer a channel.
    pub fn statuses_of(&self, channel: NodeId) -> impl Iterator<Item = (NodeId, Location)> {
        self.sources(channel, Role::Offers)
    }

    /// The service channels of an object.
    pub fn channels_for(&self, object: NodeId) -> impl Iterator<Item = (NodeId, Location)> {
        self.sources(object, Role::Carries)
    }

    /// The objects of a queue, each with the service channels it has.
    pub fn objects_of(&self, queue: NodeId) -> impl Iterator<Item = (NodeId, Location)> {
        self.targets(queue, Role::Holds)
    }

    /// The routing configuration of a queue.
    pub fn config_of(&self, queue: NodeId) -> Option<(NodeId, Location)> {
        self.targets(queue, Role::RoutedBy).next()
    }

    /// The queues that a routing configuration routes.
    pub fn queues_of(&self, config: NodeId) -> impl Iterator<Item = (NodeId, Location)> {
        self.sources(config, Role::RoutedBy)
    }

    /// Who may be offered a queue's work, as long as membership decides.
    pub fn members_of(&self, queue: NodeId) -> Vec<Member> {
        let mut members: Vec<_> = MEMBER_ROLES
            .into_iter()
            .flat_map(|role| self.targets(queue, role).map(move |(who, location)| Member { who, role, location }))
            .collect();
        members.sort_by_key(|member| member.location);
        members
    }

    /// The presence configuration that governs a user: the one that names the user, else, if the profile is known, the
    /// one that names that (Set Up Omni-Channel Developer Guide v56: the user's assignment overrides the profile's).
    pub fn governing(&self, user: Option<NodeId>, profile: Option<NodeId>) -> Governing {
        let by = |node: Option<NodeId>, role| node.and_then(|node| self.sources(node, role).next());
        if let Some((config, location)) = by(user, Role::GovernsUser) {
            return Governing::Config(config, Why::User(location));
        }
        match by(profile, Role::GovernsProfile) {
            Some((config, location)) => Governing::Config(config, Why::Profile(location)),
            None => Governing::Unknown,
        }
    }

    /// The presence configurations of those who may be offered a queue's work. Where a member cannot be expanded, and
    /// where the routing configuration is attribute-based, so that anyone may be, they are all the project has.
    pub fn reach_of(&self, queue: NodeId) -> Reach {
        let attribute_based = self
            .config_of(queue)
            .and_then(|(config, _)| self.get::<QueueRoutingConfig>(config))
            .is_some_and(|config| config.value.is_attribute_based.is_true());
        let members = self.members_of(queue);
        let mut configs = Vec::new();
        let mut complete = !attribute_based && !members.is_empty();
        for member in &members {
            match self.governing(Some(member.who), None) {
                Governing::Config(config, _) if member.role == Role::MemberUser => configs.push(config),
                _ => complete = false,
            }
        }
        if !complete {
            configs = self.all::<PresenceUserConfig>().map(|item| item.node).collect();
        }
        configs.sort_by(|a, b| self.name(*a).cmp(self.name(*b)));
        configs.dedup();
        Reach { configs, complete }
    }

    /// What an item costs, if the configuration gives exactly one figure.
    pub fn cost_of(&self, config: NodeId) -> Option<Cost> {
        let item = self.get::<QueueRoutingConfig>(config)?;
        let units = item.value.capacity_weight.spanned();
        let percent = item.value.capacity_percentage.spanned();
        match (units, percent) {
            (Some(units), None) => Some(Cost::Units(units.value, item.component.at(units.span))),
            (None, Some(percent)) => Some(Cost::Percent(percent.value, item.component.at(percent.span))),
            _ => None,
        }
    }

    /// Who gets work above the org's limits: queues and users.
    pub fn overflow_of(&self, config: NodeId) -> impl Iterator<Item = (NodeId, Location)> {
        self.targets(config, Role::OverflowsToQueue).chain(self.targets(config, Role::OverflowsToUser))
    }

    /// Whether a channel's work, routed by a configuration, is charged to the interruptible capacity. None if the
    /// configuration leaves it to a channel that the project does not define.
    pub fn is_interruptible(&self, config: NodeId, channel: NodeId) -> Option<bool> {
        let config = self.get::<QueueRoutingConfig>(config)?;
        match config.value.capacity_type.get() {
            Some(CapacityType::Interruptible) => Some(true),
            Some(CapacityType::NotInterruptible) => Some(false),
            Some(CapacityType::Inherited) | None => {
                self.get::<ServiceChannel>(channel).map(|channel| channel.value.is_interruptible.is_true())
            }
        }
    }

    /// The skills that an object's work needs, by field and value.
    pub fn skills_for(&self, object: NodeId) -> Vec<SkillNeed<'_>> {
        let mut needs = Vec::new();
        for (rules, _) in self.sources(object, Role::RulesFor) {
            let Some(item) = self.get::<WorkSkillRouting>(rules) else { continue };
            for rule in &item.value.attributes {
                let (Some(field), Some(skill)) = (rule.field.get(), rule.skill.spanned()) else { continue };
                let Some(node) = self.find(Kind::Skill, &skill.value) else { continue };
                needs.push(SkillNeed {
                    rules,
                    active: item.value.is_active.is_true(),
                    field,
                    value: rule.value.get().map(|value| &**value),
                    skill: node,
                    level: rule.skill_level.get().copied(),
                    additional: rule.is_additional_skill.is_true(),
                    location: item.component.at(skill.span),
                });
            }
        }
        needs
    }

    /// What a supervisor configuration shows, and to whom. A user's own configuration beats the profile's.
    pub fn supervision_of(&self, config: NodeId) -> Supervision {
        if self.get::<OmniSupervisorConfig>(config).is_none() {
            return Supervision::default();
        }
        let all = |role| self.targets(config, role).collect::<Vec<_>>();
        let mut supervisors = all(Role::SupervisorUser);
        supervisors.extend(all(Role::SupervisorProfile));
        Supervision {
            supervisors,
            queues: all(Role::SeesQueue),
            skills: all(Role::SeesSkill),
            groups: all(Role::SeesGroup),
        }
    }

    /// The profiles and permission sets that grant a status, with the place.
    pub fn grants_of(&self, status: NodeId) -> impl Iterator<Item = (NodeId, Location)> {
        self.sources(status, Role::GrantsStatus)
    }

    /// True if the name is known not to be missing: here, standard, or not kept in source.
    pub fn is_known(&self, node: NodeId) -> bool {
        !matches!(self.node(node).resolution, Resolution::Unknown { .. } | Resolution::Ignored(_))
    }
}
