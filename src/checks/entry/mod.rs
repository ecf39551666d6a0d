//! OC8: flows and messaging channels.

pub(super) mod fallback_queue_not_routed;
pub(super) mod flow_with_attribute_based_config;
pub(super) mod handler_mismatch;
pub(super) mod inactive_flow;
pub(super) mod queue_object_mismatch;
pub(super) mod routework_incomplete;
pub(super) mod setup_reference_incomplete;
pub(super) mod skill_requirements_missing;
pub(super) mod skills_based_without_option;
pub(super) mod unknown_routework_input;

use crate::graph::{Graph, Item};
use crate::metadata::{Flow, FlowActionCall};
use crate::source::Location;

/// Where the text of an action's input stands.
const TEXT: &str = "actionCalls/inputParameters/value/stringValue";

/// A route-work action, and the flow that it is in.
#[derive(Clone, Copy)]
struct RouteWork<'g> {
    flow: Item<'g, Flow>,
    action: &'g FlowActionCall,
}

impl<'g> RouteWork<'g> {
    /// The text given for an input with one of the texts looked for, and where it stands.
    fn says(self, input: &str, texts: &[&str]) -> Option<(&'g str, Location)> {
        let text = self.action.text(input)?;
        texts.contains(&&*text.value).then(|| (&*text.value, self.flow.component.at(text.span)))
    }

    /// What it is, for the start of a message.
    fn title(self) -> String {
        let action = self.action.name.get().map_or("routeWork", |name| name);
        format!("the action `{action}` of the flow `{}`", self.flow.component.name)
    }
}

/// Every route-work action of a flow that was read to its end.
fn route_works(graph: &Graph) -> impl Iterator<Item = RouteWork<'_>> {
    let flows = graph.all::<Flow>().filter(|flow| !graph.may_hold(flow.component, &[]));
    flows.flat_map(|flow| flow.value.route_works().map(move |action| RouteWork { flow, action }))
}
