//! Splits the text of a query into tokens. Never fails: what no token begins with is a token itself, and refused when
//! the parser reaches it, so that the first error in the text is the one that is reported.

use super::place::Span;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Number,
    Date,
    Datetime,
    /// A string with its quotes.
    Text,
    Comma,
    Open,
    Close,
    Dot,
    Colon,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    /// A character that no token begins with, or the quote of a string that does not end.
    Bad,
    End,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) span: Span,
}

pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let blank = rest.len() - rest.trim_start().len();
        if blank > 0 {
            at += blank;
            continue;
        }
        let (kind, length) = token(rest);
        tokens.push(Token { kind, span: Span::new(at, at + length) });
        at += length;
    }
    tokens.push(Token { kind: Kind::End, span: Span::new(text.len(), text.len()) });
    tokens
}

/// The first token of a text that begins with one, and its length.
fn token(rest: &str) -> (Kind, usize) {
    let bytes = rest.as_bytes();
    let next = bytes.get(1).copied();
    match bytes.first().copied() {
        Some(b',') => (Kind::Comma, 1),
        Some(b'(') => (Kind::Open, 1),
        Some(b')') => (Kind::Close, 1),
        Some(b':') => (Kind::Colon, 1),
        Some(b'=') => (Kind::Equal, 1),
        Some(b'!') if next == Some(b'=') => (Kind::NotEqual, 2),
        Some(b'<') if next == Some(b'=') => (Kind::LessOrEqual, 2),
        Some(b'<') if next == Some(b'>') => (Kind::NotEqual, 2),
        Some(b'<') => (Kind::Less, 1),
        Some(b'>') if next == Some(b'=') => (Kind::GreaterOrEqual, 2),
        Some(b'>') => (Kind::Greater, 1),
        Some(b'\'') => string(bytes).map_or((Kind::Bad, 1), |length| (Kind::Text, length)),
        Some(b'0'..=b'9') => number(bytes),
        Some(b'+' | b'-' | b'.') if is_number(bytes) => number(bytes),
        Some(b'.') => (Kind::Dot, 1),
        Some(byte) if byte.is_ascii_alphabetic() => {
            (Kind::Word, run(bytes, 0, |byte| byte.is_ascii_alphanumeric() || byte == b'_'))
        }
        _ => (Kind::Bad, rest.chars().next().map_or(1, char::len_utf8)),
    }
}

/// Where bytes that fit end, from `from`.
fn run(bytes: &[u8], from: usize, fits: impl Fn(u8) -> bool) -> usize {
    let rest = bytes.get(from..).unwrap_or(&[]);
    from + rest.iter().position(|&byte| !fits(byte)).unwrap_or(rest.len())
}

fn string(bytes: &[u8]) -> Option<usize> {
    let mut at = 1;
    loop {
        match bytes.get(at)? {
            b'\'' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

/// Where the digits or the dot of a number begin: spaces may follow its sign.
fn after_sign(bytes: &[u8]) -> usize {
    if matches!(bytes.first(), Some(b'+' | b'-')) { run(bytes, 1, |byte| byte == b' ') } else { 0 }
}

fn is_number(bytes: &[u8]) -> bool {
    let start = after_sign(bytes);
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    digit(start) || bytes.get(start) == Some(&b'.') && digit(start + 1)
}

fn number(bytes: &[u8]) -> (Kind, usize) {
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let is = |at: usize, wanted: u8| bytes.get(at) == Some(&wanted);
    let date = (0..4).all(digit) && is(4, b'-') && digit(5) && digit(6) && is(7, b'-') && digit(8) && digit(9);
    if date {
        return if matches!(bytes.get(10), Some(b'T' | b't')) {
            (Kind::Datetime, run(bytes, 11, |byte| byte.is_ascii_digit() || b":.+-Zz".contains(&byte)))
        } else {
            (Kind::Date, 10)
        };
    }
    let mut end = run(bytes, after_sign(bytes), |byte| byte.is_ascii_digit());
    if is(end, b'.') && digit(end + 1) {
        end = run(bytes, end + 1, |byte| byte.is_ascii_digit());
    }
    (Kind::Number, end)
}
