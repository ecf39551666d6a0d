//! Graph: the project as a whole.
//!
//! In: every component with the names it mentions, what is known of each file, what other files say of fields, the
//! manifest, and what records tell of an org. Out: one petgraph graph, whose nodes are the components and whatever is only
//! named (objects, users, profiles, roles, groups), and whose edges are the references, each with its role and the place
//! of the name that makes it; what records tell, by the nodes ([`org`]); and the questions that everyone asks of both
//! ([`reach`]).
//! Must not know severities, or how anything is shown.

mod around;
mod before;
mod build;
mod closure;
mod declared;
mod fields;
mod file;
mod flow;
mod input;
mod node_id;
pub mod org;
pub mod reach;
mod standard;
mod suppression;

use std::sync::Arc;

use hashbrown::HashTable;
use petgraph::Direction;
use petgraph::graph::{DiGraph, EdgeReference};
use petgraph::visit::EdgeRef;
use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::Deserialize;

pub use around::Around;
pub use build::{BuildOptions, Manifest, build};
pub use closure::{Because, Closure, ClosureEnd, ClosureMember, FieldNamed, Follow};
pub use declared::Declared;
pub use fields::{FactInput, FactSelection, Field, ObjectFields, Picklist};
pub use file::{File, FilledIn};
pub use flow::{
    By, INPUTS as ROUTING_INPUTS, IdGiven, Routing, SkillAsked, SkillsAsked, Target, Targets, Unknown, Why,
};
pub use input::{ComponentInput, also_mentioned};
pub use node_id::NodeId;
pub use standard::{routable_objects, standard_channel, standard_picklists};
pub use suppression::{DIRECTIVE, Suppression};

use crate::caseless;
use crate::metadata::{Component, Flow, FlowActionCall, Typed};
use crate::schema::developer_name::without_version;
use crate::schema::{Kind, Role};
use crate::schema::{Violation, ViolationKind};
use crate::source::{ApiVersion, FileId, Layout, Location, Span};

/// What is assumed of the names that a project does not define.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[serde(rename_all = "lowercase")]
pub enum World {
    /// The org may have them, except where the project defines others of the type: then it is a slip.
    #[default]
    Project,
    /// The org may have them.
    Open,
    /// The project is all there is.
    Closed,
}

/// What is known of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// The project defines it.
    Here,
    /// The project defines it in a file that `.forceignore` keeps out of a deploy.
    Ignored(FileId),
    /// Salesforce ships it.
    Standard,
    /// The user says that the org has it: in the configuration file, or by an inventory of the org.
    Declared,
    /// Not kept in source, so that nothing can be said: users, objects, roles, and profiles, which need no file.
    External,
    /// It is a placeholder, or has one in it: a name is filled in when the project is deployed, which may be any.
    FilledIn,
    /// Nothing is known of it. True if the project defines others of its kind.
    Unknown {
        /// The project defines others of its kind.
        has_siblings: bool,
    },
}

/// A component, or something that is only named.
#[derive(Clone, Debug)]
pub struct Node {
    /// What kind of thing.
    pub kind: Kind,
    /// Its name; of a thing that is only named, as it is first written.
    pub name: Box<str>,
    /// What is known of it.
    pub resolution: Resolution,
    /// The components of this name: one, unless it is defined twice or only named. The one that an org gets comes first:
    /// that of the last package directory; then by path.
    pub components: Vec<u32>,
}

/// A reference.
#[derive(Clone, Copy, Debug)]
pub struct Edge {
    /// What for.
    pub role: Role,
    /// The place of the name that makes it.
    pub location: Location,
    /// True if the name is written exactly as its target's.
    pub exact: bool,
    /// True if it stands in a component that another of the same name takes the place of, in a package directory that
    /// is deployed later: what an org gets does not have it.
    pub shadowed: bool,
}

/// The project.
#[derive(Clone, Debug)]
pub struct Graph {
    /// Components and names, and the references between them.
    net: DiGraph<Node, Edge>,
    /// For each kind, the numbers of its nodes among the kind's, by their names without case.
    names: Vec<HashTable<u32>>,
    /// For each kind, its first node.
    first: [u32; Kind::COUNT],
    components: Vec<Arc<ComponentInput>>,
    /// For each component, its node.
    nodes: Vec<NodeId>,
    /// For each kind, its components.
    by_kind: Vec<Vec<u32>>,
    /// For each file, its component.
    by_file: FxHashMap<FileId, u32>,
    tables: reach::Tables,
    fields: fields::Fields,
    /// What the routing actions of flows may name.
    routings: Vec<Routing>,
    /// What a Metadata API folder's `package.xml` lists, if it could be read.
    pub manifest: Option<Manifest>,
    /// What records tell of the org, if there are any.
    org: Option<Box<org::Org>>,
    /// Every file of interest, by `FileId`.
    pub files: Vec<Arc<File>>,
    /// True if nothing is filled in when the project is deployed, as in nearly all projects.
    pub is_final: bool,
    /// How the project is laid out.
    pub layout: Layout,
    /// The API version it is for.
    pub api_version: ApiVersion,
    /// What is assumed of unknown names.
    pub world: World,
    /// Where unknown names may come from.
    pub around: Around,
}

/// A component with its node and its typed value.
#[derive(Debug)]
pub struct Item<'g, T> {
    /// Its node.
    pub node: NodeId,
    /// The component.
    pub component: &'g Component,
    /// Its value.
    pub value: &'g T,
}

impl<T> Clone for Item<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Item<'_, T> {}

impl Graph {
    /// The components of type `T`, in the order of their paths.
    pub fn all<'g, T: Typed + 'g>(&'g self) -> impl Iterator<Item = Item<'g, T>> {
        self.by_kind[T::KIND as usize].iter().filter_map(|&id| self.item(id))
    }

    fn item<T: Typed>(&self, id: u32) -> Option<Item<'_, T>> {
        let component = &self.components.get(id as usize)?.component;
        Some(Item { node: self.nodes[id as usize], component, value: T::of(&component.metadata)? })
    }

    /// Every component, in the order of their paths.
    pub fn components(&self) -> impl ExactSizeIterator<Item = &Component> {
        self.components.iter().map(|input| &input.component)
    }

    /// True if the project defines a component of this kind.
    pub fn defines(&self, kind: Kind) -> bool {
        !self.by_kind[kind as usize].is_empty()
    }

    /// The names of the components of this kind, sorted.
    pub fn names(&self, kind: Kind) -> Vec<&str> {
        let mut names: Vec<&str> =
            self.by_kind[kind as usize].iter().map(|&id| &*self.components[id as usize].component.name).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The names of this kind that Salesforce ships.
    pub fn standard_names(&self, kind: Kind) -> impl Iterator<Item = &'static str> {
        standard::standard_names(kind).iter().copied()
    }

    /// The component in a file.
    pub fn component_in(&self, file: FileId) -> Option<&Component> {
        self.by_file.get(&file).map(|&id| &self.components[id as usize].component)
    }

    /// The component in a file, if it is of this type.
    pub fn item_in<T: Typed>(&self, file: FileId) -> Option<Item<'_, T>> {
        self.by_file.get(&file).and_then(|&id| self.item(id))
    }

    /// The file of a place.
    pub fn file_of(&self, location: Location) -> Option<&File> {
        self.files.get(location.file.0 as usize).map(|file| &**file)
    }

    /// Where to point at in a file as a whole: at its component, else at its start.
    pub fn place_of(&self, file: FileId) -> Location {
        self.component_in(file).map_or(Location::new(file, Span::default()), Component::location)
    }

    /// The node of a name, whatever its case. Of a flow the version may stand behind the name. What is filled in when the
    /// project is deployed is found by no name.
    pub fn find(&self, kind: Kind, name: &str) -> Option<NodeId> {
        let name = without_version(kind, name);
        let first = self.first[kind as usize];
        let id = |node: u32| NodeId::new((first + node) as usize);
        let is_it = |&node: &u32| {
            let node = self.node(id(node));
            node.resolution != Resolution::FilledIn && caseless::equal(&node.name, name)
        };
        self.names[kind as usize].find(caseless::spread(caseless::hash(name)), is_it).map(|&node| id(node))
    }

    /// A node.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.net[id.in_net()]
    }

    /// A node's name.
    pub fn name(&self, id: NodeId) -> &str {
        &self.node(id).name
    }

    /// What records tell of the org, if there are any.
    pub fn org(&self) -> Option<&org::Org> {
        self.org.as_deref()
    }

    /// The typed value of a node, if the project defines it; of several of one name, the one that an org gets.
    pub fn get<T: Typed>(&self, id: NodeId) -> Option<Item<'_, T>> {
        self.node(id).components.first().and_then(|&id| self.item(id))
    }

    /// The components of a node.
    pub fn components_of(&self, id: NodeId) -> impl Iterator<Item = &Component> {
        self.node(id).components.iter().map(|&id| &self.components[id as usize].component)
    }

    /// Every node: kind by kind, components before what is only named.
    pub fn nodes(&self) -> impl Iterator<Item = (NodeId, &Node)> {
        self.net.node_indices().map(|node| (NodeId::of(node), &self.net[node]))
    }

    /// Every reference, those of shadowed components too, in the order of the components' paths and places.
    pub fn edges(&self) -> impl Iterator<Item = (NodeId, NodeId, &Edge)> {
        self.net.edge_references().map(reference)
    }

    /// The nodes of a kind, in the order of their numbers.
    pub fn nodes_of(&self, kind: Kind) -> impl Iterator<Item = NodeId> + use<> {
        let first = self.first[kind as usize] as usize;
        (first..first + self.names[kind as usize].len()).map(NodeId::new)
    }

    /// The number of a node among those of its kind.
    fn number_of(&self, node: NodeId, kind: Kind) -> Option<usize> {
        node.number().checked_sub(self.first[kind as usize] as usize)
    }

    /// The references to the nodes that `wanted` wants, in the order of the components' paths and places. Most checks ask
    /// for few nodes: to look at each node is much less than to look at each reference.
    pub fn edges_to(&self, wanted: impl Fn(NodeId, &Node) -> bool) -> Vec<(NodeId, NodeId, &Edge)> {
        let nodes = self.net.node_indices().filter(|&node| wanted(NodeId::of(node), &self.net[node]));
        in_order(nodes.flat_map(|node| self.net.edges_directed(node, Direction::Incoming)))
    }

    /// The references that components of a kind make, in the order of their paths and places.
    pub fn edges_from(&self, kind: Kind) -> Vec<(NodeId, NodeId, &Edge)> {
        let nodes = self.nodes_of(kind);
        in_order(nodes.flat_map(|id| self.net.edges_directed(id.in_net(), Direction::Outgoing)))
    }

    /// The references that a node makes in one role, in the order of their places.
    pub fn targets(&self, from: NodeId, role: Role) -> impl Iterator<Item = (NodeId, Location)> {
        self.ends(from, Direction::Outgoing, role)
    }

    /// The references to a node in one role, in the order of their places.
    pub fn sources(&self, to: NodeId, role: Role) -> impl Iterator<Item = (NodeId, Location)> {
        self.ends(to, Direction::Incoming, role)
    }

    fn ends(&self, of: NodeId, direction: Direction, role: Role) -> impl Iterator<Item = (NodeId, Location)> {
        let mut ends: Vec<_> = self
            .net
            .edges_directed(of.in_net(), direction)
            .filter(|edge| edge.weight().role == role && !edge.weight().shadowed)
            .map(|edge| {
                let end = if direction == Direction::Outgoing { edge.target() } else { edge.source() };
                (NodeId::of(end), edge.weight().location)
            })
            .collect();
        // petgraph gives the newest edge first.
        ends.reverse();
        ends.into_iter()
    }

    /// True if anything refers to the node in one of the roles.
    pub fn is_referred(&self, to: NodeId, roles: &[Role]) -> bool {
        self.net
            .edges_directed(to.in_net(), Direction::Incoming)
            .any(|edge| roles.contains(&edge.weight().role) && !edge.weight().shadowed)
    }

    /// True if a file other than this one refers to the node.
    pub fn is_named_outside(&self, to: NodeId, file: FileId) -> bool {
        self.net.edges_directed(to.in_net(), Direction::Incoming).any(|edge| edge.weight().location.file != file)
    }

    /// The custom fields of an object that the project holds; none if it holds not one, or if no service channel and no
    /// skill mapping set is for the object.
    pub fn fields_of(&self, object: &str) -> Option<&ObjectFields> {
        self.fields.fields_of(object)
    }

    /// The values of a picklist field of an object, custom or standard, if the project holds them.
    pub fn picklist_of(&self, object: &str, field: &str) -> Option<Picklist<'_>> {
        self.fields.picklist_of(object, field)
    }

    /// What the routing actions of flows may name, in the order of the flows' paths and of their actions.
    pub fn routings(&self) -> &[Routing] {
        &self.routings
    }

    /// What a routing action of a component, a flow, may name.
    pub fn routing_of(&self, flow: &Component, action: &FlowActionCall) -> Option<&Routing> {
        let place = (flow.file, action.span);
        let at = self.routings.binary_search_by_key(&place, |routing| (routing.file, routing.span)).ok()?;
        self.routings.get(at)
    }

    /// True if this version of a flow runs: its file says so, and no flow definition says that another one does, or
    /// none. Old projects have the version in the name of the file.
    pub fn runs(&self, flow: Item<'_, Flow>) -> bool {
        self.fields.runs(flow.value, &flow.component.name)
    }

    /// True if Salesforce ships a thing of this kind and name.
    pub fn is_shipped(&self, kind: Kind, name: &str) -> bool {
        standard::standard(kind, name).is_some()
    }

    /// True if every file of this kind was read to its end and names nothing that is filled in when the project is
    /// deployed, so that what no component says, the project does not say.
    pub fn is_whole(&self, kind: Kind) -> bool {
        let mut files = self.files.iter().filter(|file| file.kind == Some(kind));
        files.all(|file| file.is_whole() && file.says_all() && self.by_file.contains_key(&file.id))
    }

    /// True if no file of these kinds names anything that is filled in when the project is deployed: what is not named
    /// there then is not named.
    pub fn says_all(&self, kinds: &[Kind]) -> bool {
        let mut files = self.files.iter().filter(|file| file.kind.is_some_and(|kind| kinds.contains(&kind)));
        self.is_final || files.all(|file| file.says_all())
    }

    /// True if a name is filled in when the project is deployed.
    pub fn is_filled_in(&self, node: NodeId) -> bool {
        self.node(node).resolution == Resolution::FilledIn
    }

    /// True if a component may have one of the elements although its value shows none: its file is ill-formed, or holds
    /// an unknown element that was probably meant to be one, or one is filled in when the project is deployed.
    pub fn may_hold(&self, component: &Component, elements: &[&str]) -> bool {
        let is_meant = |violation: &Violation| match &violation.kind {
            ViolationKind::UnknownElement { meant, .. } => meant.is_some_and(|meant| elements.contains(&meant)),
            _ => false,
        };
        let file = self.files.get(component.file.0 as usize);
        file.is_some_and(|file| {
            !file.errors.is_empty() || file.violations.iter().any(is_meant) || file.may_fill_in(elements)
        })
    }
}

fn in_order<'g>(edges: impl Iterator<Item = EdgeReference<'g, Edge>>) -> Vec<(NodeId, NodeId, &'g Edge)> {
    let mut edges: Vec<_> = edges.collect();
    edges.sort_unstable_by_key(EdgeReference::id);
    edges.into_iter().map(reference).collect()
}

/// From, to, and the reference.
fn reference(edge: EdgeReference<'_, Edge>) -> (NodeId, NodeId, &Edge) {
    (NodeId::of(edge.source()), NodeId::of(edge.target()), edge.weight())
}
