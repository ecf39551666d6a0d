use percent_encoding::percent_decode_str;
use rustc_hash::FxHashMap;

use super::{element, write};
use crate::checks::{Checker, check};
use crate::diagnostics::Applicability::{Safe, Unsafe};
use crate::diagnostics::Severity::{self, Error, Note};
use crate::graph::{Edge, Graph, Node, NodeId, Resolution, World};
use crate::metadata::Flow;
use crate::schema::{Kind, Role};
use crate::source::{FileId, Location};
use crate::text::{a, is_record_id, list, nearest};

check!("OC201", "unresolved-reference", "unresolved_reference.md", [Error, Note]);

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    let mut known = Known::new(graph);
    let is_unknown = |_, target: &Node| matches!(target.resolution, Resolution::Unknown { .. });
    let edges = graph.edges_to(is_unknown);
    let in_flows = in_flows(graph, &edges);
    for (from, to, edge) in edges {
        // What a flow names in many places is one finding.
        let places = in_flows.get(&key(to, edge)).map_or(&[][..], Vec::as_slice);
        if places.first().is_some_and(|first| *first != edge.location) {
            continue;
        }
        let (source, target) = (graph.node(from), graph.node(to));
        let Resolution::Unknown { has_siblings } = target.resolution else { continue };
        let name = &*target.name;
        // Ids are OC203's; what is ill-formed, OC002's.
        let broken = graph.file_of(edge.location).is_some_and(|file| file.is_broken_at(edge.location.span));
        if broken || is_record_id(name) {
            continue;
        }
        let package = name.split_once("__").map(|(package, _)| package);
        let merely_looked_up = matches!(edge.role, Role::LooksUp | Role::MayLookUp);
        // Most flows that look a queue up have nothing to do with Omni-Channel.
        let is_strange = !has_siblings && graph.world != World::Closed;
        if (merely_looked_up && is_strange) || (edge.role == Role::MayLookUp && is_group(graph, name)) {
            continue;
        }
        let slip = has_siblings && package.is_none() && !is_asleep(graph, edge.location.file) && !merely_looked_up;
        let kind = target.kind;
        let noun = if edge.role == Role::MayLookUp { "queue or public group" } else { kind.noun() };
        let outside = graph.around.file_of(kind, name);
        let dependencies = &graph.around.dependencies;
        let severity = severity(graph.world, slip && outside.is_none() && dependencies.is_empty());
        let lack = match outside {
            Some(path) => format!("is outside of the package directories, in `{path}`"),
            None if has_siblings => "is not among the project's".to_owned(),
            None => "is not in the project".to_owned(),
        };
        let fate = match edge.role {
            Role::LooksUp | Role::MayLookUp => "the flow finds nothing",
            Role::AsksForSkill => "the flow asks for a skill that nobody has",
            _ if source.kind == Kind::Flow => "the flow routes nothing",
            _ => "a deploy fails",
        };
        let unless = match (graph.world, dependencies.as_slice()) {
            (World::Closed, _) => String::new(),
            (_, []) => " unless the org has it".to_owned(),
            (_, packages) => format!(" unless the org has it, perhaps from {}", list(packages, 3)),
        };
        let message = format!(
            "the {} `{}` names the {noun} `{name}`, which {lack}: {fate}{unless}",
            source.kind.noun(),
            source.name
        );
        // The developer name of nothing has a percent sign in it.
        let plain = plain(graph, kind, name);
        let near = plain.or_else(|| known.nearest(to, kind, name)).filter(|_| outside.is_none());
        // Two unknown names cannot both be slips for one.
        let shared = near.filter(|near| known.is_shared(kind, near));
        let near = near.filter(|_| shared.is_none());
        let help = match (near, package) {
            _ if outside.is_some() => {
                "move the file into a package directory, or make sure that it is deployed before".to_owned()
            }
            _ if shared.is_some() => {
                let near = shared.unwrap_or_default();
                format!("add {} `{name}` to the project, or name one that it has: `{near}` is like it", a(noun))
            }
            (Some(near), _) => format!("write `{near}`, or add {} `{name}` to the project", a(noun)),
            (None, Some(package)) => format!("make sure that every org has the package `{package}` installed"),
            (None, None) if has_siblings => {
                let names = list(known.names(kind), 3);
                format!("name one that the project has, such as {names}, or add {} `{name}` to it", a(noun))
            }
            (None, None) => format!("add {} `{name}` to the project, or make sure that every org has it", a(noun)),
        };
        let label = near.map_or_else(|| "not in the project".to_owned(), |near| format!("did you mean `{near}`?"));
        let finding = cx.report(severity, edge.location, message).label(label).help(help);
        let finding = match near {
            Some(near) => {
                let spans = std::iter::once(edge.location.span).chain(places.iter().skip(1).map(|place| place.span));
                let changes = spans.map(|span| write(source.kind, span, near));
                finding.fix_all(format!("write `{near}`"), if plain.is_some() { Safe } else { Unsafe }, changes)
            }
            None => finding,
        };
        let finding = finding.also(places.get(1..).unwrap_or_default());
        if let Some(path) = element(graph, from, edge) {
            finding.element(path);
        }
    }
}

/// True if a public group of the project has this name: in the org, queues and groups are of one object.
fn is_group(graph: &Graph, name: &str) -> bool {
    graph.find(Kind::Group, name).is_some_and(|node| graph.is_known(node))
}

/// What makes two references of a flow one finding: the file, what is named, and whether it is merely looked up.
fn key(to: NodeId, edge: &Edge) -> (FileId, NodeId, bool) {
    (edge.location.file, to, matches!(edge.role, Role::LooksUp | Role::MayLookUp))
}

/// Where flows name what is not known, in the order of the text.
fn in_flows(graph: &Graph, edges: &[(NodeId, NodeId, &Edge)]) -> FxHashMap<(FileId, NodeId, bool), Vec<Location>> {
    let mut places: FxHashMap<_, Vec<Location>> = FxHashMap::default();
    for (_, to, edge) in edges.iter().filter(|(from, ..)| graph.node(*from).kind == Kind::Flow) {
        places.entry(key(*to, edge)).or_default().push(edge.location);
    }
    places
}

/// The component that is meant by a percent-encoded name, such as `Tier%5F1`.
fn plain<'g>(graph: &'g Graph, kind: Kind, name: &str) -> Option<&'g str> {
    let decoded = percent_decode_str(name).decode_utf8().ok().filter(|decoded| decoded != name)?;
    let target = graph.node(graph.find(kind, &decoded)?);
    matches!(target.resolution, Resolution::Here | Resolution::Standard).then_some(&target.name)
}

const fn severity(world: World, slip: bool) -> Severity {
    match world {
        World::Closed => Error,
        World::Project if slip => Error,
        World::Project | World::Open => Note,
    }
}

/// True for a flow that does not run: what it names may be long gone.
fn is_asleep(graph: &Graph, file: FileId) -> bool {
    graph.item_in::<Flow>(file).is_some_and(|flow| !graph.runs(flow))
}

/// What there is to be meant, looked up when first asked for.
struct Known<'g> {
    graph: &'g Graph,
    names: Vec<Option<Vec<&'g str>>>,
    nearest: FxHashMap<NodeId, Option<&'g str>>,
    /// How many names may still be compared: where thousands are unknown, a slip of the pen is not the reason.
    left: usize,
    /// For each kind and name of the project, how many unknown names it is the nearest of.
    meant_by: FxHashMap<(Kind, &'g str), usize>,
}

impl<'g> Known<'g> {
    fn new(graph: &'g Graph) -> Self {
        let names = vec![None; Kind::COUNT];
        let mut known =
            Self { graph, names, nearest: FxHashMap::default(), left: 20_000, meant_by: FxHashMap::default() };
        for (id, node) in graph.nodes().filter(|(_, node)| matches!(node.resolution, Resolution::Unknown { .. })) {
            if let Some(near) = known.nearest(id, node.kind, &node.name).filter(|_| !is_record_id(&node.name)) {
                *known.meant_by.entry((node.kind, near)).or_default() += 1;
            }
        }
        known
    }

    /// True if the name is the nearest of several unknown ones.
    fn is_shared(&self, kind: Kind, near: &str) -> bool {
        self.meant_by.get(&(kind, near)).is_some_and(|&names| names > 1)
    }

    /// The names that the project defines, sorted.
    fn names(&mut self, kind: Kind) -> &[&'g str] {
        self.names[kind as usize].get_or_insert_with(|| self.graph.names(kind))
    }

    fn nearest(&mut self, node: NodeId, kind: Kind, name: &str) -> Option<&'g str> {
        if let Some(&known) = self.nearest.get(&node) {
            return known;
        }
        let names = self.names(kind);
        let count = names.len();
        let found = if count <= self.left { nearest(name, self.names(kind).iter().copied()) } else { None };
        self.left = self.left.saturating_sub(count);
        let found = found.or_else(|| nearest(name, self.graph.standard_names(kind)));
        self.nearest.insert(node, found);
        found
    }
}
