//! From a new name to the changes of texts that it asks for.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use lsp_types::{
    DocumentChange, Edit, OptionalVersionedTextDocumentIdentifier, RenameFile, TextDocumentEdit,
    TextDocumentIdentifier, TextEdit, WorkspaceEdit,
};
use serde::Deserialize;
use toml::Spanned;

use super::super::named::{files_of, plain, references_to};
use super::name::{with_value, written_as};
use crate::caseless;
use crate::graph::NodeId;
use crate::lsp::session::context::{Answer, Context, Refused};
use crate::lsp::session::seen::{Seen, seen};
use crate::lsp::session::state::ProjectState;
use crate::schema::Kind;
use crate::source::{self, FileId, Span};
use crate::xml::{self, Document, Element};

/// Changes of texts, file by file.
#[derive(Default)]
pub(in crate::lsp) struct Edits {
    files: BTreeMap<PathBuf, FileEdits>,
}

struct FileEdits {
    /// The text that they are of, and the client's number of it.
    text: Arc<str>,
    version: Option<i32>,
    edits: BTreeMap<Span, String>,
}

impl Edits {
    /// Adds what it takes to call the component `new` wherever it is named.
    pub(in crate::lsp) fn rename(
        &mut self,
        cx: &Context<'_>,
        project: &ProjectState,
        node: NodeId,
        new: &str,
    ) -> Answer<()> {
        let graph = &project.analysis.graph;
        for of_file in references_to(graph, node).chunk_by(|a, b| a.file == b.file) {
            let Some(file) = of_file.first().map(|place| place.file) else { continue };
            let spans: Vec<Span> = of_file.iter().map(|place| place.span).collect();
            self.references(cx, project, node, (file, &spans), new)?;
        }
        for file in files_of(graph, node) {
            self.own_name(cx, project, node, file, new)?;
        }
        self.exceptions(cx, project, node, new);
        Ok(())
    }

    fn of<'e>(&'e mut self, disk: PathBuf, text: &Arc<str>, version: Option<i32>) -> &'e mut BTreeMap<Span, String> {
        let new = || FileEdits { text: Arc::clone(text), version, edits: BTreeMap::new() };
        &mut self.files.entry(disk).or_insert_with(new).edits
    }

    fn references(
        &mut self,
        cx: &Context<'_>,
        project: &ProjectState,
        node: NodeId,
        (file, spans): (FileId, &[Span]),
        new: &str,
    ) -> Answer<()> {
        let Seen { path: disk, text, version } = file_of(cx, project, file)?;
        let document = xml::parse(&text);
        let of = project.analysis.graph.node(node);
        for span in spans {
            if let Some(element) = value_at(&document, *span) {
                let element = Some(element).filter(|element| names(*element, of.kind, &of.name));
                let element = element.ok_or_else(|| changed(&disk))?;
                self.set(&disk, (&text, version), element, of.kind, (&of.name, new));
            } else if caseless::equal(span.slice(&text), &of.name) {
                // A name that is a part of a flow's text. Names that can be renamed to have nothing to escape.
                self.of(disk.clone(), &text, version).insert(*span, new.to_owned());
            } else {
                return Err(changed(&disk));
            }
        }
        Ok(())
    }

    /// Some tools write the name into the file too.
    fn own_name(
        &mut self,
        cx: &Context<'_>,
        project: &ProjectState,
        node: NodeId,
        file: FileId,
        new: &str,
    ) -> Answer<()> {
        // What cannot be read has no name in it that could be told.
        if project.text(file).is_none() {
            return Ok(());
        }
        let Seen { path: disk, text, version } = file_of(cx, project, file)?;
        let document = xml::parse(&text);
        let of = project.analysis.graph.node(node);
        let mut children = document.root().into_iter().flat_map(Element::children);
        let own = children.find(|child| child.local_name() == "fullName" && names(*child, of.kind, &of.name));
        if let Some(own) = own {
            self.set(&disk, (&text, version), own, of.kind, (&of.name, new));
        }
        Ok(())
    }

    fn set(
        &mut self,
        disk: &Path,
        (text, version): (&Arc<str>, Option<i32>),
        element: Element<'_, '_>,
        kind: Kind,
        (old, new): (&str, &str),
    ) {
        let span = element.value_span();
        let value = written_as(&element.value(), kind, old, new);
        self.of(disk.to_path_buf(), text, version).insert(span, with_value(span.slice(text), &value));
    }

    /// Exceptions in the configuration that name the component, and can mean no other.
    fn exceptions(&mut self, cx: &Context<'_>, project: &ProjectState, node: NodeId, new: &str) {
        let graph = &project.analysis.graph;
        let of = graph.node(node);
        let is_only = Kind::TYPES
            .into_iter()
            .filter(|kind| *kind != of.kind)
            .all(|kind| graph.find(kind, &of.name).is_none_or(|other| files_of(graph, other).is_empty()));
        for config in &project.settings.files {
            let disk = source::join(&project.project.root, &config.path);
            let Some(text) = cx.text_of(&disk) else { continue };
            let Ok(file) = toml::from_str::<ConfigFile>(&text) else { continue };
            let version = cx.buffers.get(&disk).map(|buffer| buffer.version);
            let mut exceptions = file.exceptions.into_iter();
            let wanted = |table: &ExceptionTable| table.kind.map_or(is_only, |kind| kind == of.kind);
            for name in exceptions.by_ref().filter(wanted).filter_map(|table| table.name) {
                if caseless::equal(name.get_ref(), &of.name) {
                    let span = Span::new(name.span().start as u32, name.span().end as u32);
                    self.of(disk.clone(), &text, version).insert(span, quoted(span.slice(&text), new));
                }
            }
        }
    }

    /// As the client takes it: the texts first, under the names that their files have, then the files.
    pub(in crate::lsp) fn finish(self, cx: &Context<'_>, renamed: Vec<RenameFile>) -> WorkspaceEdit {
        let mut changes = Vec::new();
        for (disk, FileEdits { text, version, edits }) in self.files {
            let Some(uri) = cx.uri(&disk) else { continue };
            let lines = cx.lines(&text);
            let edits = edits.into_iter().map(|(span, new_text)| TextEdit { range: lines.range(span), new_text });
            changes.push((uri, version, edits.collect::<Vec<_>>()));
        }
        if !cx.client.document_changes {
            let changes: HashMap<_, _> = changes.into_iter().map(|(uri, _, edits)| (uri, edits)).collect();
            return WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() };
        }
        let texts = changes.into_iter().map(|(uri, version, edits)| {
            let text_document_identifier = TextDocumentIdentifier { uri };
            DocumentChange::TextDocumentEdit(TextDocumentEdit {
                text_document: OptionalVersionedTextDocumentIdentifier { version, text_document_identifier },
                edits: edits.into_iter().map(Edit::TextEdit).collect(),
            })
        });
        let changes = texts.chain(renamed.into_iter().map(DocumentChange::RenameFile)).collect();
        WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() }
    }

    pub(in crate::lsp) fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

/// What is read of `omnic.toml` to find names in it.
#[derive(Default, Deserialize)]
#[serde(default)]
struct ConfigFile {
    exceptions: Vec<ExceptionTable>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ExceptionTable {
    #[serde(rename = "type")]
    kind: Option<Kind>,
    name: Option<Spanned<String>>,
}

/// A file as it was analysed, if the client has it so.
fn file_of(cx: &Context<'_>, project: &ProjectState, file: FileId) -> Answer<Seen> {
    let disk = project.disk(file).ok_or_else(|| Refused::new("a file has just gone: try again"))?;
    seen(cx, project, &disk).ok_or_else(|| changed(&disk))
}

/// The refusal to make edits of a text that is no longer there.
pub(in crate::lsp) fn changed(path: &Path) -> Refused {
    Refused::new(format!("`{}` has just changed: try again", path.display()))
}

/// The element whose value is at `span`.
fn value_at<'d, 't>(document: &'d Document<'t>, span: Span) -> Option<Element<'d, 't>> {
    document.last_begun(span.start).filter(|element| !element.has_children() && element.value_span() == span)
}

fn names(element: Element<'_, '_>, kind: Kind, name: &str) -> bool {
    caseless::equal(&plain(kind, &element.value()), name)
}

/// A name as a TOML string, with the quotes that the old one has.
fn quoted(old: &str, new: &str) -> String {
    if old.starts_with('\'') && !old.starts_with("'''") && !new.contains('\'') {
        return format!("'{new}'");
    }
    toml::Value::String(new.to_owned()).to_string()
}
