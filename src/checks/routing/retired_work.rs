use crate::checks::entry::{Uses, by_target, element_at, route_works};
use crate::checks::{Checker, check};
use crate::diagnostics::Severity::Note;
use crate::schema::{Kind, Role};
use crate::text::list;

check!("OC520", "retired-work", "retired_work.md", [Note]);

/// A product that Salesforce has retired.
struct Product {
    name: &'static str,
    /// The object whose records were its work.
    object: &'static str,
    /// The service channel that Salesforce shipped for it.
    channel: &'static str,
}

const RETIRED: [Product; 2] = [
    Product { name: "Chat", object: "LiveChatTranscript", channel: "sfdc_liveagent" },
    Product { name: "SOS", object: "SOSSession", channel: "sfdc_sos" },
];

/// How many queues are named by their places.
const MOST: usize = 10;

fn run(cx: &mut Checker<'_>) {
    for product in &RETIRED {
        in_queues(cx, product);
    }
    in_flows(cx);
}

fn in_queues(cx: &mut Checker<'_>, product: &Product) {
    let graph = cx.graph;
    let Product { name, object, .. } = product;
    let node = graph.find(Kind::Object, object);
    let holds = node.into_iter().flat_map(|node| graph.sources(node, Role::Holds));
    let queues: Vec<_> = holds.filter(|&(queue, _)| graph.config_of(queue).is_some()).collect();
    let Some(&(_, first)) = queues.first() else { return };
    let (noun, verb) = if queues.len() == 1 { ("the queue", "routes") } else { ("the queues", "route") };
    let message = format!(
        "{noun} {} {verb} `{object}`, the work of {name}, which Salesforce has retired: no such work arrives",
        list(queues.iter().map(|&(queue, _)| graph.name(queue)), 3)
    );
    let finding = cx.report(Note, first, message).label(format!("the work of {name}"));
    let finding = queues
        .iter()
        .skip(1)
        .take(MOST)
        .fold(finding, |finding, &(queue, place)| finding.related(place, format!("`{}` too", graph.name(queue))));
    finding
        .help("let the queue hold `MessagingSession` instead, or remove the object")
        .element("queueSobject/sobjectType");
}

fn in_flows(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    let product = |channel: &str| RETIRED.iter().find(|product| product.channel.eq_ignore_ascii_case(channel));
    let named = route_works(graph).filter(|work| work.active).flat_map(|work| {
        let channels = work.may.channels.known.iter().filter(|_| work.may.channels.is_complete());
        let retired = channels.filter(|target| product(&target.name).is_some());
        retired.filter_map(move |target| Some((work, target.at, target.node?)))
    });
    for Uses { work, places, node } in by_target(named) {
        let channel = graph.name(node);
        let (Some(product), Some(&place)) = (product(channel), places.first()) else { continue };
        let message = format!(
            "{} routes work of the service channel `{channel}`, that of {}, which Salesforce has retired: no such work arrives",
            work.title(),
            product.name
        );
        let finding = cx
            .report(Note, place, message)
            .label(format!("the channel of {}", product.name))
            .help("route messaging sessions by `sfdc_livemessage` instead, or remove the action")
            .element(element_at(graph, place));
        finding.also(places.get(1..).unwrap_or_default());
    }
}
