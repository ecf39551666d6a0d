use crate::checks::{Checker, check};
use crate::diagnostics::Severity::Warning;
use crate::graph::standard_channel;
use crate::metadata::ServiceChannel;
use crate::schema::Role;

check!("OC304", "shadowed-standard-channel", "shadowed_standard_channel.md", [Warning]);

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for channel in graph.all::<ServiceChannel>() {
        let (component, name) = (channel.component, &channel.component.name);
        let Some(object) = channel.value.related_entity_type.spanned() else { continue };
        let Some(standard) = standard_channel(&object.value).filter(|known| !known.eq_ignore_ascii_case(name)) else {
            continue;
        };
        // Two channels of one object are OC303's.
        let mut channels =
            graph.targets(channel.node, Role::Carries).flat_map(|(object, _)| graph.channels_for(object));
        if channels.any(|(other, _)| other != channel.node) {
            continue;
        }
        let object_name = &object.value;
        let message = format!(
            "the service channel `{name}` is for `{object_name}`, whose standard service channel is `{standard}`: a \
             deploy fails in an org that has that"
        );
        cx.report(Warning, component.at(object.span), message)
            .label(format!("`{standard}` is its channel"))
            .help(format!(
                "rename `{name}` to `{standard}`, and write that name in the presence statuses that offer it"
            ))
            .element("relatedEntityType");
    }
}
