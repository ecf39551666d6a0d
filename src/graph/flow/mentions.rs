//! The names that a flow mentions in its routing actions, and in the look-ups of its data.

use super::reader::{Alone, Reader, deciding, group_type};
use super::value::{FlowIn, Found, Key, OBJECTS, Value, is};
use crate::metadata::{Flow, FlowActionCall, FlowElementReferenceOrValue, FlowRecordLookup, Requirement, Requirements};
use crate::schema::{Kind, Mention, Mentions, Role};
use crate::source::{FileId, Location, Span};
use crate::text::is_record_id;

/// The inputs of routing actions that take the Id of a record, what of, and what for.
pub const INPUTS: [(&str, Kind, Role); 9] = [
    ("serviceChannelId", Kind::ServiceChannel, Role::RoutesChannel),
    ("queueId", Kind::Queue, Role::RoutesToQueue),
    ("routingConfigId", Kind::QueueRoutingConfig, Role::RoutesByConfig),
    ("agentId", Kind::User, Role::RoutesToUser),
    ("botId", Kind::Bot, Role::RoutesToBot),
    ("copilotId", Kind::Bot, Role::RoutesToBot),
    ("agentforceEmployeeAgentId", Kind::Bot, Role::RoutesToBot),
    ("externalConversationBotId", Kind::Bot, Role::RoutesToBot),
    ("digitalWorkerId", Kind::Bot, Role::RoutesToBot),
];

/// What a text that is not an Id can only name, since nothing else of the kind exists outside of the metadata.
const NAMED: [Kind; 3] = [Kind::Queue, Kind::QueueRoutingConfig, Kind::ServiceChannel];

/// Adds the names that a flow mentions, in the order of the text, each place once.
pub(in crate::graph) fn mentions(flow: &Flow, into: &mut Mentions) {
    let mut finder = Finder { flow: FlowIn { flow, file: FileId::default(), name: "" }, found: Vec::new() };
    for (_, action) in flow.routing_actions() {
        finder.action(action);
    }
    for lookup in &flow.lookups {
        finder.lookup(lookup);
    }
    // What is routed to counts before what is merely looked up.
    finder.found.sort_by_key(|(mention, rank)| (mention.span, *rank));
    finder.found.dedup_by_key(|(mention, _)| mention.span);
    finder.found.into_iter().for_each(|(mention, _)| into.push(mention));
}

struct Finder<'f> {
    flow: FlowIn<'f>,
    found: Vec<(Mention<'f>, u8)>,
}

impl<'f> Finder<'f> {
    fn add(&mut self, role: Role, to: Kind, name: &'f str, span: Span) {
        let rank = u8::from(matches!(role, Role::LooksUp | Role::MayLookUp));
        if !name.trim_ascii().is_empty() {
            self.found.push((Mention { role, to, name, span, filled_in: false }, rank));
        }
    }

    fn action(&mut self, action: &'f FlowActionCall) {
        for input in &action.inputs {
            let (Some(name), Some(value)) = (input.name.get(), &input.value) else { continue };
            let known = INPUTS.iter().find(|(known, ..)| **known == **name);
            if let Some(setup) = value.setup_reference.spanned() {
                if let Some((kind, role)) = setup_kind(value).or(known.map(|&(_, kind, role)| (kind, role))) {
                    // What names a rep there is not known to be a username.
                    if kind != Kind::User {
                        self.add(role, kind, &setup.value, setup.span);
                    }
                }
            } else if **name == *"serviceChannelDevName" {
                for (text, at) in self.texts(value) {
                    self.add(Role::RoutesChannel, Kind::ServiceChannel, text, at.span);
                }
            } else if let Some(&(_, kind, role)) = known {
                self.looked_up(kind, role, value);
            }
        }
        if let Some(Requirements::Listed(listed)) = action.requirements() {
            for requirement in &listed {
                self.requirement(action, requirement);
            }
        }
    }

    /// What a value may be as a text.
    fn texts(&self, value: &'f FlowElementReferenceOrValue) -> Vec<(&'f str, Location)> {
        let values = Reader::new(&Alone).value(self.flow, value);
        let text = |value| match value {
            Value::Text(text, at) => Some((text, at)),
            _ => None,
        };
        values.known.into_iter().filter_map(text).collect()
    }

    /// The records that a value may be, by the names by which they are looked up.
    fn looked_up(&mut self, kind: Kind, role: Role, value: &'f FlowElementReferenceOrValue) {
        for value in Reader::new(&Alone).value(self.flow, value).known {
            let found = match value {
                // Flow Builder writes an Id here; whatever else stands here is meant for a name.
                Value::Text(text, at) if NAMED.contains(&kind) && !is_record_id(text) => {
                    self.add(role, kind, text, at.span);
                    continue;
                }
                Value::Found(found) => found,
                _ => continue,
            };
            if is_name(found.field) && kind_of(&found).is_some_and(|(to, _)| to == kind) {
                self.add(role, kind, found.text, found.at.span);
            }
        }
    }

    /// The names in a requirement. They are parts of a text of the action, from which they are taken once more: a
    /// requirement does not last.
    fn requirement(&mut self, action: &'f FlowActionCall, requirement: &Requirement) {
        let Some(text) = action.text("skillRequirement") else { return };
        for name in [&requirement.id, &requirement.name].into_iter().flatten() {
            if name.value.contains("{!") || is_record_id(&name.value) {
                continue;
            }
            // A name with an escape in it is no name.
            if let Some(start) = text.value.find(&*name.value) {
                let name_in_text = text.value.get(start..start + name.value.len()).unwrap_or_default();
                self.add(Role::AsksForSkill, Kind::Skill, name_in_text, name.span);
            }
        }
    }

    fn lookup(&mut self, lookup: &'f FlowRecordLookup) {
        let Some(object) = lookup.object.get() else { return };
        for (key, filter) in deciding(lookup).unwrap_or_default() {
            let Some(value) = filter.value.as_ref().filter(|_| is_name(key)) else { continue };
            for (text, at) in self.texts(value) {
                let found = Found { object, field: key, text, at, lookup };
                if let Some((kind, role)) = kind_of(&found) {
                    self.add(role, kind, text, at.span);
                }
            }
        }
    }
}

const fn is_name(key: Key) -> bool {
    matches!(key, Key::DeveloperName | Key::Username)
}

/// What a setup reference names, by the type beside it.
fn setup_kind(value: &FlowElementReferenceOrValue) -> Option<(Kind, Role)> {
    match &**value.setup_reference_type.get()? {
        "ServiceChannel" => Some((Kind::ServiceChannel, Role::RoutesChannel)),
        "QueueRoutingConfig" => Some((Kind::QueueRoutingConfig, Role::RoutesByConfig)),
        "Skill" => Some((Kind::Skill, Role::AsksForSkill)),
        "Queue" => Some((Kind::Queue, Role::RoutesToQueue)),
        "BotDefinition" => Some((Kind::Bot, Role::RoutesToBot)),
        _ => None,
    }
}

/// What a record is that is looked up, and what it is mentioned for.
pub(super) fn kind_of(found: &Found<'_>) -> Option<(Kind, Role)> {
    let mut kinds = OBJECTS.iter().chain(&[("QueueSobject", Kind::Queue), ("User", Kind::User)]);
    match group_type(found.lookup).filter(|_| is(found.object, "Group")) {
        Some("Queue") => Some((Kind::Queue, Role::LooksUp)),
        Some("Regular") => Some((Kind::Group, Role::LooksUp)),
        Some(_) => None,
        None if is(found.object, "Group") => Some((Kind::Queue, Role::MayLookUp)),
        None if is(found.object, "Skill") => Some((Kind::Skill, Role::AsksForSkill)),
        None => kinds.find(|(object, _)| is(found.object, object)).map(|&(_, kind)| (kind, Role::LooksUp)),
    }
}
