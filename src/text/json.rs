//! JSON that is safe to print: what a terminal or a runner of CI jobs would obey is escaped, and means the same to a
//! reader.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};

use super::clean::{is_obeyed, without_brackets};

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

/// `value`, indented, where what is at least `depth` lists and objects deep stands on one line if it fits; empty if JSON does
/// not have it.
pub fn tidy_text(value: &impl Serialize, depth: usize) -> String {
    let text = text(value);
    let nested = nested(&text);
    let out = String::with_capacity(text.len() * 3 / 2);
    let mut tidy = Tidy { text: &text, at: 0, depth, nested: nested.iter(), out };
    tidy.value(0, 0);
    tidy.out
}

/// The longest line of tidy JSON that is not a single value, in characters.
const WIDTH: usize = 100;

/// Lays out compact JSON.
struct Tidy<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
    /// The lists and objects that begin at or behind `at`, in the order of the text.
    nested: std::slice::Iter<'t, Nested>,
    out: String,
}

/// A list or an object of compact JSON.
#[derive(Clone, Copy, Debug, Default)]
struct Nested {
    /// Where it ends in the text.
    end: usize,
    /// Its width on one line, in characters.
    width: usize,
    /// How many lists and objects are in it, however deep.
    within: usize,
}

impl Tidy<'_> {
    /// The value here, on a line on which as many characters stand already and at most one follows.
    fn value(&mut self, indent: usize, before: usize) {
        let first = self.byte();
        if !matches!(first, b'{' | b'[') {
            let end = scalar_end(self.text, self.at);
            return self.take(end - self.at);
        }
        let Nested { end, width, within } = self.nested.next().copied().unwrap_or_default();
        let is_empty = end - self.at == 2;
        if is_empty || (indent >= self.depth && before + width < WIDTH) {
            if let Some(rest) = within.checked_sub(1) {
                self.nested.nth(rest);
            }
            return self.inline(end);
        }
        self.take(1);
        loop {
            self.line(indent + 1);
            let mut column = 2 * (indent + 1);
            if first == b'{' {
                let key = scalar_end(self.text, self.at);
                column += self.text[self.at..key].chars().count() + 2;
                self.take(key + 1 - self.at);
                self.out.push(' ');
            }
            self.value(indent + 1, column);
            if self.byte() != b',' {
                break;
            }
            self.take(1);
        }
        self.line(indent);
        self.take(1);
    }

    fn byte(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or_default()
    }

    /// What ends at `end`, on one line.
    fn inline(&mut self, end: usize) {
        while self.at < end {
            let next = match self.byte() {
                b'{' | b'}' | b'[' | b']' | b',' | b':' => self.at + 1,
                _ => scalar_end(self.text, self.at),
            };
            let is_mark = matches!(self.byte(), b',' | b':');
            self.take(next - self.at);
            if is_mark {
                self.out.push(' ');
            }
        }
    }

    fn take(&mut self, bytes: usize) {
        self.out.push_str(&self.text[self.at..self.at + bytes]);
        self.at += bytes;
    }

    fn line(&mut self, indent: usize) {
        self.out.push('\n');
        self.out.extend(std::iter::repeat_n("  ", indent));
    }
}

/// The lists and objects of compact JSON, in the order in which they begin.
fn nested(text: &str) -> Vec<Nested> {
    let mut all: Vec<Nested> = Vec::new();
    let mut open = Vec::new();
    let (mut at, mut width) = (0, 0);
    while let Some(byte) = text.as_bytes().get(at) {
        let mut next = at + 1;
        match byte {
            b'{' | b'[' => {
                open.push((all.len(), width));
                all.push(Nested::default());
                width += 1;
            }
            b'}' | b']' => {
                width += 1;
                if let Some((number, before)) = open.pop() {
                    all[number] = Nested { end: next, width: width - before, within: all.len() - number - 1 };
                }
            }
            b',' | b':' => width += 2,
            _ => {
                next = scalar_end(text, at);
                width += text[at..next].chars().count();
            }
        }
        at = next;
    }
    all
}

/// Where the string, number or word ends that begins at byte `at` of compact JSON.
fn scalar_end(text: &str, at: usize) -> usize {
    let rest = &text.as_bytes()[at..];
    if rest.first() != Some(&b'"') {
        return at + rest.iter().position(|byte| matches!(byte, b',' | b']' | b'}')).unwrap_or(rest.len()).max(1);
    }
    let mut end = 1;
    while let Some(length) = rest.get(end..).and_then(|rest| memchr::memchr2(b'"', b'\\', rest)) {
        end += length + 1;
        if rest[end - 1] == b'"' {
            return at + end;
        }
        // Whatever is escaped begins with one byte that ends nothing.
        end += 1;
    }
    text.len()
}

fn with(formatter: impl Formatter, value: &impl Serialize, out: impl Write) -> io::Result<()> {
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
    if text.bytes().all(|byte| byte < 0x7f && byte != b'#') {
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
    fn what_fits_on_a_line_stands_on_one() {
        let words = vec!["a word, {more}: \\\"[or]"; 5];
        let value =
            json!({ "a": ["ä", 1.5, null, {}, []], "b": { "words": words, "c": true }, "d": [{ "e": [1, 2] }] });
        let tidy = tidy_text(&value, 1);
        assert_eq!(serde_json::from_str::<Value>(&tidy).unwrap(), value);
        let word = r#"        "a word, {more}: \\\"[or]""#;
        let expected = [
            "{",
            r#"  "a": ["ä", 1.5, null, {}, []],"#,
            r#"  "b": {"#,
            r#"    "c": true,"#,
            r#"    "words": ["#,
            &[word; 5].join(",\n").replace("        ", "      "),
            "    ]",
            "  },",
            r#"  "d": [{"e": [1, 2]}]"#,
            "}",
        ];
        assert_eq!(tidy, expected.join("\n"));
        assert_eq!(tidy_text(&json!({ "a": [1, { "b": "c" }] }), 0), r#"{"a": [1, {"b": "c"}]}"#);
        assert_eq!(tidy_text(&json!({ "a": [1, {}] }), 2), "{\n  \"a\": [\n    1,\n    {}\n  ]\n}");
        // A line is as long as it may be, and no longer.
        let of = |letters: usize| tidy_text(&json!(["x".repeat(letters), 1]), 0);
        assert_eq!((of(92).chars().count(), of(92).lines().count(), of(93).lines().count()), (WIDTH - 1, 1, 4));
    }

    #[test]
    fn what_is_harmless_is_written_as_ever() {
        let value = json!({ "a": ["ä", 1, null, { "b": "# [x] a::b" }], "empty": {}, "none": [] });
        assert_eq!(text(&value), serde_json::to_string(&value).unwrap());
        assert_eq!(pretty_text(&value), serde_json::to_string_pretty(&value).unwrap());
    }
}
