use crate::checks::{Checker, check};
use crate::diagnostics::Applicability::Unsafe;
use crate::diagnostics::Change;
use crate::diagnostics::Severity::{Note, Warning};
use crate::graph::{Graph, Item};
use crate::metadata::{
    CapacityModel, QueueRoutingConfig, Scalar, ServiceChannel, ServiceChannelStatusFieldMapping, StatusFieldMappingType,
};
use crate::source::Span;
use crate::text::list;

check!("OC309", "status-model-unused", "status_model_unused.md", [Warning, Note], AboutUnused);

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for channel in graph.all::<ServiceChannel>() {
        check_channel(cx, channel);
    }
    for config in graph.all::<QueueRoutingConfig>() {
        check_paused_cost(cx, config);
    }
}

fn check_channel(cx: &mut Checker<'_>, channel: Item<'_, ServiceChannel>) {
    let (component, value) = (channel.component, channel.value);
    let model = match &value.capacity_model {
        Scalar::Value(model) if model.value == CapacityModel::TabBased => Some(model),
        Scalar::Absent => None,
        _ => return,
    };
    let on = |switch: &Scalar<bool>| switch.span().filter(|_| switch.is_true());
    let idle: Vec<(&str, Span)> = [
        ("statusField", value.status_field.get().and(value.status_field.span())),
        ("serviceChannelStatusFieldMappings", value.status_mappings.first().map(|mapping| mapping.span)),
        ("doesCheckCapOnOwnerChange", on(&value.checks_owner_change)),
        ("doesCheckCapOnStatusChange", on(&value.checks_status_change)),
    ]
    .into_iter()
    .filter_map(|(element, span)| Some((element, span?)))
    .collect();
    let Some(&(element, span)) = idle.first() else { return };
    let mappings = value.status_mappings.iter().skip(1).map(|mapping| mapping.span);
    let all: Vec<Span> = idle.iter().map(|&(_, span)| span).chain(mappings).collect();
    if model.is_none() && cx.graph.may_hold(component, &["capacityModel"]) {
        return;
    }
    let values = list(idle.iter().map(|(element, _)| element), 4);
    let has = if idle.len() == 1 { "has" } else { "have" };
    let (severity, why) = match model {
        Some(_) => (Warning, "because its capacity is tab-based"),
        None => (Note, "unless its capacity is status-based, which it does not say"),
    };
    let message = format!("{values} of the service channel `{}` {has} no effect, {why}", component.name);
    let finding = cx
        .report(severity, component.at(span), message)
        .label("no effect")
        .help(format!("set `capacityModel` to `STATUS_BASED`, or remove {values}"))
        .element(element);
    if let Some(model) = model {
        let changes = all.into_iter().map(|span| Change::Remove { span });
        finding.related(component.at(model.span), "tab-based").fix_all(format!("remove {values}"), Unsafe, changes);
    }
}

fn check_paused_cost(cx: &mut Checker<'_>, config: Item<'_, QueueRoutingConfig>) {
    let (graph, component, value) = (cx.graph, config.component, config.value);
    let costs = [
        ("pausedCapacityWeight", &value.paused_capacity_weight),
        ("pausedCapacityPercentage", &value.paused_capacity_percentage),
    ];
    let given = costs.into_iter().find_map(|(element, cost)| Some((element, cost.spanned()?)));
    let Some((element, cost)) = given.filter(|(_, cost)| cost.value > 0.0) else { return };
    let Some((channel, model, why)) = never_paused(graph, config) else { return };
    let message = format!(
        "`{element}` of the routing configuration `{}` has no effect: the work that it routes, such as that of the \
         service channel `{}`, is never paused",
        component.name, channel.component.name
    );
    cx.report(Note, component.at(cost.span), message)
        .label("nothing is ever paused")
        .related(channel.component.at(model), why)
        .help(format!(
            "remove `{element}`, or give `{}` the capacity model `STATUS_BASED` with a status for `PAUSED`",
            channel.component.name
        ))
        .fix(format!("remove `{element}`"), Unsafe, Change::Remove { span: cost.span })
        .element(element);
}

/// The first service channel of a configuration's work, where that says its capacity model, and why its work is never
/// paused, if that of all the others is not either.
fn never_paused<'g>(
    graph: &'g Graph,
    config: Item<'g, QueueRoutingConfig>,
) -> Option<(Item<'g, ServiceChannel>, Span, &'static str)> {
    let mut first = None;
    for (queue, _) in graph.queues_of(config.node) {
        for (object, _) in graph.objects_of(queue) {
            let (channel, _) = graph.channels_for(object).next()?;
            let channel = graph.get::<ServiceChannel>(channel)?;
            let model = channel.value.capacity_model.spanned()?;
            // A mapping whose type cannot be read may be any.
            let may_pause = |mapping: &ServiceChannelStatusFieldMapping| {
                mapping.kind.get().is_none_or(|kind| *kind == StatusFieldMappingType::Paused)
            };
            let why = match model.value {
                CapacityModel::TabBased => "tab-based",
                CapacityModel::StatusBased if channel.value.status_mappings.iter().any(may_pause) => return None,
                CapacityModel::StatusBased => "no status is mapped to `PAUSED`",
            };
            if graph.may_hold(channel.component, &["serviceChannelStatusFieldMappings"]) {
                return None;
            }
            first.get_or_insert((channel, model.span, why));
        }
    }
    first
}
