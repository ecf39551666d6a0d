//! From one file to what it gives by itself: each is read, parsed, held against its schema and decoded without the others.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::graph::{
    self, ComponentInput, FactInput, FactSelection, File, FilledIn, Graph, Manifest, Resolution, Suppression,
};
use crate::metadata::{Component, Package, decode, read_fact};
use crate::schema::validate::{self, FilledElement, FilledPart};
use crate::schema::{self, FileClass, Kind, Mentions, TypeSchema, recognise};
use crate::source::{
    self, ApiVersion, Entry, FileId, Layout, MANIFEST, Placeholders, Project, ReadProblem, Replacements, SourceFile,
};
use crate::xml;

use super::{Parts, TextFile};

/// Where the files are.
pub(super) enum Files<'a> {
    OnDisk(&'a [Entry]),
    Texts(&'a [TextFile]),
    /// Those of an analysis before, and what it knew of them.
    Again(&'a [SourceFile], &'a [Arc<File>]),
}

/// What is known of a file before its text.
#[derive(Clone, Copy)]
pub(super) struct About<'a> {
    pub(super) id: FileId,
    pub(super) path: &'a str,
    pub(super) package: u32,
    pub(super) ignored: bool,
}

impl<'a> Files<'a> {
    pub(super) const fn len(&self) -> usize {
        match self {
            Self::OnDisk(entries) => entries.len(),
            Self::Texts(files) => files.len(),
            Self::Again(sources, _) => sources.len(),
        }
    }

    pub(super) fn about(&self, id: FileId) -> About<'a> {
        match self {
            Self::OnDisk(entries) => {
                let Entry { path, package, ignored, .. } = &entries[id.0 as usize];
                About { id, path, package: *package, ignored: *ignored }
            }
            Self::Texts(files) => {
                let TextFile { path, package, ignored, .. } = &files[id.0 as usize];
                About { id, path, package: *package, ignored: *ignored }
            }
            Self::Again(sources, files) => {
                let SourceFile { path, package, .. } = &sources[id.0 as usize];
                About { id, path, package: *package, ignored: files[id.0 as usize].ignored }
            }
        }
    }

    fn read<'b>(&'b self, id: FileId, buffer: &'b mut Vec<u8>) -> Result<&'b str, ReadProblem> {
        match self {
            Self::OnDisk(entries) => source::read(&entries[id.0 as usize], buffer),
            Self::Texts(files) => Ok(&files[id.0 as usize].text),
            Self::Again(sources, _) => {
                let SourceFile { text, problem, .. } = &sources[id.0 as usize];
                problem.as_ref().map_or(Ok(text.as_str()), |problem| Err(problem.clone()))
            }
        }
    }
}

/// What all files are read by.
#[derive(Clone, Copy)]
pub(super) struct Setting<'a> {
    pub(super) layout: Layout,
    pub(super) version: ApiVersion,
    pub(super) keep_texts: bool,
    pub(super) keep_lines: bool,
    pub(super) replacements: &'a Replacements,
    pub(super) around: Around<'a>,
}

/// Where it is known from what lies around the project.
#[derive(Clone, Copy, Debug)]
pub(super) enum Around<'a> {
    /// Nothing does.
    Nothing,
    /// It is looked for.
    Project(&'a Project),
    /// An analysis before has found it.
    Known(&'a Graph),
}

impl Around<'_> {
    /// What matters to the names of `graph`: other files are looked for only where a name is unknown.
    pub(super) fn of(self, graph: &Graph) -> graph::Around {
        match self {
            Self::Nothing => graph::Around::default(),
            Self::Known(before) => before.around.clone(),
            Self::Project(project) => {
                let is_unknown = |node: &graph::Node| matches!(node.resolution, Resolution::Unknown { .. });
                let needed = graph.nodes().any(|(_, node)| is_unknown(node));
                let outside = if needed { project.outside(&super::interest) } else { &[] };
                graph::Around::new(&project.surroundings, outside)
            }
        }
    }
}

impl Setting<'_> {
    /// True for the one manifest of a Metadata API folder.
    pub(super) fn is_manifest(self, path: &str) -> bool {
        self.layout == Layout::Mdapi && path == MANIFEST
    }
}

/// All that one file gives by itself.
#[derive(Clone, Debug)]
pub(super) struct Outcome {
    pub(super) source: SourceFile,
    pub(super) file: Arc<File>,
    pub(super) content: Content,
}

/// What a file holds.
#[derive(Clone, Debug)]
pub(super) enum Content {
    Component(Arc<ComponentInput>),
    Manifest(Manifest),
    /// Something about fields, which is read when it is known to be needed.
    Fact,
    Nothing,
}

pub(super) fn one_file(about: About<'_>, files: &Files<'_>, setting: Setting<'_>, buffer: &mut Vec<u8>) -> Outcome {
    let About { id, path, package, ignored } = about;
    let mut file = File { package, ignored, ..File::new(id, path) };
    let class = recognise(path);
    let is_manifest = setting.is_manifest(path);
    let is_checked = is_manifest || matches!(class, FileClass::Component { .. });
    let keeps = setting.keep_texts;
    let text = if (is_checked || keeps) && !ignored { files.read(id, buffer) } else { Ok("") };
    if is_checked {
        file.problem = text.as_ref().err().cloned();
    }
    let mut content = Content::Nothing;
    match class {
        FileClass::Component { kind, name, source_format } => {
            file.kind = Some(kind);
            file.name = name.into_owned();
            file.source_format = source_format;
            if let Ok(text) = text
                && !ignored
            {
                let component = read_component(text, kind, &mut file, setting);
                content = component.map_or(Content::Nothing, Content::Component);
            }
        }
        _ if is_manifest => {
            if let Ok(text) = text {
                content = read_manifest(text, &mut file).map_or(Content::Nothing, Content::Manifest);
            }
        }
        FileClass::Fact(_) => content = Content::Fact,
        FileClass::NearMiss(near) => file.near_miss = Some(near),
        FileClass::Other => {}
    }
    let text = text.unwrap_or_default();
    let lines = if setting.keep_lines { source::line_starts(text).into() } else { Box::default() };
    // Of what is filled in, the plan has the words.
    let keeps = keeps || (setting.keep_lines && !file.is_final());
    let text = if keeps { text.to_owned() } else { String::new() };
    let problem = file.problem.clone();
    let source = SourceFile { id, path: path.to_owned(), package, text, lines, problem };
    Outcome { source, file: Arc::new(file), content }
}

fn read_component(text: &str, kind: Kind, file: &mut File, setting: Setting<'_>) -> Option<Arc<ComponentInput>> {
    let schema = schema::get(kind)?;
    let placeholders = setting.replacements.in_text(&file.path, text);
    let masked = masked(text, schema, &placeholders);
    let document = schema.parse_filled(masked.as_deref().unwrap_or(text), &placeholders);
    let validate::Validated { violations, mentions, filled_in } =
        validate::validate(&document, schema, setting.version);
    let component = decode(kind, &document).zip(document.root()).map(|(metadata, root)| {
        let component = Component { kind, name: file.name.clone(), file: file.id, span: root.start_tag(), metadata };
        Arc::new(ComponentInput::new(component, mentions))
    });
    file.suppressions = Suppression::all(&document);
    file.errors = document.errors;
    file.violations = violations;
    file.filled_in = filled_in.into_iter().filter_map(|element| placed(element, kind, &placeholders)).collect();
    file.is_open = placeholders.anywhere;
    component
}

/// The text in which placeholders are no markup, if it is better formed than `text`: `<<NAME>>` stands for a name.
fn masked(text: &str, schema: &TypeSchema, placeholders: &Placeholders) -> Option<String> {
    let masked = placeholders.masked(text)?;
    let errors = |text: &str| schema.parse(text).errors.len();
    (errors(&masked) < errors(text)).then_some(masked)
}

fn placed(element: FilledElement, kind: Kind, placeholders: &Placeholders) -> Option<FilledIn> {
    let FilledElement { path, placeholder, part } = element;
    // Of a flow, any text may come to be the name of what it routes.
    let part = if kind == Kind::Flow && part == FilledPart::Value { FilledPart::Name } else { part };
    placeholders.at(placeholder).map(|placeholder| FilledIn { path, placeholder: placeholder.clone(), part })
}

/// The names that a document mentions which is to hold a component of type `kind`, without those that are filled in when
/// the project is deployed.
pub fn mentions(document: &xml::Document<'_>, kind: Kind, version: ApiVersion) -> Mentions {
    let Some(schema) = schema::get(kind) else { return Mentions::default() };
    let mut mentions = validate::validate(document, schema, version).mentions;
    if let Some(metadata) = decode(kind, document) {
        graph::also_mentioned(&metadata, &mut mentions);
    }
    mentions.without_filled_in()
}

fn read_manifest(text: &str, file: &mut File) -> Option<Manifest> {
    let document = xml::parse(text);
    let package = Package::read(&document);
    file.errors = document.errors;
    package.map(|package| Manifest { file: file.id, package })
}

/// What files say of fields, by file, as it was read before.
pub(super) type Facts = FxHashMap<FileId, FactInput>;

/// Reads what is said of the fields that components name: first of the objects, then the global value sets that their
/// fields name. Most of a project's fields are those of objects that nothing routes, and are never read; nor is what is
/// `known`.
pub(super) fn facts(
    files: &Files<'_>,
    setting: Setting<'_>,
    Parts { facts, components, .. }: &Parts,
    known: &Facts,
) -> Vec<FactInput> {
    let read = |wanted: &FactSelection| -> Vec<FactInput> {
        let one = |buffer: &mut Vec<u8>, &id: &FileId| {
            let About { path, ignored, .. } = files.about(id);
            let FileClass::Fact(fact) = recognise(path) else { return None };
            if !wanted.wants(fact) {
                return None;
            }
            if let Some(known) = known.get(&id) {
                return Some(known.clone());
            }
            let text = if ignored { None } else { files.read(id, buffer).ok() };
            // What is filled in is not known, and nothing is judged by the rest.
            let text = text.filter(|text| setting.replacements.in_text(path, text).is_empty());
            Some(FactInput { file: id, value: text.and_then(|text| read_fact(fact, text)).map(Arc::new) })
        };
        facts.par_iter().map_init(Vec::new, one).flatten_iter().collect()
    };
    if facts.is_empty() {
        return Vec::new();
    }
    let mut found = read(&FactSelection::of(components));
    found.extend(read(&FactSelection::named_by(&found)));
    found
}
