//! Which component a place names, and where components are and are named.

use lsp_types::{Location, Range};
use percent_encoding::percent_decode_str;

use crate::caseless;
use crate::graph::{Graph, NodeId, Resolution};
use crate::lsp::session::context::{Context, Here};
use crate::lsp::session::state::ProjectState;
use crate::lsp::text::cursor::mention_at;
use crate::schema::{FileClass, Kind, recognise};
use crate::source::{self, FileId, Span};
use crate::xml::Element;

/// A name, and where it stands in the text of a buffer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::lsp) struct Named {
    pub(in crate::lsp) kind: Kind,
    /// The name; of profiles, percent-decoded.
    pub(in crate::lsp) name: String,
    /// The value that names it, or the name of the root element of its own file.
    pub(in crate::lsp) span: Span,
    /// True at the root element of its own file.
    pub(in crate::lsp) is_own: bool,
}

/// Where a component is.
pub(in crate::lsp) struct Home {
    /// The start tag of its root element; the start of its file if that is broken.
    pub(in crate::lsp) whole: Location,
    /// The name of its root element.
    pub(in crate::lsp) name: Range,
}

/// A name as it is compared. Profiles are written percent-encoded and plain.
pub(in crate::lsp) fn plain(kind: Kind, written: &str) -> String {
    match kind {
        Kind::Profile => percent_decode_str(written).decode_utf8_lossy().into_owned(),
        _ => written.to_owned(),
    }
}

/// The component that is named at an offset: by a value, by a line of `package.xml`, or by the tags around its own file.
pub(in crate::lsp) fn named_at(here: &Here, offset: u32) -> Option<Named> {
    let Some(parsed) = here.parsed() else { return listed_at(here, offset) };
    let mentions = parsed.mentions(here.version());
    if let Some(mention) = mention_at(offset, &mentions) {
        let name = plain(mention.to, mention.name);
        return Some(Named { kind: mention.to, name, span: mention.span, is_own: false });
    }
    let span = tags_of(parsed.document.root()?, &here.text).find(|span| has(*span, offset))?;
    Some(Named { kind: parsed.kind, name: parsed.name.clone(), span, is_own: true })
}

/// The component that the manifest lists at an offset.
fn listed_at(here: &Here, offset: u32) -> Option<Named> {
    let (project, file) = here.project.as_ref()?;
    let graph = &project.analysis.graph;
    graph.manifest.as_ref().filter(|manifest| manifest.file == *file)?;
    let mut listed = listed(graph);
    let (kind, name, span) = listed.find(|(_, _, span)| has(*span, offset))?;
    Some(Named { kind, name: plain(kind, name), span, is_own: false })
}

/// What the manifest lists: the type, the name as written, and where.
fn listed(graph: &Graph) -> impl Iterator<Item = (Kind, &str, Span)> {
    let types = graph.manifest.iter().flat_map(|manifest| &manifest.package.types);
    let members = types.filter_map(|types| Some((types.kind()?, &types.members)));
    let members =
        members.flat_map(|(kind, members)| members.iter().map(move |member| (kind, &*member.value, member.span)));
    members.filter(|(_, name, _)| *name != "*")
}

pub(in crate::lsp) fn has(span: Span, offset: u32) -> bool {
    span.start <= offset && offset <= span.end
}

/// The names in an element's start tag and, if it has one, in its end tag.
pub(in crate::lsp) fn tags_of(element: Element<'_, '_>, text: &str) -> impl Iterator<Item = Span> + use<> {
    let content = element.content();
    let end_tag = Span::new(content.end, element.span().end).slice(text);
    let in_end_tag = end_tag.strip_prefix("</").filter(|rest| rest.starts_with(element.name())).map(|_| {
        let start = content.end + 2;
        Span::new(start, start + element.name().len() as u32)
    });
    std::iter::once(element.name_span()).chain(in_end_tag)
}

/// The files of a component: the one that an org gets first, those that could not be read last.
pub(in crate::lsp) fn files_of(graph: &Graph, node: NodeId) -> Vec<FileId> {
    let mut files: Vec<FileId> = graph.components_of(node).map(|component| component.file).collect();
    let of = graph.node(node);
    if matches!(of.resolution, Resolution::Here | Resolution::Ignored(_)) {
        let named =
            graph.files.iter().filter(|file| file.kind == Some(of.kind) && caseless::equal(&file.name, &of.name));
        let broken = named.map(|file| file.id).filter(|file| graph.component_in(*file).is_none());
        files.extend(broken);
    }
    files
}

/// Where a component is: the one that an org gets first.
pub(in crate::lsp) fn homes(cx: &Context<'_>, project: &ProjectState, node: NodeId) -> Vec<Home> {
    let files = files_of(&project.analysis.graph, node);
    files.into_iter().filter_map(|file| home_in(cx, project, file)).collect()
}

/// Where the component of a file is.
pub(in crate::lsp) fn home_in(cx: &Context<'_>, project: &ProjectState, file: FileId) -> Option<Home> {
    let whole = cx.location(project, project.analysis.graph.place_of(file))?;
    let Some(component) = project.analysis.graph.component_in(file) else {
        return Some(Home { name: whole.range, whole });
    };
    let text = project.text(file).unwrap_or_default();
    let tag = component.span.slice(&text);
    let len = tag.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).unwrap_or(tag.len()) as u32;
    let name = Span::new(component.span.start + 1, component.span.start + len.max(1));
    Some(Home { name: cx.lines(&text).range(name), whole })
}

/// The files that describe an object.
pub(in crate::lsp) fn files_of_object(project: &ProjectState, object: &str) -> Vec<FileId> {
    let is_it = |path: &str| match recognise(path) {
        FileClass::Fact(crate::schema::Fact::Object(name)) => caseless::equal(name, object),
        _ => false,
    };
    let entries = project.project.entries.iter().enumerate();
    entries.filter(|(_, entry)| is_it(&entry.path)).map(|(at, _)| FileId(at as u32)).collect()
}

/// Where a component is named: by other components, whichever of several of one name they are, and by the manifest. In
/// the order of the files' paths and places.
pub(in crate::lsp) fn references_to(graph: &Graph, node: NodeId) -> Vec<source::Location> {
    let edges = graph.edges_to(|id, _| id == node);
    let mut found: Vec<source::Location> = edges.into_iter().map(|(_, _, edge)| edge.location).collect();
    let of = graph.node(node);
    if let Some(manifest) = &graph.manifest {
        let is_it = |name: &str| caseless::equal(&plain(of.kind, name), &of.name);
        let listed = listed(graph).filter(|(kind, name, _)| *kind == of.kind && is_it(name));
        found.extend(listed.map(|(_, _, span)| source::Location::new(manifest.file, span)));
    }
    found.sort_unstable();
    found.dedup();
    found
}
