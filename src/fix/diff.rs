//! What a fix changes, as reviewers read it.

use similar::TextDiff;

/// The unified difference of two texts of the file at `path`, as `git apply` and `patch` take it. Lines keep their ends:
/// a carriage return is part of its line. Empty if nothing differs.
pub fn diff(path: &str, old: &str, new: &str) -> String {
    let lines = |text| str::split_inclusive(text, '\n').collect::<Vec<_>>();
    let (old, new) = (lines(old), lines(new));
    let diff = TextDiff::configure().newline_terminated(true).diff_slices(&old, &new);
    // git ends a name that has spaces by a tab, lest somebody take what follows for a date.
    let tab = if path.contains(' ') { "\t" } else { "" };
    diff.unified_diff().context_radius(3).header(&format!("a/{path}{tab}"), &format!("b/{path}{tab}")).to_string()
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
        let made = diff("a", "1", "1\n");
        assert_eq!(made, "--- a/a\n+++ b/a\n@@ -1 +1 @@\n-1\n\\ No newline at end of file\n+1\n");
        let made = diff("a", "1\rx\n2\n", "1\rx\n3\n");
        assert_eq!(made, "--- a/a\n+++ b/a\n@@ -1,2 +1,2 @@\n 1\rx\n-2\n+3\n");
    }
}
