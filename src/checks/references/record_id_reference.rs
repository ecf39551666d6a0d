use super::element;
use crate::checks::{Checker, Finding, check};
use crate::diagnostics::Severity::{self, Note, Warning};
use crate::graph::{Graph, IdGiven, Node, Resolution, Routing};
use crate::metadata::{Flow, Name, RoutingAction, ServiceChannel, Spanned, WorkSkillRouting};
use crate::schema::Kind;
use crate::source::Location;
use crate::text::{a, is_record_id};

check!("OC203", "record-id-reference", "record_id_reference.md", [Warning, Note]);

fn run(cx: &mut Checker<'_>) {
    references(cx);
    fields(cx);
    flows(cx);
}

/// A record Id that a flow gives to routing actions.
struct Given<'g> {
    kind: Kind,
    action: RoutingAction,
    id: &'g IdGiven,
    /// Where it is written, each place once.
    places: Vec<Location>,
}

/// Record Ids in flows: each once for a flow, wherever and however often it is written.
fn flows(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for flow in graph.all::<Flow>() {
        let file = flow.component.file;
        let mut given: Vec<Given<'_>> = Vec::new();
        for routing in graph.routings().iter().filter(|routing| routing.file == file) {
            for (kind, id) in ids_of(routing) {
                let is_it =
                    |known: &&mut Given<'_>| (known.kind, &known.id.id, &known.id.label) == (kind, &id.id, &id.label);
                let known = given.iter_mut().find(is_it);
                match known {
                    Some(known) if !known.places.contains(&id.at) => known.places.push(id.at),
                    Some(_) => {}
                    None => given.push(Given { kind, action: routing.action, id, places: vec![id.at] }),
                }
            }
        }
        let severity = if graph.runs(flow) { Warning } else { Note };
        for id in given {
            given_id(cx, severity, &flow.component.name, &id);
        }
    }
}

/// The record Ids that an action may be given, each with what it is of. That of the service channel is left alone: its
/// developer name stands beside it.
fn ids_of(routing: &Routing) -> impl Iterator<Item = (Kind, &IdGiven)> {
    let inputs = [
        (Kind::Queue, &routing.queues),
        (Kind::QueueRoutingConfig, &routing.configs),
        (Kind::Bot, &routing.bots),
        (Kind::User, &routing.agents),
    ];
    // The skills of other actions are those of the actions that add them.
    let adds = routing.action == RoutingAction::AddSkillRequirements;
    let skills = routing.skills.asked.iter().filter(move |_| adds).map(|asked| (Kind::Skill, &asked.skill));
    inputs.into_iter().chain(skills).flat_map(|(kind, targets)| targets.ids.iter().map(move |id| (kind, id)))
}

fn given_id(cx: &mut Checker<'_>, severity: Severity, flow: &str, given: &Given<'_>) {
    let (kind, noun) = (given.kind, given.kind.noun());
    let Some(&place) = given.places.first() else { return };
    let what = given.id.label.as_ref().map_or_else(|| a(noun), |label| format!("the {noun} `{label}`"));
    let times = if given.places.len() > 1 { format!(" in {} places", given.places.len()) } else { String::new() };
    let fate = match given.action {
        RoutingAction::RouteWork => "routes nothing",
        RoutingAction::AddSkillRequirements => "asks for a skill that is not there",
        RoutingAction::CheckAvailability => "asks about what is not there",
    };
    let message = format!(
        "the flow `{flow}` gives {what} to {}{times} by its record Id, which other orgs do not have: there the flow deploys \
         and {fate}",
        a(given.action.noun())
    );
    let help = flow_help(cx.graph, kind, given.id.node.map(|node| cx.graph.name(node)));
    let finding = cx.report(severity, place, message).label("a record Id").help(help);
    let finding = finding.also(given.places.get(1..).unwrap_or_default());
    if kind != Kind::Skill {
        finding.element("actionCalls/inputParameters/value/stringValue");
    }
}

/// From this API version on an action says its version in a text: 2.0.0 names what older ones have by Id.
const VERSIONED: u16 = 62;
/// From this API version on flows can name setup components.
const SETUP_REFERENCE: u16 = 58;

/// What to do: something that the project's API version takes. `name`: what the Id is of, if the project tells.
fn flow_help(graph: &Graph, kind: Kind, name: Option<&str>) -> String {
    let version = graph.api_version.0;
    let it = name.map_or_else(|| "it".to_owned(), |name| format!("`{name}`"));
    let look_up = format!("look {it} up by {} with Get Records, and use the Id that is found", called(kind));
    match kind {
        Kind::User => look_up,
        _ if version >= VERSIONED => format!(
            "set the action to version 2.0.0 in Flow Builder (under the advanced options), which writes names instead of \
             Ids, or {look_up}"
        ),
        Kind::QueueRoutingConfig | Kind::Bot if version >= SETUP_REFERENCE => {
            format!("give the input a `setupReference` with the developer name of the {}, or {look_up}", kind.noun())
        }
        _ => look_up,
    }
}

/// Names that the schema knows to be names of something.
fn references(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    let is_id = |_, target: &Node| {
        // Profiles go by their labels, which may look like Ids.
        target.kind != Kind::Profile
            && matches!(target.resolution, Resolution::Unknown { .. } | Resolution::External)
            && is_record_id(&target.name)
    };
    for (from, to, edge) in graph.edges_to(is_id) {
        let (source, target) = (graph.node(from), graph.node(to));
        if graph.file_of(edge.location).is_some_and(|file| file.is_broken_at(edge.location.span)) {
            continue;
        }
        let (noun, name) = (target.kind.noun(), &target.name);
        let message = format!(
            "the {} `{}` names the {noun} `{name}` by its record Id, which other orgs do not have",
            source.kind.noun(),
            source.name
        );
        let finding = cx
            .report(Warning, edge.location, message)
            .label("a record Id")
            .help(format!("write the {} of the {noun}", called(target.kind)));
        if let Some(path) = element(graph, from, edge) {
            finding.element(path);
        }
    }
}

/// Names of fields.
fn fields(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for channel in graph.all::<ServiceChannel>() {
        let (component, value) = (channel.component, channel.value);
        for (element, field) in [
            ("secondaryRoutingPriorityField", &value.secondary_routing_priority_field),
            ("statusField", &value.status_field),
        ] {
            if let Some(field) = field.spanned().filter(|field| is_record_id(&field.value)) {
                field_id(cx, field, component.at(field.span), "its API name, such as `Priority__c`").element(element);
            }
        }
    }
    for rules in graph.all::<WorkSkillRouting>() {
        for field in rules.value.attributes.iter().filter_map(|rule| rule.field.spanned()) {
            let name = field.value.split_once('.').map_or(&*field.value, |(_, name)| name);
            if is_record_id(name) {
                field_id(
                    cx,
                    field,
                    rules.component.at(field.span),
                    "its API name with the object, such as `Case.Topic__c`",
                )
                .element("workSkillRoutingAttributes/field");
            }
        }
    }
}

fn field_id<'c>(cx: &'c mut Checker<'_>, field: &Spanned<Name>, location: Location, instead: &str) -> Finding<'c> {
    let message = format!("the field `{}` is named by its record Id, which other orgs do not have", field.value);
    cx.report(Warning, location, message).label("a record Id").help(format!("write {instead}"))
}

/// What things of this kind are called by.
const fn called(kind: Kind) -> &'static str {
    match kind {
        Kind::User => "username",
        Kind::Object => "API name",
        _ => "developer name",
    }
}
