//! What a request is answered from.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use lsp_types::{Location, Position, Range, TextDocumentPositionParams, Uri};
use rustc_hash::FxHashMap;

use super::buffers::Buffers;
use super::client::Client;
use super::settings::EditorSettings;
use super::state::{ProjectState, State};
use crate::graph::{Graph, NodeId};
use crate::lsp::text::cursor::{self, Parsed};
use crate::lsp::text::position::Lines;
use crate::lsp::text::uri;
use crate::source::{self, ApiVersion, FileId, Placeholders};
use crate::text::printable_lines;

/// What a request is answered from.
#[derive(Clone, Copy)]
pub(in crate::lsp) struct Context<'c> {
    pub(in crate::lsp) state: &'c State,
    pub(in crate::lsp) buffers: &'c Buffers,
    pub(in crate::lsp) client: &'c Client,
    pub(in crate::lsp) settings: &'c EditorSettings,
}

/// Why a request cannot be answered.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub(in crate::lsp) struct Refused(String);

impl Refused {
    pub(in crate::lsp) fn new(message: impl Into<String>) -> Self {
        Self(printable_lines(&message.into()))
    }
}

/// What comes of a request.
pub(in crate::lsp) type Answer<T> = Result<T, Refused>;

/// A file that a request is about, as it is in the client at this moment.
pub(in crate::lsp) struct Here {
    pub(in crate::lsp) path: PathBuf,
    pub(in crate::lsp) text: Arc<str>,
    /// The project that has the file, in the state of its last analysis, and its number there.
    pub(in crate::lsp) project: Option<(Arc<ProjectState>, FileId)>,
}

impl Here {
    /// The project's graph.
    pub(in crate::lsp) fn graph(&self) -> Option<&Graph> {
        self.project.as_ref().map(|(project, _)| &project.analysis.graph)
    }

    /// The API version that counts for the file.
    pub(in crate::lsp) fn version(&self) -> ApiVersion {
        self.project.as_ref().map_or(ApiVersion::NEWEST, |(project, _)| project.project.api_version)
    }

    /// Its tree and its type; none if it holds no component.
    pub(in crate::lsp) fn parsed(&self) -> Option<Parsed<'_>> {
        Parsed::new(&self.path, &self.text, self.placeholders())
    }

    /// What of the text is filled in at deploy time.
    fn placeholders(&self) -> Placeholders {
        let project = self.project.as_ref();
        project.map_or_else(Placeholders::default, |(project, file)| project.placeholders(*file, &self.text))
    }

    /// The node of the file's own component.
    pub(in crate::lsp) fn node(&self) -> Option<NodeId> {
        let (kind, name) = cursor::component_at(&self.path)?;
        self.graph()?.find(kind, &name)
    }
}

impl Context<'_> {
    /// The file that the client means; none if it is of no interest, or cannot be read.
    pub(in crate::lsp) fn here(&self, uri: &Uri) -> Option<Here> {
        let path = uri::stand_in(uri);
        let text = self.text_of(&path)?;
        let project = self.state.project_of(&path).map(|(project, file)| (Arc::clone(project), file));
        Some(Here { path, text, project })
    }

    /// The file that the client means, and the offset of a place in it.
    pub(in crate::lsp) fn at(&self, params: &TextDocumentPositionParams) -> Option<(Here, u32)> {
        let here = self.here(&params.text_document.uri)?;
        let offset = self.offset(&here.text, params.position);
        Some((here, offset))
    }

    /// The text of a file as the client has it, else as it is on disk.
    pub(in crate::lsp) fn text_of(&self, path: &Path) -> Option<Arc<str>> {
        match self.buffers.get(path) {
            Some(buffer) => Some(Arc::clone(&buffer.text)),
            None => source::read_file(path).ok().map(Arc::from),
        }
    }

    pub(in crate::lsp) fn lines<'t>(&self, text: &'t str) -> Lines<'t> {
        Lines::new(text, self.client.encoding)
    }

    pub(in crate::lsp) fn offset(&self, text: &str, position: Position) -> u32 {
        self.lines(text).offset(position)
    }

    /// How the client calls the file at `path`: by its own word, if it has it open.
    pub(in crate::lsp) fn uri(&self, path: &Path) -> Option<Uri> {
        self.buffers.get(path).map(|buffer| buffer.uri.clone()).or_else(|| uri::of_path(path))
    }

    /// A place of a project, for the client.
    pub(in crate::lsp) fn location(&self, project: &ProjectState, place: source::Location) -> Option<Location> {
        let path = project.disk(place.file)?;
        let text = project.text(place.file).unwrap_or_default();
        Some(Location { uri: self.uri(&path)?, range: self.lines(&text).range(place.span) })
    }

    /// Places of a project, for the client. Each text is looked at once: a queue can have thousands of members.
    pub(in crate::lsp) fn locations(&self, project: &ProjectState, places: &[source::Location]) -> Vec<Location> {
        let mut texts = FxHashMap::default();
        for place in places {
            texts.entry(place.file).or_insert_with(|| project.text(place.file).unwrap_or_default());
        }
        let mut files = FxHashMap::default();
        let mut found = Vec::with_capacity(places.len());
        for place in places {
            let (uri, lines) = files.entry(place.file).or_insert_with(|| {
                let uri = project.disk(place.file).and_then(|path| self.uri(&path));
                (uri, self.lines(texts.get(&place.file).map_or("", |text| &**text)))
            });
            found.extend(uri.clone().map(|uri| Location { uri, range: lines.range(place.span) }));
        }
        found
    }

    /// The range of the name of a node's component in its own file: its root element; its file's start if that is
    /// broken. None if the project does not define it.
    pub(in crate::lsp) fn home(&self, project: &ProjectState, node: NodeId) -> Option<Location> {
        let graph = &project.analysis.graph;
        if let Some(component) = graph.components_of(node).next() {
            return self.location(project, component.location());
        }
        let of = graph.node(node);
        let file = project.file_of(of.kind, &of.name)?;
        Some(Location { uri: self.uri(&project.disk(file)?)?, range: Range::default() })
    }
}
