use super::{Offers, whole_configs};
use crate::checks::{Checker, check};
use crate::diagnostics::Severity::Note;
use crate::graph::{Item, NodeId};
use crate::metadata::{PresenceUserConfig, QueueRoutingConfig};
use crate::text::list;

check!("OC409", "offer-can-hang", "offer_can_hang.md", [Note], Strict);

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
