//! From components and their mentions to the graph.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;
use petgraph::graph::{DiGraph, NodeIndex};
use rustc_hash::FxHashMap;

use super::reach::Tables;
use super::standard::{is_external, standard};
use super::{Edge, File, Graph, Node, Resolution, World};
use crate::metadata::{Component, Flow, Metadata};
use crate::schema::validate::Mention;
use crate::schema::{Kind, Role};
use crate::source::{ApiVersion, Layout, Location, Span};

/// A component and the names it mentions.
#[derive(Clone, Debug)]
pub struct ComponentInput {
    /// The component.
    pub component: Component,
    /// The names, in the order of the text.
    pub mentions: Vec<Mention>,
}

/// What the graph is to know of the project besides its components.
#[derive(Clone, Copy, Debug)]
pub struct BuildOptions {
    /// How it is laid out.
    pub layout: Layout,
    /// The API version it is for.
    pub api_version: ApiVersion,
    /// What is assumed of unknown names.
    pub world: World,
}

/// Builds the graph. `files` by `FileId`; `inputs` in the order of their files.
pub fn build(files: Vec<File>, inputs: Vec<ComponentInput>, options: BuildOptions) -> Graph {
    let mut builder = Builder {
        net: DiGraph::with_capacity(inputs.len() * 2, inputs.len() * 16),
        names: vec![FxHashMap::default(); Kind::COUNT],
        key: String::new(),
    };
    let mut components = Vec::with_capacity(inputs.len());
    let mut mentions = Vec::with_capacity(inputs.len());
    for input in inputs {
        components.push(input.component);
        mentions.push(input.mentions);
    }
    let mut nodes = Vec::with_capacity(components.len());
    let mut by_kind = vec![Vec::new(); Kind::COUNT];
    let mut by_file = FxHashMap::default();
    for (id, component) in components.iter().enumerate() {
        let node = builder.node(component.kind, &component.name);
        builder.net[node].components.push(id as u32);
        builder.net[node].resolution = Resolution::Here;
        nodes.push(node);
        by_kind[component.kind as usize].push(id as u32);
        by_file.insert(component.file, id as u32);
    }
    // A file that is broken or cannot be read still defines its name.
    let named = files.iter().filter_map(|file| file.kind.map(|kind| (kind, file)));
    for (kind, file) in named.filter(|(_, file)| !by_file.contains_key(&file.id)) {
        let node = builder.node(kind, &file.name);
        let resolution = &mut builder.net[node].resolution;
        match resolution {
            Resolution::Here => {}
            _ if !file.ignored => *resolution = Resolution::Here,
            // Standard things and profiles are in the org whether their file is deployed or not.
            Resolution::Unknown { .. } => *resolution = Resolution::Ignored(file.id),
            _ => {}
        }
    }
    for (id, mentions) in mentions.into_iter().enumerate() {
        let component = &components[id];
        let granted = granted_statuses(&component.metadata);
        for mut mention in mentions {
            if mention.role == Role::ListsStatus && granted.binary_search(&mention.span).is_ok() {
                mention.role = Role::GrantsStatus;
            }
            builder.edge(nodes[id], &mention, component);
        }
        if let Metadata::Flow(flow) = &component.metadata {
            for mention in flow_mentions(flow) {
                builder.edge(nodes[id], &mention, component);
            }
        }
    }
    for node in builder.net.node_weights_mut() {
        if let Resolution::Unknown { has_siblings } = &mut node.resolution {
            *has_siblings = !by_kind[node.kind as usize].is_empty();
        }
    }
    let Builder { net, names, .. } = builder;
    let BuildOptions { layout, api_version, world } = options;
    let tables = Tables::default();
    let mut graph =
        Graph { net, names, components, nodes, by_kind, by_file, tables, files, layout, api_version, world };
    graph.tables = Tables::of(&graph);
    graph
}

struct Builder {
    net: DiGraph<Node, Edge>,
    names: Vec<FxHashMap<Box<str>, NodeIndex>>,
    /// Scratch space for lower-case names.
    key: String,
}

impl Builder {
    /// The node of this name, made if it is not there. Names are compared without case: developer names are unique so,
    /// and profiles are written in any case (seen in real projects).
    fn node(&mut self, kind: Kind, name: &str) -> NodeIndex {
        self.key.clear();
        self.key.push_str(name);
        if name.is_ascii() {
            self.key.make_ascii_lowercase();
        } else {
            self.key = name.to_lowercase();
        }
        let names = &mut self.names[kind as usize];
        if let Some(&node) = names.get(self.key.as_str()) {
            return node;
        }
        let (resolution, name) = if is_external(kind) {
            (Resolution::External, name)
        } else if let Some(name) = standard(kind, name) {
            (Resolution::Standard, name)
        } else {
            (Resolution::Unknown { has_siblings: false }, name)
        };
        let node = self.net.add_node(Node { kind, name: name.into(), resolution, components: Vec::new() });
        names.insert(self.key.as_str().into(), node);
        node
    }

    fn edge(&mut self, from: NodeIndex, mention: &Mention, component: &Component) {
        let name: Cow<'_, str> = match mention.to {
            // Profiles are written percent-encoded and plain, sometimes in one project.
            Kind::Profile => percent_decode_str(&mention.name).decode_utf8_lossy(),
            _ => Cow::Borrowed(&*mention.name),
        };
        let to = self.node(mention.to, &name);
        let exact = *self.net[to].name == *name;
        let location = Location::new(component.file, mention.span);
        self.net.add_edge(from, to, Edge { role: mention.role, location, exact });
    }
}

/// Where a profile or permission set names the statuses that it grants, in the order of the text. Profiles list every
/// status, most of them not granted (seen in real projects).
fn granted_statuses(metadata: &Metadata) -> Vec<Span> {
    match metadata {
        Metadata::Profile(profile) => {
            let granted = profile.statuses.iter().filter(|access| access.enabled.is_true());
            granted.filter_map(|access| access.status.span()).collect()
        }
        Metadata::PermissionSet(set) => {
            let granted = set.statuses.iter().filter(|access| access.enabled.is_true());
            granted.filter_map(|access| access.status.span()).collect()
        }
        _ => Vec::new(),
    }
}

/// The names in a flow's route-work actions. They stand in inputs, where the schema cannot see what they name.
fn flow_mentions(flow: &Flow) -> Vec<Mention> {
    let mut mentions = Vec::new();
    let mut mention = |role, to, name: Option<&crate::metadata::Spanned<Box<str>>>| {
        mentions.extend(name.map(|name| Mention { role, to, name: name.value.clone(), span: name.span }));
    };
    for action in flow.route_works() {
        mention(Role::RoutesChannel, Kind::ServiceChannel, action.text("serviceChannelDevName"));
        let setup = |input| action.input(input).and_then(|value| value.setup_reference.spanned());
        mention(Role::RoutesChannel, Kind::ServiceChannel, setup("serviceChannelId"));
        mention(Role::RoutesToQueue, Kind::Queue, setup("queueId"));
        mention(Role::RoutesByConfig, Kind::QueueRoutingConfig, setup("routingConfigId"));
        for bot in ["botId", "copilotId", "agentforceEmployeeAgentId"] {
            mention(Role::RoutesToBot, Kind::Bot, setup(bot));
        }
    }
    mentions
}
