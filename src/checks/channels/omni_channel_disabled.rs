use crate::checks::{Checker, check, set_value};
use crate::diagnostics::Applicability::Unsafe;
use crate::diagnostics::Severity::{Error, Note};
use crate::graph::Graph;
use crate::metadata::{Component, OmniChannelSettings};
use crate::schema::Kind;
use crate::text::count;

check!("OC301", "omni-channel-disabled", "omni_channel_disabled.md", [Error, Note]);

/// The types that an org without Omni-Channel does not know.
const NEED: [Kind; 5] = [
    Kind::ServiceChannel,
    Kind::ServicePresenceStatus,
    Kind::PresenceUserConfig,
    Kind::QueueRoutingConfig,
    Kind::WorkSkillRouting,
];

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    let mut needing = needing(graph);
    let Some(first) = needing.next() else { return };
    let subject = format!("the {} `{}`", first.kind.noun(), first.name);
    if !has_settings(graph) {
        let message =
            format!("{subject} can be deployed only where Omni-Channel is on, and the project has no settings for it");
        cx.report(Note, first.location(), message).label("needs Omni-Channel").help(
            "add Omni-Channel settings with `enableOmniChannel` set to `true`, or make sure that every org has it on",
        );
        return;
    }
    if graph.all::<OmniChannelSettings>().any(|settings| settings.value.enable_omni_channel.is_true()) {
        return;
    }
    let (subject, need, them) = match needing.count() {
        0 => (subject, "needs", "it"),
        more => (format!("{subject} and {}", count(more, "other component")), "need", "them"),
    };
    for settings in graph.all::<OmniChannelSettings>() {
        let Some(enabled) = settings.value.enable_omni_channel.spanned().filter(|enabled| !enabled.value) else {
            continue;
        };
        let message =
            format!("Omni-Channel is off, but {subject} {need} it: a deploy rejects {them}, and no work is routed");
        cx.report(Error, settings.component.at(enabled.span), message)
            .label("off")
            .related(first.location(), "needs Omni-Channel")
            .help("set `enableOmniChannel` to `true`")
            .fix("set `enableOmniChannel` to `true`", Unsafe, set_value(enabled.span, "true"))
            .element("enableOmniChannel");
    }
}

/// The components that an org without Omni-Channel does not take.
pub(super) fn needing(graph: &Graph) -> impl Iterator<Item = &Component> {
    graph.components().filter(|component| NEED.contains(&component.kind))
}

/// True if the project holds the settings, be they broken, kept out of a deploy or misnamed.
fn has_settings(graph: &Graph) -> bool {
    let settings = Some(Kind::OmniChannelSettings);
    graph.files.iter().any(|file| file.kind == settings || file.near_miss.map(|near| near.kind) == settings)
}
