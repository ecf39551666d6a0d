//! OC4: presence configurations and statuses.

pub(super) mod assigned_twice;
pub(super) mod auto_accept_with_decline;
pub(super) mod decline_reason_without_decline;
pub(super) mod decline_status_without_decline;
pub(super) mod status_not_granted;

use crate::graph::{File, Graph, Item};
use crate::metadata::PresenceUserConfig;

/// The presence configurations whose files could be read whole, so that what is absent from them is not there.
fn whole_configs(graph: &Graph) -> impl Iterator<Item = Item<'_, PresenceUserConfig>> {
    let configs = graph.all::<PresenceUserConfig>();
    configs.filter(|config| graph.file_of(config.component.location()).is_some_and(File::is_whole))
}
