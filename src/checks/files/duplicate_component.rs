//! OC007

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::{Error, Warning};
use crate::graph::{Graph, NodeId};
use crate::schema::Kind;
use crate::schema::developer_name::without_version;
use crate::source::{FileId, Layout};

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC007",
    name: "duplicate-component",
    severities: &[Error, Warning],
    strict: false,
    summary: "Two files define the same component.",
    what: "Reports a component whose type and name, whatever its case, another file has too. An error within one package \
           directory or Metadata API folder; a warning across package directories, and in a folder that is no project. \
           Files that `.forceignore` keeps out do not count, nor do versions of a flow, such as `Route-2` and `Route-3`.",
    why: "An org has one component of a name. Which of the two it gets depends on the order in which files are packed, \
          and nothing says that the other was left out.",
    fix: "Remove one of the files, or give it another name.",
    source: "Set Up Omni-Channel Developer Guide v56: developer names are unique in an org; forcedotcom/cli #265: \
             one copy overwrites the other without a warning",
    evidence: &[Evidence::Documented],
    fails: "
== Queue sales/Leads
    <doesSendEmailToMembers>false</doesSendEmailToMembers>
    <name>Leads</name>
== Queue support/Leads
    <doesSendEmailToMembers>true</doesSendEmailToMembers>
    <name>Leads</name>
",
    passes: "
== Queue sales/Leads
    <doesSendEmailToMembers>false</doesSendEmailToMembers>
    <name>Leads</name>
== Queue support/Support_Leads
    <doesSendEmailToMembers>true</doesSendEmailToMembers>
    <name>Support Leads</name>
",
    run,
};

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
