//! From components and their mentions to the graph.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::sync::Arc;

use hashbrown::HashTable;
use percent_encoding::percent_decode_str;
use petgraph::graph::{DiGraph, Edge as NetEdge};
use rayon::prelude::*;
use rustc_hash::{FxBuildHasher, FxHashMap};

use super::before::{Before, Met};
use super::fields::{FactInput, Fields, version_of};
use super::flow;
use super::input::{ComponentInput, granted_statuses};
use super::org::{self, Org};
use super::reach::Tables;
use super::standard::standard;
use super::{Around, Declared, Edge, File, Graph, Node, NodeId, Resolution, World};
use crate::caseless;
use crate::metadata::{Component, Flow, Package, Typed};
use crate::records::Records;
use crate::schema::developer_name::without_version;
use crate::schema::{Kind, Mention, Mentions, Role};
use crate::source::{ApiVersion, FileId, Layout};

/// What the graph is to know of the project besides its components.
#[derive(Clone, Debug)]
pub struct BuildOptions<'a> {
    /// How it is laid out.
    pub layout: Layout,
    /// The API version it is for.
    pub api_version: ApiVersion,
    /// What is assumed of unknown names.
    pub world: World,
    /// Names that the user says the org has.
    pub declared: &'a Declared,
    /// What records tell of the org.
    pub records: Option<Arc<Records>>,
    /// The graph of what the project was, of the same files. What is made is the same without it, but later.
    pub before: Option<&'a Graph>,
}

/// The manifest of a Metadata API folder.
#[derive(Clone, Debug)]
pub struct Manifest {
    /// Its file, `package.xml`.
    pub file: FileId,
    /// What it lists.
    pub package: Package,
}

/// Builds the graph. `files` by `FileId`; `inputs` and `facts` in the order of their files.
pub fn build(
    files: Vec<Arc<File>>,
    components: Vec<Arc<ComponentInput>>,
    facts: Vec<FactInput>,
    manifest: Option<Manifest>,
    options: BuildOptions<'_>,
) -> Graph {
    let mut by_kind = vec![Vec::new(); Kind::COUNT];
    let mut by_file = FxHashMap::with_capacity_and_hasher(components.len(), FxBuildHasher);
    for (id, ComponentInput { component, .. }) in components.iter().map(|input| &**input).enumerate() {
        by_kind[component.kind as usize].push(id as u32);
        by_file.insert(component.file, id as u32);
    }
    let mut declared = Cow::Borrowed(options.declared);
    if let Some(records) = &options.records {
        org::declare(records, declared.to_mut());
    }
    let before = options.before.map(|graph| Before::of(graph, &components));
    let interned = intern_all(|kind| {
        let defined = by_kind[kind as usize].iter().map(|&id| components[id as usize].component.name.as_str());
        let defined = defined.map(|name| without_version(kind, name));
        // A file that is broken or cannot be read still defines its name.
        let named =
            files.iter().map(|file| &**file).filter(|file| file.kind == Some(kind) && !by_file.contains_key(&file.id));
        let mut made = Interned::of(kind, defined, named, &components, before.as_ref());
        if let Some(records) = &options.records {
            made.tell(kind, records, &declared);
        }
        made
    });

    let mut net = DiGraph::with_capacity(
        interned.iter().map(|(_, made)| made.nodes.len()).sum(),
        components.iter().map(|input| input.mentions.len()).sum(),
    );
    let mut first = [0_u32; Kind::COUNT];
    let mut targets = Vec::with_capacity(Kind::COUNT);
    let mut names = Vec::with_capacity(Kind::COUNT);
    let mut nodes = vec![NodeId::default(); components.len()];
    for (kind, made) in interned {
        let kind = kind as usize;
        first[kind] = net.node_count() as u32;
        for (&id, node) in by_kind[kind].iter().zip(made.defined) {
            nodes[id as usize] = NodeId::new((first[kind] + node) as usize);
        }
        let has_siblings = !by_kind[kind].is_empty();
        for mut node in made.nodes {
            if let Resolution::Unknown { has_siblings: known } = &mut node.resolution {
                *known = has_siblings;
                if declared.has(node.kind, &node.name) {
                    node.resolution = Resolution::Declared;
                }
            }
            net.add_node(node);
        }
        names.push(made.names);
        targets.push(made.targets.into_iter());
    }
    for (id, node) in nodes.iter().enumerate() {
        net[node.in_net()].components.push(id as u32);
    }
    // What is deployed last is what an org gets: of several package directories, the last.
    let fields = Fields::of(&files, facts);
    for node in net.node_weights_mut().filter(|node| node.components.len() > 1) {
        let component = |id: &u32| &components[*id as usize].component;
        let package = |id: &u32| files.get(component(id).file.0 as usize).map(|file| file.package);
        node.components.sort_by_key(|id| (Reverse(package(id)), version_key(component(id), &fields)));
    }
    for (id, ComponentInput { component, mentions }) in components.iter().map(|input| &**input).enumerate() {
        let shadowed = net[nodes[id].in_net()].components.first() != Some(&(id as u32));
        let granted = granted_statuses(&component.metadata);
        for (role, to, span) in mentions.places() {
            let is_granted = role == Role::ListsStatus && granted.binary_search(&span).is_ok();
            let role = if is_granted { Role::GrantsStatus } else { role };
            let Some((node, exact)) = targets[to as usize].next() else { continue };
            let to = NodeId::new((first[to as usize] + node) as usize);
            net.add_edge(nodes[id].in_net(), to.in_net(), Edge { role, location: component.at(span), exact, shadowed });
        }
    }
    let BuildOptions { layout, api_version, world, records, .. } = options;
    let is_final = files.iter().all(|file| file.is_final());
    let mut graph = Graph {
        net,
        names,
        first,
        components,
        nodes,
        by_kind,
        by_file,
        tables: Tables::default(),
        fields,
        routings: Vec::new(),
        manifest,
        org: None,
        files,
        is_final,
        layout,
        api_version,
        world,
        around: Around::default(),
    };
    graph.tables = Tables::of(&graph);
    graph.routings = flow::routings(&graph);
    graph.org = records.map(|records| Box::new(Org::of(&graph, &records)));
    graph
}

/// Of several versions of a flow, the one that runs comes first, else the latest.
fn version_key(component: &Component, fields: &Fields) -> Option<(bool, Reverse<i32>)> {
    let flow = Flow::of(&component.metadata)?;
    let version = version_of(&component.name)?;
    Some((!fields.runs(flow, &component.name), Reverse(version)))
}

/// The nodes of every kind, in the order of the kinds.
fn intern_all(intern: impl Fn(Kind) -> Interned + Sync) -> Vec<(Kind, Interned)> {
    let mut kinds: Vec<Kind> = Kind::all().collect();
    // Half of all names are users': they are begun with, so that the rest is done meanwhile.
    kinds.sort_by_key(|&kind| (kind != Kind::User, kind as usize));
    let mut interned: Vec<_> = kinds.into_par_iter().with_max_len(1).map(|kind| (kind, intern(kind))).collect();
    interned.sort_unstable_by_key(|&(kind, _)| kind as usize);
    interned
}

/// The nodes of one kind, numbered from 0: first the components, then what is only named, as it is first met. Kinds do
/// not share names, so that each is made by itself.
#[derive(Default)]
struct Interned {
    nodes: Vec<Node>,
    /// The nodes, by their names without case.
    names: HashTable<u32>,
    /// The node of each component.
    defined: Vec<u32>,
    /// For each mention of this kind, its node and whether the name is written as the node's.
    targets: Vec<(u32, bool)>,
}

impl Interned {
    fn of<'n>(
        kind: Kind,
        defined: impl Iterator<Item = &'n str>,
        named: impl Iterator<Item = &'n File>,
        components: &[Arc<ComponentInput>],
        before: Option<&Before<'_>>,
    ) -> Self {
        let mut met = before.map(|before| before.nodes_of(kind));
        let count = met.as_ref().map_or(0, Met::len);
        let mut made =
            Self { nodes: Vec::with_capacity(count), names: HashTable::with_capacity(count), ..Self::default() };
        for name in defined {
            let node = made.node(kind, name);
            made.nodes[node as usize].resolution = Resolution::Here;
            made.defined.push(node);
        }
        for file in named {
            let node = made.node(kind, without_version(kind, &file.name));
            let resolution = &mut made.nodes[node as usize].resolution;
            match resolution {
                Resolution::Here => {}
                _ if !file.ignored => *resolution = Resolution::Here,
                // Standard things and profiles are in the org whether their file is deployed or not.
                Resolution::Unknown { .. } => *resolution = Resolution::Ignored(file.id),
                _ => {}
            }
        }
        for (id, ComponentInput { mentions, .. }) in components.iter().map(|input| &**input).enumerate() {
            if !mentions.has(kind) {
                continue;
            }
            match (&mut met, before.and_then(|before| before.edges_of(id))) {
                (Some(met), Some(edges)) => made.point_again(mentions, edges, met),
                _ => {
                    for (mention, hash) in mentions.of(kind) {
                        let target = made.target(&mention, hash);
                        made.targets.push(target);
                    }
                }
            }
        }
        made
    }

    /// The node of this name, made if it is not there. Names are compared without case: developer names are unique so,
    /// and profiles are written in any case (seen in real projects).
    fn node(&mut self, kind: Kind, name: &str) -> u32 {
        self.hashed_node(kind, name, caseless::hash(name))
    }

    fn hashed_node(&mut self, kind: Kind, name: &str, hash: u32) -> u32 {
        if let Some(node) = self.find(name, hash, false) {
            return node;
        }
        let (resolution, name) = if kind.needs_no_file() {
            (Resolution::External, name)
        } else if let Some(name) = standard(kind, name) {
            (Resolution::Standard, name)
        } else {
            (Resolution::Unknown { has_siblings: false }, name)
        };
        self.add(kind, name, hash, resolution)
    }

    /// The node of a name that is filled in when the project is deployed: never that of a component, however it is written.
    fn filled_node(&mut self, kind: Kind, name: &str, hash: u32) -> u32 {
        self.find(name, hash, true).unwrap_or_else(|| self.add(kind, name, hash, Resolution::FilledIn))
    }

    fn add(&mut self, kind: Kind, name: &str, hash: u32, resolution: Resolution) -> u32 {
        let node = self.nodes.len() as u32;
        self.nodes.push(Node { kind, name: name.into(), resolution, components: Vec::new() });
        let nodes = &self.nodes;
        let again = |&node: &u32| caseless::spread(caseless::hash(&nodes[node as usize].name));
        self.names.insert_unique(caseless::spread(hash), node, again);
        node
    }

    /// Adds what records name.
    fn tell(&mut self, kind: Kind, records: &Records, declared: &Declared) {
        let has = |name: &str| self.find(name, caseless::hash(name), false).is_some() || declared.has(kind, name);
        for name in org::names(records, kind, has) {
            self.node(kind, name);
        }
    }

    fn find(&self, name: &str, hash: u32, filled_in: bool) -> Option<u32> {
        let is_it = |&node: &u32| {
            let node = &self.nodes[node as usize];
            (node.resolution == Resolution::FilledIn) == filled_in && caseless::equal(&node.name, name)
        };
        self.names.find(caseless::spread(hash), is_it).copied()
    }

    /// The targets of a component that is what it was: only the first mention of each name is looked up.
    fn point_again(&mut self, mentions: &Mentions, edges: &[NetEdge<Edge>], met: &mut Met<'_>) {
        for (nth, edge) in edges.iter().enumerate() {
            let Some(number) = met.number(NodeId::of(edge.target())) else { continue };
            let target = if let Some(node) = met.now(number) {
                (node, edge.weight.exact)
            } else {
                let Some((mention, hash)) = mentions.nth(nth) else { continue };
                let target = self.target(&mention, hash);
                met.meet(number, target.0, &self.nodes[target.0 as usize].name);
                target
            };
            self.targets.push(target);
        }
    }

    fn target(&mut self, mention: &Mention<'_>, hash: u32) -> (u32, bool) {
        let (node, name) = match mention.to {
            to if mention.filled_in => (self.filled_node(to, mention.name, hash), Cow::Borrowed(mention.name)),
            // Profiles are written percent-encoded and plain, sometimes in one project.
            Kind::Profile => {
                let name = percent_decode_str(mention.name).decode_utf8_lossy();
                (self.node(mention.to, &name), name)
            }
            _ => (self.hashed_node(mention.to, mention.name, hash), Cow::Borrowed(mention.name)),
        };
        (node, *self.nodes[node as usize].name == *name)
    }
}
