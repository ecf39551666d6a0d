//! OC3: settings and service channels.

pub(super) mod acw_incomplete;
pub(super) mod duplicate_related_entity;
pub(super) mod omni_channel_disabled;
