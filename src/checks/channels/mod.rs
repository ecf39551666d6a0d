//! OC3: settings and service channels.

pub(super) mod acw_incomplete;
