//! Globs as the Salesforce CLI takes them: minimatch 9, behind `**/`, against the absolute path.
//!
//! `*` and `?` stay within a name, `**` alone between slashes stands for any folders, braces list alternatives. What
//! follows here covers more, never less: names that begin with a dot, which minimatch leaves to patterns that write the
//! dot; and `*` in place of groups such as `@(a|b)` and of ranges such as `{1..3}`.

use globset::{GlobBuilder, GlobMatcher};

/// A compiled glob.
#[derive(Clone, Debug)]
pub(super) struct Glob(Option<GlobMatcher>);

impl Glob {
    /// Compiles `glob`; none if it is not understood.
    pub(super) fn new(glob: &str) -> Option<Self> {
        let folded = folded(&widened(glob));
        // What ends in a slash matches no file; the library takes `**/` for everything.
        let pattern = if folded.is_empty() { "/".to_owned() } else { format!("**/{folded}") };
        let compiled = GlobBuilder::new(&pattern).literal_separator(true).backslash_escape(true).build().ok()?;
        Some(Self(Some(compiled.compile_matcher())))
    }

    /// A glob that matches every path.
    pub(super) const fn every_file() -> Self {
        Self(None)
    }

    /// True if it matches `path`, relative to the project root. Folders above the root count for the CLI, but not here.
    pub(super) fn matches(&self, path: &str) -> bool {
        self.0.as_ref().is_none_or(|glob| glob.is_match(path))
    }
}

/// The glob without the parts that `..` takes back, and with one slash for several.
fn folded(glob: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    let last = glob.split('/').count() - 1;
    for (at, part) in glob.split('/').enumerate() {
        match part {
            "" if at < last => {}
            ".." if parts.last().is_some_and(|before| !["..", ".", "**"].contains(before)) => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The glob with `*` in place of groups and ranges.
fn widened(glob: &str) -> String {
    let mut wide = String::with_capacity(glob.len());
    let mut rest = glob;
    while let Some(first) = rest.chars().next() {
        let after = &rest[first.len_utf8()..];
        let end = match first {
            '\\' => {
                wide.push(first);
                wide.extend(after.chars().next());
                rest = after.chars().next().map_or(after, |escaped| &after[escaped.len_utf8()..]);
                continue;
            }
            '!' | '@' | '?' | '*' | '+' if after.starts_with('(') => group_end(after),
            '{' => range_end(after),
            _ => None,
        };
        if let Some(end) = end {
            wide.push('*');
            rest = &after[end..];
        } else {
            wide.push(first);
            rest = after;
        }
    }
    wide
}

/// Past the parenthesis that closes the one at the start.
fn group_end(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 1 => return Some(at + 1),
            b')' => depth -= 1,
            b'/' => return None,
            _ => {}
        }
    }
    None
}

/// Past the brace that closes a range such as `{1..3}`; `text` begins behind the opening one.
fn range_end(text: &str) -> Option<usize> {
    let end = text.find('}')?;
    let inner = &text[..end];
    (inner.contains("..") && !inner.contains([',', '{', '/'])).then_some(end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUEUE: &str = "force-app/main/default/queues/Support.queue-meta.xml";

    /// What `minimatch(path, "**/" + glob)` says, by its source.
    #[test]
    fn globs_cover_what_the_cli_covers() {
        for glob in [
            "force-app/**/*.xml",
            "force-app/**",
            "force-app/main/default/queues/*",
            "**/*.xml",
            "*.xml",
            "Support.queue-meta.xml",
            "queues/*.queue-meta.xml",
            "**/queues/**",
            "/force-app/**",
            "force-app//main/**",
            "other/../force-app/**",
            "force-app/**/{queues,groups}/*",
            "force-app/**/Suppor?.queue-meta.xml",
            "force-app/**/[RS]upport.*",
            "force-app/**/@(queues|groups)/*",
            "force-app/main/default/queues/Support.+(queue|group)-meta.xml",
        ] {
            assert!(Glob::new(glob).unwrap().matches(QUEUE), "{glob}");
        }
        for glob in [
            "",
            "force-app",
            "force-app/",
            "force-app/*",
            "force-app/*.xml",
            "./force-app/**",
            "../force-app/**",
            "app/**",
            "queues/support.*",
            "force-app/**/{roles,groups}/*",
            "force-app/**/*.XML",
            "force-app/?/default/**",
            "*Support",
        ] {
            assert!(!Glob::new(glob).unwrap().matches(QUEUE), "{glob}");
        }
    }

    #[test]
    fn groups_and_ranges_are_widened() {
        for (glob, wide) in [
            ("a/@(b|c)/d", "a/*/d"),
            ("!(b).xml", "*.xml"),
            ("x{1..3}.xml", "x*.xml"),
            ("{a,b}.xml", "{a,b}.xml"),
            ("\\@(a)", "\\@(a)"),
            ("+(a|+(b))c", "*c"),
            ("@(a", "@(a"),
        ] {
            assert_eq!(widened(glob), wide);
        }
    }

    #[test]
    fn what_is_not_understood_has_no_matcher() {
        assert!(Glob::new("[").is_none());
        assert!(Glob::every_file().matches(QUEUE));
    }
}
