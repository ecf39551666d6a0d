//! OC407

use super::{Offers, governs_nobody, status_for_rest, whole_configs};
use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::{Note, Warning};
use crate::graph::{Graph, Item, NodeId};
use crate::metadata::{PresenceUserConfig, QueueRoutingConfig};
use crate::source::Location;
use crate::text::list;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC407",
    name: "timeout-without-status",
    severities: &[Warning, Note],
    strict: false,
    summary: "Reps who let an offer time out stay in line for the next one.",
    what: "Reports a presence configuration without `presenceStatusOnPushTimeout` when a routing configuration with a \
           `pushTimeout` above 0 offers work to its reps. A warning where the presence configuration of every \
           member of the queue is known, from the project or from records of the org; a note where the members are groups \
           or roles that no records expand, or the routing configuration is attribute-based, so that the work may go to reps of any presence configuration. External \
           routing, and work that the presence configuration or the service channel accepts by itself, are left out.",
    why: "A push timeout takes the offer away from a rep who does not answer, and nothing else: unless the presence \
          configuration gives a status in which the rep gets no work, the next item is offered to the same absent rep, \
          and waits as long.",
    fix: "Add `presenceStatusOnPushTimeout` with a status that does not take this work.",
    source: "Salesforce Help: Routing Configuration Settings; Metadata API Developer Guide 67.0, PresenceUserConfig",
    evidence: &[Evidence::Documented],
    fails: "
== ServicePresenceStatus Busy
    <label>Busy</label>
== QueueRoutingConfig Tier_1
    <capacityWeight>1.0</capacityWeight>
    <label>Tier 1</label>
    <pushTimeout>30</pushTimeout>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>1</routingPriority>
== Queue Support
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
== ServicePresenceStatus Busy
    <label>Busy</label>
== QueueRoutingConfig Tier_1
    <capacityWeight>1.0</capacityWeight>
    <label>Tier 1</label>
    <pushTimeout>30</pushTimeout>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>1</routingPriority>
== Queue Support
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
    <presenceStatusOnPushTimeout>Busy</presenceStatusOnPushTimeout>
",
    run,
};

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    let is_silent = |presence: &Item<'_, PresenceUserConfig>| {
        let value = presence.value;
        let accepts = value.enable_auto_accept.may_be_true();
        let says = !value.presence_status_on_push_timeout.is_missing();
        let governs = !governs_nobody::is_reported(graph, *presence);
        !accepts && !says && governs && !graph.may_hold(presence.component, &["presenceStatusOnPushTimeout"])
    };
    let mut silent = whole_configs(graph).filter(is_silent).peekable();
    if silent.peek().is_none() {
        return;
    }
    let offers = Offers::gather(graph, |config| timeout(graph, config.node).is_some(), |config, _| [config.node]);
    let away = status_for_rest(graph, &[]).map_or(String::new(), |name| format!(", such as `{name}`"));
    for presence in silent {
        let component = presence.component;
        let (configs, certain) = offers.to(presence.node);
        if configs.is_empty() {
            continue;
        }
        let (name, names) = (&component.name, list(configs.iter().map(|&config| graph.name(config)), 3));
        let (severity, message) = if certain {
            let message = format!(
                "the presence configuration `{name}` gives no status to reps who let an offer by {names} time out, so \
                 they stay in line for the next one"
            );
            (Warning, message)
        } else {
            let message = format!(
                "the presence configuration `{name}` gives no status to reps who let an offer time out: if its reps get \
                 work by {names}, they stay in line for the next offer"
            );
            (Note, message)
        };
        let mut finding = cx.report(severity, component.location(), message);
        for &config in configs.iter().take(3) {
            let Some((seconds, place)) = timeout(graph, config) else { continue };
            finding = finding.related(place, format!("`{}`: after {seconds} seconds", graph.name(config)));
        }
        finding
            .label("no `presenceStatusOnPushTimeout`")
            .help(format!("add `<presenceStatusOnPushTimeout>` with a presence status that takes no work{away}"));
    }
}

/// After how many seconds an offer goes to another rep, and where that is said.
fn timeout(graph: &Graph, config: NodeId) -> Option<(i32, Location)> {
    let config = graph.get::<QueueRoutingConfig>(config)?;
    let timeout = config.value.push_timeout.spanned().filter(|timeout| timeout.value > 0)?;
    Some((timeout.value, config.component.at(timeout.span)))
}
