//! OC409

use super::{Offers, whole_configs};
use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::Note;
use crate::graph::{Item, NodeId};
use crate::metadata::{PresenceUserConfig, QueueRoutingConfig};
use crate::text::list;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC409",
    name: "offer-can-hang",
    severities: &[Note],
    strict: true,
    summary: "An offer that nobody answers stays where it is.",
    what: "Reports a presence configuration that neither accepts offers by itself nor lets reps decline, when a routing \
           configuration without a `pushTimeout` above 0 offers work to its reps. Where the members of the queue are \
           groups or roles that no records of the org expand, or the routing configuration is attribute-based, the work may go to reps of any presence \
           configuration. External routing, and work that the service channel accepts by itself, are left out.",
    why: "Such an offer has no way back: going busy or away does not release it, and it waits, with the customer behind \
          it, until the rep answers or goes offline. Salesforce's own default presence configuration is like that, which \
          is why the check runs only in strict mode.",
    fix: "Give the routing configuration a `pushTimeout`, or let the reps decline.",
    source: "Salesforce Knowledge 004576806; Salesforce Help: Routing Configuration Settings; Metadata API Developer \
             Guide 67.0, PresenceUserConfig",
    evidence: &[Evidence::Documented],
    fails: "
== QueueRoutingConfig Tier_1
    <capacityWeight>1.0</capacityWeight>
    <label>Tier 1</label>
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
    <enableAutoAccept>false</enableAutoAccept>
    <enableDecline>false</enableDecline>
    <label>Agents</label>
",
    passes: "
== QueueRoutingConfig Tier_1
    <capacityWeight>1.0</capacityWeight>
    <label>Tier 1</label>
    <pushTimeout>60</pushTimeout>
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
    <enableAutoAccept>false</enableAutoAccept>
    <enableDecline>false</enableDecline>
    <label>Agents</label>
",
    run,
};

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    let has_no_way_out = |presence: &Item<'_, PresenceUserConfig>| {
        let value = presence.value;
        let neither = value.enable_decline.is_off() && value.enable_auto_accept.is_off();
        neither && !graph.may_hold(presence.component, &["enableDecline", "enableAutoAccept"])
    };
    let mut stuck = whole_configs(graph).filter(has_no_way_out).peekable();
    if stuck.peek().is_none() {
        return;
    }
    let never_times_out = |config: Item<'_, QueueRoutingConfig>| {
        let timeout = &config.value.push_timeout;
        let is_off = timeout.is_missing() || timeout.get() == Some(&0);
        is_off && !graph.may_hold(config.component, &["pushTimeout"])
    };
    let offers: Offers<NodeId> = Offers::gather(graph, never_times_out, |config, _| [config.node]);
    for presence in stuck {
        let (component, value) = (presence.component, presence.value);
        let (configs, certain) = offers.to(presence.node);
        if configs.is_empty() {
            continue;
        }
        let names = list(configs.iter().map(|&config| graph.name(config)), 3);
        let condition = if certain { "" } else { ", if they get any," };
        let message = format!(
            "reps under the presence configuration `{}` cannot decline offers, and those by {names}{condition} do not \
             time out: one that is not answered stays until the rep goes offline",
            component.name
        );
        let place = value.enable_decline.span().unwrap_or(component.span);
        let mut finding = cx.report(Note, component.at(place), message);
        for &config in configs.iter().take(3) {
            let Some(item) = graph.get::<QueueRoutingConfig>(config) else { continue };
            let place = item.value.push_timeout.span().unwrap_or(item.component.span);
            finding = finding.related(item.component.at(place), format!("`{}` has no timeout", item.component.name));
        }
        if !value.enable_decline.is_missing() {
            finding = finding.element("enableDecline");
        }
        finding
            .label("offers cannot be declined")
            .help(format!("set a `pushTimeout` in {names}, or `enableDecline` to `true` in `{}`", component.name));
    }
}
