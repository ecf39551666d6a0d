use crate::checks::{Checker, check};
use crate::diagnostics::Severity::Note;
use crate::graph::{Graph, Resolution};
use crate::metadata::{PresenceUserConfig, QueueRoutingConfig};
use crate::schema::Kind;

check!("OC411", "timeout-status-unused", "timeout_status_unused.md", [Note], AboutUnused);

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
