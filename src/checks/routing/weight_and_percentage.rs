//! OC506

use crate::checks::{Check, Checker};
use crate::diagnostics::Severity::Error;
use crate::metadata::{QueueRoutingConfig, Scalar};
use crate::source::Span;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC506",
    name: "weight-and-percentage",
    severities: &[Error],
    strict: false,
    summary: "The cost of an item is given both in units and in percent.",
    what: "Reports a routing configuration that gives both `capacityWeight` and `capacityPercentage`, or both \
           `pausedCapacityWeight` and `pausedCapacityPercentage`.",
    why: "Salesforce Help allows one or the other, not both. Whether a deploy refuses both, and which one would count, is \
          not documented.",
    fix: "Keep the weight, for a cost in capacity units, or the percentage, for a share of each rep's capacity.",
    source: "Salesforce Help: Routing Configuration Settings",
    fails: "
== QueueRoutingConfig Tier_1
    <capacityPercentage>50.0</capacityPercentage>
    <capacityWeight>1.0</capacityWeight>
    <label>Tier 1</label>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>1</routingPriority>
",
    passes: "
== QueueRoutingConfig Tier_1
    <capacityPercentage>50.0</capacityPercentage>
    <label>Tier 1</label>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>1</routingPriority>
",
    run,
};

/// Whether an element is given, and where: `xsi:nil` gives nothing.
fn given(cost: &Scalar<f64>) -> Option<Span> {
    cost.span().filter(|_| !matches!(cost, Scalar::Nil(_)))
}

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for config in graph.all::<QueueRoutingConfig>() {
        let (component, value) = (config.component, config.value);
        let pairs = [
            ("capacityPercentage", &value.capacity_percentage, "capacityWeight", &value.capacity_weight),
            (
                "pausedCapacityPercentage",
                &value.paused_capacity_percentage,
                "pausedCapacityWeight",
                &value.paused_capacity_weight,
            ),
        ];
        for (percentage, percent, weight, units) in pairs {
            let (Some(percent), Some(units)) = (given(percent), given(units)) else { continue };
            let message = format!(
                "the routing configuration `{}` gives both `{percentage}` and `{weight}`: Salesforce Help allows \
                 one or the other, not both",
                component.name
            );
            cx.report(Error, component.at(percent), message)
                .label("a share of each rep's capacity")
                .related(component.at(units), "capacity units")
                .help(format!("remove `{percentage}` or `{weight}`"))
                .element(percentage);
        }
    }
}
