//! OC4: presence configurations and statuses.

pub(super) mod assigned_twice;
pub(super) mod auto_accept_with_decline;
pub(super) mod decline_reason_without_decline;
pub(super) mod decline_status_without_decline;
pub(super) mod status_not_granted;
