//! OC704

use super::is_known;
use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Applicability::Unsafe;
use crate::diagnostics::Change;
use crate::diagnostics::Severity::Warning;
use crate::metadata::{OmniSupervisorConfig, Scalar};

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC704",
    name: "action-without-flow",
    severities: &[Warning],
    strict: false,
    summary: "A supervisor's custom action does not say which flow it runs.",
    what: "Reports an action `CustomAction` without `customActionFlow`, and `customActionFlow` on another \
           action. A flow that a retrieve gave as `xsi:nil`, because it is gone, is accepted.",
    why: "A custom action is the flow that it runs: without one it does nothing. Whether a deploy refuses it is not documented. \
          The other actions are Salesforce's own and run none of yours.",
    fix: "Name the flow in `customActionFlow`, or choose the action that is meant.",
    source: "Metadata API Developer Guide 67.0, OmniSupervisorConfig; seen in real projects",
    evidence: &[Evidence::Assumed],
    fails: "
== OmniSupervisorConfig Service_Leads
    <isTimelineHidden>false</isTimelineHidden>
    <masterLabel>Service Leads</masterLabel>
    <omniSupervisorConfigAction>
        <actionName>CustomAction</actionName>
        <actionTab>AllAgents</actionTab>
        <displayOrder>0</displayOrder>
    </omniSupervisorConfigAction>
    <omniSupervisorConfigUser>
        <user>ana@example.com</user>
    </omniSupervisorConfigUser>
",
    passes: "
== OmniSupervisorConfig Service_Leads
    <isTimelineHidden>false</isTimelineHidden>
    <masterLabel>Service Leads</masterLabel>
    <omniSupervisorConfigAction>
        <actionName>CustomAction</actionName>
        <actionTab>AllAgents</actionTab>
        <customActionFlow>Message_Agents</customActionFlow>
        <displayOrder>0</displayOrder>
    </omniSupervisorConfigAction>
    <omniSupervisorConfigUser>
        <user>ana@example.com</user>
    </omniSupervisorConfigUser>
",
    run,
};

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
