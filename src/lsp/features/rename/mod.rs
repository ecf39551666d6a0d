//! A component by another name: every reference, and its files.

mod edit;
mod name;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use lsp_types::{
    PrepareRenameParams, PrepareRenamePlaceholder, PrepareRenameResult, RenameFile, RenameFilesParams, RenameParams,
    TextDocumentPositionParams, WorkspaceEdit,
};

use self::edit::{Edits, changed};
use self::name::{can_be_name, can_be_renamed, encoded};
use super::named::{Named, files_of, named_at};
use crate::caseless;
use crate::graph::NodeId;
use crate::lsp::session::context::{Answer, Context, Refused};
use crate::lsp::session::seen::seen;
use crate::lsp::session::state::ProjectState;
use crate::lsp::text::file_name;
use crate::lsp::text::uri;
use crate::schema::{FileClass, Kind, developer_name, recognise};
use crate::source::FileId;

pub(in crate::lsp) fn prepare(cx: &Context<'_>, params: PrepareRenameParams) -> Answer<Option<PrepareRenameResult>> {
    let place = &params.text_document_position_params;
    let Some((_, _, Named { name, span, .. })) = target(cx, place)? else { return Ok(None) };
    let Some(here) = cx.here(&place.text_document.uri) else { return Ok(None) };
    let range = cx.lines(&here.text).range(span);
    Ok(Some(PrepareRenameResult::PrepareRenamePlaceholder(PrepareRenamePlaceholder { range, placeholder: name })))
}

pub(in crate::lsp) fn rename(cx: &Context<'_>, params: RenameParams) -> Answer<Option<WorkspaceEdit>> {
    let Some((project, node, _)) = target(cx, &params.text_document_position_params)? else { return Ok(None) };
    let graph = &project.analysis.graph;
    let new = params.new_name.trim();
    can_be_name(graph, node, new)?;
    if graph.name(node) == new {
        return Ok(None);
    }
    let mut edits = Edits::default();
    edits.rename(cx, &project, node, new)?;
    let files = renamed_files(cx, &project, node, new)?;
    Ok(Some(edits.finish(cx, files)))
}

/// The component at a place, if it can be renamed.
fn target(cx: &Context<'_>, place: &TextDocumentPositionParams) -> Answer<Option<(Arc<ProjectState>, NodeId, Named)>> {
    let Some((here, offset)) = cx.at(place) else { return Ok(None) };
    if let Some((project, _)) = &here.project {
        seen(cx, project, &here.path).ok_or_else(|| changed(&here.path))?;
    }
    let Some(named) = named_at(&here, offset) else {
        return Err(Refused::new(
            "nothing here names a component: rename it at a value that names it, or at the name of the root element of its file",
        ));
    };
    let Some((project, _)) = here.project else {
        return Err(Refused::new("the file is in no project"));
    };
    let node = can_be_renamed(&project.analysis.graph, named.kind, &named.name)?;
    if !cx.client.document_changes || !cx.client.renames_files {
        return Err(Refused::new(
            "the name of a component is that of its file, and this editor lets no server rename files",
        ));
    }
    Ok(Some((project, node, named)))
}

/// The files of the component, in all packages, under their new names.
fn renamed_files(cx: &Context<'_>, project: &ProjectState, node: NodeId, new: &str) -> Answer<Vec<RenameFile>> {
    let graph = &project.analysis.graph;
    let kind = graph.node(node).kind;
    let mut renamed: Vec<(PathBuf, PathBuf)> = Vec::new();
    for file in files_of(graph, node) {
        let Some(old) = project.disk(file) else { continue };
        let Some(path) = renamed_path(&old, kind, new).filter(|path| *path != old) else { continue };
        if let Some((name, fault)) = unfit(&path) {
            return Err(Refused::new(format!("`{name}` cannot be the name of a file: it {fault}")));
        }
        if !old.is_file() {
            return Err(Refused::new(format!("`{}` is not on disk yet: save it first", old.display())));
        }
        let is_same = |other: &Path| caseless::equal(&other.to_string_lossy(), &old.to_string_lossy());
        let is_taken = path.exists() && !is_same(&path);
        if is_taken || renamed.iter().any(|(_, other)| *other == path) {
            return Err(Refused::new(format!("there is a file `{}` already", path.display())));
        }
        renamed.push((old, path));
    }
    renamed.sort();
    let change = |(old, new): (PathBuf, PathBuf)| {
        let (old_uri, new_uri) = (cx.uri(&old)?, uri::of_path(&new)?);
        Some(RenameFile { old_uri, new_uri, options: None, annotation_id: None })
    };
    Ok(renamed.into_iter().filter_map(change).collect())
}

/// The name of a file, and why no file can have it.
fn unfit(path: &Path) -> Option<(&str, String)> {
    let name = path.file_name()?.to_str()?;
    Some((name, file_name::fault(name)?))
}

/// The path of a component's file after it is renamed.
fn renamed_path(old: &Path, kind: Kind, new: &str) -> Option<PathBuf> {
    let file = old.file_name()?.to_str()?;
    let stem = file.strip_suffix("-meta.xml").unwrap_or(file).rsplit_once('.')?.0;
    let rest = file.get(stem.len()..)?;
    let stem = if kind == Kind::Profile { encoded(new) } else { new.to_owned() };
    Some(old.with_file_name(format!("{stem}{rest}")))
}

/// What it takes that files can be renamed without leaving a name behind. Nothing where it is not clear that a component
/// is renamed: a folder, another suffix, a name that is taken or that no component can have, or of several files of a component only one.
pub(in crate::lsp) fn of_files(cx: &Context<'_>, params: RenameFilesParams) -> Answer<Option<WorkspaceEdit>> {
    let path = |uri: String| uri::to_path(&lsp_types::Uri(uri));
    let files = params.files.into_iter();
    let moved: Vec<(PathBuf, PathBuf)> =
        files.filter_map(|file| Some((path(file.old_uri.0)?, path(file.new_uri.0)?))).collect();
    let mut edits = Edits::default();
    let mut done: Vec<(PathBuf, NodeId)> = Vec::new();
    for (old, new) in &moved {
        let Some((project, node, name)) = renamed_in(cx, old, new, &moved) else { continue };
        // Of several files of one component, the first says it all.
        let key = (project.project.root.clone(), node);
        if !done.contains(&key) {
            edits.rename(cx, project, node, &name)?;
            done.push(key);
        }
    }
    Ok((!edits.is_empty()).then(|| edits.finish(cx, Vec::new())))
}

/// The component that is renamed by moving its file, and its new name.
fn renamed_in<'c>(
    cx: &Context<'c>,
    old: &Path,
    new: &Path,
    moved: &[(PathBuf, PathBuf)],
) -> Option<(&'c ProjectState, NodeId, String)> {
    let (project, _) = cx.state.project_of(old)?;
    let graph = &project.analysis.graph;
    let (kind, name, suffix) = component(old)?;
    let (new_kind, new_name, new_suffix) = component(new)?;
    if kind != new_kind || suffix != new_suffix || name == new_name || developer_name::fault(kind, &new_name).is_some()
    {
        return None;
    }
    let node = can_be_renamed(graph, kind, &name).ok()?;
    let is_taken = graph.find(kind, &new_name).is_some_and(|other| other != node && !files_of(graph, other).is_empty());
    let goes = |file: &FileId| {
        let disk = project.disk(*file);
        let to = moved.iter().find(|(from, _)| Some(from) == disk.as_ref());
        to.and_then(|(_, to)| component(to)).is_some_and(|(_, name, _)| name == new_name)
    };
    (!is_taken && files_of(graph, node).iter().all(goes)).then_some((project.as_ref(), node, new_name))
}

fn component(path: &Path) -> Option<(Kind, String, bool)> {
    let path = path.to_string_lossy().replace('\\', "/");
    match recognise(&path) {
        FileClass::Component { kind, name, source_format } => Some((kind, name.into_owned(), source_format)),
        _ => None,
    }
}
