//! The words for what is known of a name.

use crate::graph::Resolution;

/// What is known of a name, in one word for programs.
pub const fn state(resolution: Resolution) -> &'static str {
    match resolution {
        Resolution::Here => "here",
        Resolution::Ignored(_) => "ignored",
        Resolution::Standard => "standard",
        Resolution::Declared => "declared",
        Resolution::External => "external",
        Resolution::FilledIn => "filled-in",
        Resolution::Unknown { .. } => "unknown",
    }
}
