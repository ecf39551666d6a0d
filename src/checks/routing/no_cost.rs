use crate::checks::{Checker, check};
use crate::diagnostics::Severity::Error;
use crate::metadata::QueueRoutingConfig;

check!("OC507", "no-cost", "no_cost.md", [Error]);

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for config in graph.all::<QueueRoutingConfig>() {
        let (component, value) = (config.component, config.value);
        let absent = value.capacity_weight.is_missing() && value.capacity_percentage.is_missing();
        if !absent || graph.may_hold(component, &["capacityWeight", "capacityPercentage"]) {
            continue;
        }
        let message = format!(
            "the routing configuration `{}` has neither `capacityWeight` nor `capacityPercentage`: Salesforce refuses it \
             (`One capacity field must be defined`)",
            component.name
        );
        cx.report(Error, component.location(), message)
            .label("no cost")
            .help("add `<capacityWeight>` with the units that one item takes, or `<capacityPercentage>` with 0 to 100");
    }
}
