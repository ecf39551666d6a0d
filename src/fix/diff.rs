//! What a fix changes, as reviewers read it.

use std::fmt::Write as _;

use similar::{ChangeTag, TextDiff};

use crate::text::is_obeyed;

/// Lines around what changes.
const CONTEXT: usize = 3;

/// The unified difference of two texts of the file at `path`, as `git apply` and `patch` take it. Lines end with `\n` alone
/// and keep their ends: a carriage return is part of its line. Empty if nothing differs.
pub fn diff(path: &str, old: &str, new: &str) -> String {
    let lines = |text| str::split_inclusive(text, '\n').collect::<Vec<_>>();
    let (old, new) = (lines(old), lines(new));
    let diff = TextDiff::configure().newline_terminated(true).diff_slices(&old, &new);
    let mut out = String::new();
    // Lines of the new text less those of the old one, before the hunk.
    let mut shift = 0;
    // Writing to a string does not fail.
    for hunk in diff.grouped_ops(CONTEXT) {
        let Some(first) = hunk.first() else { continue };
        if out.is_empty() {
            let _ = write!(out, "--- {}\n+++ {}\n", named("a", path), named("b", path));
        }
        let changes: Vec<_> = hunk.iter().flat_map(|op| diff.iter_changes(op)).collect();
        let count = |without| changes.iter().filter(|change| change.tag() != without).count();
        let (old, new) = (count(ChangeTag::Insert), count(ChangeTag::Delete));
        // Counted here: `similar` 2.7 gives some operations a start in the new text that is too late by a line.
        let start = first.old_range().start;
        let (from, to) = (range(start, old), range(start.saturating_add_signed(shift), new));
        let _ = writeln!(out, "@@ -{from} +{to} @@");
        shift = shift.saturating_add_unsigned(new).saturating_sub_unsigned(old);
        for change in changes {
            out.push(match change.tag() {
                ChangeTag::Equal => ' ',
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
            });
            out.push_str(change.value());
            if !change.value().ends_with('\n') {
                out.push_str("\n\\ No newline at end of file\n");
            }
        }
    }
    out
}

/// Lines in a hunk's head: the first one from 1 and how many. Of no lines, the one before.
fn range(start: usize, lines: usize) -> String {
    match lines {
        0 => format!("{start},0"),
        1 => (start + 1).to_string(),
        _ => format!("{},{lines}", start + 1),
    }
}

/// The name of a file on one side, as git writes it.
fn named(side: &str, path: &str) -> String {
    if path.chars().any(|character| is_obeyed(character) || matches!(character, '"' | '\\')) {
        return format!("\"{}\"", escaped(&format!("{side}/{path}")));
    }
    // A name that has spaces ends by a tab, lest somebody take what follows for a date.
    let tab = if path.contains(' ') { "\t" } else { "" };
    format!("{side}/{path}{tab}")
}

/// A name as a string of C: nothing in it ends the line or is obeyed.
fn escaped(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 8);
    for byte in name.bytes() {
        match byte {
            b'"' | b'\\' => out.extend(['\\', char::from(byte)]),
            b' '..=b'~' => out.push(char::from(byte)),
            _ => {
                let _ = write!(out, "\\{byte:03o}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_are_kept_and_a_missing_one_is_said() {
        let made = diff("a b.xml", "1\r\n2\r\n3", "1\r\n3");
        assert_eq!(
            made,
            "--- a/a b.xml\t\n+++ b/a b.xml\t\n@@ -1,3 +1,2 @@\n 1\r\n-2\r\n 3\n\\ No newline at end of file\n"
        );
        assert_eq!(diff("a", "1\n", "1\n"), "");
        let made = diff("a\n+++ b/\"x\u{9b} y", "1\n", "2\n");
        let name = r#"a\012+++ b/\"x\302\233 y""#;
        assert_eq!(made, format!("--- \"a/{name}\n+++ \"b/{name}\n@@ -1 +1 @@\n-1\n+2\n"));
        let made = diff("a", "1", "1\n");
        assert_eq!(made, "--- a/a\n+++ b/a\n@@ -1 +1 @@\n-1\n\\ No newline at end of file\n+1\n");
        let made = diff("a", "1\r2\r", "1\r");
        let no_end = "\\ No newline at end of file\n";
        assert_eq!(made, format!("--- a/a\n+++ b/a\n@@ -1 +1 @@\n-1\r2\r\n{no_end}+1\r\n{no_end}"));
        let made = diff("a", "1\rx\n2\n", "1\rx\n3\n");
        assert_eq!(made, "--- a/a\n+++ b/a\n@@ -1,2 +1,2 @@\n 1\rx\n-2\n+3\n");
    }
}
