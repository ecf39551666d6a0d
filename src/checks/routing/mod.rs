//! OC5: queues and routing configurations.

pub(super) mod cost_exceeds_capacity;
