use super::{Offers, status_for_rest};
use crate::checks::{Checker, check};
use crate::diagnostics::Severity::{Note, Warning};
use crate::graph::{Graph, Item, NodeId};
use crate::metadata::{Name, PresenceUserConfig, ServicePresenceStatus, Spanned};
use crate::schema::Kind;
use crate::source::Location;
use crate::text::list;

check!("OC408", "timeout-status-still-receives", "timeout_status_still_receives.md", [Warning, Note]);

/// One of the two statuses.
struct Given<'g> {
    presence: Item<'g, PresenceUserConfig>,
    status: &'g Spanned<Name>,
    element: &'static str,
    /// Who gets it.
    who: &'static str,
    /// True if only work counts that can time out.
    timed: bool,
}

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    let statuses: Vec<_> = graph.all::<PresenceUserConfig>().flat_map(given).collect();
    if statuses.is_empty() {
        return;
    }
    // Without queues it is known what statuses offer all the same.
    let has_queues = graph.defines(Kind::Queue);
    let takes_all = |graph: &Graph, offered: &[(NodeId, Location)]| !has_queues && takes_all(graph, offered);
    // Objects whose records are offered, each with whether the offer can time out.
    let objects = Offers::gather(
        graph,
        |_| true,
        |config, queue| {
            let timed = config.value.push_timeout.get().is_some_and(|&seconds| seconds > 0);
            graph.objects_of(queue).map(move |(object, _)| (object, timed))
        },
    );
    if objects.is_open {
        return;
    }
    let possible = [false, true].map(|timed| channels(graph, &objects.possible, timed));
    for given in statuses {
        let possible = &possible[usize::from(given.timed)];
        let (taken, certain) = objects.to(given.presence.node);
        let taken = if certain { channels(graph, taken, given.timed) } else { possible.clone() };
        let Some(status) = graph.find(Kind::ServicePresenceStatus, &given.status.value) else { continue };
        let offered: Vec<_> = graph.channels_of(status).collect();
        let is_offered = |channel: &NodeId| offered.iter().any(|(offered, _)| offered == channel);
        if !taken.is_empty() && taken.iter().chain(possible).all(is_offered) {
            report(cx, &given, &taken, &offered, certain);
        } else if taken.is_empty() && possible.is_empty() && takes_all(graph, &offered) {
            report_all(cx, &given, &offered);
        }
    }
}

/// True if a status offers every channel that any status of the project offers.
fn takes_all(graph: &Graph, offered: &[(NodeId, Location)]) -> bool {
    let mut all = graph.all::<ServicePresenceStatus>().flat_map(|status| graph.channels_of(status.node));
    !offered.is_empty() && all.all(|(channel, _)| offered.iter().any(|(offered, _)| *offered == channel))
}

/// Reports a status that takes whatever work there can be, in a project that holds no queues.
fn report_all(cx: &mut Checker<'_>, given: &Given<'_>, offered: &[(NodeId, Location)]) {
    let graph = cx.graph;
    let component = given.presence.component;
    let channels: Vec<NodeId> = offered.iter().map(|(channel, _)| *channel).collect();
    let message = format!(
        "the presence configuration `{}` gives the status `{}` to reps who {}, but it takes all work that any presence \
         status of the project takes: they are offered the next item at once",
        component.name, given.status.value, given.who
    );
    let instead = status_for_rest(graph, &channels).map_or(String::new(), |name| format!(", such as `{name}`"));
    let finding = cx
        .report(Note, component.at(given.status.span), message)
        .label("takes the same work")
        .help(format!("name a presence status that takes less work{instead}"))
        .element(given.element);
    if let Some(&(_, place)) = offered.first() {
        finding.related(place, "the channel is offered here");
    }
}

/// The statuses that a presence configuration gives.
fn given(presence: Item<'_, PresenceUserConfig>) -> impl Iterator<Item = Given<'_>> {
    let value = presence.value;
    let timeout = value.presence_status_on_push_timeout.spanned().map(|status| {
        let (element, who) = ("presenceStatusOnPushTimeout", "let an offer time out");
        Given { presence, status, element, who, timed: true }
    });
    let decline = value.presence_status_on_decline.spanned().filter(|_| value.enable_decline.is_true());
    let decline = decline.map(|status| {
        let (element, who) = ("presenceStatusOnDecline", "decline an offer");
        Given { presence, status, element, who, timed: false }
    });
    timeout.into_iter().chain(decline).filter(|given| !given.presence.value.enable_auto_accept.may_be_true())
}

/// The channels of the objects, sorted; only of those whose offers can time out, if `timed`.
fn channels(graph: &Graph, objects: &[(NodeId, bool)], timed: bool) -> Vec<NodeId> {
    let counted = objects.iter().filter(|(_, times_out)| *times_out || !timed);
    let mut channels: Vec<_> = counted.flat_map(|&(object, _)| graph.known_channels_for(object)).collect();
    channels.sort_unstable();
    channels.dedup();
    channels
}

fn report(cx: &mut Checker<'_>, given: &Given<'_>, taken: &[NodeId], offered: &[(NodeId, Location)], certain: bool) {
    let graph = cx.graph;
    let component = given.presence.component;
    let names = list(taken.iter().map(|&channel| graph.name(channel)), 3);
    let (severity, work) = if certain { (Warning, "the work") } else { (Note, "any work") };
    let message = format!(
        "the presence configuration `{}` gives the status `{}` to reps who {}, but it takes {work} that they get by \
         {names}: they are offered the next item at once",
        component.name, given.status.value, given.who
    );
    let instead = status_for_rest(graph, taken).map_or(String::new(), |name| format!(", such as `{name}`"));
    let finding = cx
        .report(severity, component.at(given.status.span), message)
        .label("takes the same work")
        .help(format!("name a presence status that does not offer {names}{instead}"))
        .element(given.element);
    if let Some(&(_, place)) = offered.iter().find(|(channel, _)| taken.contains(channel)) {
        finding.related(place, "the channel is offered here");
    }
}
