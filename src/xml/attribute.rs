//! Attributes of a start tag.

use std::borrow::Cow;

use super::chars::{is_qualified_name, is_space, resolve};
use super::error::ErrorKind;
use crate::source::Span;

/// One attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attribute<'t> {
    text: &'t str,
    /// The name, prefix included.
    pub name: Span,
    /// The value, without its quotes.
    pub value: Span,
}

impl<'t> Attribute<'t> {
    /// The name, prefix included.
    pub fn name(&self) -> &'t str {
        self.name.slice(self.text)
    }

    /// The value, references resolved and white space normalised.
    pub fn value(&self) -> Cow<'t, str> {
        let raw = self.value.slice(self.text);
        if !raw.bytes().any(|b| b == b'&' || (is_space(b) && b != b' ')) {
            return Cow::Borrowed(raw);
        }
        let mut value = String::with_capacity(raw.len());
        let mut rest = raw;
        while let Some(at) = rest.find(['&', '\t', '\r', '\n']) {
            value.push_str(&rest[..at]);
            rest = &rest[at..];
            if let Some(after) = rest.strip_prefix('&') {
                let resolved = after.split_once(';').and_then(|(name, tail)| Some((resolve(name)?, tail)));
                let (c, tail) = resolved.unwrap_or(('&', after));
                value.push(c);
                rest = tail;
            } else {
                value.push(' ');
                rest = rest.strip_prefix("\r\n").unwrap_or(&rest[1..]);
            }
        }
        value.push_str(rest);
        Cow::Owned(value)
    }
}

/// Reads the attributes in `within`, the part of a start tag after the element's name. Calls `found` for each, and
/// `broken` for each thing that is wrong.
pub(super) fn scan<'t>(
    text: &'t str,
    within: Span,
    mut found: impl FnMut(Attribute<'t>),
    mut broken: impl FnMut(Span, ErrorKind),
) {
    let bytes = text.as_bytes();
    let end = within.end as usize;
    let mut at = within.start as usize;
    let skip = |at: &mut usize, test: fn(u8) -> bool| {
        while *at < end && test(bytes[*at]) {
            *at += 1;
        }
    };
    loop {
        let gap = at;
        skip(&mut at, is_space);
        if at >= end {
            return;
        }
        let start = at;
        if gap == start {
            broken(Span::at(at as u32), ErrorKind::BadAttribute("white space is missing before this attribute"));
        }
        skip(&mut at, |b| !is_space(b) && !matches!(b, b'=' | b'"' | b'\''));
        let name = Span::new(start as u32, at as u32);
        skip(&mut at, is_space);
        if at >= end || bytes[at] != b'=' {
            broken(name, ErrorKind::BadAttribute("an attribute needs a value: `name=\"value\"`"));
            skip(&mut at, |b| !is_space(b));
            continue;
        }
        if !is_qualified_name(name.slice(text)) {
            broken(name, ErrorKind::BadName(name.slice(text).to_owned()));
        }
        at += 1;
        skip(&mut at, is_space);
        let quote = bytes.get(at).copied().filter(|b| at < end && matches!(b, b'"' | b'\''));
        let Some(quote) = quote else {
            broken(name, ErrorKind::BadAttribute("an attribute's value stands in quotes: `name=\"value\"`"));
            skip(&mut at, |b| !is_space(b));
            continue;
        };
        at += 1;
        let start = at;
        if let Some(length) = memchr::memchr(quote, &bytes[at..end]) {
            at += length;
        } else {
            broken(name, ErrorKind::BadAttribute("the attribute's value is not closed: a quote is missing"));
            at = end;
        }
        let value = Span::new(start as u32, at as u32);
        check_value(text, value, &mut broken);
        found(Attribute { text, name, value });
        at = (at + 1).min(end);
    }
}

fn check_value(text: &str, value: Span, broken: &mut impl FnMut(Span, ErrorKind)) {
    let raw = value.slice(text);
    for (at, byte) in raw.bytes().enumerate().filter(|(_, b)| matches!(b, b'<' | b'&')) {
        let span = Span::new(value.start + at as u32, value.start + at as u32 + 1);
        if byte == b'<' {
            broken(span, ErrorKind::StrayLessThan);
        } else if let Some(kind) = reference_error(&raw[at + 1..]) {
            broken(span, kind);
        }
    }
}

/// What is wrong with the reference that `after`, the text behind an `&`, begins with.
pub(super) fn reference_error(after: &str) -> Option<ErrorKind> {
    // No name goes on behind a character that names do not have: what follows is not searched.
    let end = after.find(|c: char| c == ';' || c == '&' || c == '<' || c.is_whitespace());
    let name = end.filter(|&end| after[end..].starts_with(';')).and_then(|end| after.get(..end));
    match name {
        Some(name) if resolve(name).is_some() => None,
        Some(name) if name.starts_with('#') && name.len() < 12 => {
            Some(ErrorKind::BadCharacterReference(name.to_owned()))
        }
        Some(name) if !name.contains(':') && is_qualified_name(name) => Some(ErrorKind::UnknownEntity(name.to_owned())),
        _ => Some(ErrorKind::StrayAmpersand),
    }
}
