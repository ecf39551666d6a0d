use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use crate::checks::{Checker, check};
use crate::diagnostics::Severity::{Error, Warning};
use crate::graph::{Graph, NodeId};
use crate::schema::Kind;
use crate::schema::developer_name::without_version;
use crate::source::{FileId, Layout};

check!("OC007", "duplicate-component", "duplicate_component.md", [Error, Warning]);

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for mut files in copies(graph).into_values() {
        files.sort_unstable();
        for (index, &copy) in files.iter().enumerate().skip(1) {
            let Some(file) = graph.files.get(copy.0 as usize) else { continue };
            let package = |id: &FileId| graph.files.get(id.0 as usize).map(|file| file.package);
            let beside = files[..index].iter().find(|earlier| package(earlier) == Some(file.package));
            let (severity, what) = match beside {
                Some(_) if graph.layout == Layout::Folder => (Warning, "twice: an org gets one of the two"),
                Some(_) => (Error, "twice: an org gets one of the two, and nothing says which"),
                None => (Warning, "in two package directories: an org gets the one that is deployed last"),
            };
            let message = format!("{} is defined {what}", file.title());
            cx.report(severity, graph.place_of(copy), message)
                .label("the second")
                .related(graph.place_of(*beside.unwrap_or(&files[0])), "the first")
                .help("remove one of the two files, or rename it");
        }
    }
}

/// The files of each name that more than one has. Files that could not be decoded define their names too. Versions of a
/// flow lie beside each other: for them the whole name of the file counts.
fn copies(graph: &Graph) -> BTreeMap<(NodeId, String), Vec<FileId>> {
    let key = |id: NodeId, kind: Kind, name: &str| {
        let version = if kind == Kind::Flow { name.to_lowercase() } else { String::new() };
        (id, version)
    };
    let mut copies: BTreeMap<(NodeId, String), Vec<FileId>> = BTreeMap::new();
    for file in graph.files.iter().filter(|file| !file.ignored && graph.component_in(file.id).is_none()) {
        let node = file.kind.and_then(|kind| Some((kind, graph.find(kind, without_version(kind, &file.name))?)));
        if let Some((kind, node)) = node {
            copies.entry(key(node, kind, &file.name)).or_default().push(file.id);
        }
    }
    let has_broken: FxHashSet<NodeId> = copies.keys().map(|(node, _)| *node).collect();
    for (id, node) in graph.nodes().filter(|(_, node)| !node.components.is_empty()) {
        if node.components.len() > 1 || has_broken.contains(&id) {
            for component in graph.components_of(id) {
                copies.entry(key(id, node.kind, &component.name)).or_default().push(component.file);
            }
        }
    }
    copies
}
