//! OC203

use std::cell::LazyCell;

use rustc_hash::FxHashMap;

use super::element;
use crate::checks::{Check, Checker, Evidence, Finding};
use crate::diagnostics::Severity::{Note, Warning};
use crate::graph::{Graph, Node, Resolution};
use crate::metadata::{Flow, Name, Queue, ServiceChannel, Spanned, WorkSkillRouting};
use crate::schema::Kind;
use crate::source::Location;
use crate::text::is_record_id;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC203",
    name: "record-id-reference",
    severities: &[Warning, Note],
    strict: false,
    summary: "A record Id where a name belongs.",
    what: "Reports a record Id, of 15 or 18 characters, that stands for a component, a user or a field, although the \
           documentation asks for Ids in some of these places, and one that a flow gives to a route-work action as \
           queue, routing configuration, bot, agent or user. A note in a flow that is not active. The \
           `serviceChannelId` of a flow is left alone: the developer name stands beside it.",
    why: "A record has another Id in every org, except in sandboxes made from the org that has it. Elsewhere a deploy \
          does not find the record, or, as with flows, succeeds, and the work is not routed.",
    fix: "Write the name. In a flow, look the record up by its developer name and use the Id that is found, or name it by \
          `setupReference`, as newer versions of Flow Builder do.",
    source: "Salesforce Knowledge 005226660, Troubleshooting Guide for Omni-Channel Routing Issues; Metadata API \
             Developer Guide 67.0; seen in real projects",
    evidence: &[Evidence::Documented, Evidence::RealFiles],
    fails: "
== Flow Route_Messages
    <actionCalls>
        <name>To_Support</name>
        <actionName>routeWork</actionName>
        <actionType>routeWork</actionType>
        <inputParameters>
            <name>routingType</name>
            <value>
                <stringValue>QueueBased</stringValue>
            </value>
        </inputParameters>
        <inputParameters>
            <name>queueId</name>
            <value>
                <stringValue>00G5g000001AbCdEAK</stringValue>
            </value>
        </inputParameters>
        <inputParameters>
            <name>queueLabel</name>
            <value>
                <stringValue>Support</stringValue>
            </value>
        </inputParameters>
    </actionCalls>
    <label>Route Messages</label>
    <processType>RoutingFlow</processType>
    <status>Active</status>
",
    passes: "
== Flow Route_Messages
    <actionCalls>
        <name>To_Support</name>
        <actionName>routeWork</actionName>
        <actionType>routeWork</actionType>
        <inputParameters>
            <name>routingType</name>
            <value>
                <stringValue>QueueBased</stringValue>
            </value>
        </inputParameters>
        <inputParameters>
            <name>queueId</name>
            <value>
                <elementReference>Get_Support_Queue.Id</elementReference>
            </value>
        </inputParameters>
    </actionCalls>
    <label>Route Messages</label>
    <processType>RoutingFlow</processType>
    <status>Active</status>
",
    run,
};

/// The inputs of Route Work that take an Id: what of, and the input in which Flow Builder keeps its label.
const INPUTS: [(&str, Kind, &str); 6] = [
    ("queueId", Kind::Queue, "queueLabel"),
    ("routingConfigId", Kind::QueueRoutingConfig, "routingConfigLabel"),
    ("botId", Kind::Bot, "botLabel"),
    ("copilotId", Kind::Bot, "copilotLabel"),
    ("agentforceEmployeeAgentId", Kind::Bot, "agentforceEmployeeAgentLabel"),
    ("agentId", Kind::User, "agentLabel"),
];

fn run(cx: &mut Checker<'_>) {
    references(cx);
    fields(cx);
    let graph = cx.graph;
    let queues = LazyCell::new(|| queues_by_label(graph));
    for flow in graph.all::<Flow>() {
        let severity = if flow.value.is_active() { Warning } else { Note };
        for action in flow.value.route_works() {
            for (input, kind, label) in INPUTS {
                let Some(id) = action.text(input).filter(|id| is_record_id(&id.value)) else { continue };
                let label = action.text(label).map(|label| &*label.value);
                let queue = label.filter(|_| kind == Kind::Queue).and_then(|label| queues.get(label).copied());
                let location = flow.component.at(id.span);
                let message = flow_message(&flow.component.name, kind, label);
                cx.report(severity, location, message)
                    .label("a record Id")
                    .help(flow_help(input, kind, queue))
                    .element("actionCalls/inputParameters/value/stringValue");
            }
        }
    }
}

fn flow_message(flow: &str, kind: Kind, label: Option<&str>) -> String {
    let noun = kind.noun();
    let what = label.map_or_else(|| format!("a {noun}"), |label| format!("the {noun} `{label}`"));
    format!(
        "the flow `{flow}` gives {what} to a route-work action by its record Id, which other orgs do not have: there \
         the flow deploys and routes nothing"
    )
}

/// `queue`: the developer name of the queue, if the project tells.
fn flow_help(input: &str, kind: Kind, queue: Option<&str>) -> String {
    match kind {
        Kind::Queue | Kind::User => {
            let it = queue.map_or_else(|| "it".to_owned(), |queue| format!("`{queue}`"));
            format!(
                "look {it} up by {} with Get Records, and let `{input}` refer to the Id that is found",
                called(kind)
            )
        }
        _ => format!("give `{input}` a `setupReference` with the developer name of the {} instead", kind.noun()),
    }
}

/// The developer names of the queues, by the names people see.
fn queues_by_label(graph: &Graph) -> FxHashMap<&str, &str> {
    let queues = graph.all::<Queue>();
    queues.filter_map(|queue| Some((&**queue.value.name.get()?, &*queue.component.name))).collect()
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
