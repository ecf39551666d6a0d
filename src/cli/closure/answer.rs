//! What a closure comes to: plain values, for every format.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::wanted::{Files, Gone, Wanted};
use crate::analyse::Analysis;
use crate::answers::facts::{self, code};
use crate::answers::roles::words;
use crate::graph::{Because, Closure, ClosureEnd, FieldNamed, File, Follow, Graph, NodeId, Resolution};
use crate::metadata::manifest_name;
use crate::schema::{Kind, Member, member};
use crate::source::{FileId, Location, line_of};
use crate::text::one_line;

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) path: String,
    /// From 1.
    pub(super) line: u32,
}

/// Why something is in a closure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reason {
    /// A sentence without a full stop.
    pub(super) text: String,
    pub(super) place: Option<Place>,
}

/// A component of the closure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Listed {
    pub(super) member: Member,
    pub(super) path: Option<String>,
    /// None for what was asked for.
    pub(super) reason: Option<Reason>,
    /// False for a component whose own references are not known.
    pub(super) is_read: bool,
}

/// What is named and not in the project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct End {
    pub(super) member: Member,
    /// The words for it: ``user `a@b.example` ``.
    pub(super) words: String,
    pub(super) reason: Reason,
    /// Why it is not there.
    pub(super) known: &'static str,
    pub(super) is_missing: bool,
    /// True for an object that is neither custom nor of a package: most orgs have it.
    pub(super) is_standard: bool,
}

/// A component that is deleted, and what still names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Deleted {
    pub(super) gone: Gone,
    pub(super) named_by: Vec<Reason>,
}

/// What a closure comes to.
#[derive(Debug, Default)]
pub(super) struct ClosureAnswer {
    /// In an order in which they can be deployed.
    pub(super) components: Vec<Listed>,
    pub(super) circles: Vec<Vec<Member>>,
    pub(super) ends: Vec<End>,
    pub(super) deleted: Vec<Deleted>,
    pub(super) unnamed: Vec<String>,
    pub(super) ignored: Vec<String>,
    /// Files of the closure that could not be read to their ends.
    pub(super) unreadable: Vec<String>,
    pub(super) outside: usize,
}

impl ClosureAnswer {
    pub(super) fn of(analysis: &Analysis, files: &Files<'_>, wanted: Wanted, follow: Follow) -> Self {
        Builder { graph: &analysis.graph, analysis, files, broken: broken(&analysis.graph) }.build(wanted, follow)
    }

    /// True if the closure is not to be relied on.
    pub(super) fn is_incomplete(&self) -> bool {
        let is_missing = self.ends.iter().any(|end| end.is_missing);
        let is_named = self.deleted.iter().any(|deleted| !deleted.named_by.is_empty());
        is_missing || is_named || !self.unnamed.is_empty() || !self.unreadable.is_empty()
    }
}

struct Builder<'a> {
    graph: &'a Graph,
    analysis: &'a Analysis,
    files: &'a Files<'a>,
    /// The files that should define components, and could not be read as such.
    broken: FxHashMap<NodeId, Vec<FileId>>,
}

fn broken(graph: &Graph) -> FxHashMap<NodeId, Vec<FileId>> {
    let mut broken: FxHashMap<NodeId, Vec<FileId>> = FxHashMap::default();
    for file in graph.files.iter().filter(|file| !file.ignored && graph.component_in(file.id).is_none()) {
        if let Some(node) = file.kind.and_then(|kind| graph.find(kind, &file.name)) {
            broken.entry(node).or_default().push(file.id);
        }
    }
    broken
}

impl Builder<'_> {
    fn build(&self, wanted: Wanted, follow: Follow) -> ClosureAnswer {
        let graph = self.graph;
        // What names a component of another type is known, too: the graph has its name.
        let asked_names = wanted.others.keys().filter_map(|member| named(graph, member));
        let seeds: Vec<NodeId> = if follow == Follow::Dependents {
            let gone = wanted.gone.iter().filter_map(|gone| named(graph, &gone.member));
            wanted.nodes.iter().copied().chain(asked_names).chain(gone).collect()
        } else {
            wanted.nodes.clone()
        };
        let mut named_fields: FxHashMap<NodeId, Reason> = FxHashMap::default();
        let mut seeds = seeds;
        if follow == Follow::Dependents {
            let gone = wanted.gone.iter().map(|gone| &gone.member);
            for (node, reason) in wanted.others.keys().chain(gone).flat_map(|member| self.users_of(member)) {
                if !seeds.contains(&node) {
                    seeds.push(node);
                    named_fields.insert(node, reason);
                }
            }
        }
        let found = Closure::of(graph, &seeds, follow);
        let mut answer = ClosureAnswer {
            unnamed: wanted.unnamed.into_iter().collect(),
            ignored: wanted.ignored.into_iter().collect(),
            outside: wanted.outside,
            ..ClosureAnswer::default()
        };
        let mut others: BTreeMap<Member, Listed> = BTreeMap::new();
        for (member, path) in wanted.others {
            let listed = Listed { member: member.clone(), path: Some(path), reason: None, is_read: false };
            others.insert(member, listed);
        }
        if follow == Follow::Needs {
            self.fields(&found, &mut others);
            for end in &found.ends {
                self.end(end, &mut others, &mut answer.ends);
            }
        }
        // What nobody knows the references of is named by the others.
        answer.components.extend(others.into_values());
        for of in &found.members {
            let reason = of.because.map(|because| self.reason(because)).or_else(|| named_fields.remove(&of.node));
            self.listed(of.node, reason.as_ref(), &mut answer);
        }
        answer.circles =
            found.circles.iter().map(|circle| circle.iter().flat_map(|&node| members(graph, node)).collect()).collect();
        answer.deleted = wanted.gone.into_iter().map(|gone| self.deleted(gone)).collect();
        answer
    }

    /// A component of the graph.
    fn listed(&self, node: NodeId, reason: Option<&Reason>, answer: &mut ClosureAnswer) {
        let graph = self.graph;
        if graph.node(node).resolution != Resolution::Here {
            return;
        }
        let mut seen = BTreeSet::new();
        let of_node = graph.components_of(node).map(|component| component.file);
        // One that could not be read has a file, too.
        let broken = self.broken.get(&node).into_iter().flatten().copied();
        let of_node: Vec<FileId> = of_node.chain(broken).collect();
        for file in of_node.into_iter().filter_map(|id| graph.files.get(id.0 as usize)) {
            if !file.is_readable() {
                answer.unreadable.push(file.path.clone());
            }
            let member = of_file(graph.node(node).kind, file);
            if seen.insert(member.clone()) {
                let path = Some(file.path.clone());
                answer.components.push(Listed { member, path, reason: reason.cloned(), is_read: true });
            }
        }
    }

    /// The fields that the components name, as far as the project has them.
    fn fields(&self, found: &Closure, others: &mut BTreeMap<Member, Listed>) {
        for node in found.members.iter().map(|member| member.node) {
            for named in self.graph.fields_named(node) {
                let full = format!("{}.{}", named.object, named.field);
                let Some((member, path)) = self.files.find("CustomField", &full) else { continue };
                let reason = Some(self.names_field(node, &full, named.location));
                let path = Some(path.to_owned());
                others.entry(member.clone()).or_insert(Listed { member, path, reason, is_read: false });
            }
        }
    }

    fn names_field(&self, node: NodeId, full: &str, location: Location) -> Reason {
        let text = format!("the {} names the field {}", self.words(node), code(full));
        Reason { text, place: self.place(location) }
    }

    /// What names a field; nothing of another type.
    fn users_of(&self, field: &Member) -> Vec<(NodeId, Reason)> {
        if field.type_name != "CustomField" {
            return Vec::new();
        }
        let kinds = [Kind::ServiceChannel, Kind::WorkSkillRouting];
        let nodes = kinds.into_iter().flat_map(|kind| self.graph.nodes_of(kind));
        let uses = nodes.flat_map(|node| self.graph.fields_named(node).into_iter().map(move |named| (node, named)));
        let is_it = |(_, named): &(NodeId, FieldNamed)| {
            format!("{}.{}", named.object, named.field).eq_ignore_ascii_case(&field.name)
        };
        uses.filter(is_it).map(|(node, of)| (node, self.names_field(node, &field.name, of.location))).collect()
    }

    /// A name at which the way ends: its file may be of a type that is not read.
    fn end(&self, end: &ClosureEnd, others: &mut BTreeMap<Member, Listed>, ends: &mut Vec<End>) {
        let of = self.graph.node(end.node);
        let reason = self.reason(end.because);
        let found = (of.kind != Kind::User).then(|| self.files.find(of.kind.as_str(), &of.name)).flatten();
        if let Some((member, path)) = found.filter(|_| of.resolution == Resolution::External) {
            let path = Some(path.to_owned());
            others.entry(member.clone()).or_insert(Listed { member, path, reason: Some(reason), is_read: false });
            return;
        }
        let is_standard = of.kind == Kind::Object && !of.name.contains("__");
        let known = match of.resolution {
            Resolution::Standard => return,
            Resolution::Ignored(_) => "`.forceignore` keeps it out of a deploy",
            Resolution::FilledIn => "it is filled in at deploy time",
            Resolution::Declared => "the org has it, as the configuration or records say",
            Resolution::Unknown { .. } => "the project does not define it",
            Resolution::External if of.kind == Kind::User => "users are not metadata",
            Resolution::External if is_standard => "a standard object needs no file",
            Resolution::External | Resolution::Here => "it is not in the project",
        };
        let member = Member { type_name: manifest_name(of.kind), name: of.name.to_string() };
        ends.push(End { member, words: self.words(end.node), reason, known, is_missing: end.is_missing, is_standard });
    }

    /// What is deleted, and who still names it: the deletion fails as long as they do.
    fn deleted(&self, gone: Gone) -> Deleted {
        let node = named(self.graph, &gone.member);
        let mut named_by: Vec<Reason> = Vec::new();
        for (from, to, edge) in node.map(|node| self.graph.around(node)).unwrap_or_default() {
            if Some(to) == node && Some(from) != node {
                named_by.push(self.reason(Because { from, to, role: edge.role, location: edge.location }));
            }
        }
        named_by.extend(self.users_of(&gone.member).into_iter().map(|(_, reason)| reason));
        Deleted { gone, named_by }
    }

    fn reason(&self, because: Because) -> Reason {
        let Because { from, to, role, location } = because;
        let text = format!("the {} {} the {}", self.words(from), words(role), self.words(to));
        Reason { text, place: self.place(location) }
    }

    fn words(&self, node: NodeId) -> String {
        let of = self.graph.node(node);
        format!("{} {}", of.kind.noun(), code(&one_line(&of.name)))
    }

    fn place(&self, location: Location) -> Option<Place> {
        let source = self.analysis.sources.get(location.file.0 as usize)?;
        Some(Place { path: source.path.clone(), line: line_of(&source.lines, location.span.start) })
    }
}

/// The node of a component as a manifest names it.
fn named(graph: &Graph, member: &Member) -> Option<NodeId> {
    let kind = Kind::all().find(|kind| manifest_name(*kind) == member.type_name)?;
    facts::find(graph, kind, &member.name)
}

/// What a manifest calls the component in a file: profiles as their file is written.
fn of_file(kind: Kind, file: &File) -> Member {
    member(&file.path).unwrap_or_else(|| Member { type_name: manifest_name(kind), name: file.name.clone() })
}

fn members(graph: &Graph, node: NodeId) -> Vec<Member> {
    let files = graph.components_of(node).take(1).filter_map(|of| graph.file_of(of.location()));
    files.map(|file| of_file(graph.node(node).kind, file)).collect()
}
