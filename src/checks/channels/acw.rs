//! After Conversation Work, which service channels and presence configurations set with the same elements.

use crate::graph::Graph;
use crate::metadata::{Component, Name, PresenceUserConfig, Scalar, ServiceChannel};

/// The five settings of a component.
pub(super) struct Acw<'m> {
    pub(super) component: &'m Component,
    pub(super) timer: &'m Scalar<bool>,
    pub(super) max_time: &'m Scalar<i32>,
    pub(super) extension: &'m Scalar<bool>,
    pub(super) duration: &'m Scalar<i32>,
    pub(super) extensions: &'m Scalar<Name>,
}

macro_rules! acw {
    ($item:expr) => {
        Acw {
            component: $item.component,
            timer: &$item.value.has_after_convo_work_timer,
            max_time: &$item.value.after_convo_work_max_time,
            extension: &$item.value.has_acw_extension_enabled,
            duration: &$item.value.acw_extension_duration,
            extensions: &$item.value.max_extensions,
        }
    };
}

/// The settings of every service channel, then those of every presence configuration.
pub(super) fn all(graph: &Graph) -> impl Iterator<Item = Acw<'_>> {
    let channels = graph.all::<ServiceChannel>().map(|item| acw!(item));
    channels.chain(graph.all::<PresenceUserConfig>().map(|item| acw!(item)))
}
