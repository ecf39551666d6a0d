use crate::checks::{Checker, check};
use crate::diagnostics::Severity::Warning;
use crate::metadata::ServiceChannel;

check!("OC311", "secondary-priority-incomplete", "secondary_priority_incomplete.md", [Warning]);

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for channel in graph.all::<ServiceChannel>() {
        let (component, value) = (channel.component, channel.value);
        let (field, first) = (&value.secondary_routing_priority_field, value.field_priorities.first());
        let field_alone = field.spanned().filter(|_| first.is_none());
        let entry_alone = first.filter(|_| field.is_missing());
        if (field_alone.is_none() && entry_alone.is_none())
            || graph.may_hold(component, &["secondaryRoutingPriorityField", "serviceChannelFieldPriorities"])
        {
            continue;
        }
        if let Some(field) = field_alone {
            let message = format!(
                "the service channel `{}` orders its work by `{}`, but gives no value of it a priority: it orders \
                 nothing",
                component.name, field.value
            );
            cx.report(Warning, component.at(field.span), message)
                .label("no value has a priority")
                .help(format!(
                    "add `<serviceChannelFieldPriorities>` for the values of `{}`, or remove \
                     `secondaryRoutingPriorityField`",
                    field.value
                ))
                .element("secondaryRoutingPriorityField");
        }
        if let Some(entry) = entry_alone {
            let message = format!(
                "the service channel `{}` gives priorities to the values of a field without saying of which: they order \
                 nothing",
                component.name
            );
            cx.report(Warning, component.at(entry.span), message)
                .label("of no field")
                .help("add `<secondaryRoutingPriorityField>`, or remove `serviceChannelFieldPriorities`")
                .element("serviceChannelFieldPriorities");
        }
    }
}
