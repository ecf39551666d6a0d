//! The questions everyone asks of the graph, each answered with the reason and its place.

use std::borrow::Cow;

use indexmap::IndexMap;
use petgraph::Direction;
use petgraph::visit::EdgeRef;
use rustc_hash::FxHashMap;

use super::standard::{standard, standard_channel};
use super::{Graph, NodeId, Resolution};
use crate::metadata::{
    CapacityType, OmniSupervisorConfig, PresenceUserConfig, Queue, QueueRoutingConfig, RoutingModel, ServiceChannel,
    WorkSkillRouting,
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
#[derive(Clone, Debug)]
pub struct Reach<'g> {
    /// The configurations, in the order of their names.
    pub configs: Cow<'g, [NodeId]>,
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

/// What the questions look up for thousands of queues, gathered once: the edges of an object that many queues hold, or of
/// a user who is in many, would have to be searched for each of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Tables {
    /// For each queue, the objects it holds. A queue can have hundreds of members, and many ask for its objects.
    holds: FxHashMap<NodeId, Vec<(NodeId, Location)>>,
    /// Every presence configuration, in the order of their names.
    presence: Vec<NodeId>,
    /// For each object, the service channels that carry it.
    channels: FxHashMap<NodeId, Vec<(NodeId, Location)>>,
    /// For each queue, its routing configuration.
    routed_by: FxHashMap<NodeId, (NodeId, Location)>,
    /// For each user and profile, the first presence configuration that names it.
    governs: FxHashMap<NodeId, (NodeId, Location)>,
}

impl Tables {
    pub(super) fn of(graph: &Graph) -> Self {
        let presence = graph.by_name(graph.all::<PresenceUserConfig>().map(|item| item.node).collect());
        let mut tables = Self { presence, ..Self::default() };
        for (from, to, edge) in graph.edges().filter(|(.., edge)| !edge.shadowed) {
            match edge.role {
                Role::Holds => tables.holds.entry(from).or_default().push((to, edge.location)),
                Role::Carries => tables.channels.entry(to).or_default().push((from, edge.location)),
                Role::RoutedBy => {
                    tables.routed_by.entry(from).or_insert((to, edge.location));
                }
                Role::GovernsUser | Role::GovernsProfile => {
                    tables.governs.entry(to).or_insert((from, edge.location));
                }
                _ => {}
            }
        }
        tables
    }
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
        self.tables.channels.get(&object).into_iter().flatten().copied()
    }

    /// The service channels of an object that the project has or names, the one that every org has among them.
    pub fn known_channels_for(&self, object: NodeId) -> impl Iterator<Item = NodeId> {
        let standard = standard_channel(self.name(object)).and_then(|name| self.find(Kind::ServiceChannel, name));
        let own = self.channels_for(object).map(|(channel, _)| channel);
        own.chain(standard.filter(move |&standard| self.channels_for(object).all(|(channel, _)| channel != standard)))
    }

    /// True if an object has a service channel: one of the project, or one that every org has.
    pub fn has_channel(&self, object: NodeId) -> bool {
        self.tables.channels.contains_key(&object) || standard_channel(self.name(object)).is_some()
    }

    /// True if it is known which object each service channel carries that the project has or names.
    pub fn knows_channels(&self) -> bool {
        let mut channels = self.nodes().filter(|(_, node)| node.kind == Kind::ServiceChannel);
        channels.all(|(id, node)| {
            let item = self.get::<ServiceChannel>(id);
            item.is_some_and(|item| item.value.related_entity_type.get().is_some())
                || standard(Kind::ServiceChannel, &node.name).is_some()
        })
    }

    /// The objects of a queue, each with the service channels it has.
    pub fn objects_of(&self, queue: NodeId) -> impl Iterator<Item = (NodeId, Location)> {
        self.tables.holds.get(&queue).into_iter().flatten().copied()
    }

    /// The routing configuration of a queue.
    pub fn config_of(&self, queue: NodeId) -> Option<(NodeId, Location)> {
        self.tables.routed_by.get(&queue).copied()
    }

    /// The queues that a routing configuration routes.
    pub fn queues_of(&self, config: NodeId) -> impl Iterator<Item = (NodeId, Location)> {
        self.sources(config, Role::RoutedBy)
    }

    /// Who may be offered a queue's work, as long as membership decides.
    pub fn members_of(&self, queue: NodeId) -> Vec<Member> {
        let mut members: Vec<_> = self
            .net
            .edges_directed(queue, Direction::Outgoing)
            .filter(|edge| MEMBER_ROLES.contains(&edge.weight().role) && !edge.weight().shadowed)
            .map(|edge| Member { who: edge.target(), role: edge.weight().role, location: edge.weight().location })
            .collect();
        members.sort_by_key(|member| member.location);
        members
    }

    /// The presence configuration that governs a user: the one that names the user, else, if the profile is known, the
    /// one that names that (Set Up Omni-Channel Developer Guide v56: the user's assignment overrides the profile's).
    pub fn governing(&self, user: Option<NodeId>, profile: Option<NodeId>) -> Governing {
        let by = |node: Option<NodeId>| node.and_then(|node| self.tables.governs.get(&node).copied());
        if let Some((config, location)) = by(user) {
            return Governing::Config(config, Why::User(location));
        }
        match by(profile) {
            Some((config, location)) => Governing::Config(config, Why::Profile(location)),
            None => Governing::Unknown,
        }
    }

    /// True if skill rules decide over a queue's work, and membership does not.
    pub fn is_attribute_based(&self, queue: NodeId) -> bool {
        self.config_of(queue)
            .and_then(|(config, _)| self.get::<QueueRoutingConfig>(config))
            .is_some_and(|config| config.value.is_attribute_based.is_true())
    }

    /// The presence configurations of those who may be offered a queue's work. Where a member cannot be expanded, and
    /// where the routing configuration is attribute-based, so that anyone may be, they are all the project has.
    pub fn reach_of(&self, queue: NodeId) -> Reach<'_> {
        let known = if self.is_attribute_based(queue) { None } else { self.configs_of_members(queue) };
        let complete = known.is_some();
        Reach { configs: known.map_or(Cow::Borrowed(&self.tables.presence), Cow::Owned), complete }
    }

    /// The presence configurations of those members of a queue who are users that a configuration names, whoever else is
    /// a member. None of them where the routing configuration is attribute-based, so that membership does not count.
    pub fn known_reach_of(&self, queue: NodeId) -> Vec<NodeId> {
        if self.is_attribute_based(queue) {
            return Vec::new();
        }
        let members = self.net.edges_directed(queue, Direction::Outgoing);
        let users = members
            .filter(|edge| edge.weight().role == Role::MemberUser && !edge.weight().shadowed)
            .map(|edge| edge.target());
        self.by_name(users.filter_map(|user| self.tables.governs.get(&user).map(|(config, _)| *config)).collect())
    }

    /// The presence configurations of a queue's members, if it has any and each is a user whom a configuration names.
    fn configs_of_members(&self, queue: NodeId) -> Option<Vec<NodeId>> {
        let members = self.get::<Queue>(queue)?.value.members.as_ref()?;
        if !members.are_users() {
            return None;
        }
        let mut configs = Vec::new();
        for edge in self.net.edges_directed(queue, Direction::Outgoing).filter(|edge| !edge.weight().shadowed) {
            let role = edge.weight().role;
            if role == Role::MemberUser {
                let (config, _) = self.tables.governs.get(&edge.target())?;
                configs.push(*config);
            } else if MEMBER_ROLES.contains(&role) {
                return None;
            }
        }
        if configs.is_empty() { None } else { Some(self.by_name(configs)) }
    }

    /// The nodes, each once, in the order of their names.
    fn by_name(&self, mut nodes: Vec<NodeId>) -> Vec<NodeId> {
        nodes.sort_unstable();
        nodes.dedup();
        nodes.sort_by(|a, b| self.name(*a).cmp(self.name(*b)));
        nodes
    }

    /// The objects that routed queues hold, each with the first such queue, and where that names the object.
    pub fn routed_objects(&self) -> IndexMap<NodeId, (NodeId, Location)> {
        let mut objects = IndexMap::new();
        for queue in self.all::<Queue>().filter(|queue| self.config_of(queue.node).is_some()) {
            for (object, location) in self.objects_of(queue.node) {
                objects.entry(object).or_insert((queue.node, location));
            }
        }
        objects
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
        if self.targets(channel, Role::Carries).any(|(object, _)| is_always_primary(self.name(object))) {
            return Some(false);
        }
        match config.value.capacity_type.get() {
            Some(CapacityType::Interruptible) => Some(true),
            Some(CapacityType::NotInterruptible) => Some(false),
            Some(CapacityType::Inherited) | None => {
                self.get::<ServiceChannel>(channel).map(|channel| channel.value.is_interruptible.is_true())
            }
        }
    }

    /// Whether a queue's work is charged to the interruptible capacity. None if the configuration leaves it to channels
    /// that the project does not define, or that differ.
    pub fn is_queue_interruptible(&self, config: NodeId, queue: NodeId) -> Option<bool> {
        let capacity_type = self.get::<QueueRoutingConfig>(config)?.value.capacity_type.get();
        if self.objects_of(queue).any(|(object, _)| is_always_primary(self.name(object))) {
            let alone = self.objects_of(queue).all(|(object, _)| is_always_primary(self.name(object)));
            return if alone || capacity_type == Some(&CapacityType::NotInterruptible) { Some(false) } else { None };
        }
        match capacity_type {
            Some(CapacityType::Interruptible) => return Some(true),
            Some(CapacityType::NotInterruptible) => return Some(false),
            Some(CapacityType::Inherited) | None => {}
        }
        let channels = self.objects_of(queue).flat_map(|(object, _)| self.channels_for(object));
        let mut answers = channels.map(|(channel, _)| self.is_interruptible(config, channel));
        let first = answers.next().flatten()?;
        answers.all(|answer| answer == Some(first)).then_some(first)
    }

    /// True if offers of a queue's work are accepted by themselves: the project has service channels for its objects, and
    /// each of them says so.
    pub fn is_queue_accepted_unasked(&self, queue: NodeId) -> bool {
        let channels = self.objects_of(queue).flat_map(|(object, _)| self.known_channels_for(object));
        let mut answers = channels.map(|channel| {
            self.get::<ServiceChannel>(channel).is_some_and(|channel| channel.value.has_auto_accept_enabled.is_true())
        });
        answers.next() == Some(true) && answers.all(|answer| answer)
    }

    /// True if a partner's system decides who gets the work of a routing configuration.
    pub fn is_external(&self, config: NodeId) -> bool {
        let item = self.get::<QueueRoutingConfig>(config);
        item.is_some_and(|item| item.value.routing_model.get() == Some(&RoutingModel::ExternalRouting))
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

/// True for objects whose work is charged to the primary capacity whatever any setting says (Omni-Channel for
/// Administrators, Spring '26: chats are always uninterruptible).
fn is_always_primary(object: &str) -> bool {
    object.eq_ignore_ascii_case("LiveChatTranscript")
}
