//! Making a component that is named and missing.

use std::path::PathBuf;

use lsp_types::{CodeAction, CodeActionKind};
use rustc_hash::FxHashSet;

use super::asked::{Asked, MOST};
use super::draft::{Draft, Drafter, Style};
use super::edit::{FileChange, To};
use super::seed;
use crate::graph::Resolution;
use crate::lsp::text::file_name;
use crate::schema::validate::NAMESPACE;
use crate::schema::{self, Kind, Mention, TypeSchema};
use crate::source::{self, Layout};

/// For each missing component that is named in the range, an action that makes it.
pub(super) fn of(asked: &Asked<'_>, actions: &mut Vec<CodeAction>) {
    let Some(parsed) = &asked.parsed else { return };
    let mentions = parsed.mentions(asked.here.version());
    let is_in = |span: source::Span| span.start <= asked.span.end && asked.span.start <= span.end;
    let mut seen: FxHashSet<(Kind, &str)> = FxHashSet::default();
    let first = mentions.iter().filter(|mention| is_in(mention.span) && seen.insert((mention.to, mention.name)));
    let made = first.filter_map(|mention| create(asked, &mention).map(|action| (mention, action)));
    for (mention, action) in made.take(MOST) {
        let told =
            asked.findings.iter().filter(|at| at.finding.code == "OC201" && is_in(at.finding.primary.location.span));
        let told: Vec<_> =
            told.filter(|at| at.finding.primary.location.span == mention.span).map(|at| at.told.clone()).collect();
        actions.push(CodeAction { diagnostics: (!told.is_empty()).then_some(told), ..action });
    }
}

fn create(asked: &Asked<'_>, mention: &Mention<'_>) -> Option<CodeAction> {
    let (kind, name) = (mention.to, mention.name);
    let schema = schema::get(kind).filter(|schema| !schema.partial && schema.only_name.is_none())?;
    let graph = asked.graph();
    let is_unknown =
        |node| matches!(graph.node(node).resolution, Resolution::Unknown { .. }) && graph.node(node).kind == kind;
    if !graph.find(kind, name).is_some_and(is_unknown) || !can_be_named(name) || asked.here.version().0 < schema.since {
        return None;
    }
    let path = path(asked, schema, name)?;
    if path.exists() || asked.cx.buffers.get(&path).is_some() {
        return None;
    }
    let drafter = Drafter { schema, version: asked.here.version(), name };
    let text = text(schema, drafter, seed::of(asked, mention));
    let title = format!("Create the {} `{name}`", kind.noun());
    asked.action(title, CodeActionKind::QuickFix, &[FileChange { path, to: To::New(text) }])
}

/// True for a developer name that is not one of an installed package.
fn can_be_named(name: &str) -> bool {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(is_word)
        && !name.contains("__")
        && !name.ends_with('_')
        // Names of the channels that Salesforce ships.
        && !name.starts_with("sfdc_")
        && file_name::fault(&format!("{name}.x")).is_none()
}

/// Where the file is to lie: with the others of its type in the package, else beside the folder of the file that names
/// it, else where `sf` puts it.
fn path(asked: &Asked<'_>, schema: &TypeSchema, name: &str) -> Option<PathBuf> {
    let graph = asked.graph();
    let here = graph.files.get(asked.file.0 as usize)?;
    let common = |path: &str| path.bytes().zip(here.path.bytes()).take_while(|(a, b)| a == b).count();
    let siblings = graph.files.iter().filter(|file| file.kind == Some(schema.name) && file.package == here.package);
    let siblings = siblings.map(|file| &*file.path);
    // Of equally near ones the first: `max_by_key` takes the last.
    let nearest = siblings.rev().max_by_key(|path| common(path));
    let folder = |path: &str| path.rsplit_once('/').map_or(String::new(), |(folder, _)| folder.to_owned());
    let own = here.kind.and_then(schema::get).map(|own| &*own.directory);
    let around = folder(&here.path);
    let (above, last) = around.rsplit_once('/').unwrap_or(("", &around));
    let folder = if let Some(path) = nearest {
        folder(path)
    } else if own == Some(last) {
        joined(above, &schema.directory)
    } else if graph.layout == Layout::Sfdx {
        let package = asked.project.project.packages.get(here.package as usize)?;
        joined(package, &format!("main/default/{}", schema.directory))
    } else {
        schema.directory.clone()
    };
    let source_format = match graph.layout {
        Layout::Sfdx => true,
        Layout::Mdapi => false,
        Layout::Folder => here.source_format,
    };
    let ending = if source_format { "-meta.xml" } else { "" };
    let path = joined(&folder, &format!("{name}.{}{ending}", schema.suffix));
    Some(source::join(&asked.project.project.root, &path))
}

fn joined(folder: &str, rest: &str) -> String {
    if folder.is_empty() { rest.to_owned() } else { format!("{folder}/{rest}") }
}

/// A file as `sf` writes it, with what its type requires and what is known.
fn text(schema: &'static TypeSchema, drafter: Drafter<'_>, known: Vec<Draft>) -> String {
    let style = Style { unit: "    ", line_end: "\n", prefix: "", inline: false };
    let name = schema.name.as_str();
    let mut text = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{name} xmlns=\"{NAMESPACE}\">\n");
    let mut drafts = drafter.required(&schema.fields);
    drafts.retain(|draft| known.iter().all(|known| known.name != draft.name));
    drafts.extend(known);
    drafts.sort_by_key(|draft| schema.fields.get_index_of(draft.name));
    for draft in drafts {
        text.push_str(style.unit);
        Draft::write(&draft, &mut text, style.unit, &style);
        text.push('\n');
    }
    text + "</" + name + ">\n"
}
