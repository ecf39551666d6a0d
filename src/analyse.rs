//! Analyse: the whole way from files to findings, walked the same way by every front door.
//!
//! In: a project as `source` found it, or texts. Out: the files' texts, the graph and the diagnostics. The only place
//! that knows the order of the rooms; files are read, parsed, held against their schemas and decoded side by side, and
//! everything after that sees them in the order of their paths.

use rayon::prelude::*;

use crate::checks;
use crate::diagnostics::Diagnostic;
use crate::graph::{self, BuildOptions, ComponentInput, FactInput, File, Graph, Manifest, Wanted, World};
use crate::metadata::{Component, Package, decode, read_fact};
use crate::schema::{self, FileClass, Kind, recognise, validate};
use crate::source::{self, ApiVersion, Entry, FileId, Interest, Layout, MANIFEST, Project, ReadProblem, SourceFile};
use crate::xml;

/// What the user may choose.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// What is assumed of names that the project does not define.
    pub world: World,
    /// Whether strict checks run.
    pub strict: bool,
    /// Whether the texts of all files are kept. Without, [`Analysis::load`] gets those that are to be shown.
    pub keep_texts: bool,
}

/// What came of a project.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// The files, by `FileId`, in the order of their paths.
    pub sources: Vec<SourceFile>,
    /// The project as a whole.
    pub graph: Graph,
    /// Everything found, sorted by path, offset and code.
    pub diagnostics: Vec<Diagnostic>,
}

/// A text that stands for a file.
#[derive(Clone, Debug)]
pub struct TextFile {
    /// Path relative to the project root, with forward slashes.
    pub path: String,
    /// Its text.
    pub text: String,
    /// Index of its package directory.
    pub package: u32,
    /// True if `.forceignore` keeps it out of a deploy.
    pub ignored: bool,
}

/// What a project's discovery does with the file at `path`.
pub fn interest(path: &str) -> Interest {
    match recognise(path) {
        FileClass::Component { .. } => Interest::Read,
        FileClass::Fact(_) => Interest::Aside,
        FileClass::NearMiss(_) => Interest::Name,
        FileClass::Other => Interest::Skip,
    }
}

impl Analysis {
    /// Reads once more the texts of the files that `shown` is about, so that their lines can be shown. A file that has
    /// gone since stays without a text.
    pub fn load(&mut self, project: &Project, shown: &[Diagnostic]) {
        let mut buffer = Vec::new();
        let labels = shown.iter().flat_map(|d| std::iter::once(&d.primary).chain(&d.related));
        for id in labels.map(|label| label.location.file.0 as usize) {
            let (Some(source), Some(entry)) = (self.sources.get_mut(id), project.entries.get(id)) else { continue };
            if source.text.is_empty()
                && entry.interest != Interest::Name
                && let Ok(text) = source::read(entry, &mut buffer)
            {
                text.clone_into(&mut source.text);
            }
        }
    }
}

/// Reads and analyses a project.
pub fn analyse(project: &Project, options: Options) -> Analysis {
    let setting = Setting { layout: project.layout, version: project.api_version, options };
    whole(&Files::OnDisk(&project.entries), setting)
}

/// Analyses texts as if they were a project's files.
pub fn analyse_texts(mut files: Vec<TextFile>, layout: Layout, version: ApiVersion, options: Options) -> Analysis {
    let setting = Setting { layout, version, options: Options { keep_texts: true, ..options } };
    files.retain(|file| interest(&file.path) != Interest::Skip || setting.is_manifest(&file.path));
    files.sort_by(|a, b| a.path.cmp(&b.path));
    whole(&Files::Texts(&files), setting)
}

/// Where the files are.
enum Files<'a> {
    OnDisk(&'a [Entry]),
    Texts(&'a [TextFile]),
}

/// What is known of a file before its text.
#[derive(Clone, Copy)]
struct About<'a> {
    id: FileId,
    path: &'a str,
    package: u32,
    ignored: bool,
}

impl<'a> Files<'a> {
    const fn len(&self) -> usize {
        match self {
            Self::OnDisk(entries) => entries.len(),
            Self::Texts(files) => files.len(),
        }
    }

    fn about(&self, id: FileId) -> About<'a> {
        match self {
            Self::OnDisk(entries) => {
                let Entry { path, package, ignored, .. } = &entries[id.0 as usize];
                About { id, path, package: *package, ignored: *ignored }
            }
            Self::Texts(files) => {
                let TextFile { path, package, ignored, .. } = &files[id.0 as usize];
                About { id, path, package: *package, ignored: *ignored }
            }
        }
    }

    fn read<'b>(&'b self, id: FileId, buffer: &'b mut Vec<u8>) -> Result<&'b str, ReadProblem> {
        match self {
            Self::OnDisk(entries) => source::read(&entries[id.0 as usize], buffer),
            Self::Texts(files) => Ok(&files[id.0 as usize].text),
        }
    }
}

#[derive(Clone, Copy)]
struct Setting {
    layout: Layout,
    version: ApiVersion,
    options: Options,
}

impl Setting {
    /// True for the one manifest of a Metadata API folder.
    fn is_manifest(self, path: &str) -> bool {
        self.layout == Layout::Mdapi && path == MANIFEST
    }
}

/// All that one file gives by itself.
struct Outcome {
    source: SourceFile,
    file: File,
    content: Content,
}

/// What a file holds.
enum Content {
    Component(ComponentInput),
    Manifest(Manifest),
    /// Something about fields, which is read when it is known to be needed.
    Fact,
    Nothing,
}

fn one_file(about: About<'_>, files: &Files<'_>, setting: Setting, buffer: &mut Vec<u8>) -> Outcome {
    let About { id, path, package, ignored } = about;
    let mut file = File {
        id,
        path: path.to_owned(),
        package,
        kind: None,
        name: String::new(),
        source_format: false,
        ignored,
        near_miss: None,
        problem: None,
        errors: Vec::new(),
        violations: Vec::new(),
    };
    let class = recognise(path);
    let is_manifest = setting.is_manifest(path);
    let is_checked = is_manifest || matches!(class, FileClass::Component { .. });
    let keeps = setting.options.keep_texts;
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
                let component = read_component(text, kind, &mut file, setting.version);
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
    let text = text.ok().filter(|_| keeps).unwrap_or_default().to_owned();
    let problem = file.problem.clone();
    Outcome { source: SourceFile { id, path: path.to_owned(), package, text, problem }, file, content }
}

fn read_component(text: &str, kind: Kind, file: &mut File, version: ApiVersion) -> Option<ComponentInput> {
    let schema = schema::get(kind)?;
    let document = if schema.partial {
        xml::parse_children(text, &|name| schema.fields.contains_key(name))
    } else {
        xml::parse(text)
    };
    let validate::Validated { violations, mentions } = validate::validate(&document, schema, version);
    let component = decode(kind, &document).zip(document.root()).map(|(metadata, root)| {
        let component = Component { kind, name: file.name.clone(), file: file.id, span: root.start_tag(), metadata };
        ComponentInput { component, mentions }
    });
    file.errors = document.errors;
    file.violations = violations;
    component
}

fn read_manifest(text: &str, file: &mut File) -> Option<Manifest> {
    let document = xml::parse(text);
    let package = Package::read(&document);
    file.errors = document.errors;
    package.map(|package| Manifest { file: file.id, package })
}

/// Reads what is said of the fields that components name: first of the objects, then the global value sets that their
/// fields name. Most of a project's fields are those of objects that nothing routes, and are never read.
fn read_facts(files: &Files<'_>, facts: &[FileId], components: &[ComponentInput]) -> Vec<FactInput> {
    let read = |wanted: &Wanted| -> Vec<FactInput> {
        let one = |buffer: &mut Vec<u8>, &id: &FileId| {
            let About { path, ignored, .. } = files.about(id);
            let FileClass::Fact(fact) = recognise(path) else { return None };
            if !wanted.wants(fact) {
                return None;
            }
            let text = if ignored { None } else { files.read(id, buffer).ok() };
            Some(FactInput { file: id, value: text.and_then(|text| read_fact(fact, text)) })
        };
        facts.par_iter().map_init(Vec::new, one).flatten_iter().collect()
    };
    if facts.is_empty() {
        return Vec::new();
    }
    let mut found = read(&Wanted::of(components));
    found.extend(read(&Wanted::named_by(&found)));
    found
}

fn whole(files: &Files<'_>, setting: Setting) -> Analysis {
    let ids = (0..files.len()).into_par_iter().map(|index| FileId(index as u32));
    let one = |buffer: &mut Vec<u8>, id| one_file(files.about(id), files, setting, buffer);
    let outcomes: Vec<Outcome> = ids.map_init(Vec::new, one).collect();
    let mut sources = Vec::with_capacity(outcomes.len());
    let mut known = Vec::with_capacity(outcomes.len());
    let mut components = Vec::with_capacity(outcomes.len());
    let (mut facts, mut manifest) = (Vec::new(), None);
    for Outcome { source, file, content } in outcomes {
        match content {
            Content::Component(component) => components.push(component),
            Content::Manifest(found) => manifest = Some(found),
            Content::Fact => facts.push(file.id),
            Content::Nothing => {}
        }
        sources.push(source);
        known.push(file);
    }
    let facts = read_facts(files, &facts, &components);
    let Setting { layout, version, options } = setting;
    let built = BuildOptions { layout, api_version: version, world: options.world };
    let graph = graph::build(known, components, facts, manifest, built);
    let diagnostics = checks::run(&graph, checks::Options { strict: options.strict });
    Analysis { sources, graph, diagnostics }
}
