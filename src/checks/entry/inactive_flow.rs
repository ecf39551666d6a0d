//! OC805

use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::{Error, Warning};
use crate::metadata::{Flow, MessagingChannel};
use crate::schema::Kind;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC805",
    name: "inactive-flow",
    severities: &[Error, Warning],
    strict: false,
    summary: "A messaging channel hands its sessions to a flow that cannot take them.",
    what: "Reports a messaging channel whose `sessionHandlerFlow` is a flow of the project that is not active, as a \
           warning, or that is not an Omni-Channel flow (`RoutingFlow`), as an error. Flows that the project does not hold, and the flows of \
           supervisors' actions, are left out.",
    why: "Salesforce refuses any other flow as the handler of a messaging channel: `InvalidSessionHandlerFlowType`. The flow \
          must be active, too.",
    fix: "Activate the flow, or name another one.",
    source: "forcedotcom/sf-skills, notes on messaging channels (the error was seen when a record was changed; that a deploy \
             says the same is assumed); Metadata API Developer Guide 67.0, MessagingChannel \
             and Flow",
    evidence: &[Evidence::ErrorSeen, Evidence::Assumed],
    fails: "
== MessagingChannel Web_Chat
    <masterLabel>Web Chat</masterLabel>
    <messagingChannelType>EmbeddedMessaging</messagingChannelType>
    <sessionHandlerFlow>Route_Chats</sessionHandlerFlow>
    <sessionHandlerQueue>Chats</sessionHandlerQueue>
    <sessionHandlerType>Flow</sessionHandlerType>
== Flow Route_Chats
    <label>Route Chats</label>
    <processType>RoutingFlow</processType>
    <status>Draft</status>
",
    passes: "
== MessagingChannel Web_Chat
    <masterLabel>Web Chat</masterLabel>
    <messagingChannelType>EmbeddedMessaging</messagingChannelType>
    <sessionHandlerFlow>Route_Chats</sessionHandlerFlow>
    <sessionHandlerQueue>Chats</sessionHandlerQueue>
    <sessionHandlerType>Flow</sessionHandlerType>
== Flow Route_Chats
    <label>Route Chats</label>
    <processType>RoutingFlow</processType>
    <status>Active</status>
",
    run,
};

/// The process type of Omni-Channel flows.
const OMNI: &str = "RoutingFlow";

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for channel in graph.all::<MessagingChannel>() {
        let by_flow = channel.value.session_handler_type.get().is_some_and(|kind| &**kind == "Flow");
        let Some(handler) = channel.value.session_handler_flow.spanned().filter(|_| by_flow) else { continue };
        let flow = graph.find(Kind::Flow, &handler.value).and_then(|node| graph.get::<Flow>(node));
        let Some(flow) = flow else { continue };
        let handed = format!(
            "the messaging channel `{}` hands its sessions to the flow `{}`",
            channel.component.name, flow.component.name
        );
        let at = channel.component.at(handler.span);
        let asleep = !graph.runs(flow);
        if let Some(status) = flow.value.status.spanned().filter(|_| asleep) {
            let why = if flow.value.is_active() {
                "its flow definition says that it is not".to_owned()
            } else {
                format!("its status is `{}`", status.value)
            };
            let message = format!("{handed}, which is not active: Salesforce accepts only an active one");
            cx.report(Warning, at, message)
                .label("not active")
                .related(flow.component.at(status.span), why)
                .help("set `status` to `Active` in the flow, or name an active one")
                .element("sessionHandlerFlow");
        }
        if let Some(kind) = flow.value.process_type.spanned().filter(|kind| &*kind.value != OMNI) {
            let message = format!("{handed}, which is not an Omni-Channel flow: Salesforce refuses it");
            cx.report(Error, at, message)
                .label("not an Omni-Channel flow")
                .related(flow.component.at(kind.span), format!("`{}`, not `{OMNI}`", kind.value))
                .help(format!("name a flow of the process type `{OMNI}`"))
                .element("sessionHandlerFlow");
        }
    }
}
