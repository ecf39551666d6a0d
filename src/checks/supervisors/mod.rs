//! OC7: supervisor configurations.
