use crate::checks::{Checker, check};
use crate::diagnostics::Severity::{Note, Warning};
use crate::metadata::{CapacityModel, ServiceChannel, StatusFieldMappingType};

check!("OC308", "status-model-incomplete", "status_model_incomplete.md", [Warning, Note]);

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
