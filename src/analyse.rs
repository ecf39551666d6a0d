//! Analyse: the whole way from files to findings, walked the same way by every front door.
//!
//! In: a project as `source` found it, or texts. Out: the files' texts, the graph and the diagnostics. The only place
//! that knows the order of the rooms; files are read, parsed, held against their schemas and decoded side by side, and
//! everything after that sees them in the order of their paths.

use rayon::prelude::*;

use crate::checks;
use crate::diagnostics::Diagnostic;
use crate::graph::{self, BuildOptions, ComponentInput, Declared, File, Graph, World};
use crate::metadata::{Component, decode};
use crate::records;
use crate::schema::{self, FileClass, Kind, recognise, validate};
use crate::source::{self, ApiVersion, Entry, FileId, FolderFile, Interest, Layout, Project, ReadProblem, SourceFile};
use crate::xml;

/// What the user may choose.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// What is assumed of names that the project does not define.
    pub world: World,
    /// Names that the org is said to have.
    pub declared: Declared,
    /// Files with records of the org; see [`records`].
    pub records: Vec<FolderFile>,
    /// Whether strict checks run.
    pub strict: bool,
    /// Whether the texts of all files are kept. Without, [`Analysis::load`] gets those that are to be shown.
    pub keep_texts: bool,
}

/// What came of a project.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// The files, by `FileId`: the project's in the order of their paths, then those with records.
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

impl Analysis {
    /// Reads once more the texts of the files that `shown` is about, so that their lines can be shown. A file that has
    /// gone since stays without a text.
    pub fn load(&mut self, project: &Project, shown: &[Diagnostic]) {
        let mut buffer = Vec::new();
        let labels = shown.iter().flat_map(|d| std::iter::once(&d.primary).chain(&d.related));
        for id in labels.map(|label| label.location.file.0 as usize) {
            let (Some(source), Some(entry)) = (self.sources.get_mut(id), project.entries.get(id)) else { continue };
            if source.text.is_empty()
                && entry.interest == Interest::Read
                && let Ok(text) = source::read(entry, &mut buffer)
            {
                text.clone_into(&mut source.text);
            }
        }
    }
}

/// Reads and analyses a project.
pub fn analyse(project: &Project, options: &Options) -> Analysis {
    let read = |buffer: &mut Vec<u8>, (index, entry): (usize, &Entry)| {
        let about =
            About { id: FileId(index as u32), path: &entry.path, package: entry.package, ignored: entry.ignored };
        let text =
            if entry.interest == Interest::Read && !entry.ignored { source::read(entry, buffer) } else { Ok("") };
        one_file(&about, text, project.api_version, options.keep_texts)
    };
    let outcomes = project.entries.par_iter().enumerate().map_init(Vec::new, read).collect();
    whole(outcomes, project.layout, project.api_version, options)
}

/// Analyses texts as if they were a project's files.
pub fn analyse_texts(mut files: Vec<TextFile>, layout: Layout, version: ApiVersion, options: &Options) -> Analysis {
    files.retain(|file| interest(&file.path) != Interest::Skip);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let read = |(index, file): (usize, &TextFile)| {
        let TextFile { path, text, package, ignored } = file;
        let about = About { id: FileId(index as u32), path, package: *package, ignored: *ignored };
        one_file(&about, Ok(if *ignored { "" } else { text }), version, true)
    };
    let outcomes = files.par_iter().enumerate().map(read).collect();
    whole(outcomes, layout, version, options)
}

/// What is known of a file before its text.
struct About<'a> {
    id: FileId,
    path: &'a str,
    package: u32,
    ignored: bool,
}

/// All that one file gives by itself.
struct Outcome {
    source: SourceFile,
    file: File,
    component: Option<ComponentInput>,
}

fn one_file(about: &About<'_>, text: Result<&str, ReadProblem>, version: ApiVersion, keep_text: bool) -> Outcome {
    let &About { id, path, package, ignored } = about;
    let problem = text.as_ref().err().cloned();
    let mut file = File { package, ignored, problem: problem.clone(), ..File::new(id, path) };
    let mut component = None;
    match recognise(path) {
        FileClass::Component { kind, name, source_format } => {
            file.kind = Some(kind);
            file.name = name.into_owned();
            file.source_format = source_format;
            if let Ok(text) = text
                && !ignored
            {
                component = read_component(text, kind, &mut file, version);
            }
        }
        FileClass::NearMiss(near) => file.near_miss = Some(near),
        FileClass::Other => {}
    }
    let text = text.ok().filter(|_| keep_text).unwrap_or_default().to_owned();
    Outcome { source: SourceFile { id, path: path.to_owned(), package, text, problem }, file, component }
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

fn whole(outcomes: Vec<Outcome>, layout: Layout, api_version: ApiVersion, options: &Options) -> Analysis {
    let mut sources = Vec::with_capacity(outcomes.len());
    let mut files = Vec::with_capacity(outcomes.len());
    let mut components = Vec::with_capacity(outcomes.len());
    for Outcome { source, file, component } in outcomes {
        sources.push(source);
        files.push(file);
        components.extend(component);
    }
    let records = records_of(&options.records, &mut sources, &mut files);
    let known = BuildOptions { layout, api_version, world: options.world, declared: &options.declared, records };
    let graph = graph::build(files, components, known);
    let diagnostics = checks::run(&graph, checks::Options { strict: options.strict });
    Analysis { sources, graph, diagnostics }
}

/// Reads records, if there are any. Their files come after the project's, so that findings can point into them.
fn records_of(given: &[FolderFile], sources: &mut Vec<SourceFile>, files: &mut Vec<File>) -> Option<records::Records> {
    if given.is_empty() {
        return None;
    }
    let mut given = given.to_vec();
    given.sort_by(|a, b| a.path.cmp(&b.path));
    let records = records::read(&given, FileId(files.len() as u32));
    for file in given {
        append(file, sources, files);
    }
    Some(records)
}

/// Appends a file that is not part of the project, and gives its number.
fn append(file: FolderFile, sources: &mut Vec<SourceFile>, files: &mut Vec<File>) -> FileId {
    let id = FileId(files.len() as u32);
    let FolderFile { path, text } = file;
    let (text, problem) = text.map_or_else(|problem| (String::new(), Some(problem)), |text| (text, None));
    files.push(File { problem: problem.clone(), ..File::new(id, path.as_str()) });
    sources.push(SourceFile { id, path, package: 0, text, problem });
    id
}
