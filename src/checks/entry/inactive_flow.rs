use crate::checks::{Checker, check};
use crate::diagnostics::Severity::{Error, Warning};
use crate::metadata::{Flow, MessagingChannel};
use crate::schema::Kind;

check!("OC805", "inactive-flow", "inactive_flow.md", [Error, Warning]);

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
