//! OC308

use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::{Note, Warning};
use crate::metadata::{CapacityModel, ServiceChannel, StatusFieldMappingType};

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC308",
    name: "status-model-incomplete",
    severities: &[Warning, Note],
    strict: false,
    summary: "Status-based capacity without the field, or without a value that frees the capacity.",
    what: "Reports a service channel with the capacity model `STATUS_BASED` that has no `statusField`, or maps none of its \
           values to `COMPLETED`. A note when all that is missing is a value for `IN_PROGRESS`.",
    why: "In the status-based model the value of the status field says when work gives its capacity back. Work that never \
          reaches a completed value holds its rep's capacity, until the rep is offered nothing more.",
    fix: "Name the status field, and map its values.",
    source: "Metadata API Developer Guide 67.0, ServiceChannel; Salesforce Help: Set Up a Status-Based Capacity Model",
    evidence: &[Evidence::Documented],
    fails: "
== ServiceChannel Cases
    <capacityModel>STATUS_BASED</capacityModel>
    <label>Cases</label>
    <relatedEntityType>Case</relatedEntityType>
    <serviceChannelStatusFieldMappings>
        <type>IN_PROGRESS</type>
        <value>Working</value>
    </serviceChannelStatusFieldMappings>
    <statusField>Status</statusField>
",
    passes: "
== ServiceChannel Cases
    <capacityModel>STATUS_BASED</capacityModel>
    <label>Cases</label>
    <relatedEntityType>Case</relatedEntityType>
    <serviceChannelStatusFieldMappings>
        <type>IN_PROGRESS</type>
        <value>Working</value>
    </serviceChannelStatusFieldMappings>
    <serviceChannelStatusFieldMappings>
        <type>COMPLETED</type>
        <value>Closed</value>
    </serviceChannelStatusFieldMappings>
    <statusField>Status</statusField>
",
    run,
};

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for channel in graph.all::<ServiceChannel>() {
        let (component, value) = (channel.component, channel.value);
        let model = value.capacity_model.spanned().filter(|model| model.value == CapacityModel::StatusBased);
        let Some(model) = model else { continue };
        if graph.may_hold(component, &["statusField", "serviceChannelStatusFieldMappings"]) {
            continue;
        }
        // A mapping whose type cannot be read may be any.
        let maps = |to| value.status_mappings.iter().any(|mapping| mapping.kind.get().is_none_or(|kind| *kind == to));
        let no_field = value.status_field.is_missing();
        let no_completed = !maps(StatusFieldMappingType::Completed);
        let no_progress = !maps(StatusFieldMappingType::InProgress);
        let field = no_field.then_some("`statusField`");
        let values = match (no_progress, no_completed) {
            (true, true) => Some("values for `IN_PROGRESS` and `COMPLETED`"),
            (true, false) => Some("a value for `IN_PROGRESS`"),
            (false, true) => Some("a value for `COMPLETED`"),
            (false, false) => None,
        };
        let missing: Vec<&str> = field.into_iter().chain(values).collect();
        if missing.is_empty() {
            continue;
        }
        let missing = missing.join(" and ");
        let (severity, why) = if no_field || no_completed {
            (Warning, "no status of its work gives the rep's capacity back")
        } else {
            (Note, "the documentation asks for one")
        };
        let message =
            format!("the service channel `{}` has status-based capacity without {missing}: {why}", component.name);
        cx.report(severity, component.at(model.span), message)
            .label(format!("needs {missing}"))
            .help(format!("add {missing}, or set `capacityModel` to `TAB_BASED`"))
            .element("capacityModel");
    }
}
