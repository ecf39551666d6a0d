//! OC505

use crate::checks::{Check, Checker};
use crate::diagnostics::Severity::{Error, Warning};
use crate::graph::NodeId;
use crate::graph::reach::{Cost, Reach};
use crate::metadata::{PresenceUserConfig, Queue, QueueRoutingConfig};
use crate::source::Location;
use crate::text::list;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC505",
    name: "cost-exceeds-capacity",
    severities: &[Error, Warning],
    strict: false,
    summary: "An item of work costs more capacity than the reps who could take it have.",
    what: "For each routed queue, compares what an item costs with the capacity of the presence configurations of the \
           queue's members (the interruptible capacity for interruptible work). An error when no configuration has \
           enough and source names the configuration of every member; a warning when none has enough but the org may \
           hold others, and when some have not enough. Costs in percent always fit.",
    why: "Omni-Channel offers work only to reps with enough free capacity. Work that costs more than a rep's whole \
          capacity never reaches that rep, and nothing says so.",
    fix: "Lower `capacityWeight`, or raise `capacity`.",
    source: "Salesforce Knowledge 005226660, Troubleshooting Guide for Omni-Channel Routing Issues",
    fails: "
== QueueRoutingConfig Tier_1
    <capacityWeight>6.0</capacityWeight>
    <label>Tier 1</label>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>1</routingPriority>
== Queue Support
    <doesSendEmailToMembers>false</doesSendEmailToMembers>
    <name>Support</name>
    <queueMembers>
        <users>
            <user>ana@example.com</user>
        </users>
    </queueMembers>
    <queueRoutingConfig>Tier_1</queueRoutingConfig>
    <queueSobject>
        <sobjectType>Case</sobjectType>
    </queueSobject>
== PresenceUserConfig Agents
    <assignments>
        <users>
            <user>ana@example.com</user>
        </users>
    </assignments>
    <capacity>5</capacity>
    <label>Agents</label>
",
    passes: "
== QueueRoutingConfig Tier_1
    <capacityWeight>1.0</capacityWeight>
    <label>Tier 1</label>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>1</routingPriority>
== Queue Support
    <doesSendEmailToMembers>false</doesSendEmailToMembers>
    <name>Support</name>
    <queueMembers>
        <users>
            <user>ana@example.com</user>
        </users>
    </queueMembers>
    <queueRoutingConfig>Tier_1</queueRoutingConfig>
    <queueSobject>
        <sobjectType>Case</sobjectType>
    </queueSobject>
== PresenceUserConfig Agents
    <assignments>
        <users>
            <user>ana@example.com</user>
        </users>
    </assignments>
    <capacity>5</capacity>
    <label>Agents</label>
",
    run,
};

/// Capacity of a presence configuration, and where it is given.
struct Capacity<'g> {
    name: &'g str,
    units: i32,
    location: Location,
}

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for config in graph.all::<QueueRoutingConfig>() {
        let Some(Cost::Units(weight, location)) = graph.cost_of(config.node) else { continue };
        // A configuration routes many queues: one finding for all that have the same trouble.
        let mut impossible = Vec::new();
        let mut partly: Option<(Vec<&str>, Vec<Capacity<'_>>)> = None;
        let mut complete = true;
        for (queue, _) in graph.queues_of(config.node) {
            let interruptible = interruptible(cx, config.node, queue);
            let reach = graph.reach_of(queue);
            let (short, enough) = split(cx, &reach, weight, interruptible);
            if short.is_empty() {
                continue;
            }
            if enough == 0 {
                complete &= reach.complete;
                impossible.push((queue, short));
            } else if reach.complete {
                let (queues, all) = partly.get_or_insert_with(Default::default);
                queues.push(graph.name(queue));
                all.extend(short);
            }
        }
        if let Some((_, short)) = impossible.first() {
            let queues = list(impossible.iter().map(|(queue, _)| graph.name(*queue)), 3);
            let severity = if complete { Error } else { Warning };
            let most = short.iter().map(|capacity| capacity.units).max().unwrap_or_default();
            let message = format!(
                "an item routed by `{}` costs {weight} units, and no rep of {queues} has more than {most}: it is never \
                 offered to anyone",
                config.component.name
            );
            let finding = cx.report(severity, location, message);
            let finding = short.iter().take(3).fold(finding, |finding, capacity| {
                finding.related(capacity.location, format!("`{}` has {} units", capacity.name, capacity.units))
            });
            finding
                .label(format!("{weight} units"))
                .help(format!("lower `capacityWeight` to {most} or less, or raise the capacity"))
                .element("capacityWeight");
        }
        if let Some((queues, mut short)) = partly {
            short.sort_by(|a, b| a.name.cmp(b.name));
            short.dedup_by(|a, b| a.name == b.name);
            let names = list(short.iter().map(|capacity| capacity.name), 3);
            let message = format!(
                "an item routed by `{}` costs {weight} units, more than reps of {} under {names} have: they are never \
                 offered it",
                config.component.name,
                list(queues, 3),
            );
            let finding = cx.report(Warning, location, message);
            let finding = short.iter().take(3).fold(finding, |finding, capacity| {
                finding.related(capacity.location, format!("`{}` has {} units", capacity.name, capacity.units))
            });
            finding
                .label(format!("{weight} units"))
                .help("lower `capacityWeight`, or raise the capacity")
                .element("capacityWeight");
        }
    }
}

/// True if all channels of the queue's work are charged to the interruptible capacity.
fn interruptible(cx: &Checker<'_>, config: NodeId, queue: NodeId) -> bool {
    let graph = cx.graph;
    let mut channels = graph
        .get::<Queue>(queue)
        .into_iter()
        .flat_map(|queue| graph.objects_of(queue.node))
        .flat_map(|(object, _)| graph.channels_for(object).collect::<Vec<_>>())
        .peekable();
    channels.peek().is_some() && channels.all(|(channel, _)| graph.is_interruptible(config, channel) == Some(true))
}

/// The configurations with less capacity than `weight`, and how many have enough.
fn split<'g>(cx: &Checker<'g>, reach: &Reach, weight: f64, interruptible: bool) -> (Vec<Capacity<'g>>, usize) {
    let mut short = Vec::new();
    let mut enough = 0;
    for &node in &reach.configs {
        let Some(item) = cx.graph.get::<PresenceUserConfig>(node) else { continue };
        let own = item.value.interruptible_capacity.spanned().filter(|_| interruptible);
        let Some(capacity) = own.or_else(|| item.value.capacity.spanned()) else { continue };
        if f64::from(capacity.value) < weight {
            let location = item.component.at(capacity.span);
            short.push(Capacity { name: &item.component.name, units: capacity.value, location });
        } else {
            enough += 1;
        }
    }
    (short, enough)
}
