//! Names and texts compared without case. Knows nothing but text.

/// True if two texts differ in case alone.
pub(super) fn equal(a: &str, b: &str) -> bool {
    a == b
        || if a.is_ascii() && b.is_ascii() { a.eq_ignore_ascii_case(b) } else { a.to_lowercase() == b.to_lowercase() }
}
