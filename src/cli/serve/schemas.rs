//! The schemas that the server's control interface has, for the files beside the others.

/// By file name.
pub fn schemas() -> Vec<(&'static str, String)> {
    crate::serve::schemas()
}
