//! Analyse: the whole way from files to findings, walked the same way by every front door.
//!
//! In: a project as `source` found it, or texts. Out: the files' texts, the graph and the diagnostics. The only place
//! that knows the order of the rooms; files are read, parsed, held against their schemas and decoded side by side, and
//! everything after that sees them in the order of their paths.

use rayon::prelude::*;

use crate::checks;
use crate::diagnostics::Diagnostic;
use crate::graph::{self, BuildOptions, ComponentInput, File, Graph, World};
use crate::metadata::{Component, decode};
use crate::schema::{self, FileClass, Kind, recognise, validate};
use crate::source::{self, ApiVersion, Entry, FileId, Interest, Layout, Project, SourceFile};
use crate::xml;

/// What the user may choose.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// What is assumed of names that the project does not define.
    pub world: World,
    /// Whether strict checks run.
    pub strict: bool,
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
        FileClass::NearMiss(_) => Interest::Name,
        FileClass::Other => Interest::Skip,
    }
}

/// Reads and analyses a project.
pub fn analyse(project: &Project, options: Options) -> Analysis {
    let version = project.api_version;
    let read = |(index, entry): (usize, &Entry)| {
        let id = FileId(index as u32);
        let source = if entry.interest == Interest::Read && !entry.ignored {
            source::read(entry, id)
        } else {
            SourceFile { id, path: entry.path.clone(), package: entry.package, text: String::new(), problem: None }
        };
        one_file(source, entry.ignored, version)
    };
    let outcomes = project.entries.par_iter().enumerate().map(read).collect();
    whole(outcomes, project.layout, version, options)
}

/// Analyses texts as if they were a project's files.
pub fn analyse_texts(mut files: Vec<TextFile>, layout: Layout, version: ApiVersion, options: Options) -> Analysis {
    files.retain(|file| interest(&file.path) != Interest::Skip);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let read = |(index, file): (usize, TextFile)| {
        let TextFile { path, text, package, ignored } = file;
        let text = if ignored { String::new() } else { text };
        one_file(SourceFile { id: FileId(index as u32), path, package, text, problem: None }, ignored, version)
    };
    let outcomes = files.into_par_iter().enumerate().map(read).collect();
    whole(outcomes, layout, version, options)
}

/// All that one file gives by itself.
struct Outcome {
    source: SourceFile,
    file: File,
    component: Option<ComponentInput>,
}

fn one_file(source: SourceFile, ignored: bool, version: ApiVersion) -> Outcome {
    let mut file = File {
        id: source.id,
        path: source.path.clone(),
        package: source.package,
        kind: None,
        name: String::new(),
        source_format: false,
        ignored,
        near_miss: None,
        problem: source.problem.clone(),
        errors: Vec::new(),
        violations: Vec::new(),
    };
    let mut component = None;
    match recognise(&source.path) {
        FileClass::Component { kind, name, source_format } => {
            file.kind = Some(kind);
            file.name = name.into_owned();
            file.source_format = source_format;
            if !ignored && source.problem.is_none() {
                component = read_component(&source.text, kind, &mut file, version);
            }
        }
        FileClass::NearMiss(near) => file.near_miss = Some(near),
        FileClass::Other => {}
    }
    Outcome { source, file, component }
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

fn whole(outcomes: Vec<Outcome>, layout: Layout, api_version: ApiVersion, options: Options) -> Analysis {
    let mut sources = Vec::with_capacity(outcomes.len());
    let mut files = Vec::with_capacity(outcomes.len());
    let mut components = Vec::with_capacity(outcomes.len());
    for Outcome { source, file, component } in outcomes {
        sources.push(source);
        files.push(file);
        components.extend(component);
    }
    let graph = graph::build(files, components, BuildOptions { layout, api_version, world: options.world });
    let diagnostics = checks::run(&graph, checks::Options { strict: options.strict });
    Analysis { sources, graph, diagnostics }
}
