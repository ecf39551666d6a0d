//! OC3: settings and service channels.

mod acw;
pub(super) mod acw_incomplete;
pub(super) mod acw_on_unsupported_channel;
pub(super) mod acw_without_timer;
pub(super) mod duplicate_priority_value;
pub(super) mod duplicate_related_entity;
pub(super) mod duplicate_status_mapping;
pub(super) mod feature_disabled;
pub(super) mod interruptible_realtime_work;
pub(super) mod omni_channel_disabled;
pub(super) mod secondary_priority_incomplete;
pub(super) mod shadowed_standard_channel;
pub(super) mod status_model_incomplete;
pub(super) mod status_model_unused;
pub(super) mod switch_without_omni_channel;
