//! Where what is named at a place is defined.

use lsp_types::{Definition, DefinitionParams, DefinitionResponse, Location, LocationLink, Range};

use super::named::{files_of_object, homes, named_at};
use crate::lsp::session::context::{Answer, Context, Here};
use crate::lsp::session::state::ProjectState;
use crate::lsp::text::cursor::{Parsed, Part};
use crate::schema::Kind;
use crate::source::{self, Span};

/// Where something is: its file and the range of it as a whole, and what of that is to be shown as chosen.
type Target = (Location, Range);

pub(in crate::lsp) fn definition(cx: &Context<'_>, params: DefinitionParams) -> Answer<Option<DefinitionResponse>> {
    let Some((here, offset)) = cx.at(&params.text_document_position_params) else { return Ok(None) };
    Ok(find(cx, &here, offset).filter(|(_, found)| !found.is_empty()).map(|(span, found)| {
        let origin = cx.lines(&here.text).range(span);
        answer(cx, origin, found)
    }))
}

fn answer(cx: &Context<'_>, origin: Range, found: Vec<Target>) -> DefinitionResponse {
    if !cx.client.location_links {
        let places = found.into_iter().map(|(whole, range)| Location { uri: whole.uri, range });
        return DefinitionResponse::Definition(Definition::LocationList(places.collect()));
    }
    let link = |(whole, name): Target| LocationLink {
        origin_selection_range: Some(origin),
        target_uri: whole.uri,
        target_range: whole.range,
        target_selection_range: name,
    };
    DefinitionResponse::DefinitionLinkList(found.into_iter().map(link).collect())
}

fn find(cx: &Context<'_>, here: &Here, offset: u32) -> Option<(Span, Vec<Target>)> {
    let (project, _) = here.project.as_ref()?;
    let Some(named) = named_at(here, offset) else {
        let (span, place) = field_at(here, offset)?;
        let whole = cx.location(project, place)?;
        let range = whole.range;
        return Some((span, vec![(whole, range)]));
    };
    if named.kind == Kind::Object {
        return Some((named.span, object(cx, project, &named.name)));
    }
    let node = project.analysis.graph.find(named.kind, &named.name)?;
    let found = homes(cx, project, node).into_iter().map(|home| (home.whole, home.name));
    Some((named.span, found.collect()))
}

fn object(cx: &Context<'_>, project: &ProjectState, name: &str) -> Vec<Target> {
    let files = files_of_object(project, name).into_iter();
    let places = files.filter_map(|file| cx.location(project, source::Location { file, span: Span::default() }));
    places.map(|whole| (whole.clone(), whole.range)).collect()
}

/// Where the custom field is defined that the value at an offset names, and the value's span.
fn field_at(here: &Here, offset: u32) -> Option<(Span, source::Location)> {
    let parsed = here.parsed()?;
    let place = parsed.at(offset).filter(|place| place.part == Part::Value)?;
    let element = place.element()?;
    let value = element.value();
    let names_field = match (parsed.kind, place.element_path()?.as_str()) {
        (Kind::WorkSkillRouting, path) => path == "workSkillRoutingAttributes/field",
        (Kind::ServiceChannel, path) => matches!(path, "statusField" | "secondaryRoutingPriorityField"),
        _ => false,
    };
    let (object, field) = match value.split_once('.') {
        _ if !names_field => return None,
        Some((object, field)) => (object.to_owned(), field),
        None => (object_of(&parsed)?, &*value),
    };
    let found = here.graph()?.fields_of(&object)?.get(field)?;
    Some((element.value_span(), found.location))
}

/// The object that the component is for.
fn object_of(parsed: &Parsed<'_>) -> Option<String> {
    let mut children = parsed.document.root()?.children();
    let object = children.find(|child| matches!(child.local_name(), "relatedEntity" | "relatedEntityType"))?;
    Some(object.value().into_owned())
}
