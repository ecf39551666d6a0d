//! What a fix changes, as reviewers read it.

use std::fmt::Write as _;

use similar::udiff::UnifiedHunkHeader;
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
    // Writing to a string does not fail.
    for hunk in diff.grouped_ops(CONTEXT).iter().filter(|hunk| !hunk.is_empty()) {
        if out.is_empty() {
            let _ = write!(out, "--- {}\n+++ {}\n", named("a", path), named("b", path));
        }
        let _ = writeln!(out, "{}", UnifiedHunkHeader::new(hunk));
        for change in hunk.iter().flat_map(|op| diff.iter_changes(op)) {
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
