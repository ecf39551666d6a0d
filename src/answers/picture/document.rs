//! A picture as JSON.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;

use super::value::{Picture, PictureEdge, PictureNode};
use crate::answers::roles::{decides, name_of, words};
use crate::graph::Resolution;
use crate::text::json;

/// The components of a project, and the references between them.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "omnic graph")]
struct PictureDocument<'p> {
    /// The format; this is 1. Fields may be added; a change or removal makes a new version.
    format_version: u32,
    /// The project's root, as seen from the working directory.
    root: &'p str,
    /// The component that was asked for with `--focus`, by its `id`.
    center: Option<String>,
    /// The components, and what they name.
    nodes: Vec<DocumentNode<'p>>,
    /// The references between them.
    edges: Vec<DocumentEdge>,
    /// How many components are near enough, and left out.
    left_out: usize,
}

/// A component, something that is only named, or several of one kind.
#[derive(Serialize, JsonSchema)]
struct DocumentNode<'p> {
    /// What edges call it: the type and the name, such as `Queue:Support`; of several, the type, and `missing` if the
    /// project does not define them.
    id: String,
    /// The metadata type.
    r#type: &'static str,
    /// The words for the type.
    noun: &'static str,
    /// The name; absent if several are folded.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'p str>,
    /// What is known of it: `here` (the project defines it), `ignored` (in a file that `.forceignore` keeps out of a
    /// deploy), `standard` (Salesforce ships it), `declared` (the org has it), `external` (not kept in source, or not read),
    /// `filled-in` (filled in at deploy time) or `unknown`.
    state: &'static str,
    /// The file that defines it, relative to the project's root.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'p str>,
    /// How many are folded into it.
    count: usize,
}

/// A reference.
#[derive(Serialize, JsonSchema)]
struct DocumentEdge {
    /// The `id` of what refers.
    from: String,
    /// The `id` of what is referred to.
    to: String,
    /// What for, such as `routed-by`.
    role: String,
    /// The same in words: `is routed by`.
    words: &'static str,
    /// True if it decides who is offered work.
    decides: bool,
    /// How many references are folded into it.
    count: usize,
}

fn id(node: &PictureNode) -> String {
    let kind = node.kind.as_str();
    match (node.count, node.is_missing()) {
        (1, _) if node.resolution == Resolution::FilledIn => format!("{kind}:{} (filled in)", node.name),
        (1, _) => format!("{kind}:{}", node.name),
        (_, true) => format!("{kind} (missing)"),
        (_, false) => kind.to_owned(),
    }
}

/// The picture as JSON, one node or edge a line.
pub fn to_json(picture: &Picture, root: &str) -> String {
    let ids: Vec<String> = picture.nodes.iter().map(id).collect();
    let id = |at: usize| ids.get(at).cloned().unwrap_or_default();
    let nodes = picture.nodes.iter().enumerate().map(|(at, node)| DocumentNode {
        id: id(at),
        r#type: node.kind.as_str(),
        noun: node.kind.noun(),
        name: (node.count == 1).then_some(&*node.name),
        state: node.state(),
        path: node.path.as_deref(),
        count: node.count,
    });
    let edges = picture.edges.iter().map(|&PictureEdge { from, to, role, count }| DocumentEdge {
        from: id(from),
        to: id(to),
        role: name_of(role),
        words: words(role),
        decides: decides(role),
        count,
    });
    let document = PictureDocument {
        format_version: 1,
        root,
        center: picture.center.map(id),
        nodes: nodes.collect(),
        edges: edges.collect(),
        left_out: picture.left_out,
    };
    json::tidy_text(&document, 2) + "\n"
}

/// The JSON Schema of what [`to_json`] writes.
pub fn schema() -> String {
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    json::pretty_text(&generator.into_root_schema_for::<PictureDocument<'_>>()) + "\n"
}
