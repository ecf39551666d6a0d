//! OC506

use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::{Error, Warning};
use crate::metadata::{QueueRoutingConfig, Scalar};
use crate::source::Span;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC506",
    name: "weight-and-percentage",
    severities: &[Error, Warning],
    strict: false,
    summary: "The cost of an item is given both in units and in percent.",
    what: "Reports a routing configuration that gives both `capacityWeight` and `capacityPercentage`, or both \
           `pausedCapacityWeight` and `pausedCapacityPercentage`, the latter as a warning.",
    why: "Salesforce takes exactly one of the two. Of what a paused item costs, only Salesforce Help says so; which of \
          the two would count is not documented.",
    fix: "Keep the weight, for a cost in capacity units, or the percentage, for a share of each rep's capacity.",
    source: "Salesforce Help: Routing Configuration Settings; forcedotcom/sf-skills, notes on routing configurations; of \
             336 configurations in real projects none has both. No error text for both was seen",
    evidence: &[Evidence::Documented, Evidence::RealFiles, Evidence::Assumed],
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
            (Error, "capacityPercentage", &value.capacity_percentage, "capacityWeight", &value.capacity_weight),
            (
                Warning,
                "pausedCapacityPercentage",
                &value.paused_capacity_percentage,
                "pausedCapacityWeight",
                &value.paused_capacity_weight,
            ),
        ];
        for (severity, percentage, percent, weight, units) in pairs {
            let (Some(percent), Some(units)) = (given(percent), given(units)) else { continue };
            let message = format!(
                "the routing configuration `{}` gives both `{percentage}` and `{weight}`: Salesforce takes exactly one \
                 of the two",
                component.name
            );
            cx.report(severity, component.at(percent), message)
                .label("a share of each rep's capacity")
                .related(component.at(units), "capacity units")
                .help(format!("remove `{percentage}` or `{weight}`"))
                .element(percentage);
        }
    }
}
