//! Adding the elements that a check misses, with values that the project or the documentation gives.

use lsp_types::{CodeAction, CodeActionKind};

use super::asked::{Asked, Told};
use super::draft::{Draft, Drafter};
use super::edit::{FileChange, To};
use super::{mark, place};
use crate::diagnostics::{Diagnostic, Replacement};
use crate::graph::{Graph, NodeId};
use crate::lsp::session::seen::seen;
use crate::lsp::text::cursor::Parsed;
use crate::metadata::{
    PresenceDeclineReason, PresenceUserConfig, ServiceChannel, ServicePresenceStatus, StatusFieldMappingType,
};
use crate::schema::{Field, IndexMap, Kind, Role};
use crate::source::FileId;
use crate::xml::Element;

/// A choice of more names than these is no help.
const MOST: usize = 8;

/// The elements that would answer a finding: one action for each way.
pub(super) fn of(asked: &Asked<'_>, at: &Told<'_>, actions: &mut Vec<CodeAction>) {
    let graph = asked.graph();
    let node = asked.here.node();
    match at.finding.code {
        "OC103" => actions.extend(missing(asked, at)),
        "OC305" => actions.extend(in_root(asked, at, times(asked, at.finding))),
        "OC308" => status_model(asked, at, actions),
        "OC311" => actions.extend(priorities(asked, at)),
        "OC402" => {
            // Where reps cannot decline, reasons alone answer nothing.
            let config = node.and_then(|node| graph.get::<PresenceUserConfig>(node));
            if config
                .is_some_and(|config| config.value.enable_decline.is_true() && config.value.decline_reasons.is_empty())
            {
                let reasons = names(graph.all::<PresenceDeclineReason>().map(|item| &*item.component.name));
                each(asked, at, reasons, "declineReasons", actions);
            }
        }
        "OC405" => {
            for name in names(graph.all::<ServiceChannel>().map(|item| &*item.component.name)) {
                actions.extend(offer(asked, at, asked.file, name));
            }
        }
        "OC407" => {
            let statuses = graph.all::<ServicePresenceStatus>();
            let away = statuses.filter(|item| graph.channels_of(item.node).next().is_none());
            each(asked, at, names(away.map(|item| &*item.component.name)), "presenceStatusOnPushTimeout", actions);
        }
        "OC503" => channel_in_statuses(asked, at, actions),
        "OC507" => actions.extend(in_root(asked, at, vec![Draft::value("capacityWeight", "1.0")])),
        "OC517" => {
            let objects = graph.all::<ServiceChannel>().filter_map(|item| item.value.related_entity_type.get());
            for object in names(objects.map(|object| &**object)) {
                let holds = Draft::elements("queueSobject", vec![Draft::value("sobjectType", object)]);
                let title = format!("Add a `<queueSobject>` for `{object}`");
                let title = mark::adding(title, Kind::Queue, ["queueSobject"]);
                actions.extend(action(asked, at, title, asked.file, |parsed| root(parsed, vec![holds])));
            }
        }
        "OC703" => actions.extend(to_be_filled_in(asked, at, "flexiPage")),
        "OC704" => actions.extend(to_be_filled_in(asked, at, "customActionFlow")),
        "OC607" => actions.extend(drop_timeout(asked, at, node)),
        _ => {}
    }
}

/// Each name once, sorted; none if there are too many to choose from.
fn names<'g>(names: impl Iterator<Item = &'g str>) -> Vec<&'g str> {
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    names.dedup();
    if names.len() > MOST { Vec::new() } else { names }
}

/// An action that changes one file; none if its text cannot take the change.
fn action(
    asked: &Asked<'_>,
    at: &Told<'_>,
    title: String,
    file: FileId,
    change: impl FnOnce(&Parsed<'_>) -> Option<Vec<Replacement>>,
) -> Option<CodeAction> {
    let is_sound = |parsed: &&Parsed<'_>| parsed.document.errors.is_empty();
    let path = asked.disk(file)?;
    let made = if file == asked.file {
        change(asked.parsed.as_ref().filter(is_sound)?)
    } else {
        let text = seen(asked.cx, asked.project, &path)?.text;
        let placeholders = asked.project.placeholders(file, &text);
        change(Parsed::new(&path, &text, placeholders).as_ref().filter(is_sound)?)
    };
    let made = made.filter(|made| !made.is_empty())?;
    asked.quick_fix(title, at, &[FileChange { path, to: To::Changed(made) }])
}

/// Puts elements into the component itself, as far as it does not have them.
fn root(parsed: &Parsed<'_>, new: Vec<Draft>) -> Option<Vec<Replacement>> {
    let root = parsed.document.root()?;
    Some(place::insert(&parsed.document, root, &parsed.schema.fields, new))
}

/// `` `<a>`, `<b>` ``.
fn listed(new: &[Draft]) -> String {
    let names: Vec<String> = new.iter().map(|draft| format!("`<{}>`", draft.name)).collect();
    match names.as_slice() {
        [most @ .., last] if !most.is_empty() => format!("{} and {last}", most.join(", ")),
        _ => names.concat(),
    }
}

fn in_root(asked: &Asked<'_>, at: &Told<'_>, new: Vec<Draft>) -> Option<CodeAction> {
    let title = marked(asked, asked.file, format!("Add {}", listed(&new)), &new);
    let version = asked.here.version();
    action(asked, at, title, asked.file, |parsed| {
        let drafter = Drafter { schema: parsed.schema, version, name: &parsed.name };
        let known = new.into_iter().filter_map(|draft| {
            let field = parsed.schema.fields.get(draft.name).filter(|field| drafter.has(field))?;
            Some(if draft.is_whole() { draft } else { drafter.draft(draft.name, field) })
        });
        let root_element = parsed.document.root()?;
        let is_there = |name| root_element.children().any(|child| child.local_name() == name);
        root(parsed, known.filter(|draft| !is_there(draft.name)).collect())
    })
}

/// For each name, an action that adds an element with it.
fn each(asked: &Asked<'_>, at: &Told<'_>, names: Vec<&str>, element: &'static str, actions: &mut Vec<CodeAction>) {
    for name in names {
        let draft = Draft::value(element, name);
        let title = marked(asked, asked.file, format!("Add `<{element}>` with `{name}`"), std::slice::from_ref(&draft));
        actions.extend(action(asked, at, title, asked.file, |parsed| root(parsed, vec![draft])));
    }
}

/// The times that After Conversation Work lacks: those that the finding's message names. Where there are extensions alone,
/// the timer, and what it and they need.
fn times(asked: &Asked<'_>, finding: &Diagnostic) -> Vec<Draft> {
    const TIMES: [&str; 3] = ["afterConvoWorkMaxTime", "acwExtensionDuration", "maxExtensions"];
    const TIMER: &str = "hasAfterConvoWorkTimer";
    if finding.message.contains("without the timer") {
        let here = asked.here.parsed();
        let root = here.as_ref().and_then(|parsed| parsed.document.root());
        let has = |name: &str| root.is_none_or(|root| root.children().any(|child| child.local_name() == name));
        if has(TIMER) {
            return Vec::new();
        }
        let times = TIMES.into_iter().filter(|name| !has(name)).map(|name| Draft::value(name, ""));
        return std::iter::once(Draft::value(TIMER, "true")).chain(times).collect();
    }
    let named = |name: &&str| {
        finding.message.contains(&format!("without `{name}`")) || finding.message.contains(&format!("and `{name}`"))
    };
    TIMES.into_iter().filter(named).map(|name| Draft::value(name, "")).collect()
}

/// The element that a finding says is missing: its parent, its fields, and what it is called.
fn hole<'d, 't>(
    parsed: &'d Parsed<'t>,
    finding: &Diagnostic,
) -> Option<(Element<'d, 't>, &'static IndexMap<String, Field>, &'static str, &'static Field)> {
    let name = finding.element.as_deref()?.rsplit('/').next()?;
    let parent = parsed.document.last_begun(finding.primary.location.span.start)?;
    // An element that is there and empty is not missing.
    if parent.start_tag() != finding.primary.location.span || parent.local_name() == name && parent.parent().is_some() {
        return None;
    }
    let fields = parsed.fields_in(parent)?;
    let (name, field) = fields.get_key_value(name)?;
    Some((parent, fields, name, field))
}

fn missing(asked: &Asked<'_>, at: &Told<'_>) -> Option<CodeAction> {
    let here = asked.parsed.as_ref()?;
    let (_, _, name, field) = hole(here, at.finding)?;
    let drafter = Drafter { schema: here.schema, version: asked.here.version(), name: &here.name };
    let draft = drafter.draft(name, field);
    let title = if draft.is_whole() {
        marked(asked, asked.file, format!("Add `<{name}>`"), std::slice::from_ref(&draft))
    } else {
        format!("Add `<{name}>`, to be filled in")
    };
    action(asked, at, title, asked.file, |parsed| {
        let (parent, fields, ..) = hole(parsed, at.finding)?;
        Some(place::insert(&parsed.document, parent, fields, vec![draft]))
    })
}

/// An element beside the one that a finding is about, which says that it must be there.
fn to_be_filled_in(asked: &Asked<'_>, at: &Told<'_>, name: &'static str) -> Option<CodeAction> {
    let title = format!("Add `<{name}>`, to be filled in");
    action(asked, at, title, asked.file, |parsed| {
        let beside = parsed.document.last_begun(at.finding.primary.location.span.start)?;
        let parent = beside.parent()?;
        let fields = parsed.fields_in(parent).filter(|fields| fields.contains_key(name))?;
        let is_there = beside.local_name() == name || parent.children().any(|child| child.local_name() == name);
        (!is_there).then(|| place::insert(&parsed.document, parent, fields, vec![Draft::value(name, "")]))
    })
}

/// The title of an action that writes these elements into a file, marked if they have a part in routing. What is to be
/// filled in has none yet.
fn marked(asked: &Asked<'_>, file: FileId, title: String, new: &[Draft]) -> String {
    let kind = asked.graph().files.get(file.0 as usize).and_then(|file| file.kind);
    match kind {
        Some(kind) => mark::adding(title, kind, new.iter().map(|draft| draft.name)),
        None => title,
    }
}

/// Adds every element that the component lacks and its type requires, where there are several.
pub(super) fn all_required(asked: &Asked<'_>) -> Option<CodeAction> {
    let parsed = asked.parsed.as_ref().filter(|parsed| parsed.document.errors.is_empty())?;
    let drafter = Drafter { schema: parsed.schema, version: asked.here.version(), name: &parsed.name };
    let all = &asked.project.analysis.diagnostics;
    let from = all.partition_point(|finding| finding.primary.location.file < asked.file);
    let own =
        all.get(from..).unwrap_or_default().iter().take_while(|finding| finding.primary.location.file == asked.file);
    let mut parents: Vec<(Element<'_, '_>, &IndexMap<String, Field>, Vec<Draft>)> = Vec::new();
    for finding in own.filter(|finding| finding.code == "OC103") {
        let Some((parent, fields, name, field)) = hole(parsed, finding) else { continue };
        let draft = drafter.draft(name, field);
        match parents.iter_mut().find(|(other, ..)| other.span() == parent.span()) {
            Some((.., drafts)) => drafts.push(draft),
            None => parents.push((parent, fields, vec![draft])),
        }
    }
    let new: Vec<Draft> = parents.iter().flat_map(|(.., drafts)| drafts).cloned().collect();
    // A single one has its own action.
    if new.len() < 2 {
        return None;
    }
    let whole: Vec<Draft> = new.into_iter().filter(Draft::is_whole).collect();
    let title = marked(asked, asked.file, "Add the required elements".to_owned(), &whole);
    let made =
        parents.into_iter().flat_map(|(parent, fields, new)| place::insert(&parsed.document, parent, fields, new));
    let mut made: Vec<Replacement> = made.collect();
    made.sort_by_key(|one| one.span.start);
    if made.is_empty() {
        return None;
    }
    let change = FileChange { path: asked.here.path.clone(), to: To::Changed(made) };
    asked.action(title, CodeActionKind::RefactorRewrite, &[change])
}

/// For each value that is not mapped, an action that maps it to what the finding misses.
fn status_model(asked: &Asked<'_>, at: &Told<'_>, actions: &mut Vec<CodeAction>) {
    let Some(channel) = asked.here.node().and_then(|node| asked.graph().get::<ServiceChannel>(node)) else { return };
    let (value, graph) = (channel.value, asked.graph());
    let Some(object) = value.related_entity_type.get() else { return };
    let Some(field) = value.status_field.get() else {
        let is_known = graph.picklist_of(object, "Status").is_some();
        let field = Draft::value("statusField", if is_known { "Status" } else { "" });
        let title = if is_known {
            marked(asked, asked.file, "Add `<statusField>` with `Status`".to_owned(), std::slice::from_ref(&field))
        } else {
            "Add `<statusField>`, to be filled in".to_owned()
        };
        if value.status_field.is_missing() {
            actions.extend(action(asked, at, title, asked.file, |parsed| root(parsed, vec![field])));
        }
        return;
    };
    let is_mapped =
        |name: &str| value.status_mappings.iter().any(|mapping| mapping.value.get().is_some_and(|of| &**of == name));
    let free: Vec<&str> = offered(graph, object, field).into_iter().filter(|name| !is_mapped(name)).collect();
    let maps = |to| value.status_mappings.iter().any(|mapping| mapping.kind.get() == Some(&to));
    let to = [StatusFieldMappingType::Completed, StatusFieldMappingType::InProgress];
    for to in to.into_iter().filter(|&to| !maps(to)) {
        if free.is_empty() {
            let elements = vec![Draft::value("type", to.as_str()), Draft::value("value", "")];
            let draft = Draft::elements("serviceChannelStatusFieldMappings", elements);
            let title = format!("Add a `<serviceChannelStatusFieldMappings>` for `{}`, to be filled in", to.as_str());
            actions.extend(action(asked, at, title, asked.file, |parsed| root(parsed, vec![draft])));
        }
        for name in free.iter().take(MOST) {
            let elements = vec![Draft::value("type", to.as_str()), Draft::value("value", *name)];
            let draft = Draft::elements("serviceChannelStatusFieldMappings", elements);
            let title = format!("Map the status `{name}` to `{}`", to.as_str());
            let title = marked(asked, asked.file, title, std::slice::from_ref(&draft));
            actions.extend(action(asked, at, title, asked.file, |parsed| root(parsed, vec![draft])));
        }
    }
}

/// The values of a picklist that people can choose.
fn offered<'g>(graph: &'g Graph, object: &str, field: &str) -> Vec<&'g str> {
    let values = graph.picklist_of(object, field).map(|picklist| picklist.values).unwrap_or_default();
    values
        .iter()
        .filter(|value| value.is_offered())
        .filter_map(|value| value.full_name.get())
        .map(|name| &**name)
        .collect()
}

/// A priority for each value of the field, in the picklist's order.
fn priorities(asked: &Asked<'_>, at: &Told<'_>) -> Option<CodeAction> {
    let graph = asked.graph();
    let channel = graph.get::<ServiceChannel>(asked.here.node()?)?;
    let field = channel.value.secondary_routing_priority_field.get()?;
    let values = offered(graph, channel.value.related_entity_type.get()?, field);
    let entry = |(at, value): (usize, &&str)| {
        let elements = vec![Draft::value("priority", (at + 1).to_string()), Draft::value("value", *value)];
        Draft::elements("serviceChannelFieldPriorities", elements)
    };
    let entries = values.iter().enumerate().map(entry).collect();
    let title = format!("Add `<serviceChannelFieldPriorities>` for the values of `{field}`, in the picklist's order");
    let title = mark::adding(title, Kind::ServiceChannel, ["serviceChannelFieldPriorities"]);
    action(asked, at, title, asked.file, |parsed| root(parsed, entries))
}

/// The service channel in each status that offers others.
fn channel_in_statuses(asked: &Asked<'_>, at: &Told<'_>, actions: &mut Vec<CodeAction>) {
    let graph = asked.graph();
    let own = graph.component_in(asked.file).filter(|component| component.kind == Kind::ServiceChannel);
    let channel = match own {
        Some(component) => Some(component.name.clone()),
        None => standard_of(asked, at),
    };
    let Some(channel) = channel else { return };
    // Where no status offers anything yet, any may be the one.
    let statuses = || graph.all::<ServicePresenceStatus>();
    let is_online = |node| graph.channels_of(node).next().is_some();
    let any = !statuses().any(|item| is_online(item.node));
    let online = statuses().filter(|item| any || is_online(item.node));
    for name in names(online.map(|item| &*item.component.name)) {
        let status = graph.find(Kind::ServicePresenceStatus, name);
        let file = status.and_then(|status| graph.components_of(status).next()).map(|component| component.file);
        actions.extend(file.and_then(|file| offer(asked, at, file, &channel)));
    }
}

/// The service channel of the object that a finding is about.
fn standard_of(asked: &Asked<'_>, at: &Told<'_>) -> Option<String> {
    let (graph, place) = (asked.graph(), at.finding.primary.location.span);
    let parsed = asked.parsed.as_ref()?;
    let mentions = parsed.mentions(asked.here.version());
    let object = mentions.iter().find(|mention| mention.span == place)?;
    let channel = graph.known_channels_for(graph.find(Kind::Object, object.name)?).next()?;
    Some(graph.name(channel).to_owned())
}

/// The channel among those that the status in a file offers.
fn offer(asked: &Asked<'_>, at: &Told<'_>, file: FileId, channel: &str) -> Option<CodeAction> {
    let status = asked.graph().component_in(file)?.name.clone();
    let title = format!("Offer `{channel}` in the presence status `{status}`");
    let title = mark::adding(title, Kind::ServicePresenceStatus, ["channels"]);
    action(asked, at, title, file, |parsed| {
        let status = parsed.document.root()?;
        let new = Draft::value("channel", channel);
        let Some(channels) = status.children().find(|child| child.local_name() == "channels") else {
            return root(parsed, vec![Draft::elements("channels", vec![new])]);
        };
        Some(place::insert(&parsed.document, channels, parsed.fields_in(channels)?, vec![new]))
    })
}

/// The timeout in the routing configurations of the set's object that route by skills.
fn drop_timeout(asked: &Asked<'_>, at: &Told<'_>, set: Option<NodeId>) -> Option<CodeAction> {
    const LEAST: &str = "5";
    let graph = asked.graph();
    graph.targets(set?, Role::RulesFor).next()?;
    let config = at.finding.related.first().and_then(|label| {
        let component = graph.component_in(label.location.file)?;
        match component.kind {
            Kind::QueueRoutingConfig => Some(component),
            Kind::Queue => {
                let queue = graph.find(Kind::Queue, &component.name)?;
                graph.components_of(graph.config_of(queue)?.0).next()
            }
            _ => None,
        }
    })?;
    let title = format!("Add `<dropAdditionalSkillsTimeout>` to `{}`", config.name);
    let title = mark::adding(title, Kind::QueueRoutingConfig, ["dropAdditionalSkillsTimeout"]);
    let draft = Draft::value("dropAdditionalSkillsTimeout", LEAST);
    action(asked, at, title, config.file, |parsed| root(parsed, vec![draft]))
}
