//! OC5: queues and routing configurations.

pub(super) mod channel_without_status;
pub(super) mod cost_exceeds_capacity;
pub(super) mod no_cost;
pub(super) mod object_without_channel;
pub(super) mod overflow_queue_routed;
pub(super) mod queue_not_routed;
pub(super) mod queue_without_members;
pub(super) mod two_overflow_assignees;
pub(super) mod weight_and_percentage;
