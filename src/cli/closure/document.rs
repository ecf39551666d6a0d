//! A closure as JSON.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;

use super::answer::{ClosureAnswer, Reason};
use crate::schema::Member;
use crate::source::ApiVersion;
use crate::text::json;

/// What components need to be deployed, or what depends on them.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "omnic closure")]
struct ClosureDocument<'a> {
    /// The format; this is 1. Fields may be added; a change or removal makes a new version.
    format_version: u32,
    /// The project's root, as seen from the working directory.
    root: &'a str,
    /// The API version of the manifests.
    api_version: String,
    /// True if what depends on the components is listed, not what they need.
    reverse: bool,
    /// False if something is missing, cannot be named or read, or is deleted and still named.
    complete: bool,
    /// The components, each after what it needs.
    components: Vec<DocumentComponent<'a>>,
    /// Components that need each other.
    circles: Vec<Vec<DocumentMember<'a>>>,
    /// What is named, and not in the project: the org must have it.
    outside: Vec<DocumentEnd<'a>>,
    /// What is to be deleted after the components have been deployed: what names others comes first.
    deleted: Vec<DocumentDeleted<'a>>,
    /// Files of which nobody can say what component they belong to.
    unnamed: &'a [String],
    /// Files of the closure that could not be read to their ends.
    unreadable: &'a [String],
    /// Files that were asked for, and that `.forceignore` keeps out of a deploy.
    ignored: &'a [String],
}

/// A component as a manifest names it.
#[derive(Serialize, JsonSchema)]
struct DocumentMember<'a> {
    /// The metadata type.
    r#type: &'a str,
    /// The full name.
    name: &'a str,
}

/// A component of the closure.
#[derive(Serialize, JsonSchema)]
struct DocumentComponent<'a> {
    /// The component.
    #[serde(flatten)]
    member: DocumentMember<'a>,
    /// Its file, relative to the project's root.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    /// False if it is of a type that is not read, so that what it needs is not known.
    read: bool,
    /// Why it is there; absent for what was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    because: Option<DocumentReason<'a>>,
}

/// A reference.
#[derive(Serialize, JsonSchema)]
struct DocumentReason<'a> {
    /// The reference as a sentence.
    text: &'a str,
    /// The file in which it stands, relative to the project's root.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    /// The line, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
}

/// What is named, and not in the project.
#[derive(Serialize, JsonSchema)]
struct DocumentEnd<'a> {
    /// The type, which for users is no metadata type, and the name.
    #[serde(flatten)]
    member: DocumentMember<'a>,
    /// True if the project should define it: a deploy fails.
    missing: bool,
    /// What is known of it.
    known: &'a str,
    /// What names it.
    because: DocumentReason<'a>,
}

/// A component whose files have been deleted.
#[derive(Serialize, JsonSchema)]
struct DocumentDeleted<'a> {
    /// The component.
    #[serde(flatten)]
    member: DocumentMember<'a>,
    /// The file that defined it, relative to the project's root.
    path: &'a str,
    /// What still names it, so that the deletion fails.
    named_by: Vec<DocumentReason<'a>>,
}

fn member(member: &Member) -> DocumentMember<'_> {
    DocumentMember { r#type: member.type_name, name: &member.name }
}

fn reason(reason: &Reason) -> DocumentReason<'_> {
    let place = reason.place.as_ref();
    DocumentReason { text: &reason.text, path: place.map(|place| &*place.path), line: place.map(|place| place.line) }
}

/// The closure as JSON.
pub(super) fn to_json(answer: &ClosureAnswer, root: &str, version: ApiVersion, reverse: bool) -> String {
    let document = ClosureDocument {
        format_version: 1,
        root,
        api_version: version.to_string(),
        reverse,
        complete: !answer.is_incomplete(),
        components: answer
            .components
            .iter()
            .map(|of| DocumentComponent {
                member: member(&of.member),
                path: of.path.as_deref(),
                read: of.is_read,
                because: of.reason.as_ref().map(reason),
            })
            .collect(),
        circles: answer.circles.iter().map(|circle| circle.iter().map(member).collect()).collect(),
        outside: answer
            .ends
            .iter()
            .map(|end| DocumentEnd {
                member: member(&end.member),
                missing: end.is_missing,
                known: end.known,
                because: reason(&end.reason),
            })
            .collect(),
        deleted: answer
            .deleted
            .iter()
            .map(|of| DocumentDeleted {
                member: member(&of.gone.member),
                path: &of.gone.path,
                named_by: of.named_by.iter().map(reason).collect(),
            })
            .collect(),
        unnamed: &answer.unnamed,
        unreadable: &answer.unreadable,
        ignored: &answer.ignored,
    };
    json::tidy_text(&document, 2) + "\n"
}

/// The JSON Schema of what [`to_json`] writes.
pub(super) fn schema() -> String {
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    json::pretty_text(&generator.into_root_schema_for::<ClosureDocument<'_>>()) + "\n"
}
