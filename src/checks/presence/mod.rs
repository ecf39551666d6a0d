//! OC4: presence configurations and statuses.

pub(super) mod assigned_twice;
pub(super) mod auto_accept_with_decline;
pub(super) mod capacity_beyond_limit;
pub(super) mod decline_reason_without_decline;
pub(super) mod decline_status_without_decline;
pub(super) mod flood_at_login;
pub(super) mod governs_nobody;
pub(super) mod interruptible_capacity_unused;
pub(super) mod offer_can_hang;
pub(super) mod status_not_granted;
pub(super) mod status_without_channel;
pub(super) mod status_without_work;
pub(super) mod timeout_status_still_receives;
pub(super) mod timeout_status_unused;
pub(super) mod timeout_without_status;

use rustc_hash::FxHashMap;

use crate::graph::{File, Graph, Item, NodeId};
use crate::metadata::{PresenceUserConfig, QueueRoutingConfig, ServicePresenceStatus};
use crate::schema::{Kind, Role};

/// The presence configurations whose files could be read whole, so that what is absent from them is not there.
fn whole_configs(graph: &Graph) -> impl Iterator<Item = Item<'_, PresenceUserConfig>> {
    let configs = graph.all::<PresenceUserConfig>();
    configs.filter(|config| graph.file_of(config.component.location()).is_some_and(File::is_whole))
}

/// A presence status to suggest for a rest: it offers none of the channels, or none at all where none are given; its name
/// does not say that it takes work; and where something is granted, it is. Of several, the first by name, those without
/// channels before the others.
fn status_for_rest<'g>(graph: &'g Graph, channels: &[NodeId]) -> Option<&'g str> {
    let offers = |status: NodeId| graph.channels_of(status).map(|(channel, _)| channel);
    let grants = graph.edges().any(|(.., edge)| edge.role == Role::GrantsStatus);
    let suits = |status: &Item<'_, ServicePresenceStatus>| {
        let rests = if channels.is_empty() {
            offers(status.node).next().is_none()
        } else {
            offers(status.node).all(|channel| !channels.contains(&channel))
        };
        let is_known = graph.file_of(status.component.location()).is_some_and(File::is_whole);
        // A status that reps are only put into needs no grant.
        let is_given =
            graph.is_referred(status.node, &[Role::GrantsStatus, Role::StatusOnDecline, Role::StatusOnPushTimeout]);
        let sounds_wrong = status_without_channel::sounds_available(&status.component.name, status.value);
        rests && is_known && (!grants || is_given) && (!sounds_wrong || offers(status.node).next().is_some())
    };
    let statuses = graph.all::<ServicePresenceStatus>().filter(suits);
    statuses.map(|status| (offers(status.node).next().is_some(), &*status.component.name)).min().map(|(_, name)| name)
}

/// True if it is filled in when the project is deployed which work a queue holds, how it is routed, or who governs it.
fn is_open(graph: &Graph) -> bool {
    const KINDS: [Kind; 4] = [Kind::Queue, Kind::QueueRoutingConfig, Kind::PresenceUserConfig, Kind::ServiceChannel];
    !graph.says_all(&KINDS)
}

/// What Omni-Channel offers to the reps of each presence configuration, as far as reps get offers to answer: work that a
/// partner's system routes, and work that is accepted by itself, is left out.
struct Offers<T> {
    /// By presence configuration, what surely goes to a rep of it.
    certain: FxHashMap<NodeId, Vec<T>>,
    /// What may go to a rep of any.
    possible: Vec<T>,
    /// True if there may be other work: that of a queue of which something is filled in when the project is deployed.
    is_open: bool,
}

impl<T: Clone + Ord> Offers<T> {
    /// Gathers what `of` makes of each routing configuration that `counts`, and of a queue that it routes.
    fn gather<'g, I: IntoIterator<Item = T>>(
        graph: &'g Graph,
        counts: impl Fn(Item<'g, QueueRoutingConfig>) -> bool,
        of: impl Fn(Item<'g, QueueRoutingConfig>, NodeId) -> I,
    ) -> Self {
        let mut offers = Self { certain: FxHashMap::default(), possible: Vec::new(), is_open: is_open(graph) };
        for config in graph.all::<QueueRoutingConfig>() {
            if graph.may_be_external(config.node) || !counts(config) {
                offers.is_open |= graph.may_be_external(config.node) && !graph.is_external(config.node);
                continue;
            }
            for (queue, _) in graph.queues_of(config.node) {
                if graph.may_be_accepted_unasked(queue) {
                    offers.is_open |= !graph.is_queue_accepted_unasked(queue);
                    continue;
                }
                let reach = graph.reach_of(queue);
                if !reach.settled {
                    offers.possible.extend(of(config, queue));
                    continue;
                }
                for presence in reach.configs {
                    offers.certain.entry(*presence).or_default().extend(of(config, queue));
                }
            }
        }
        for list in offers.certain.values_mut().chain([&mut offers.possible]) {
            list.sort_unstable();
            list.dedup();
        }
        offers
    }

    /// What goes to the reps of a presence configuration, and true if it surely does: where nothing does, what may. Nothing
    /// may, if what is filled in decides on it.
    fn to(&self, presence: NodeId) -> (&[T], bool) {
        match self.certain.get(&presence) {
            Some(certain) => (certain, true),
            None if self.is_open => (&[], false),
            None => (&self.possible, false),
        }
    }
}
