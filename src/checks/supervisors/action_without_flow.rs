use super::is_known;
use crate::checks::{Checker, check};
use crate::diagnostics::Applicability::Unsafe;
use crate::diagnostics::Change;
use crate::diagnostics::Severity::Warning;
use crate::metadata::{OmniSupervisorConfig, Scalar};

check!("OC704", "action-without-flow", "action_without_flow.md", [Warning]);

/// The action that runs a flow.
const CUSTOM: &str = "CustomAction";

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for config in graph.all::<OmniSupervisorConfig>() {
        for action in &config.value.actions {
            let Some(action_name) = action.action_name.spanned() else { continue };
            let name = &config.component.name;
            let of_action = config.component.at(action_name.span);
            match &action.custom_action_flow {
                Scalar::Absent | Scalar::Empty(_) if &*action_name.value == CUSTOM => {
                    if graph.may_hold(config.component, &["customActionFlow"]) {
                        continue;
                    }
                    let message = format!(
                        "the supervisor configuration `{name}` has a `{CUSTOM}` without `customActionFlow`: there is nothing \
                         for it to run"
                    );
                    cx.report(Warning, of_action, message)
                        .label("needs a flow")
                        .help("add `<customActionFlow>` with the developer name of a flow")
                        .element("omniSupervisorConfigAction/actionName");
                }
                Scalar::Value(flow)
                    if &*action_name.value != CUSTOM && is_known("OmniSupervisorActionName", &action_name.value) =>
                {
                    let message = format!(
                        "the action `{}` of the supervisor configuration `{name}` names the flow `{}`, but only a \
                         `{CUSTOM}` runs one",
                        action_name.value, flow.value
                    );
                    cx.report(Warning, config.component.at(flow.span), message)
                        .label("not run")
                        .related(of_action, "the action")
                        .help(format!("write `<actionName>{CUSTOM}</actionName>`, or remove `customActionFlow`"))
                        .fix("remove `customActionFlow`", Unsafe, Change::Remove { span: flow.span })
                        .element("omniSupervisorConfigAction/customActionFlow");
                }
                _ => {}
            }
        }
    }
}
