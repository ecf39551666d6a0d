//! Which characters XML 1.0 (fifth edition) allows where, and what references stand for.

use std::borrow::Cow;

use quick_xml::escape::partial_escape;

/// True if `c` may occur in a document (production 2).
pub(super) fn is_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..='\u{10ffff}')
}

/// True if `byte` is white space (production 3).
pub(super) const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

/// True if all of `text` is white space.
pub(super) fn is_blank(text: &str) -> bool {
    text.bytes().all(is_space)
}

fn is_name_start(c: char) -> bool {
    matches!(c,
        'A'..='Z' | 'a'..='z' | '_' | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{2ff}'
        | '\u{370}'..='\u{37d}' | '\u{37f}'..='\u{1fff}' | '\u{200c}'..='\u{200d}' | '\u{2070}'..='\u{218f}'
        | '\u{2c00}'..='\u{2fef}' | '\u{3001}'..='\u{d7ff}' | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}'
        | '\u{10000}'..='\u{effff}')
}

fn is_name_char(c: char) -> bool {
    is_name_start(c) || matches!(c, '-' | '.' | '0'..='9' | '\u{b7}' | '\u{300}'..='\u{36f}' | '\u{203f}'..='\u{2040}')
}

fn is_local_name(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(is_name_start) && chars.all(is_name_char)
}

/// True if `name` is a name, with at most one prefix (Namespaces in XML 1.0).
pub(super) fn is_qualified_name(name: &str) -> bool {
    let bytes = name.as_bytes();
    if let [first, rest @ ..] = bytes
        && first.is_ascii_alphabetic()
        && rest.iter().all(u8::is_ascii_alphanumeric)
    {
        return true;
    }
    match name.split_once(':') {
        None => is_local_name(name),
        Some((prefix, local)) => is_local_name(prefix) && is_local_name(local),
    }
}

/// A name without its prefix.
pub(super) fn local_part(name: &str) -> &str {
    name.split_once(':').map_or(name, |(_, local)| local)
}

/// True if a name may begin with the first character of `text`.
pub(super) fn begins_name(text: &str) -> bool {
    text.chars().next().is_some_and(is_name_start)
}

/// What `&reference;` stands for: one of the five entities, or a character reference to an allowed character.
pub(super) fn resolve(reference: &str) -> Option<char> {
    match reference {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = reference.strip_prefix('#')?;
            let (digits, radix) = number.strip_prefix('x').map_or((number, 10), |hex| (hex, 16));
            // `from_str_radix` would take a sign.
            if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
                return None;
            }
            u32::from_str_radix(digits, radix).ok().and_then(char::from_u32).filter(|&c| is_char(c))
        }
    }
}

/// The first byte offset at which a character stands that XML does not allow, and the character.
pub(super) fn first_bad(text: &str, from: usize) -> Option<(usize, char)> {
    let rest = text.get(from..)?;
    // Nearly every file is clean: one pass that vectorises, before any character is decoded.
    let suspicious = |b: u8| (b < 0x20 && !is_space(b)) || b == 0xef;
    if !rest.bytes().fold(false, |seen, b| seen | suspicious(b)) {
        return None;
    }
    rest.char_indices().find(|&(_, c)| !is_char(c)).map(|(at, c)| (from + at, c))
}

/// `value` as the text of an element that reads back so: a carriage return that is not written as a reference would be
/// read as a line feed.
pub fn escape(value: &str) -> Cow<'_, str> {
    let escaped = partial_escape(value);
    if escaped.contains('\r') { Cow::Owned(escaped.replace('\r', "&#13;")) } else { escaped }
}
