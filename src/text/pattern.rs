//! How much a pattern of names or paths may cost.
//!
//! A pattern is compiled, and what that takes grows with its wildcards; the alternatives in braces are read one in another.
//! A stranger may have written it.

/// Longer than any path that it could fit.
const MOST_BYTES: usize = 4096;
/// Of one pattern.
const MOST_WILDCARDS: usize = 64;
/// Of all patterns of a file together.
const MOST_WILDCARDS_OF_FILE: usize = 20_000;
/// How deep braces may stand in one another.
const MOST_DEPTH: usize = 8;

/// True if compiling `pattern` may take more time or memory than any pattern that somebody means.
pub fn is_too_complex(pattern: &str) -> bool {
    let mut depth = 0_usize;
    let mut deepest = 0;
    for byte in pattern.bytes() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    pattern.len() > MOST_BYTES || wildcards(pattern) > MOST_WILDCARDS || deepest > MOST_DEPTH
}

/// What the patterns of one file may cost together.
#[derive(Clone, Copy, Debug, Default)]
pub struct PatternBudget {
    wildcards: usize,
}

impl PatternBudget {
    /// True if one more pattern is affordable.
    pub fn affords(&mut self, pattern: &str) -> bool {
        self.wildcards = self.wildcards.saturating_add(wildcards(pattern));
        !is_too_complex(pattern) && self.wildcards <= MOST_WILDCARDS_OF_FILE
    }
}

fn wildcards(pattern: &str) -> usize {
    pattern.bytes().filter(|byte| b"*?[{".contains(byte)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_that_people_write_are_affordable() {
        for pattern in ["Vendor_*", "force-app/**/{queues,groups}/*", "[Tt]emp?", ""] {
            assert!(!is_too_complex(pattern), "{pattern}");
        }
        for pattern in ["{a,".repeat(300), "*?".repeat(100_000), "a".repeat(5000)] {
            assert!(is_too_complex(&pattern));
        }
        let mut budget = PatternBudget::default();
        assert_eq!((0..10_000).filter(|_| budget.affords("**/a*")).count(), 20_000 / 3);
    }
}
