use super::{Offers, governs_nobody, status_for_rest, whole_configs};
use crate::checks::{Checker, check};
use crate::diagnostics::Severity::{Note, Warning};
use crate::graph::{Graph, Item, NodeId};
use crate::metadata::{PresenceUserConfig, QueueRoutingConfig};
use crate::source::Location;
use crate::text::list;

check!("OC407", "timeout-without-status", "timeout_without_status.md", [Warning, Note]);

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
