//! What can be written in a flow, where what stands beside a value says what it names.

use super::place::CompletionTarget;
use crate::lsp::text::outline::Outline;
use crate::schema::{Kind, Reference, Role};
use crate::source::Span;

/// The elements that hold JSON with the names of skills, and the keys of these in it.
const SKILL_KEYS: [&str; 2] = ["skillDevName", "skillId"];

/// What the value of an element names, if what stands beside it says so.
pub(super) fn reference(kind: Kind, outline: &Outline<'_>, of: usize) -> Option<Reference> {
    if kind != Kind::Flow {
        return None;
    }
    let node = outline.node(of)?;
    let value = node.parent?;
    let around = outline.node(value)?.parent?;
    let (role, to) = match (outline.name(node), outline.name(outline.node(around)?)) {
        ("setupReference", _) => {
            let of_type = outline.value_in(value, "setupReferenceType");
            let input = outline.value_in(around, "name");
            setup(of_type).or_else(|| by_input(input))?
        }
        ("stringValue", "inputParameters") => match outline.value_in(around, "name")? {
            "serviceChannelDevName" => (Role::RoutesChannel, Kind::ServiceChannel),
            "skillRequirement" => (Role::AsksForSkill, Kind::Skill),
            _ => return None,
        },
        ("stringValue", "filters") => {
            let lookup = outline.node(around)?.parent?;
            filtered(outline.value_in(lookup, "object")?, outline.value_in(around, "field")?)?
        }
        _ => return None,
    };
    Some(Reference { to, role })
}

fn setup(of_type: Option<&str>) -> Option<(Role, Kind)> {
    match of_type? {
        "ServiceChannel" => Some((Role::RoutesChannel, Kind::ServiceChannel)),
        "QueueRoutingConfig" => Some((Role::RoutesByConfig, Kind::QueueRoutingConfig)),
        "Queue" => Some((Role::RoutesToQueue, Kind::Queue)),
        "Skill" => Some((Role::AsksForSkill, Kind::Skill)),
        "BotDefinition" => Some((Role::RoutesToBot, Kind::Bot)),
        _ => None,
    }
}

fn by_input(input: Option<&str>) -> Option<(Role, Kind)> {
    match input? {
        "serviceChannelId" => setup(Some("ServiceChannel")),
        "routingConfigId" => setup(Some("QueueRoutingConfig")),
        "queueId" => setup(Some("Queue")),
        "botId" | "copilotId" => setup(Some("BotDefinition")),
        _ => None,
    }
}

/// What a look-up on an object compares a field with.
fn filtered(object: &str, field: &str) -> Option<(Role, Kind)> {
    let to = match (object, field) {
        ("Group", "DeveloperName") | ("QueueSobject", "Queue.DeveloperName") => Kind::Queue,
        ("ServiceChannel", "DeveloperName") => Kind::ServiceChannel,
        ("Skill", "DeveloperName") => Kind::Skill,
        ("QueueRoutingConfig", "DeveloperName") => Kind::QueueRoutingConfig,
        ("ServicePresenceStatus", "DeveloperName") => Kind::ServicePresenceStatus,
        ("User", "Username") => Kind::User,
        _ => return None,
    };
    Some((Role::LooksUp, to))
}

/// The part of a value that is to be completed: in the JSON of a skill requirement the name of the skill, and nothing
/// elsewhere in it.
pub(super) fn narrowed(
    kind: Kind,
    outline: &Outline<'_>,
    place: CompletionTarget,
    cursor: u32,
) -> Option<CompletionTarget> {
    let CompletionTarget::Value { of, begun, is_closed } = place else { return Some(place) };
    let is_text = outline.node(of).is_some_and(|node| outline.name(node) == "stringValue");
    let is_json = is_text && reference(kind, outline, of).is_some_and(|reference| reference.role == Role::AsksForSkill);
    if !is_json {
        return Some(place);
    }
    let begun = name_in_json(outline.slice(begun), begun.start, cursor)?;
    Some(CompletionTarget::Value { of, begun, is_closed })
}

/// The string around the cursor that is the name of a skill, without its quotes, which may be references.
fn name_in_json(json: &str, start: u32, cursor: u32) -> Option<Span> {
    let before = json.get(..cursor.checked_sub(start)? as usize)?;
    let (opened, quote) = ["&quot;", "\""]
        .into_iter()
        .filter_map(|quote| before.rfind(quote).map(|at| (at + quote.len(), quote)))
        .max_by_key(|(opened, _)| *opened)?;
    let key = before.get(..opened - quote.len())?.trim_ascii_end().strip_suffix(':')?.trim_ascii_end();
    let key = key.strip_suffix(quote)?;
    SKILL_KEYS.iter().find(|known| key.ends_with(**known))?;
    let rest = json.get(opened..)?;
    let end = rest.find(quote).unwrap_or(rest.len());
    Some(Span::new(start + opened as u32, start + (opened + end) as u32))
}
