//! The routing graph around a component.

use std::collections::VecDeque;
use std::fmt::Write as _;

use lsp_types::{Position, Range, Uri};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::At;
use super::subject::Subject;
use crate::graph::{Graph, NodeId, Resolution};
use crate::lsp::context::Context;
use crate::lsp::facts::{code, facts, label};
use crate::schema::{Kind, Role};
use crate::text::{count, is_obeyed, one_line, picture};

/// How far it goes unless somebody says otherwise.
const DEPTH: usize = 2;
/// Who looks at more than these sees nothing.
const MOST_NODES: usize = 200;

#[derive(Deserialize)]
pub(super) struct Params {
    uri: Uri,
    #[serde(default)]
    position: Option<Position>,
    #[serde(default)]
    depth: Option<usize>,
}

#[derive(Serialize)]
pub(super) struct RoutingGraph {
    center: Option<String>,
    nodes: Vec<Node>,
    edges: Vec<Edge>,
    mermaid: String,
    text: String,
}

#[derive(Serialize)]
struct Node {
    id: String,
    kind: &'static str,
    noun: &'static str,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<String>,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri: Option<Uri>,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Range>,
    facts: Vec<String>,
}

#[derive(Serialize)]
struct Edge {
    from: String,
    to: String,
    role: String,
    label: &'static str,
}

pub(super) fn graph(cx: &Context<'_>, params: &Params) -> Option<RoutingGraph> {
    let subject = Subject::of(cx, &At { uri: params.uri.clone(), position: params.position })?;
    let graph = subject.graph();
    let center = subject.named.or(subject.own)?;
    let found = Found::around(graph, center, params.depth.unwrap_or(DEPTH));
    let node = |&node: &NodeId| {
        let (uri, range) = cx.home(&subject.project, node).map(|home| (home.uri, home.range)).unzip();
        let of = graph.node(node);
        Node {
            id: id(graph, node),
            kind: of.kind.as_str(),
            noun: of.kind.noun(),
            name: of.name.to_string(),
            label: label(graph, node).map(str::to_owned),
            state: state(of.resolution),
            uri,
            range,
            facts: facts(graph, node),
        }
    };
    let edge = |&(from, to, role): &(NodeId, NodeId, Role)| Edge {
        from: id(graph, from),
        to: id(graph, to),
        role: name_of(role),
        label: words(role),
    };
    Some(RoutingGraph {
        center: Some(id(graph, center)),
        nodes: found.nodes.iter().map(node).collect(),
        edges: found.edges.iter().map(edge).collect(),
        mermaid: found.mermaid(graph),
        text: found.text(graph),
    })
}

/// One that is walked on from.
struct Step {
    node: NodeId,
    far: usize,
    /// It lies on the way from a queue to those who grant the presence statuses that take its work.
    decides: bool,
}

/// False for what many name that have nothing to do with each other: it is shown, and what else names it is not.
const fn leads_on(kind: Kind) -> bool {
    !matches!(kind, Kind::OmniSupervisorConfig | Kind::Object | Kind::Profile | Kind::PermissionSet | Kind::User)
}

/// True for the way that decides who is offered work, from a queue's object over service channel and presence status to
/// profiles and permission sets. It is shown to its end, however far that is.
const fn decides(role: Role, forward: bool) -> bool {
    match role {
        Role::Holds => forward,
        Role::Carries | Role::Offers | Role::GrantsStatus => !forward,
        _ => false,
    }
}

/// What is in the picture: the nearest first.
struct Found {
    nodes: Vec<NodeId>,
    edges: Vec<(NodeId, NodeId, Role)>,
    /// How many are left out, though they are near enough.
    left_out: usize,
}

impl Found {
    fn around(graph: &Graph, center: NodeId, depth: usize) -> Self {
        let mut nodes = vec![center];
        let mut seen = FxHashSet::from_iter([center]);
        let mut open = VecDeque::from([Step { node: center, far: 0, decides: true }]);
        let mut deciding = FxHashSet::default();
        while let Some(step) = open.pop_front() {
            let node = step.node;
            let walks = step.far < depth && (node == center || leads_on(graph.node(node).kind));
            for (from, to, edge) in graph.around(node) {
                let decides = depth > 1 && decides(edge.role, from == node) && (step.decides || from == node && walks);
                if !walks && !decides {
                    continue;
                }
                let other = if from == node { to } else { from };
                let is_new = seen.insert(other);
                if is_new && nodes.len() < MOST_NODES {
                    nodes.push(other);
                }
                // One that was found beside the way is walked on from again if it lies on it.
                let again = decides && deciding.insert(other);
                if nodes.len() < MOST_NODES && (is_new || again) {
                    open.push_back(Step { node: other, far: step.far + 1, decides });
                }
            }
        }
        let left_out = seen.len() - nodes.len();
        let place: FxHashMap<NodeId, usize> = nodes.iter().enumerate().map(|(at, &node)| (node, at)).collect();
        let all = nodes.iter().flat_map(|&node| graph.around(node).into_iter().filter(move |(from, ..)| *from == node));
        let mut told = FxHashSet::default();
        let edges = all.map(|(from, to, edge)| (from, to, edge.role));
        let edges = edges.filter(|edge| place.contains_key(&edge.1) && told.insert(*edge)).collect();
        Self { nodes, edges, left_out }
    }

    /// A diagram in the language of Mermaid.
    fn mermaid(&self, graph: &Graph) -> String {
        let number: FxHashMap<NodeId, usize> = self.nodes.iter().enumerate().map(|(at, &node)| (node, at)).collect();
        let at = |node: &NodeId| number.get(node).copied().unwrap_or_default();
        // Writing to memory does not fail.
        let mut text = "graph LR\n".to_owned();
        for &node in &self.nodes {
            let of = graph.node(node);
            let class = if node == *self.nodes.first().unwrap_or(&node) { ":::center" } else { class(of.resolution) };
            let _ = writeln!(text, "    n{}[\"{}<br>{}\"]{class}", at(&node), of.kind.noun(), escaped(&of.name));
        }
        for (from, to, role) in &self.edges {
            let _ = writeln!(text, "    n{} -->|{}| n{}", at(from), words(*role), at(to));
        }
        text.push_str("    classDef center stroke-width:3px\n    classDef missing stroke-dasharray:4 4\n");
        text
    }

    /// The same in lines of plain text.
    fn text(&self, graph: &Graph) -> String {
        let mut text = String::new();
        for &node in &self.nodes {
            let of = graph.node(node);
            let known = match of.resolution {
                Resolution::Unknown { .. } => " (not among the project's)",
                Resolution::Ignored(_) => " (ignored by `.forceignore`)",
                Resolution::FilledIn => " (filled in at deploy time)",
                _ => "",
            };
            let _ = writeln!(text, "{}{known}", named(graph, node));
            for (_, to, role) in self.edges.iter().filter(|(from, ..)| *from == node) {
                let _ = writeln!(text, "    {} the {}", words(*role), named(graph, *to));
            }
        }
        if self.left_out > 0 {
            let more = if self.left_out == 1 { "is" } else { "are" };
            let _ = writeln!(text, "{} more {more} near enough, and left out", count(self.left_out, "component"));
        }
        text
    }
}

/// ``queue `Support` ``
fn named(graph: &Graph, node: NodeId) -> String {
    let of = graph.node(node);
    format!("{} {}", of.kind.noun(), code(&one_line(&of.name)))
}

/// The same in every session.
fn id(graph: &Graph, node: NodeId) -> String {
    let of = graph.node(node);
    format!("{}:{}", of.kind.as_str(), of.name)
}

const fn state(resolution: Resolution) -> &'static str {
    match resolution {
        Resolution::Here => "here",
        Resolution::Ignored(_) => "ignored",
        Resolution::Standard => "standard",
        Resolution::Declared => "declared",
        Resolution::External => "external",
        Resolution::FilledIn => "filled-in",
        Resolution::Unknown { .. } => "unknown",
    }
}

const fn class(resolution: Resolution) -> &'static str {
    match resolution {
        Resolution::Unknown { .. } | Resolution::Ignored(_) => ":::missing",
        _ => "",
    }
}

/// A name inside a quoted label: what means something there is written as an entity.
fn escaped(name: &str) -> String {
    let mut text = String::new();
    for c in name.chars() {
        match c {
            _ if is_obeyed(c) => text.push(picture(c)),
            '"' | '#' | '<' | '>' | '&' | '`' | '\\' | '|' | '[' | ']' | '{' | '}' => {
                let _ = write!(text, "#{};", u32::from(c));
            }
            _ => text.push(c),
        }
    }
    text
}

/// The role's name, as the schemas have it: `routed-by`.
fn name_of(role: Role) -> String {
    let mut name = String::new();
    for c in format!("{role:?}").chars() {
        if c.is_uppercase() && !name.is_empty() {
            name.push('-');
        }
        name.extend(c.to_lowercase());
    }
    name
}

/// What the one that refers says of the other.
const fn words(role: Role) -> &'static str {
    match role {
        Role::RoutedBy | Role::HandlerConfig => "is routed by",
        Role::Holds => "holds",
        Role::MemberUser | Role::MemberGroup | Role::MemberRole => "has as member",
        Role::MemberRoleAndSubordinates => "has as member, with all subordinates,",
        Role::MemberRoleAndInternalSubordinates => "has as member, with internal subordinates,",
        Role::Carries => "carries",
        Role::Offers => "offers",
        Role::DeclineReason => "lists",
        Role::StatusOnDecline => "after a decline sets",
        Role::StatusOnPushTimeout => "after a timeout sets",
        Role::GovernsUser | Role::GovernsProfile => "governs",
        Role::OverflowsToQueue | Role::OverflowsToUser => "overflows to",
        Role::RequiresSkill => "needs",
        Role::SupervisorUser | Role::SupervisorProfile => "is for",
        Role::SeesQueue | Role::SeesSkill | Role::SeesGroup | Role::SeesBot => "shows",
        Role::ActionFlow => "runs in an action",
        Role::TabPage => "shows in a tab",
        Role::RulesFor => "has rules for",
        Role::MapsToSkill | Role::AsksForSkill => "asks for",
        Role::SkillUser | Role::SkillProfile => "is held by",
        Role::OfSkillType => "is of",
        Role::ListsStatus => "lists, and does not grant,",
        Role::GrantsStatus => "grants",
        Role::HandlerQueue | Role::HandlerFlow | Role::HandlerUser | Role::HandlerBot => "is handled by",
        Role::RoutesChannel => "routes work of",
        Role::RoutesToQueue | Role::RoutesToBot | Role::RoutesToUser => "routes to",
        Role::RoutesByConfig => "routes by",
        Role::LooksUp | Role::MayLookUp => "looks up",
    }
}
