//! OC507

use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::Error;
use crate::metadata::QueueRoutingConfig;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC507",
    name: "no-cost",
    severities: &[Error],
    strict: false,
    summary: "A routing configuration does not say what an item of work costs.",
    what: "Reports a routing configuration with neither `capacityWeight` nor `capacityPercentage`. Silent when one of \
           them is there with a value that is not a number (see OC105).",
    why: "Salesforce requires exactly one of the two, whatever the routing model (`One capacity field must be defined`).",
    fix: "Add `capacityWeight` or `capacityPercentage`.",
    source: "forcedotcom/sf-skills, notes on routing configurations (`FIELD_INTEGRITY_EXCEPTION`, seen when a record was \
             created; that a deploy says the same is assumed); each of 336 configurations in real projects has exactly \
             one",
    evidence: &[Evidence::ErrorSeen, Evidence::RealFiles, Evidence::Assumed],
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
            "the routing configuration `{}` has neither `capacityWeight` nor `capacityPercentage`: Salesforce refuses it \
             (`One capacity field must be defined`)",
            component.name
        );
        cx.report(Error, component.location(), message)
            .label("no cost")
            .help("add `<capacityWeight>` with the units that one item takes, or `<capacityPercentage>` with 0 to 100");
    }
}
