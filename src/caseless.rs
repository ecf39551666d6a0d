//! Names compared without case, as Salesforce compares developer names. Knows nothing but text.

use std::hash::Hasher as _;

use rustc_hash::FxHasher;

/// Bytes that are put into lower case at once.
const PIECE: usize = 64;

/// A hash that is the same for names that differ in case alone.
pub(crate) fn hash(name: &str) -> u32 {
    if name.is_ascii() { hash_bytes(name.as_bytes()) } else { hash_bytes(name.to_lowercase().as_bytes()) }
}

fn hash_bytes(bytes: &[u8]) -> u32 {
    let mut hasher = FxHasher::default();
    let mut buffer = [0; PIECE];
    for piece in bytes.chunks(PIECE) {
        let lower = &mut buffer[..piece.len()];
        lower.copy_from_slice(piece);
        lower.make_ascii_lowercase();
        hasher.write(lower);
    }
    let hash = hasher.finish();
    (hash ^ (hash >> 32)) as u32
}

/// True if two names differ in case alone.
pub(crate) fn equal(a: &str, b: &str) -> bool {
    a == b
        || if a.is_ascii() && b.is_ascii() { a.eq_ignore_ascii_case(b) } else { a.to_lowercase() == b.to_lowercase() }
}

/// A hash for tables that want all 64 bits to differ.
pub(crate) const fn spread(hash: u32) -> u64 {
    (hash as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_names_have_equal_hashes() {
        let long = "Case_".repeat(40);
        let pairs = [
            ("Tier_1", "tier_1"),
            ("ÄRGER", "ärger"),
            // The Kelvin sign is a letter K to Unicode.
            ("\u{212a}", "k"),
            (&long, &long.to_uppercase()),
        ];
        for (a, b) in pairs {
            assert!(equal(a, b) && hash(a) == hash(b), "{a} {b}");
        }
        assert!(!equal("Tier_1", "Tier_2") && hash("Tier_1") != hash("Tier_2"));
    }
}
