//! What a terminal, a log or a runner of CI jobs would obey, made visible instead. Names and values of a project are
//! written by anybody, and messages quote them.

use std::borrow::Cow;

/// `character`, or what stands for it if a terminal would obey it: a control character has a picture, and one that
/// breaks the line, turns the direction of text or cannot be seen becomes `\u{fffd}`.
pub const fn picture(character: char) -> char {
    match character {
        '\0'..='\u{1f}' => match char::from_u32(0x2400 + character as u32) {
            Some(picture) => picture,
            None => char::REPLACEMENT_CHARACTER,
        },
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}'
        | '\u{61c}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2066}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}' => char::REPLACEMENT_CHARACTER,
        other => other,
    }
}

/// True if a terminal would obey the character.
pub const fn is_obeyed(character: char) -> bool {
    picture(character) as u32 != character as u32
}

/// `text` with each character that a terminal would obey made visible, line ends too.
pub fn printable(text: &str) -> String {
    text.chars().map(picture).collect()
}

/// `text` on one line, printable. Line ends and tabs become spaces.
pub fn one_line(text: &str) -> String {
    text.split(['\n', '\t']).map(|part| printable(part.trim_end_matches('\r'))).collect::<Vec<_>>().join(" ")
}

/// The lines of `text`, each printable. Tabs become spaces.
pub fn printable_lines(text: &str) -> String {
    text.lines().map(|line| printable(&line.replace('\t', " "))).collect::<Vec<_>>().join("\n")
}

/// What is written in place of the character that makes a command of a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Marks {
    /// For the first of two colons.
    pub(super) colon: &'static str,
    /// For a bracket.
    pub(super) bracket: &'static str,
}

/// `line` without a command for a runner: `::` at its start, which GitHub's obeys behind white space too, and `##[` or
/// `##vso[` anywhere, which GitHub's, Azure's and others obey.
pub(super) fn defused(line: &str, marks: Marks) -> Cow<'_, str> {
    let mut first = visible(line).skip_while(|(_, character)| character.is_whitespace());
    let colon = match (first.next(), first.next()) {
        (Some((at, ':')), Some((_, ':'))) => Some((at, marks.colon)),
        _ => None,
    };
    let brackets = brackets(line).into_iter().map(|at| (at, marks.bracket));
    replaced(line, colon.into_iter().chain(brackets))
}

/// `text` with `mark` for each bracket that begins a command.
pub(super) fn without_brackets<'t>(text: &'t str, mark: &'static str) -> Cow<'t, str> {
    replaced(text, brackets(text).into_iter().map(|at| (at, mark)))
}

/// Where in `text` a bracket follows two number signs, or these and a word.
fn brackets(text: &str) -> Vec<usize> {
    let mut places = Vec::new();
    if !text.contains('#') {
        return places;
    }
    let mut signs = 0;
    for (at, character) in visible(text) {
        signs = match character {
            '#' => signs + 1,
            '[' if signs > 1 => {
                places.push(at);
                0
            }
            letter if letter.is_ascii_alphabetic() && signs > 1 => signs,
            _ => 0,
        };
    }
    places
}

/// The characters that runners compare: some look past what cannot be seen.
fn visible(text: &str) -> impl Iterator<Item = (usize, char)> {
    text.char_indices().filter(|&(_, character)| !is_obeyed(character) && !is_invisible(character) || character == '\t')
}

/// True for a character without a picture that text may need, such as a joiner.
const fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}'
            | '\u{34f}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200d}'
            | '\u{2060}'..='\u{2065}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// `text` with other words for the characters at some places.
fn replaced(text: &str, mut marks: impl Iterator<Item = (usize, &'static str)>) -> Cow<'_, str> {
    let Some(mut mark) = marks.next() else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len() + 8);
    let mut done = 0;
    loop {
        let (at, words) = mark;
        out.push_str(text.get(done..at).unwrap_or_default());
        out.push_str(words);
        // Both characters that are replaced have one byte.
        done = at + 1;
        match marks.next() {
            Some(next) => mark = next,
            None => break,
        }
    }
    out.push_str(text.get(done..).unwrap_or_default());
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARKS: Marks = Marks { colon: r"\:", bracket: r"\[" };

    #[test]
    fn what_a_terminal_obeys_is_made_visible() {
        assert_eq!(printable("a\u{1b}[31m\u{7}\u{7f}\u{9b}2J\r\n"), "a␛[31m␇␡\u{fffd}2J␍␊");
        assert_eq!(printable("\u{202e}\u{2066}\u{61c}\u{feff}\u{2028}\u{85}"), "\u{fffd}".repeat(6));
        assert_eq!(printable("Grüße, 漢字, 👩\u{200d}💻"), "Grüße, 漢字, 👩\u{200d}💻");
        assert_eq!(one_line("a\r\nb\tc\u{b}"), "a b c␋");
        assert_eq!(printable_lines("a\r\nb\u{1b}"), "a\nb␛");
    }

    #[test]
    fn what_a_runner_obeys_is_defused() {
        let cases = [
            ("::error::x", r"\::error::x"),
            (" \t\u{a0}\u{3000}::error::x", " \t\u{a0}\u{3000}\\::error::x"),
            ("\u{200d}:\u{feff}:error::x", "\u{200d}\\:\u{feff}:error::x"),
            ("a ::error::x", "a ::error::x"),
            (":error: x", ":error: x"),
            ("a ##[error]b ##vso[task.complete]##VSO[x]", r"a ##\[error]b ##vso\[task.complete]##VSO\[x]"),
            ("#\u{200b}#vs\u{ad}o[x]", "#\u{200b}#vs\u{ad}o\\[x]"),
            ("###[x] ##teamcity[x]", r"###\[x] ##teamcity\[x]"),
            ("#[x] ## [x] ##1[x]", "#[x] ## [x] ##1[x]"),
            ("", ""),
        ];
        for (line, expected) in cases {
            assert_eq!(defused(line, MARKS), expected);
            assert_eq!(defused(expected, MARKS), expected, "once is enough");
        }
    }
}
