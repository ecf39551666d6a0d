//! Places in a query: spans of bytes, rows and columns, excerpts.

/// Bytes of a query, from `start` up to `end`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl Span {
    pub(super) const fn new(start: usize, end: usize) -> Self {
        Self { start: start as u32, end: end as u32 }
    }

    /// From the start of this span to the end of another.
    pub(super) const fn to(self, last: Self) -> Self {
        Self { start: self.start, end: last.end }
    }

    pub(super) fn of(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize).unwrap_or("")
    }
}

/// How far an excerpt reaches to both sides of its caret, in characters, before it is widened to whole words.
const REACH: usize = 30;

/// The row of a byte, from 1, and the characters before it in the row.
pub(super) fn row_and_column(text: &str, offset: u32) -> (usize, usize) {
    let before = text.get(..offset as usize).unwrap_or(text);
    let row = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count();
    (row, column)
}

/// The part of a row around its character `caret`, and where the caret is in that part.
pub(super) fn excerpt(text: &str, row: usize, caret: usize) -> (String, usize) {
    let line: Vec<char> =
        text.split('\n').nth(row.saturating_sub(1)).unwrap_or("").trim_end_matches('\r').chars().collect();
    let words = words(&line);
    let left = caret.saturating_sub(REACH);
    let start = words.iter().find(|&&(from, to)| from < left && left < to).map_or(left, |&(from, _)| from);
    let right = caret.saturating_add(REACH + 1).min(line.len());
    let end = words.iter().find(|&&(from, to)| from <= right && right < to).map_or(right, |&(_, to)| to);
    let start = start.min(line.len());
    let shown = line.get(start..end.max(start)).unwrap_or(&[]).iter().collect();
    (shown, caret.saturating_sub(start))
}

/// Where words and strings begin and end.
fn words(line: &[char]) -> Vec<(usize, usize)> {
    let mut words = Vec::new();
    let mut from = None;
    let mut quoted = false;
    let mut escaped = false;
    for (at, &c) in line.iter().enumerate() {
        if quoted {
            quoted = c != '\'' || escaped;
            escaped = c == '\\' && !escaped;
            continue;
        }
        if c.is_whitespace() || "(),=<>!".contains(c) {
            if let Some(from) = from.take() {
                words.push((from, at));
            }
            continue;
        }
        quoted = c == '\'';
        from.get_or_insert(at);
    }
    if let Some(from) = from {
        words.push((from, line.len()));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each is a message that somebody published: the row, the caret's character, the excerpt, the caret in it.
    #[test]
    fn excerpts_are_cut_as_salesforce_cuts_them() {
        let expected = [
            ("SELECT FIELDS(ALL) FROM Account LIMIT 1", 7, "SELECT FIELDS(ALL) FROM Account LIMIT 1", 7),
            (
                "select Id, ProductCode from Product2 where ProductCode = 3999",
                43,
                "ProductCode from Product2 where ProductCode = 3999",
                32,
            ),
            (
                "Select Id, Status, Location, Body from ApexLog",
                29,
                "Select Id, Status, Location, Body from ApexLog",
                29,
            ),
            (
                "Select Id, vlocity_cmt__GlobalKey__c from vlocity_cmt____VlocityTrackingGroup__c",
                42,
                "vlocity_cmt__GlobalKey__c from vlocity_cmt____VlocityTrackingGroup__c",
                31,
            ),
            (
                "Select Value from OmniInteractionConfig where DeveloperName = 'x'",
                18,
                "Select Value from OmniInteractionConfig where DeveloperName",
                18,
            ),
            (
                "SELECT FirstName, LastName FROM CampaignMember WHERE Id = \"00v3D000003BjNa\"",
                57,
                "FROM CampaignMember WHERE Id = \"00v3D000003BjNa\"",
                30,
            ),
            (
                "WHERE AccountId = '0014000000p6XlS' AND LastName LIKE 'test' OR email LIKE 'test'",
                60,
                "'0014000000p6XlS' AND LastName LIKE 'test' OR email LIKE 'test'",
                42,
            ),
        ];
        for (row, caret, shown, at) in expected {
            assert_eq!(excerpt(row, 1, caret), (shown.to_owned(), at), "{row}");
        }
    }
}
