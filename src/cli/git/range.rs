//! Which commits a reference names.

/// What to compare.
pub(super) enum Range<'r> {
    /// The work tree with the commit where the current branch left this one.
    Since(&'r str),
    /// Two commits, as `git diff A..B` does.
    Between(&'r str, &'r str),
    /// The second commit with the one where it left the first, as `git diff A...B` does.
    Symmetric(&'r str, &'r str),
}

impl<'r> Range<'r> {
    /// Reads `A`, `A..B` or `A...B`. A side that is left out is `HEAD`.
    pub(super) fn parse(text: &'r str) -> Self {
        let or_head = |side: &'r str| if side.is_empty() { "HEAD" } else { side };
        match (text.split_once("..."), text.split_once("..")) {
            (Some((from, to)), _) => Self::Symmetric(or_head(from), or_head(to)),
            (None, Some((from, to))) => Self::Between(or_head(from), or_head(to)),
            (None, None) => Self::Since(text),
        }
    }
}
