//! OC4: presence configurations and statuses.
