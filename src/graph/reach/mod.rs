//! The questions everyone asks of the graph, each answered with the reason and its place.

mod around;
mod members;
mod offer;
mod reps;
mod room;
mod work;

use std::sync::OnceLock;

use indexmap::IndexMap;

pub use members::{Agent, Agents, Governing, MEMBER_ROLES, Member, Reach, Why};
pub use offer::{Barrier, Carried, Choice, Offered, Offers, Refusal};
pub use work::{Cost, SkillNeed};

use super::standard::{standard, standard_channel};
use super::{Graph, NodeId, Resolution};
use crate::metadata::{OmniSupervisorConfig, PresenceUserConfig, Queue, Scalar, ServiceChannel};
use crate::schema::{Kind, Role};
use crate::source::Location;

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
    holds: ByNode<Vec<(NodeId, Location)>>,
    /// Every presence configuration, in the order of their names.
    presence: Vec<NodeId>,
    /// For each object, the service channels that carry it.
    channels: ByNode<Vec<(NodeId, Location)>>,
    /// For each queue, its routing configuration.
    routed_by: ByNode<(NodeId, Location)>,
    /// For each user and profile, the first presence configuration that names it.
    governs: ByNode<(NodeId, Location)>,
    /// For each queue, by its number among the queues, the presence configurations of its members. Made when it is first
    /// asked for.
    reach: OnceLock<Vec<members::Configs>>,
}

/// Something for some of the nodes.
#[derive(Clone, Debug)]
struct ByNode<T>(Vec<Option<T>>);

impl<T> Default for ByNode<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> ByNode<T> {
    fn get(&self, node: NodeId) -> Option<&T> {
        self.0.get(node.number())?.as_ref()
    }

    fn entry(&mut self, node: NodeId) -> &mut Option<T> {
        if self.0.len() <= node.number() {
            self.0.resize_with(node.number() + 1, || None);
        }
        &mut self.0[node.number()]
    }
}

impl Tables {
    pub(super) fn of(graph: &Graph) -> Self {
        let presence = graph.by_name(graph.all::<PresenceUserConfig>().map(|item| item.node).collect());
        let mut tables = Self { presence, ..Self::default() };
        for (from, to, edge) in graph.edges().filter(|(.., edge)| !edge.shadowed) {
            match edge.role {
                Role::Holds => tables.holds.entry(from).get_or_insert_default().push((to, edge.location)),
                Role::Carries => tables.channels.entry(to).get_or_insert_default().push((from, edge.location)),
                Role::RoutedBy => {
                    tables.routed_by.entry(from).get_or_insert((to, edge.location));
                }
                Role::GovernsUser | Role::GovernsProfile => {
                    tables.governs.entry(to).get_or_insert((from, edge.location));
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
        self.tables.channels.get(object).into_iter().flatten().copied()
    }

    /// The service channels of an object that the project has or names, the one that every org has among them.
    pub fn known_channels_for(&self, object: NodeId) -> impl Iterator<Item = NodeId> {
        let standard = standard_channel(self.name(object)).and_then(|name| self.find(Kind::ServiceChannel, name));
        let own = self.channels_for(object).map(|(channel, _)| channel);
        own.chain(standard.filter(move |&standard| self.channels_for(object).all(|(channel, _)| channel != standard)))
    }

    /// True if an object has a service channel: one of the project, or one that every org has.
    pub fn has_channel(&self, object: NodeId) -> bool {
        self.tables.channels.get(object).is_some() || standard_channel(self.name(object)).is_some()
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
        self.tables.holds.get(queue).into_iter().flatten().copied()
    }

    /// The routing configuration of a queue.
    pub fn config_of(&self, queue: NodeId) -> Option<(NodeId, Location)> {
        self.tables.routed_by.get(queue).copied()
    }

    /// The queues that a routing configuration routes.
    pub fn queues_of(&self, config: NodeId) -> impl Iterator<Item = (NodeId, Location)> {
        self.sources(config, Role::RoutedBy)
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

    /// True if a value of a component may be another one when the project is deployed: it is filled in then, or may be
    /// among what is.
    pub fn may_differ<T>(&self, node: NodeId, value: &Scalar<T>) -> bool {
        value.is_filled_in() || (value.is_missing() && !self.shows_all(node))
    }

    /// True if no elements of a component are filled in when the project is deployed.
    pub(super) fn shows_all(&self, node: NodeId) -> bool {
        self.is_final
            || self.components_of(node).all(|component| {
                self.files.get(component.file.0 as usize).is_none_or(|file| file.is_whole() || !file.is_readable())
            })
    }

    /// True if the name is known not to be missing: here, standard, or not kept in source.
    pub fn is_known(&self, node: NodeId) -> bool {
        !matches!(self.node(node).resolution, Resolution::Unknown { .. } | Resolution::Ignored(_))
    }
}
