//! OC507

use crate::checks::{Check, Checker};
use crate::diagnostics::Severity::Warning;
use crate::metadata::QueueRoutingConfig;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC507",
    name: "no-cost",
    severities: &[Warning],
    strict: false,
    summary: "A routing configuration does not say what an item of work costs.",
    what: "Reports a routing configuration with neither `capacityWeight` nor `capacityPercentage`. Silent when one of \
           them is there with a value that is not a number (see OC105).",
    why: "What an item takes of a rep's capacity is what keeps Omni-Channel from offering a rep too many. What happens \
          without it is not documented; every routing configuration seen in real projects has one of the two.",
    fix: "Add `capacityWeight` or `capacityPercentage`.",
    source: "Salesforce Help: Routing Configuration Settings; seen in real projects",
    fails: "
== QueueRoutingConfig Tier_1
    <label>Tier 1</label>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>1</routingPriority>
",
    passes: "
== QueueRoutingConfig Tier_1
    <capacityWeight>1.0</capacityWeight>
    <label>Tier 1</label>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>1</routingPriority>
",
    run,
};

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for config in graph.all::<QueueRoutingConfig>() {
        let (component, value) = (config.component, config.value);
        let absent = value.capacity_weight.is_missing() && value.capacity_percentage.is_missing();
        if !absent || graph.may_hold(component, &["capacityWeight", "capacityPercentage"]) {
            continue;
        }
        let message = format!(
            "the routing configuration `{}` has neither `capacityWeight` nor `capacityPercentage`: what its work then \
             costs is not documented",
            component.name
        );
        cx.report(Warning, component.location(), message)
            .label("no cost")
            .help("add `<capacityWeight>` with the units that one item takes, or `<capacityPercentage>` with 0 to 100");
    }
}
