use crate::checks::{Checker, check};
use crate::diagnostics::Applicability::Unsafe;
use crate::diagnostics::Change;
use crate::diagnostics::Severity::{Note, Warning};
use crate::graph::{Graph, World, standard_channel};
use crate::metadata::{CapacityType, PresenceUserConfig, QueueRoutingConfig, ServiceChannel};
use crate::schema::Kind;

check!("OC410", "interruptible-capacity-unused", "interruptible_capacity_unused.md", [Warning, Note], AboutUnused);

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    let severity = if graph.world == World::Open { Note } else { Warning };
    let mut configs = graph.all::<PresenceUserConfig>().filter(|c| c.value.interruptible_capacity.get().is_some());
    let Some(first) = configs.next().filter(|_| nothing_is_interruptible(graph)) else { return };
    for config in std::iter::once(first).chain(configs) {
        let (component, value) = (config.component, config.value);
        let (Some(own), Some(capacity)) = (value.interruptible_capacity.spanned(), value.capacity.spanned()) else {
            continue;
        };
        if own.value == capacity.value {
            continue;
        }
        let message = format!(
            "the presence configuration `{}` has a capacity of {} for interruptible work, but no service channel and no \
             routing configuration makes work interruptible: it is never used",
            component.name, own.value
        );
        cx.report(severity, component.at(own.span), message)
            .label("never used")
            .related(component.at(capacity.span), "all work is charged to this capacity")
            .help(
                "set `isInterruptible` to `true` in the service channels of interruptible work, or remove \
                 `interruptibleCapacity`",
            )
            .fix("remove `interruptibleCapacity`", Unsafe, Change::Remove { span: own.span })
            .element("interruptibleCapacity");
    }
}

/// True if the project has service channels, every one that it names or that routed work comes by is known, and no work
/// is interruptible.
fn nothing_is_interruptible(graph: &Graph) -> bool {
    let whole = graph.defines(Kind::ServiceChannel)
        && graph.is_whole(Kind::ServiceChannel)
        && graph.is_whole(Kind::QueueRoutingConfig);
    let mut names = graph.nodes().filter(|(_, node)| node.kind == Kind::ServiceChannel);
    let known = names.all(|(id, _)| graph.get::<ServiceChannel>(id).is_some())
        && graph.routed_objects().keys().all(|&object| {
            standard_channel(graph.name(object)).is_none() || graph.channels_for(object).next().is_some()
        });
    whole
        && known
        && graph.all::<ServiceChannel>().all(|channel| channel.value.is_interruptible.is_off())
        && graph.all::<QueueRoutingConfig>().all(|config| {
            let kind = &config.value.capacity_type;
            kind.is_missing() || matches!(kind.get(), Some(CapacityType::Inherited | CapacityType::NotInterruptible))
        })
}
