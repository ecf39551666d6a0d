use super::{Capacity, capacity, voice_queues};
use crate::checks::{Checker, check, set_value};
use crate::diagnostics::Applicability::Unsafe;
use crate::diagnostics::Change;
use crate::diagnostics::Severity::{self, Note, Warning};
use crate::graph::reach::Cost;
use crate::graph::{Graph, Item, NodeId};
use crate::metadata::PresenceUserConfig;
use crate::source::Location;
use crate::text::{list, units};

check!("OC508", "voice-not-exclusive", "voice_not_exclusive.md", [Warning, Note]);

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    // The smallest capacity of the project, by which of the capacities is charged.
    let narrowest =
        [Some(false), Some(true), None].map(|interruptible| (interruptible, narrowest(graph, interruptible)));
    for (config, queues) in voice_queues(graph) {
        let cost = graph.cost_of(config);
        let config_name = graph.name(config);
        match cost {
            Some(Cost::Percent(percent, place)) if percent < 100.0 => {
                let message = format!(
                    "the routing configuration `{config_name}` charges {percent}% of a rep's capacity for a voice \
                     call, so other work is offered to a rep who is talking"
                );
                cx.report(Warning, place, message)
                    .label(format!("leaves {}%", 100.0 - percent))
                    .help("set `capacityPercentage` to 100")
                    .fix("set `capacityPercentage` to 100", Unsafe, set_value(place.span, "100.0"))
                    .element("capacityPercentage");
            }
            Some(Cost::Units(weight, place)) => {
                let (mut sure, mut likely) = (Vec::new(), Vec::new());
                for &queue in &queues {
                    let interruptible = graph.is_queue_interruptible(config, queue);
                    let reach = graph.reach_of(queue);
                    let known = if reach.settled { reach.configs } else { &[] };
                    let wide = wider(graph, known, weight, interruptible);
                    if !wide.is_empty() || reach.complete {
                        sure.extend(wide);
                    } else {
                        let narrowest = narrowest.iter().find(|(of, _)| *of == interruptible);
                        likely.extend(narrowest.and_then(|(_, c)| *c).filter(|c| f64::from(c.units) > weight));
                    }
                }
                let (severity, wide) = if sure.is_empty() { (Note, likely) } else { (Warning, sure) };
                too_light(cx, severity, config_name, (weight, place), wide);
            }
            _ => {}
        }
    }
}

fn too_light(
    cx: &mut Checker<'_>,
    severity: Severity,
    config: &str,
    (weight, place): (f64, Location),
    mut wide: Vec<Capacity<'_>>,
) {
    wide.sort_by(|a, b| a.name.cmp(b.name));
    wide.dedup_by_key(|capacity| capacity.node);
    if wide.is_empty() {
        return;
    }
    let whose = if severity == Warning {
        format!("less than reps under {} have", list(wide.iter().map(|capacity| capacity.name), 3))
    } else {
        "less than every presence configuration of the project allows".to_owned()
    };
    let message = format!(
        "the routing configuration `{config}` charges {} for a voice call, {whose}, so other work is offered to a rep \
         who is talking",
        units(weight)
    );
    let finding = cx.report(severity, place, message).label(units(weight));
    let finding = wide.iter().take(3).fold(finding, |finding, capacity| {
        finding.related(capacity.location, format!("`{}` has {}", capacity.name, units(capacity.units.into())))
    });
    let name = "capacityPercentage".to_owned();
    let share = [Change::Rename { span: place.span, name }, set_value(place.span, "100.0")];
    finding
        .help("replace `capacityWeight` with `<capacityPercentage>100.0</capacityPercentage>`")
        .fix_all("write `capacityPercentage` of 100 instead of `capacityWeight`", Unsafe, share)
        .element("capacityWeight");
}

/// The smallest capacity of the project. None if there is none, or one cannot be read.
fn narrowest(graph: &Graph, interruptible: Option<bool>) -> Option<Capacity<'_>> {
    let capacities = graph.all::<PresenceUserConfig>().map(|item| charged(graph, item, interruptible));
    let capacities: Vec<_> = capacities.collect::<Option<_>>()?;
    capacities.into_iter().min_by_key(|capacity| capacity.units)
}

/// The capacities above `weight`.
fn wider<'g>(graph: &'g Graph, configs: &[NodeId], weight: f64, interruptible: Option<bool>) -> Vec<Capacity<'g>> {
    let capacities =
        configs.iter().filter_map(|&node| charged(graph, graph.get::<PresenceUserConfig>(node)?, interruptible));
    capacities.filter(|capacity| f64::from(capacity.units) > weight).collect()
}

/// What a presence configuration allows for calls; the smaller of its two capacities if it is not known which is charged.
fn charged<'g>(graph: &Graph, item: Item<'g, PresenceUserConfig>, interruptible: Option<bool>) -> Option<Capacity<'g>> {
    if interruptible.is_some() {
        return capacity(graph, item, interruptible);
    }
    let (primary, own) = (capacity(graph, item, Some(false))?, capacity(graph, item, Some(true))?);
    Some(if own.units < primary.units { own } else { primary })
}
