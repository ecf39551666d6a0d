//! Tidy JSON: what is at least so many lists and objects deep stands on one line if it fits.

use std::io::{self, Write};

use rayon::prelude::*;
use serde::Serialize;
use serde_json::ser::Formatter;

use super::careful::with;

/// The longest line of tidy JSON that is not a single value, in characters.
const WIDTH: usize = 100;
/// So many rows are laid out by one thread at a time.
const ROWS_AT_ONCE: usize = 256;

/// `value`, indented, where what is at least `depth` lists and objects deep stands on one line if it fits; empty if JSON does
/// not have it.
pub fn tidy_text(value: &impl Serialize, depth: usize) -> String {
    let mut out = String::new();
    Rows { depth, ..Rows::default() }.push(value, 0, 0, &mut out);
    out
}

/// A tidy object that is written field by field, so that long lists in it are laid out by several threads. Each of their
/// rows stands on one line if it fits. What JSON does not have is left out.
pub struct Object<'o> {
    out: &'o mut dyn Write,
    /// Two for each thread: what one holds is written while another is in use. Memory is used again.
    desks: &'o mut [Desk],
    /// How many lists and objects it stands in.
    indent: usize,
    is_empty: bool,
}

/// Where one thread lays out rows.
#[derive(Debug, Default)]
struct Desk {
    text: String,
    rows: Rows,
}

impl Object<'_> {
    /// Writes an object with the fields that `fields` adds.
    ///
    /// # Errors
    ///
    /// Those of `out`.
    pub fn write(out: &mut dyn Write, fields: impl FnOnce(&mut Object<'_>) -> io::Result<()>) -> io::Result<()> {
        let mut desks: Vec<Desk> = (0..2 * rayon::current_num_threads()).map(|_| Desk::default()).collect();
        Object::write_at(out, &mut desks, 0, fields)
    }

    fn write_at(
        out: &mut dyn Write,
        desks: &mut [Desk],
        indent: usize,
        fields: impl FnOnce(&mut Object<'_>) -> io::Result<()>,
    ) -> io::Result<()> {
        out.write_all(b"{")?;
        let mut object = Object { out, desks, indent, is_empty: true };
        fields(&mut object)?;
        let end = if object.is_empty { String::new() } else { line(indent) };
        write!(object.out, "{end}}}")
    }

    /// Adds a field. What is in the value begins lines of its own; what is in that stands on one line if it fits.
    ///
    /// # Errors
    ///
    /// Those of the output.
    pub fn value(&mut self, name: &str, value: &impl Serialize) -> io::Result<()> {
        let mut text = self.begin(name);
        let mut rows = Rows { depth: self.indent + 2, ..Rows::default() };
        rows.push(value, self.indent + 1, text.chars().count(), &mut text);
        self.out.write_all(text.as_bytes())
    }

    /// Adds a list.
    ///
    /// # Errors
    ///
    /// Those of the output.
    pub fn rows<T: Serialize + Sync>(&mut self, name: &str, rows: &[T]) -> io::Result<()> {
        self.lines(name, ["[", "]"], rows, |row, rows, indent, out| rows.push(row, indent, 2 * indent, out))
    }

    /// Adds an object by its names and values.
    ///
    /// # Errors
    ///
    /// Those of the output.
    pub fn entries<N: AsRef<str> + Sync, T: Serialize + Sync>(
        &mut self,
        name: &str,
        entries: &[(N, T)],
    ) -> io::Result<()> {
        self.lines(name, ["{", "}"], entries, |(name, value), rows, indent, out| {
            let begin = out.len();
            rows.push(&name.as_ref(), indent, 0, out);
            out.push_str(": ");
            rows.push(value, indent, 2 * indent + out[begin..].chars().count(), out);
        })
    }

    /// Adds an object with the fields that `fields` adds.
    ///
    /// # Errors
    ///
    /// Those of the output.
    pub fn object(&mut self, name: &str, fields: impl FnOnce(&mut Object<'_>) -> io::Result<()>) -> io::Result<()> {
        let begin = self.begin(name);
        self.out.write_all(begin.as_bytes())?;
        Object::write_at(self.out, self.desks, self.indent + 1, fields)
    }

    /// Begins a field.
    fn begin(&mut self, name: &str) -> String {
        let comma = if std::mem::take(&mut self.is_empty) { "" } else { "," };
        format!("{comma}{}\"{name}\": ", line(self.indent + 1))
    }

    fn lines<T: Sync>(
        &mut self,
        name: &str,
        [begin, end]: [&str; 2],
        values: &[T],
        write: impl Fn(&T, &mut Rows, usize, &mut String) + Sync,
    ) -> io::Result<()> {
        let head = self.begin(name);
        write!(self.out, "{head}{begin}")?;
        let indent = self.indent + 2;
        let line_begin = line(indent);
        let lay_out = |(desk, values): (&mut Desk, &[T])| {
            let Desk { text, rows } = desk;
            text.clear();
            rows.depth = indent;
            for value in values {
                text.push(',');
                text.push_str(&line_begin);
                write(value, rows, indent, text);
            }
        };
        // In chunks: only the one being written and the one being laid out are in memory.
        let half = self.desks.len() / 2;
        let (mut laid_out, mut free) = self.desks.split_at_mut(half);
        let out = &mut *self.out;
        let mut busy = 0;
        let mut is_first = true;
        let mut chunks = values.chunks(ROWS_AT_ONCE * half);
        loop {
            let next = chunks.next().unwrap_or_default();
            let next_busy = next.len().div_ceil(ROWS_AT_ONCE);
            if busy == 0 && next_busy == 0 {
                break;
            }
            let desks = &mut free[..next_busy];
            // What takes the text is used by this thread alone, and waits for the disk.
            rayon::in_place_scope(|scope| {
                scope.spawn(|_| desks.par_iter_mut().zip(next.par_chunks(ROWS_AT_ONCE)).for_each(lay_out));
                laid_out[..busy].iter().try_for_each(|Desk { text, .. }| {
                    // No comma before the first row.
                    let from = usize::from(std::mem::take(&mut is_first));
                    out.write_all(&text.as_bytes()[from..])
                })
            })?;
            std::mem::swap(&mut laid_out, &mut free);
            busy = next_busy;
        }
        let end_line = if values.is_empty() { String::new() } else { line(self.indent + 1) };
        write!(self.out, "{end_line}{end}")
    }
}

/// The end of a line, and the blanks that begin the next.
fn line(indent: usize) -> String {
    let mut text = "\n".to_owned();
    text.extend(std::iter::repeat_n("  ", indent));
    text
}

/// Lays out one value after the other. Memory is used again.
#[derive(Debug, Default)]
struct Rows {
    /// So deep, a value stands on one line if it fits.
    depth: usize,
    /// The value on one line.
    text: Vec<u8>,
    nested: Vec<Nested>,
    open: Vec<(usize, usize)>,
}

impl Rows {
    /// Adds a value that stands in `indent` lists and objects, on a line that has `before` characters already, and on which
    /// at most one follows. Nothing is added if JSON does not have it.
    fn push(&mut self, value: &impl Serialize, indent: usize, before: usize, out: &mut String) {
        self.text.clear();
        if with(Spaced, value, &mut self.text).is_err() {
            return;
        }
        let Ok(text) = std::str::from_utf8(&self.text) else { return };
        // No character is shorter than a byte.
        if indent >= self.depth && before + text.len() < WIDTH {
            return out.push_str(text);
        }
        find_nested(text, &mut self.nested, &mut self.open);
        out.reserve(text.len() * 3 / 2);
        Tidy { text, at: 0, depth: self.depth, nested: self.nested.iter(), out }.value(indent, before);
    }
}

/// Breaks JSON of one line into several.
struct Tidy<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
    /// The lists and objects that begin at or behind `at`, in the order of the text.
    nested: std::slice::Iter<'t, Nested>,
    out: &'t mut String,
}

/// A list or an object of JSON on one line.
#[derive(Clone, Copy, Debug, Default)]
struct Nested {
    /// Where it ends in the text.
    end: usize,
    /// Its width, in characters.
    width: usize,
    /// How many lists and objects are in it, however deep.
    within: usize,
}

impl Tidy<'_> {
    /// The value here, on a line on which as many characters stand already and at most one follows.
    fn value(&mut self, indent: usize, before: usize) {
        let first = self.byte();
        if !matches!(first, b'{' | b'[') {
            return self.take(scalar_end(self.text, self.at));
        }
        let Nested { end, width, within } = self.nested.next().copied().unwrap_or_default();
        let is_empty = end - self.at == 2;
        if is_empty || (indent >= self.depth && before + width < WIDTH) {
            if let Some(rest) = within.checked_sub(1) {
                self.nested.nth(rest);
            }
            return self.take(end);
        }
        self.take(self.at + 1);
        loop {
            self.line(indent + 1);
            let mut column = 2 * (indent + 1);
            if first == b'{' {
                // With the colon and the blank.
                let end = scalar_end(self.text, self.at) + 2;
                column += characters(&self.text[self.at..end]);
                self.take(end);
            }
            self.value(indent + 1, column);
            if self.byte() != b',' {
                break;
            }
            self.take(self.at + 1);
            // The blank.
            self.at += 1;
        }
        self.line(indent);
        self.take(self.at + 1);
    }

    fn byte(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or_default()
    }

    /// What ends at `end`, as it is.
    fn take(&mut self, end: usize) {
        self.out.push_str(&self.text[self.at..end]);
        self.at = end;
    }

    fn line(&mut self, indent: usize) {
        self.out.push('\n');
        self.out.extend(std::iter::repeat_n("  ", indent));
    }
}

/// The lists and objects of JSON on one line, in the order in which they begin.
fn find_nested(text: &str, all: &mut Vec<Nested>, open: &mut Vec<(usize, usize)>) {
    all.clear();
    open.clear();
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
            b',' | b':' | b' ' => width += 1,
            _ => {
                next = scalar_end(text, at);
                width += characters(&text[at..next]);
            }
        }
        at = next;
    }
}

/// How many characters a text has.
fn characters(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().count() }
}

/// Where the string, number or word ends that begins at byte `at`.
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

/// All on one line, with a blank behind each comma and colon.
struct Spaced;

impl Formatter for Spaced {
    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        if first { Ok(()) } else { out.write_all(b", ") }
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        if first { Ok(()) } else { out.write_all(b", ") }
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b": ")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

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
    fn field_by_field_it_is_laid_out_alike() {
        let row = |number: usize| json!({ "name": format!("Ä{number}"), "list": vec!["word"; number % 30] });
        let rows: Vec<Value> = (0..700).map(row).collect();
        let mut named: Vec<(String, Value)> = rows.iter().map(|row| (row["name"].to_string(), row.clone())).collect();
        named.sort_by(|a, b| a.0.cmp(&b.0));
        let settings = json!({ "a": true, "b": { "c": [1] } });
        let mut fields = Vec::new();
        Object::write(&mut fields, |object| {
            object.value("digest", &"abc")?;
            object.object("empty", |_| Ok(()))?;
            object.object("tables", |tables| {
                tables.entries("empty", &[("", 0); 0])?;
                tables.entries("entries", &named)?;
                tables.rows("none", &[0; 0])?;
                tables.rows("rows", &rows)?;
                tables.value("settings", &settings)
            })
        })
        .unwrap();
        let entries: serde_json::Map<String, Value> = named.into_iter().collect();
        let tables = json!({ "empty": {}, "entries": entries, "none": [], "rows": rows, "settings": settings });
        let whole = json!({ "digest": "abc", "empty": {}, "tables": tables });
        let (fields, whole) = (String::from_utf8(fields).unwrap(), tidy_text(&whole, 3));
        let differs = fields.lines().zip(whole.lines()).find(|(ours, theirs)| ours != theirs);
        assert_eq!((differs, fields.len()), (None, whole.len()));
    }
}
