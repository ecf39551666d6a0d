//! Writing JSON so that nothing in it is obeyed.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};

use super::super::clean::{is_obeyed, without_brackets};

/// Writes `value` on one line.
///
/// # Errors
///
/// Those of `out`, and if the value is none that JSON has.
pub fn write(value: &impl Serialize, out: impl Write) -> io::Result<()> {
    with(CompactFormatter, value, out)
}

/// Writes `value` on one line, and the line's end.
///
/// # Errors
///
/// Those of `out`, and if the value is none that JSON has.
pub fn write_line(value: &impl Serialize, mut out: impl Write) -> io::Result<()> {
    write(value, &mut out)?;
    out.write_all(b"\n")
}

/// Writes `value` indented.
///
/// # Errors
///
/// Those of `out`, and if the value is none that JSON has.
pub fn write_pretty(value: &impl Serialize, out: impl Write) -> io::Result<()> {
    with(PrettyFormatter::new(), value, out)
}

/// `value` on one line; empty if JSON does not have it.
pub fn text(value: &impl Serialize) -> String {
    collected(|out| write(value, out))
}

/// `value`, indented; empty if JSON does not have it.
pub fn pretty_text(value: &impl Serialize) -> String {
    collected(|out| write_pretty(value, out))
}

/// `value`, laid out by a formatter.
pub(super) fn with(formatter: impl Formatter, value: &impl Serialize, out: impl Write) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(out, Careful(formatter))).map_err(io::Error::from)
}

fn collected(write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> String {
    let mut out = Vec::new();
    let written = write(&mut out).ok();
    written.and_then(|()| String::from_utf8(out).ok()).unwrap_or_default()
}

/// Escapes more than it must. Layout is the other's.
struct Careful<F>(F);

/// Part of a string, or of JSON that is written as it is: there, too, only strings can hold what is escaped.
fn fragment(out: &mut (impl Write + ?Sized), text: &str) -> io::Result<()> {
    if is_harmless(text.as_bytes()) {
        return out.write_all(text.as_bytes());
    }
    let text = without_brackets(text, "\\u005b");
    let mut done = 0;
    // Control characters of ASCII are escaped already, or stand between values.
    for (at, found) in text.char_indices().filter(|(_, character)| *character > '~' && is_obeyed(*character)) {
        write!(out, "{}\\u{:04x}", text.get(done..at).unwrap_or_default(), u32::from(found))?;
        done = at + found.len_utf8();
    }
    out.write_all(text.get(done..).unwrap_or_default().as_bytes())
}

/// Nothing in it has to be escaped.
fn is_harmless(text: &[u8]) -> bool {
    // Most are keys and names, for which the start of a faster search would take longer.
    const SHORT: usize = 64;
    if text.len() <= SHORT {
        return text.iter().all(|&byte| byte < 0x7f && byte != b'#');
    }
    text.is_ascii() && memchr::memchr2(b'#', 0x7f, text).is_none()
}

impl<F: Formatter> Formatter for Careful<F> {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, text: &str) -> io::Result<()> {
        fragment(out, text)
    }

    fn write_raw_fragment<W: ?Sized + Write>(&mut self, out: &mut W, text: &str) -> io::Result<()> {
        fragment(out, text)
    }

    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_array(out)
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array(out)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(out, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array_value(out)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object(out)
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object(out)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(out, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object_value(out)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object_value(out)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn what_would_be_obeyed_is_escaped_and_read_again() {
        let hostile = "a\u{1b}\r\n\u{7f}\u{9b}2J\u{202e}\u{2028}\u{feff}::error ##[error]##vso[x]#\u{200b}#[y]ä\"\\";
        let value = json!({ hostile: [hostile, {}, []], "b": { "c": 1.5 } });
        for text in [text(&value), pretty_text(&value)] {
            assert!(!text.chars().any(|character| character != '\n' && is_obeyed(character)), "{text}");
            assert!(!text.contains("##[") && !text.contains("##vso["), "{text}");
            assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
        }
        assert_eq!(text(&"##[ä\u{85}"), r###""##\u005bä\u0085""###);
    }

    #[test]
    fn what_is_harmless_is_written_as_ever() {
        let value = json!({ "a": ["ä", 1, null, { "b": "# [x] a::b" }], "empty": {}, "none": [] });
        assert_eq!(text(&value), serde_json::to_string(&value).unwrap());
        assert_eq!(pretty_text(&value), serde_json::to_string_pretty(&value).unwrap());
    }
}
