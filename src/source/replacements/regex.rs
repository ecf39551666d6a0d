//! Regular expressions as the Salesforce CLI takes them: JavaScript's, with the flag `g` alone.
//!
//! They run in time that is linear in the text, so look-around and back-references are not understood. Classes such as
//! `\d` match more than in JavaScript: digits of every script.

use ::regex::{Regex, RegexBuilder};

use super::Span;

/// Longer than anything that people write.
const MOST_BYTES: usize = 4096;
/// Of the compiled pattern, in bytes.
const MOST_SIZE: usize = 1 << 20;
/// How deep groups may stand in one another.
const MOST_DEPTH: u32 = 50;
/// In one text. A text with more is taken to be one placeholder.
const MOST_MATCHES: usize = 4096;
/// The CLI replaces in pieces of about so many bytes, each up to the end of a line: no match reaches over such an end.
const PIECE: usize = 64 * 1024;
/// A piece that is longer, because a line is, is not searched.
const MOST_PIECE: usize = 1 << 20;

/// A compiled pattern.
#[derive(Clone, Debug)]
pub(super) struct Pattern(Regex);

impl Pattern {
    /// Compiles `pattern`; none if it is not understood.
    pub(super) fn new(pattern: &str) -> Option<Self> {
        if pattern.is_empty() || pattern.len() > MOST_BYTES {
            return None;
        }
        let mut builder = RegexBuilder::new(&translated(pattern));
        let compiled = builder.size_limit(MOST_SIZE).dfa_size_limit(MOST_SIZE).nest_limit(MOST_DEPTH).build();
        compiled.ok().map(Self)
    }

    /// Where it matches something; none if that would take too long.
    pub(super) fn spans(&self, text: &str) -> Option<Vec<Span>> {
        let mut spans = Vec::new();
        let mut start = 0;
        while start < text.len() {
            let piece = &text[start..piece_end(text, start)];
            if piece.len() > MOST_PIECE {
                return None;
            }
            for found in self.0.find_iter(piece) {
                if spans.len() == MOST_MATCHES {
                    return None;
                }
                let span = Span::new((start + found.start()) as u32, (start + found.end()) as u32);
                if !found.is_empty() {
                    spans.push(span);
                }
            }
            start += piece.len();
        }
        Some(spans)
    }
}

/// Where the piece ends that begins at `start`.
fn piece_end(text: &str, start: usize) -> usize {
    if text.len() - start <= PIECE {
        return text.len();
    }
    let bytes = text.as_bytes();
    let before = memchr::memrchr(b'\n', &bytes[start..start + PIECE]).map(|at| start + at + 1);
    let after = || memchr::memchr(b'\n', &bytes[start + PIECE..]).map_or(text.len(), |at| start + PIECE + at + 1);
    before.unwrap_or_else(after)
}

/// A pattern of JavaScript in the spelling of the library: there, a brace that is no repetition is an error, `\<` is the
/// start of a word, and brackets, `&` and `~` mean something inside of brackets.
fn translated(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len() + 8);
    let mut chars = pattern.char_indices().peekable();
    let mut in_class = false;
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some((_, sign @ ('<' | '>'))) => out.push(sign),
                Some((_, escaped)) => out.extend(['\\', escaped]),
                None => out.push('\\'),
            },
            '[' if in_class => out.push_str("\\["),
            '[' => in_class = begins_class(&pattern[at..], &mut chars, &mut out),
            ']' if in_class => {
                in_class = false;
                out.push(']');
            }
            '&' | '~' if in_class => out.extend(['\\', c]),
            '-' if in_class && out.ends_with('-') => out.push_str("\\-"),
            '{' if !in_class && !is_repetition(&pattern[at..]) => out.push_str("\\{"),
            c => out.push(c),
        }
    }
    out
}

/// Takes in the start of a class. False if it is `[^]`, any character, or `[]`, none, which are whole.
fn begins_class(rest: &str, chars: &mut std::iter::Peekable<std::str::CharIndices<'_>>, out: &mut String) -> bool {
    let (whole, len) = match () {
        () if rest.starts_with("[^]") => (Some(r"[\s\S]"), 2),
        () if rest.starts_with("[]") => (Some(r"[^\s\S]"), 1),
        () if rest.starts_with("[^") => (None, 1),
        () => (None, 0),
    };
    chars.by_ref().take(len).for_each(drop);
    out.push_str(whole.unwrap_or(if len == 1 { "[^" } else { "[" }));
    whole.is_none()
}

/// True if a text begins with a repetition such as `{2}`, `{2,}` or `{2,3}`.
fn is_repetition(text: &str) -> bool {
    let inner = text.strip_prefix('{').and_then(|rest| rest.split_once('}')).map(|(inner, _)| inner);
    let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    inner.is_some_and(|inner| match inner.split_once(',') {
        Some((least, most)) => is_number(least) && (most.is_empty() || is_number(most)),
        None => is_number(inner),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'t>(pattern: &str, text: &'t str) -> Vec<&'t str> {
        Pattern::new(pattern).unwrap().spans(text).unwrap().iter().map(|span| span.slice(text)).collect()
    }

    #[test]
    fn patterns_match_as_in_javascript() {
        assert_eq!(found("%%[A-Z]+%%", "a %%ONE%% %%TWO%%"), ["%%ONE%%", "%%TWO%%"]);
        assert_eq!(found("{{\\w+}}", "<a>{{ROUTING}}</a>"), ["{{ROUTING}}"]);
        assert_eq!(found("\\{\\{\\w+\\}\\}", "<a>{{ROUTING}}</a>"), ["{{ROUTING}}"]);
        assert_eq!(found("\\<user\\>.*\\<\\/user\\>", "<user>a</user>"), ["<user>a</user>"]);
        assert_eq!(found("a{2,3}", "aaaa"), ["aaa"]);
        assert_eq!(found("[[{]x[}&~]", "[x} {x&"), ["[x}", "{x&"]);
        assert_eq!(found("a[^]b", "a\nb"), ["a\nb"]);
        assert_eq!(found("a.b", "a\nb"), Vec::<&str>::new());
        assert_eq!(found("^a", "a\na"), ["a"]);
        assert_eq!(found("x*", "axxb"), ["xx"]);
        assert_eq!(found("[]|b", "ab"), ["b"]);
        assert_eq!(found("#(?<name>\\w+)#", "#A#"), ["#A#"]);
    }

    #[test]
    fn what_is_not_understood_has_no_pattern() {
        for pattern in ["", "(?=a)b", "(?<!a)b", "(a)\\1", "(", "a{1000}{1000}", &"(".repeat(5000), &"(a".repeat(100)] {
            assert!(Pattern::new(pattern).is_none(), "{pattern}");
        }
    }

    #[test]
    fn a_text_is_searched_in_pieces_of_whole_lines() {
        let text = format!("{}#A#\n", "line\n".repeat(40_000));
        assert_eq!(found("#A#", &text), ["#A#"]);
        assert_eq!(Pattern::new("e").unwrap().spans(&text), None, "too many matches");
        assert_eq!(Pattern::new("#A#").unwrap().spans(&"x".repeat(MOST_PIECE + PIECE)), None, "a line too long");
    }
}
