use crate::checks::{Checker, check};
use crate::diagnostics::Applicability::Unsafe;
use crate::diagnostics::Change;
use crate::diagnostics::Severity::{self, Error, Note, Warning};
use crate::graph::{Graph, Item};
use crate::metadata::{MessagingChannel, Name, Scalar};
use crate::source::ApiVersion;

check!("OC806", "handler-mismatch", "handler_mismatch.md", [Error, Warning, Note]);

/// A type of handler, the elements that it needs, and those that name a handler of another type.
type Handler = (&'static str, &'static [&'static str], &'static [&'static str]);

const HANDLERS: [Handler; 3] = [
    ("Queue", &["sessionHandlerQueue"], &["sessionHandlerFlow", "sessionHandlerUser", "sessionHandlerAsa"]),
    ("Flow", &["sessionHandlerFlow", "sessionHandlerQueue"], &["sessionHandlerUser", "sessionHandlerAsa"]),
    ("AgentforceServiceAgent", &["sessionHandlerQueue", AGENT.0], &["sessionHandlerFlow", "sessionHandlerUser"]),
];

/// The agent behind a channel, and the first version in which a deploy was seen to fail without it.
const AGENT: (&str, ApiVersion) = ("sessionHandlerAsa", ApiVersion(67));

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for channel in graph.all::<MessagingChannel>() {
        let Some(kind) = channel.value.session_handler_type.spanned() else { continue };
        if &*kind.value == "User" {
            queue_beside_user(cx, channel);
        }
        let Some((handler, needs, strange)) = HANDLERS.iter().find(|(name, ..)| *name == &*kind.value) else {
            continue;
        };
        let title = format!("the messaging channel `{}`", channel.component.name);
        let place = channel.component.at(kind.span);
        for element in needs.iter().filter(|element| lacks(graph, channel, element)) {
            let (severity, fate) = fate(graph, element);
            let message = format!("{title} is handled by `{handler}`, but has no `{element}`: {fate}");
            cx.report(severity, place, message)
                .label(format!("needs `{element}`"))
                .help(format!("add `<{element}>` with the developer name of {}", named(handler, element)))
                .element("sessionHandlerType");
        }
        for element in *strange {
            let Some(other) = value(channel.value, element).spanned() else { continue };
            let message = format!(
                "{title} is handled by `{handler}`, but names `{}` in `{element}`, which does not fit",
                other.value
            );
            cx.report(Warning, channel.component.at(other.span), message)
                .label("not the handler")
                .related(place, format!("handled by `{handler}`"))
                .help(format!("remove `{element}`, or choose another `sessionHandlerType`"))
                .fix(format!("remove `{element}`"), Unsafe, Change::Remove { span: other.span })
                .element(*element);
        }
    }
}

/// How bad it is that an element is missing.
fn fate(graph: &Graph, element: &str) -> (Severity, String) {
    if element == AGENT.0 && graph.api_version < AGENT.1 {
        (Warning, format!("a deploy fails at API {} and later", AGENT.1))
    } else {
        (Error, "a deploy fails".to_owned())
    }
}

/// Salesforce's error texts refuse a queue beside a user, but a newer list of theirs still has it.
fn queue_beside_user(cx: &mut Checker<'_>, channel: Item<'_, MessagingChannel>) {
    let Some(queue) = channel.value.session_handler_queue.spanned() else { return };
    let message = format!(
        "the messaging channel `{}` is handled by a user, but names the queue `{}` too: Salesforce may refuse it \
         (`UnsupportedFallbackQueue`)",
        channel.component.name, queue.value
    );
    cx.report(Note, channel.component.at(queue.span), message)
        .label("not beside a user")
        .help("remove `sessionHandlerQueue`, or let the queue handle the sessions")
        .fix("remove `sessionHandlerQueue`", Unsafe, Change::Remove { span: queue.span })
        .element("sessionHandlerQueue");
}

/// What an element names, for a type of handler.
fn named(handler: &str, element: &str) -> &'static str {
    match (handler, element) {
        (_, "sessionHandlerAsa") => "the agent's bot",
        ("Queue", _) => "a queue",
        (_, "sessionHandlerFlow") => "an active Omni-Channel flow",
        _ => "the queue to fall back on",
    }
}

/// True if the channel does not have the element; `xsi:nil` is what a retrieve gives for a handler that is gone.
fn lacks(graph: &Graph, channel: Item<'_, MessagingChannel>, element: &str) -> bool {
    matches!(value(channel.value, element), Scalar::Absent | Scalar::Empty(_))
        && !graph.may_hold(channel.component, &[element])
}

fn value<'c>(channel: &'c MessagingChannel, element: &str) -> &'c Scalar<Name> {
    match element {
        "sessionHandlerFlow" => &channel.session_handler_flow,
        "sessionHandlerUser" => &channel.session_handler_user,
        "sessionHandlerAsa" => &channel.session_handler_asa,
        _ => &channel.session_handler_queue,
    }
}
