//! Text: words for messages, such as nearest names, lists and plurals, and what may be printed of what others wrote.
//! Knows nothing but text.

mod clean;
mod guard;
pub mod json;
pub mod markdown;
mod pattern;

use std::cmp::Reverse;

pub use clean::{is_obeyed, one_line, picture, printable, printable_lines};
pub use guard::{Content, Guard};
use markdown::quoted;
pub use pattern::{PatternBudget, is_too_complex};

/// The candidate most like `name`, if one is near enough that a slip of the pen explains the difference: the case
/// apart, at most a third of its characters. Of equally near ones, the one that begins
/// most like it, then the first in alphabetical order.
pub fn nearest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let wanted = name.to_lowercase();
    let length = wanted.chars().count();
    let allowed = (length / 3).max(1);
    candidates
        .into_iter()
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= allowed)
        .map(|candidate| {
            let there = candidate.to_lowercase();
            (strsim::osa_distance(&wanted, &there), Reverse(common_start(&wanted, &there)), candidate)
        })
        .filter(|&(distance, ..)| distance <= allowed)
        .min()
        .map(|(.., candidate)| candidate)
}

/// How many characters two texts begin with in common.
fn common_start(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count()
}

/// The candidate of which `name` can only be a slip of the pen: the two are the same but for case, spaces, `_` and `-`,
/// or one letter apart (two, from ten letters on), and every other candidate is farther away by two letters at least.
pub fn slip<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let bare = |text: &str| text.to_lowercase().replace(['_', '-', ' '], "");
    let wanted = bare(name);
    let allowed = match wanted.chars().count() {
        0..4 => 0,
        4..10 => 1,
        _ => 2,
    };
    let mut near: Vec<_> = candidates
        .into_iter()
        .filter(|candidate| candidate.len().abs_diff(name.len()) <= 2 * (allowed + 2))
        .map(|candidate| (strsim::osa_distance(&wanted, &bare(candidate)), candidate))
        .filter(|&(distance, _)| distance <= allowed + 1)
        .collect();
    near.sort_unstable();
    match near.as_slice() {
        [(distance, found)] if *distance <= allowed => Some(*found),
        [(0, found), (1.., _), ..] | [(1, found), (3.., _), ..] => Some(*found),
        _ => None,
    }
}

/// `` `a`, `b` and `c` ``; more than `most` are cut off and counted.
pub fn list<S: AsRef<str>>(names: impl IntoIterator<Item = S>, most: usize) -> String {
    let mut rest = names.into_iter();
    let mut names: Vec<String> = rest.by_ref().take(most + 1).map(|name| quoted(name.as_ref())).collect();
    let more = rest.count();
    if more > 0 {
        names.truncate(most);
        names.push(format!("{} more", more + 1));
    }
    match names.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// What a JSON reader says, without the line and column that it puts behind.
pub fn without_place(words: &str) -> &str {
    words.rsplit_once(" at line ").map_or(words, |(words, _)| words)
}

/// True if a text looks like a placeholder that some tool replaces before a deploy: it has the signs of one, stands between
/// two underscores, or is written in capitals. What `replacements` of `sfdx-project.json` replace is known without a guess.
pub fn looks_filled_in(text: &str) -> bool {
    const SIGNS: [char; 9] = ['{', '}', '[', ']', '<', '>', '$', '%', '#'];
    let is_loud = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    let is_framed = text.split("__").count() > 2;
    text.contains(SIGNS) || is_framed || text.chars().all(is_loud)
}

/// `1 queue`, `2 queues`.
pub fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {}", plural(noun)) }
}

/// `queues`, `presence statuses`.
pub fn plural(noun: &str) -> String {
    match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ if noun.ends_with('s') => format!("{noun}es"),
        _ => format!("{noun}s"),
    }
}

/// `1 unit`, `2.5 units`.
pub fn units(number: f64) -> String {
    let plural = if (number - 1.0).abs() < f64::EPSILON { "" } else { "s" };
    format!("{number} unit{plural}")
}

/// `a queue`, `an object`, `Omni-Channel settings`.
pub fn a(noun: &str) -> String {
    match noun.chars().next() {
        Some('a' | 'e' | 'i' | 'o') => format!("an {noun}"),
        Some(c) if c.is_lowercase() || noun.starts_with("Lightning") => format!("a {noun}"),
        _ => noun.to_owned(),
    }
}

/// True if `name` is the Id of a record in some org: 15 characters that start as Ids do and developer names do not, or
/// 18 of which the last three say, as they do in Ids, which of the others are upper case.
pub fn is_record_id(name: &str) -> bool {
    let bytes = name.as_bytes();
    if !bytes.iter().all(u8::is_ascii_alphanumeric) {
        return false;
    }
    match bytes.len() {
        15 => bytes[0].is_ascii_digit(),
        18 => bytes[..15].chunks(5).zip(&bytes[15..]).all(|(five, &sum)| {
            let upper = |at: usize| usize::from(five[at].is_ascii_uppercase()) << at;
            b"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"[(0..5).map(upper).sum::<usize>()] == sum
        }),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_takes_slips_and_leaves_strangers() {
        let names = ["Billing_Routing", "General", "Tier_1"];
        assert_eq!(nearest("Biling_Routing", names), Some("Billing_Routing"));
        assert_eq!(nearest("tier_1", names), Some("Tier_1"));
        assert_eq!(nearest("Voice", names), None);
        assert_eq!(nearest("", names), None);
    }

    #[test]
    fn slips_are_surer_than_what_is_near() {
        let names = ["LEAST_ACTIVE", "MOST_AVAILABLE", "EXTERNAL_ROUTING"];
        assert_eq!(slip("most_available", names), Some("MOST_AVAILABLE"));
        assert_eq!(slip("Most Available", names), Some("MOST_AVAILABLE"));
        assert_eq!(slip("MOST_AVIALABEL", names), Some("MOST_AVAILABLE"));
        assert_eq!(slip("MOST_ACTIVE", names), None);
        assert_eq!(slip("rols", ["roles", "rolls"]), None);
        assert_eq!(slip("", names), None);
        assert_eq!(slip("Al", ["All"]), None);
    }

    #[test]
    fn lists_and_counts_read_like_english() {
        assert_eq!(list(["a"], 3), "`a`");
        assert_eq!(list(["a", "b", "c"], 3), "`a`, `b` and `c`");
        assert_eq!(list(["a`b"], 3), "`` a`b ``");
        assert_eq!(list(["a", "b", "c", "d", "e"], 3), "`a`, `b`, `c` and 2 more");
        assert_eq!(count(1, "entry"), "1 entry");
        assert_eq!(count(2, "entry"), "2 entries");
        assert_eq!(count(0, "presence status"), "0 presence statuses");
        assert_eq!(units(1.0), "1 unit");
        assert_eq!(units(2.5), "2.5 units");
        assert_eq!(a("object"), "an object");
        assert_eq!(a("queue"), "a queue");
    }

    #[test]
    fn record_ids_are_told_from_names() {
        assert!(is_record_id("00G5g000001AbCd"));
        assert!(is_record_id("00G5g000001AbCdEAK"));
        assert!(!is_record_id("00G5g000001AbCdAAA"));
        assert!(!is_record_id("BillingTier1Ger"));
        assert!(!is_record_id("BillingTier1German"));
        assert!(!is_record_id("Billing_Tier_1_German"));
    }
}
