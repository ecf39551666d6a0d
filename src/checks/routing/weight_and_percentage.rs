use crate::checks::{Checker, check};
use crate::diagnostics::Severity::{Error, Warning};
use crate::metadata::{QueueRoutingConfig, Scalar};
use crate::source::Span;

check!("OC506", "weight-and-percentage", "weight_and_percentage.md", [Error, Warning]);

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
