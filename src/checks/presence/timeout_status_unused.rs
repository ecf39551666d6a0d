//! OC411

use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::Note;
use crate::graph::{Graph, Resolution};
use crate::metadata::{PresenceUserConfig, QueueRoutingConfig};
use crate::schema::Kind;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC411",
    name: "timeout-status-unused",
    severities: &[Note],
    strict: false,
    summary: "There is a status for reps who let an offer time out, and no offer times out.",
    what: "Reports `presenceStatusOnPushTimeout` when the project has routing configurations and none of them has a \
           `pushTimeout` above 0. Silent while a routing configuration cannot be read, and while one is named that the \
           project does not hold: that may have a timeout.",
    why: "The status is given when an offer times out. Without a push timeout an offer waits until the rep answers it or \
          goes offline, and the status is never given.",
    fix: "Set a `pushTimeout` in the routing configurations, or remove `presenceStatusOnPushTimeout`.",
    source: "Metadata API Developer Guide 67.0, PresenceUserConfig and QueueRoutingConfig; Salesforce Help: Routing \
             Configuration Settings",
    evidence: &[Evidence::Documented],
    fails: "
== ServicePresenceStatus On_Break
    <label>On Break</label>
== PresenceUserConfig Agents
    <capacity>5</capacity>
    <label>Agents</label>
    <presenceStatusOnPushTimeout>On_Break</presenceStatusOnPushTimeout>
== QueueRoutingConfig Tier_1
    <capacityWeight>1.0</capacityWeight>
    <label>Tier 1</label>
    <pushTimeout>0</pushTimeout>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>1</routingPriority>
",
    passes: "
== ServicePresenceStatus On_Break
    <label>On Break</label>
== PresenceUserConfig Agents
    <capacity>5</capacity>
    <label>Agents</label>
    <presenceStatusOnPushTimeout>On_Break</presenceStatusOnPushTimeout>
== QueueRoutingConfig Tier_1
    <capacityWeight>1.0</capacityWeight>
    <label>Tier 1</label>
    <pushTimeout>30</pushTimeout>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>1</routingPriority>
",
    run,
};

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    if !nothing_times_out(graph) {
        return;
    }
    for presence in graph.all::<PresenceUserConfig>() {
        let Some(status) = presence.value.presence_status_on_push_timeout.spanned() else { continue };
        let message = format!(
            "the presence configuration `{}` gives the status `{}` to reps who let an offer time out, but no routing \
             configuration of the project has a `pushTimeout`: it is never given",
            presence.component.name, status.value
        );
        cx.report(Note, presence.component.at(status.span), message)
            .label("never given")
            .help("set a `pushTimeout` in the routing configurations, or remove `presenceStatusOnPushTimeout`")
            .element("presenceStatusOnPushTimeout");
    }
}

/// True if the project has every routing configuration that it names, and none of them has a push timeout.
fn nothing_times_out(graph: &Graph) -> bool {
    let mut named = graph.nodes().filter(|(_, node)| node.kind == Kind::QueueRoutingConfig);
    graph.defines(Kind::QueueRoutingConfig)
        && graph.is_whole(Kind::QueueRoutingConfig)
        && named.all(|(_, node)| node.resolution == Resolution::Here)
        && graph.all::<QueueRoutingConfig>().all(|config| {
            let timeout = &config.value.push_timeout;
            timeout.is_missing() || timeout.get() == Some(&0)
        })
}
