//! Patterns of LIKE: `%` is any text, `_` any character; both can be escaped. Case does not count.

use super::escape;
use super::meter::{LETTERS, Meter};

#[derive(Clone, Debug)]
pub(super) struct Pattern {
    parts: Vec<Part>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// A character in lower case.
    Is(char),
    AnyCharacter,
    AnyText,
}

impl Pattern {
    /// From a string as it is written.
    pub(super) fn new(raw: &str) -> Self {
        let mut parts = Vec::new();
        escape::parts(raw, |c, escaped| match c {
            '%' if !escaped => {
                if parts.last() != Some(&Part::AnyText) {
                    parts.push(Part::AnyText);
                }
            }
            '_' if !escaped => parts.push(Part::AnyCharacter),
            _ => parts.extend(c.to_lowercase().map(Part::Is)),
        });
        Self { parts }
    }

    /// Takes at most the product of both lengths, which the meter counts.
    pub(super) fn matches(&self, text: &str, meter: &Meter) -> bool {
        if text.is_ascii() {
            let bytes = text.as_bytes();
            return self.fits(bytes.len(), |at| char::from(bytes[at].to_ascii_lowercase()), meter);
        }
        let folded: Vec<char> = text.chars().flat_map(char::to_lowercase).collect();
        self.fits(folded.len(), |at| folded[at], meter)
    }

    /// `letter` gives the letters of a text of this length, in lower case.
    fn fits(&self, length: usize, letter: impl Fn(usize) -> char, meter: &Meter) -> bool {
        let (mut at, mut part) = (0, 0);
        // The last `%`, and how much of the text it has taken.
        let mut star = None;
        let mut looked_at = 0;
        loop {
            looked_at += 1;
            if looked_at % LETTERS == 0 && !meter.spend(1) {
                return false;
            }
            let here = (at < length).then(|| letter(at));
            match (self.parts.get(part), here) {
                (None, None) => return true,
                (Some(Part::AnyText), _) => {
                    // Nothing but this is left: it takes the rest.
                    if part + 1 == self.parts.len() {
                        return true;
                    }
                    star = Some((part, at));
                    part += 1;
                }
                (Some(Part::AnyCharacter), Some(_)) => (part, at) = (part + 1, at + 1),
                (Some(Part::Is(wanted)), Some(c)) if *wanted == c => (part, at) = (part + 1, at + 1),
                _ => match star {
                    Some((taken_by, taken)) if taken < length => {
                        star = Some((taken_by, taken + 1));
                        (part, at) = (taken_by + 1, taken + 1);
                    }
                    _ => return false,
                },
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_as_documented() {
        let expected = [
            ("appl%", "Appleton", true),
            ("appl_ton", "APPLETON", true),
            ("appl_ton", "applton", false),
            ("%ton", "ton", true),
            ("%a%a%", "banana", true),
            ("100\\%", "100%", true),
            ("100\\%", "1000", false),
            ("a\\_b", "axb", false),
            ("", "", true),
            ("", "a", false),
            ("%", "", true),
            ("_", "é", true),
        ];
        for (pattern, text, fits) in expected {
            assert_eq!(Pattern::new(pattern).matches(text, &Meter::new()), fits, "{pattern} {text}");
        }
    }
}
