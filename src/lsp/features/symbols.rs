//! The elements of a file as an outline, and the components of all projects by name.

use lsp_types::{
    BaseSymbolInformation, DocumentSymbol, DocumentSymbolParams, DocumentSymbolResponse, Location, SymbolInformation,
    SymbolKind, WorkspaceSymbolParams, WorkspaceSymbolResponse,
};

use super::named::home_in;
use crate::answers::facts::label_of;
use crate::graph::{File, Graph};
use crate::lsp::session::context::{Answer, Context};
use crate::lsp::session::state::ProjectState;
use crate::lsp::text::cursor::Parsed;
use crate::lsp::text::position::Lines;
use crate::schema::{Cardinality, Field, Kind, Shape};
use crate::xml::Element;

/// Most characters of a value that an outline shows.
const LONGEST: usize = 80;
/// Most components that one search gives.
const MOST: usize = 300;
/// No type has elements as deep as this: what is deeper is of no type.
const DEEPEST: usize = 32;
/// Elements that name an entry of a list, if the schema does not say which one does.
const NAMES: [&str; 3] = ["name", "developerName", "label"];

pub(in crate::lsp) fn of_document(
    cx: &Context<'_>,
    params: DocumentSymbolParams,
) -> Answer<Option<DocumentSymbolResponse>> {
    let Some(here) = cx.here(&params.text_document.uri) else { return Ok(None) };
    let Some(parsed) = here.parsed() else { return Ok(None) };
    let lines = cx.lines(&here.text);
    let outline = Outline { parsed: &parsed, lines: &lines };
    let root = parsed.document.root().map(|root| outline.root(root));
    if cx.client.hierarchical_symbols {
        return Ok(Some(DocumentSymbolResponse::DocumentSymbolList(root.into_iter().collect())));
    }
    let mut flat = Vec::new();
    if let Some(root) = root {
        flatten(root, None, &mut |symbol: &DocumentSymbol, container| {
            let location = Location { uri: params.text_document.uri.clone(), range: symbol.range };
            flat.push(information(symbol.name.clone(), symbol.kind, container, location));
        });
    }
    Ok(Some(DocumentSymbolResponse::SymbolInformationList(flat)))
}

struct Outline<'o, 't> {
    parsed: &'o Parsed<'t>,
    lines: &'o Lines<'t>,
}

impl<'t> Outline<'_, 't> {
    fn root(&self, root: Element<'_, 't>) -> DocumentSymbol {
        let name = if self.parsed.name.is_empty() { root.local_name().to_owned() } else { self.parsed.name.clone() };
        self.symbol(root, name, Some(self.parsed.kind.noun().to_owned()), symbol_kind(self.parsed.kind), 0)
    }

    fn of(&self, element: Element<'_, 't>, depth: usize) -> DocumentSymbol {
        let field = self.parsed.field(element).map(|(_, field)| field);
        let kind = field.map_or(SymbolKind::Property, of_field);
        let name = element.local_name();
        let is_repeated = field.is_some_and(|field| field.cardinality == Cardinality::Repeated);
        if element.has_children() {
            let (key, rest) = self.of_entry(element, field).filter(|_| is_repeated).unwrap_or_default();
            return self.symbol(element, joined(name, &key), rest, kind, depth);
        }
        let value = short(&element.value());
        let (name, detail) = if is_repeated { (joined(name, &value), None) } else { (name.to_owned(), Some(value)) };
        self.symbol(element, name, detail.filter(|detail| !detail.is_empty()), kind, depth)
    }

    /// What an entry of a list is called by, and if that does not tell it from others, what else it says.
    fn of_entry(&self, element: Element<'_, 't>, field: Option<&Field>) -> Option<(String, Option<String>)> {
        let by_schema = field.and_then(|field| field.unique_by.as_deref());
        let of_name = |name: &str| element.children().find(|child| child.local_name() == name);
        let known = |child: Element<'_, '_>| self.parsed.field(child).map(|(_, field)| field);
        if let Some(key) = by_schema.and_then(of_name).or_else(|| NAMES.into_iter().find_map(of_name)) {
            return Some((short(&key.value()), None));
        }
        let refers = |child: &Element<'_, '_>| known(*child).is_some_and(|field| field.reference.is_some());
        let key = element.children().find(refers)?;
        let is_text = |child: &Element<'_, '_>| known(*child).is_some_and(|field| field.shape == Shape::String);
        let rest = element.children().filter(|child| child.span() != key.span() && is_text(child));
        let rest = short(&rest.map(|child| child.value().into_owned()).collect::<Vec<_>>().join(", "));
        Some((short(&key.value()), Some(rest).filter(|rest| !rest.is_empty())))
    }

    fn symbol(
        &self,
        element: Element<'_, 't>,
        name: String,
        detail: Option<String>,
        kind: SymbolKind,
        depth: usize,
    ) -> DocumentSymbol {
        let children = element.children().take_while(|_| depth < DEEPEST);
        let children: Vec<DocumentSymbol> = children.map(|child| self.of(child, depth + 1)).collect();
        #[expect(deprecated, reason = "the structure has no constructor")]
        DocumentSymbol {
            name,
            detail,
            kind,
            tags: None,
            deprecated: None,
            range: self.lines.range(element.span()),
            selection_range: self.lines.range(element.name_span()),
            children: (!children.is_empty()).then_some(children),
        }
    }
}

fn joined(name: &str, key: &str) -> String {
    format!("{name} {key}").trim_end().to_owned()
}

/// A value on one line, of a length that can be shown.
fn short(value: &str) -> String {
    let line = value.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}

fn of_field(field: &Field) -> SymbolKind {
    match field.shape {
        _ if field.reference.is_some() => SymbolKind::Key,
        Shape::String => SymbolKind::String,
        Shape::Boolean => SymbolKind::Boolean,
        Shape::Int | Shape::Double => SymbolKind::Number,
        Shape::Enum(_) => SymbolKind::EnumMember,
        Shape::Struct(_) if field.cardinality == Cardinality::Repeated => SymbolKind::Object,
        Shape::Struct(_) => SymbolKind::Struct,
    }
}

fn symbol_kind(kind: Kind) -> SymbolKind {
    match kind {
        Kind::Flow => SymbolKind::Function,
        Kind::PresenceDeclineReason | Kind::ServicePresenceStatus => SymbolKind::EnumMember,
        Kind::Group | Kind::Profile | Kind::PermissionSet => SymbolKind::Namespace,
        _ => SymbolKind::Class,
    }
}

fn flatten(symbol: DocumentSymbol, container: Option<&str>, each: &mut impl FnMut(&DocumentSymbol, Option<&str>)) {
    each(&symbol, container);
    for child in symbol.children.into_iter().flatten() {
        flatten(child, Some(&symbol.name), each);
    }
}

fn information(name: String, kind: SymbolKind, container: Option<&str>, location: Location) -> SymbolInformation {
    let container_name = container.map(str::to_owned);
    let base = BaseSymbolInformation { name, kind, tags: None, container_name };
    #[expect(deprecated, reason = "the structure has no constructor")]
    SymbolInformation { deprecated: None, location, base_symbol_information: base }
}

/// A component that a search finds.
struct Hit<'s> {
    project: &'s ProjectState,
    file: &'s File,
    kind: Kind,
    /// The label, if the name alone would not show why it was found.
    label: Option<String>,
    /// How far the query's letters lie apart.
    spread: usize,
}

pub(in crate::lsp) fn of_workspace(
    cx: &Context<'_>,
    params: WorkspaceSymbolParams,
) -> Answer<Option<WorkspaceSymbolResponse>> {
    let query: Vec<char> = params.query.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    let mut hits: Vec<Hit<'_>> = Vec::new();
    for project in &cx.state.projects {
        let graph = &project.analysis.graph;
        hits.extend(graph.files.iter().filter_map(|file| hit(project, graph, file, &query)));
    }
    hits.sort_by(|a, b| {
        let key = |hit: &Hit<'_>| (hit.spread, hit.label.is_some(), hit.file.name.len());
        key(a).cmp(&key(b)).then_with(|| a.file.name.cmp(&b.file.name)).then_with(|| a.file.path.cmp(&b.file.path))
    });
    hits.truncate(MOST);
    let symbols = hits.into_iter().filter_map(|hit| {
        let home = home_in(cx, hit.project, hit.file.id)?;
        let name = match hit.label {
            Some(label) => format!("{} ({label})", hit.file.name),
            None => hit.file.name.clone(),
        };
        let location = Location { uri: home.whole.uri, range: home.name };
        Some(information(name, symbol_kind(hit.kind), Some(hit.kind.noun()), location))
    });
    Ok(Some(WorkspaceSymbolResponse::SymbolInformationList(symbols.collect())))
}

fn hit<'s>(project: &'s ProjectState, graph: &'s Graph, file: &'s File, query: &[char]) -> Option<Hit<'s>> {
    let kind = file.kind?;
    let of = |label, spread| Hit { project, file, kind, label, spread };
    if let Some(spread) = spread(&file.name, query) {
        return Some(of(None, spread));
    }
    let label = label_of(&graph.component_in(file.id)?.metadata)?;
    spread(label, query).map(|spread| of(Some(label.to_owned()), spread))
}

/// How many characters lie before and between those of the query, if `text` has them all in this order.
fn spread(text: &str, query: &[char]) -> Option<usize> {
    let mut wanted = query.iter();
    let mut next = wanted.next();
    let mut between = 0;
    for c in text.chars().flat_map(char::to_lowercase) {
        match next {
            None => return Some(between),
            Some(&wanted_now) if wanted_now == c => next = wanted.next(),
            Some(_) => between += 1,
        }
    }
    next.is_none().then_some(between)
}
