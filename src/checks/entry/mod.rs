//! OC8: flows and messaging channels.

pub(super) mod fallback_queue_not_routed;
pub(super) mod flow_with_attribute_based_config;
pub(super) mod handler_mismatch;
pub(super) mod inactive_flow;
pub(super) mod invalid_skill_requirement;
pub(super) mod not_the_id;
pub(super) mod queue_object_mismatch;
pub(super) mod routework_incomplete;
pub(super) mod routing_flow_without_record;
pub(super) mod setup_reference_incomplete;
pub(super) mod skill_requirements_missing;
pub(super) mod skills_based_without_option;
pub(super) mod unknown_queue_label;
pub(super) mod unknown_routework_input;

use std::collections::BTreeMap;

use crate::diagnostics::Severity;
use crate::graph::{Graph, Item, NodeId, Routing, Targets};
use crate::metadata::{Flow, FlowActionCall, RoutingAction};
use crate::source::{FileId, Location};

/// Where the text of an action's input stands.
const TEXT: &str = "actionCalls/inputParameters/value/stringValue";

/// A routing action, most of the time a route-work action, and the flow that it is in.
#[derive(Clone, Copy)]
pub(super) struct RouteWork<'g> {
    pub(super) flow: Item<'g, Flow>,
    pub(super) action: &'g FlowActionCall,
    pub(super) kind: RoutingAction,
    /// What it may name.
    pub(super) may: &'g Routing,
    /// True if the flow runs.
    pub(super) active: bool,
}

impl<'g> RouteWork<'g> {
    /// The text given for an input with one of the texts looked for, and where it stands.
    fn says(self, input: &str, texts: &[&str]) -> Option<(&'g str, Location)> {
        let text = self.action.text(input)?;
        texts.contains(&&*text.value).then(|| (&*text.value, self.flow.component.at(text.span)))
    }

    /// What it is, for the start of a message.
    pub(super) fn title(self) -> String {
        let action = self.action.name.get().map_or("routeWork", |name| name);
        format!("the action `{action}` of the flow `{}`", self.flow.component.name)
    }

    /// The first severity if the flow runs, else the second.
    const fn severity(self, active: Severity, asleep: Severity) -> Severity {
        if self.active { active } else { asleep }
    }
}

/// Every routing action of a flow that was read to its end.
pub(super) fn routing_actions(graph: &Graph) -> impl Iterator<Item = RouteWork<'_>> {
    let flows = graph.all::<Flow>().filter(|flow| !graph.may_hold(flow.component, &[]));
    flows.flat_map(move |flow| {
        let active = graph.runs(flow);
        let actions = flow.value.routing_actions();
        actions.filter_map(move |(kind, action)| {
            let may = graph.routing_of(flow.component, action)?;
            Some(RouteWork { flow, action, kind, may, active })
        })
    })
}

/// Every route-work action of a flow that was read to its end.
pub(super) fn route_works(graph: &Graph) -> impl Iterator<Item = RouteWork<'_>> {
    routing_actions(graph).filter(|work| work.kind == RoutingAction::RouteWork)
}

/// What one flow does with one queue or other component, often in many of its actions.
pub(super) struct Uses<'g> {
    /// The first action.
    pub(super) work: RouteWork<'g>,
    /// Where the component is named: each place once.
    pub(super) places: Vec<Location>,
    pub(super) node: NodeId,
}

/// Gathers what has one cause: a component that a flow names, with all the places where it does.
pub(super) fn by_target<'g>(
    named: impl Iterator<Item = (RouteWork<'g>, Location, NodeId)>,
) -> impl Iterator<Item = Uses<'g>> {
    let mut uses: BTreeMap<(FileId, NodeId), Uses<'g>> = BTreeMap::new();
    for (work, place, node) in named {
        let of = uses.entry((place.file, node)).or_insert_with(|| Uses { work, places: Vec::new(), node });
        if !of.places.contains(&place) {
            of.places.push(place);
        }
    }
    uses.into_values()
}

/// The element of a place in a flow, as far as there is one for it alone.
pub(super) fn element_at(graph: &Graph, place: Location) -> &'static str {
    let Some(flow) = graph.item_in::<Flow>(place.file).map(|flow| flow.value) else { return "" };
    let of_actions = flow.actions.iter().flat_map(|action| &action.inputs).filter_map(|input| input.value.as_ref());
    for value in of_actions {
        if value.setup_reference.span() == Some(place.span) {
            return "actionCalls/inputParameters/value/setupReference";
        }
        if value.string_value.span() == Some(place.span) {
            return TEXT;
        }
    }
    let filters = flow.lookups.iter().flat_map(|lookup| &lookup.filters).filter_map(|filter| filter.value.as_ref());
    let mut texts = filters.map(|value| value.string_value.span());
    if texts.any(|span| span == Some(place.span)) { "recordLookups/filters/value/stringValue" } else { "" }
}

/// All that an input may name, each with where, if it is known and `lacks` holds of all of it: of several, one may be
/// named in a case that never comes.
fn all_lack(targets: &Targets, lacks: impl Fn(NodeId) -> bool) -> impl Iterator<Item = (Location, NodeId)> {
    let all = targets.is_complete() && targets.known.iter().all(|target| target.node.is_some_and(&lacks));
    let known = targets.known.iter().filter(move |_| all);
    known.filter_map(|target| Some((target.at, target.node?)))
}
