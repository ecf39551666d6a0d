use crate::checks::{Checker, check, set_value};
use crate::diagnostics::Applicability::Unsafe;
use crate::diagnostics::Severity::Warning;
use crate::graph::Graph;
use crate::metadata::{
    CapacityModel, Component, Flow, OmniChannelSettings, QueueRoutingConfig, Scalar, ServiceChannel, WorkSkillRouting,
};
use crate::source::{Location, Span};
use crate::text::count;

check!("OC302", "feature-disabled", "feature_disabled.md", [Warning]);

/// A switch of the settings, and what needs it to be on.
struct Feature {
    element: &'static str,
    name: &'static str,
    /// What becomes of work without it.
    effect: &'static str,
    switch: fn(&OmniChannelSettings) -> &Scalar<bool>,
    needing: for<'g> fn(&'g Graph) -> Vec<Need<'g>>,
}

/// A component that needs a feature, and where it says so.
type Need<'g> = (&'g Component, Location);

const FEATURES: [Feature; 3] = [
    Feature {
        element: "enableOmniSkillsRouting",
        name: "skills-based routing",
        effect: "no work is routed by skills",
        switch: |settings| &settings.enable_omni_skills_routing,
        needing: need_skills,
    },
    Feature {
        element: "enableOmniSecondaryRoutingPriority",
        name: "secondary routing priority",
        effect: "work of one routing priority goes by its age alone",
        switch: |settings| &settings.enable_omni_secondary_routing_priority,
        needing: |graph| {
            need(graph.all::<ServiceChannel>().map(|channel| {
                let entry = channel.value.field_priorities.first().map(|entry| entry.span);
                (channel.component, channel.value.secondary_routing_priority_field.spanned().map(|f| f.span).or(entry))
            }))
        },
    },
    Feature {
        element: "enableOmniStatusCapModel",
        name: "status-based capacity",
        effect: "no status gives capacity back",
        switch: |settings| &settings.enable_omni_status_cap_model,
        needing: |graph| {
            need(graph.all::<ServiceChannel>().map(|channel| {
                let model = channel.value.capacity_model.spanned();
                let model = model.filter(|model| model.value == CapacityModel::StatusBased);
                (channel.component, model.map(|model| model.span))
            }))
        },
    },
];

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for feature in &FEATURES {
        let switches = || graph.all::<OmniChannelSettings>().map(|item| (item.component, (feature.switch)(item.value)));
        if !switches().any(|(_, switch)| switch.is_false()) || switches().any(|(_, switch)| switch.is_true()) {
            continue;
        }
        let needing = (feature.needing)(graph);
        let Some(&(first, place)) = needing.first() else { continue };
        let subject = format!("the {} `{}`", first.kind.noun(), first.name);
        let (subject, need) = match needing.len() - 1 {
            0 => (subject, "needs"),
            more => (format!("{subject} and {}", count(more, "other component")), "need"),
        };
        for (component, switch) in switches() {
            let Some(span) = switch.span().filter(|_| switch.is_false()) else { continue };
            let message = format!("{} is off, but {subject} {need} it: {}", feature.name, feature.effect);
            cx.report(Warning, component.at(span), message)
                .label("off")
                .related(place, format!("needs {}", feature.name))
                .help(format!("set `{}` to `true`", feature.element))
                .fix(format!("set `{}` to `true`", feature.element), Unsafe, set_value(span, "true"))
                .element(feature.element);
        }
    }
}

/// Those that have a place at which they say so.
fn need<'g>(found: impl Iterator<Item = (&'g Component, Option<Span>)>) -> Vec<Need<'g>> {
    found.filter_map(|(component, span)| Some((component, component.at(span?)))).collect()
}

fn need_skills(graph: &Graph) -> Vec<Need<'_>> {
    let configs = graph.all::<QueueRoutingConfig>().map(|config| {
        let value = config.value;
        let attribute = value.is_attribute_based.span().filter(|_| value.is_attribute_based.is_true());
        (config.component, attribute.or_else(|| value.skills.first().map(|skill| skill.span)))
    });
    let rules = graph.all::<WorkSkillRouting>().map(|rules| {
        let active = &rules.value.is_active;
        (rules.component, active.span().filter(|_| active.is_true()))
    });
    let flows = graph.all::<Flow>().map(|flow| {
        let mut types = flow.value.route_works().filter_map(|action| action.text("routingType"));
        let by_skills = types.find(|routing| &*routing.value == "SkillsBased").filter(|_| graph.runs(flow));
        (flow.component, by_skills.map(|routing| routing.span))
    });
    need(configs.chain(rules).chain(flows))
}
