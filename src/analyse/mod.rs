//! Analyse: the whole way from files to findings, walked the same way by every front door.
//!
//! In: a project as `source` found it, or texts. Out: the files' texts, the graph and the diagnostics. The only place
//! that knows the order of the rooms; files are read, parsed, held against their schemas and decoded side by side, and
//! everything after that sees them in the order of their paths.

mod live;
mod read;

use std::borrow::Cow;
use std::sync::Arc;

use rayon::prelude::*;

use crate::checks;
use crate::diagnostics::Diagnostic;
use crate::graph::org::Org;
use crate::graph::{self, BuildOptions, ComponentInput, Declared, FactInput, File, Graph, Manifest, World};
use crate::metadata::manifest_name;
use crate::records::{self, Records};
use crate::schema::{FileClass, Kind, recognise};
use crate::source::{
    self, ApiVersion, FileId, FolderFile, Interest, Layout, ManifestType, Project, Replacements, SourceFile,
};
use crate::triage::{BaselineEntry, Policy, Triaged, triage};

pub use live::Live;
pub use read::mentions;
use read::{Around, Content, Facts, Files, Outcome, Setting};

/// What the user may choose.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// What is assumed of names that the project does not define.
    pub world: World,
    /// Names that the org is said to have.
    pub declared: Declared,
    /// Files with records of the org; see [`records`].
    pub records: Vec<FolderFile>,
    /// What the user wants to be told.
    pub policy: Policy,
    /// The configuration files that the policy's exceptions stand in.
    pub configuration: Vec<FolderFile>,
    /// What is filled in when the project is deployed.
    pub replacements: Arc<Replacements>,
    /// Whether the texts of all files are kept. Without, [`Analysis::load`] gets those that are to be shown.
    pub keep_texts: bool,
    /// Whether it is kept where the lines of all files start: a plan needs that, or the texts.
    pub keep_lines: bool,
}

/// What came of a project.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// The files, by `FileId`: the project's in the order of their paths, then those with records of the org, then the
    /// configuration files.
    pub sources: Vec<SourceFile>,
    /// The project as a whole.
    pub graph: Graph,
    /// What is to be told, sorted by path, offset and code.
    pub diagnostics: Vec<Diagnostic>,
    /// How many findings a comment or an exception silenced.
    pub suppressed: usize,
    /// The findings that the baseline holds.
    pub baselined: Vec<Diagnostic>,
    /// What the baseline holds and is no longer found.
    pub stale: Vec<BaselineEntry>,
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

/// The types by which a manifest has a say on Omni-Channel; of the settings, only ours.
pub fn manifest_types() -> Vec<ManifestType<'static>> {
    let kinds = Kind::TYPES.into_iter().filter(|kind| kind.is_omni_channel());
    let only = |kind| (kind == Kind::OmniChannelSettings).then_some("OmniChannel");
    kinds.map(|kind| (manifest_name(kind), only(kind))).collect()
}

impl Analysis {
    /// Reads once more the texts of the files that `shown` is about, so that their lines can be shown. A file that has
    /// gone since stays without a text.
    pub fn load(&mut self, project: &Project, shown: &[Diagnostic]) {
        let labels = shown.iter().flat_map(|d| std::iter::once(&d.primary).chain(&d.related));
        self.load_files(project, labels.map(|label| label.location.file));
    }

    /// Reads once more the texts of some files.
    pub fn load_files(&mut self, project: &Project, files: impl IntoIterator<Item = FileId>) {
        let mut buffer = Vec::new();
        for id in files.into_iter().map(|file| file.0 as usize) {
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
pub fn analyse(project: &Project, options: &Options) -> Analysis {
    let around = Around::Project(project);
    let setting = Setting {
        layout: project.layout,
        version: project.api_version,
        keep_texts: options.keep_texts,
        keep_lines: options.keep_lines,
        replacements: &options.replacements,
        around,
    };
    whole(&Files::OnDisk(&project.entries), setting, options)
}

/// Analyses texts as if they were a project's files.
pub fn analyse_texts(mut files: Vec<TextFile>, layout: Layout, version: ApiVersion, options: &Options) -> Analysis {
    let replacements = &options.replacements;
    let keep_lines = options.keep_lines;
    let setting = Setting { layout, version, keep_texts: true, keep_lines, replacements, around: Around::Nothing };
    files.retain(|file| interest(&file.path) != Interest::Skip || setting.is_manifest(&file.path));
    files.sort_by(|a, b| a.path.cmp(&b.path));
    whole(&Files::Texts(&files), setting, options)
}

/// Analyses a project once more, after its texts have changed: `sources` are those of an analysis that kept them, as many
/// and in the same order, and `graph` is that analysis's. What the texts are is all that may differ.
pub fn again(sources: &[SourceFile], graph: &Graph, options: &Options) -> Analysis {
    let setting = Setting {
        layout: graph.layout,
        version: graph.api_version,
        keep_texts: true,
        keep_lines: options.keep_lines,
        replacements: &options.replacements,
        around: Around::Known(graph),
    };
    let own = sources.len().saturating_sub(options.records.len() + options.configuration.len());
    whole(&Files::Again(&sources[..own], &graph.files), setting, options)
}

fn whole(files: &Files<'_>, setting: Setting<'_>, options: &Options) -> Analysis {
    let ids = (0..files.len()).into_par_iter().map(|index| FileId(index as u32));
    let one = |buffer: &mut Vec<u8>, id| read::one_file(files.about(id), files, setting, buffer);
    let outcomes: Vec<Outcome> = ids.map_init(Vec::new, one).collect();
    let parts = Parts::of(outcomes);
    let facts = read::facts(files, setting, &parts, &Facts::default());
    conclude(parts, facts, setting, options, None)
}

/// What the files give, sorted by what it is.
struct Parts {
    sources: Vec<SourceFile>,
    files: Vec<Arc<File>>,
    components: Vec<Arc<ComponentInput>>,
    facts: Vec<FileId>,
    manifest: Option<Manifest>,
}

impl Parts {
    fn of(outcomes: Vec<Outcome>) -> Self {
        let mut parts = Self {
            sources: Vec::with_capacity(outcomes.len()),
            files: Vec::with_capacity(outcomes.len()),
            components: Vec::with_capacity(outcomes.len()),
            facts: Vec::new(),
            manifest: None,
        };
        for Outcome { source, file, content } in outcomes {
            match content {
                Content::Component(component) => parts.components.push(component),
                Content::Manifest(found) => parts.manifest = Some(found),
                Content::Fact => parts.facts.push(file.id),
                Content::Nothing => {}
            }
            parts.sources.push(source);
            parts.files.push(file);
        }
        parts
    }
}

/// The project before an edit.
struct Before<'a> {
    graph: &'a Graph,
    /// True if the records are what they were, and their files have the same numbers.
    has_records: bool,
}

/// From what the files give by themselves to what all of them give together.
fn conclude(
    parts: Parts,
    facts: Vec<FactInput>,
    setting: Setting<'_>,
    options: &Options,
    before: Option<&Before<'_>>,
) -> Analysis {
    let Parts { mut sources, mut files, components, manifest, .. } = parts;
    let known = before.filter(|before| before.has_records).and_then(|before| before.graph.org());
    let records = records_of(&options.records, known.map(Org::records), &mut sources, &mut files);
    let configuration: Vec<FileId> =
        options.configuration.iter().map(|file| append(file, &mut sources, &mut files)).collect();
    let Setting { layout, version, .. } = setting;
    let (world, declared) = (options.world, &options.declared);
    let before = before.map(|before| before.graph);
    let built = BuildOptions { layout, api_version: version, world, declared, records, before };
    let mut graph = graph::build(files, components, facts, manifest, built);
    graph.around = setting.around.of(&graph);
    let found = checks::run(&graph, &|check| options.policy.runs(check));
    let Triaged { diagnostics, suppressed, baselined, stale } =
        triage(found, &graph, &sources, &options.policy, &configuration);
    Analysis { sources, graph, diagnostics, suppressed, baselined, stale }
}

/// Reads records, if there are any, unless they are `known`. Their files come after the project's, so that findings can
/// point into them.
fn records_of(
    given: &[FolderFile],
    known: Option<&Arc<Records>>,
    sources: &mut Vec<SourceFile>,
    files: &mut Vec<Arc<File>>,
) -> Option<Arc<Records>> {
    if given.is_empty() {
        return None;
    }
    let mut given = Cow::Borrowed(given);
    if !given.is_sorted_by(|a, b| a.path <= b.path) {
        given.to_mut().sort_by(|a, b| a.path.cmp(&b.path));
    }
    let first = FileId(files.len() as u32);
    let records = known.map_or_else(|| Arc::new(records::read(&given, first)), Arc::clone);
    for file in given.iter() {
        append(file, sources, files);
    }
    Some(records)
}

/// Appends a file that is not part of the project, and gives its number.
fn append(file: &FolderFile, sources: &mut Vec<SourceFile>, files: &mut Vec<Arc<File>>) -> FileId {
    let id = FileId(files.len() as u32);
    let FolderFile { path, text } = file;
    let problem = text.as_ref().err().cloned();
    files.push(Arc::new(File { problem: problem.clone(), ..File::new(id, path) }));
    let text = text.clone().unwrap_or_default();
    sources.push(SourceFile { id, path: path.clone(), package: 0, text, lines: Box::default(), problem });
    id
}
