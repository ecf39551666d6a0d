//! A page in Markdown, as people read it in a terminal. Without colours it stays Markdown, which editors read.

use std::io::{self, Write};

use owo_colors::{OwoColorize, Style};

const FENCE: &str = "```";
/// What the lines of a file are indented by.
const INDENT: &str = "    ";

/// Writes pages.
pub(super) struct Printer<'o> {
    pub(super) color: bool,
    pub(super) width: usize,
    pub(super) out: &'o mut dyn Write,
}

impl Printer<'_> {
    /// Writes a page, behind an empty line if it is not the first.
    pub(super) fn page(&mut self, is_first: bool, markdown: &str) -> io::Result<()> {
        if !is_first {
            writeln!(self.out)?;
        }
        let mut language = None;
        for line in markdown.lines() {
            match (line.strip_prefix(FENCE), language) {
                (Some(opened), None) => {
                    language = Some(opened);
                    self.fence(line)?;
                }
                (Some(_), Some(_)) => {
                    language = None;
                    self.fence(line)?;
                }
                (None, Some(language)) => self.code(language, line)?,
                (None, None) => self.paragraph(line)?,
            }
        }
        Ok(())
    }

    /// Colours show where a file begins and ends; without them, the marks do.
    fn fence(&mut self, line: &str) -> io::Result<()> {
        if self.color { Ok(()) } else { writeln!(self.out, "{line}") }
    }

    fn code(&mut self, language: &str, line: &str) -> io::Result<()> {
        if !self.color {
            return writeln!(self.out, "{line}");
        }
        if line.is_empty() {
            return writeln!(self.out);
        }
        write!(self.out, "{INDENT}")?;
        match (language, line.as_bytes().first()) {
            ("diff", Some(b'+')) => writeln!(self.out, "{}", line.green()),
            ("diff", Some(b'-')) => writeln!(self.out, "{}", line.red()),
            ("diff", Some(b'@')) => writeln!(self.out, "{}", line.dimmed()),
            ("xml", _) => self.tags(line),
            _ => writeln!(self.out, "{line}"),
        }
    }

    /// A line of XML, its tags and comments coloured.
    fn tags(&mut self, line: &str) -> io::Result<()> {
        let mut rest = line;
        while let Some((text, behind)) = rest.split_once('<') {
            let (tag, after) = behind.split_once('>').unwrap_or((behind, ""));
            let end = if tag.len() < behind.len() { ">" } else { "" };
            let style = if tag.starts_with(['!', '?']) { Style::new().dimmed() } else { Style::new().blue() };
            write!(self.out, "{text}{}", format!("<{tag}{end}").style(style))?;
            rest = after;
        }
        writeln!(self.out, "{rest}")
    }

    fn paragraph(&mut self, line: &str) -> io::Result<()> {
        let heading = line.trim_start_matches('#');
        if self.color && heading.len() < line.len() {
            return writeln!(self.out, "{}", heading.trim_start().bold());
        }
        // Broken at spaces alone: names stay whole.
        let options = textwrap::Options::new(self.width)
            .word_separator(textwrap::WordSeparator::AsciiSpace)
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .break_words(false);
        let mut is_quoted = false;
        for wrapped in textwrap::wrap(line, options) {
            if self.color {
                self.quoted(&wrapped, &mut is_quoted)?;
            } else {
                writeln!(self.out, "{wrapped}")?;
            }
        }
        Ok(())
    }

    /// A line of prose. What stands in back-quotes is coloured, also if it goes on in the next line; the back-quotes stay,
    /// for who copies the line.
    fn quoted(&mut self, line: &str, is_quoted: &mut bool) -> io::Result<()> {
        // The back-quote that is not written yet.
        let mut open = "";
        for part in line.split_inclusive('`') {
            if *is_quoted {
                write!(self.out, "{}", format!("{open}{part}").cyan())?;
                open = "";
            } else {
                write!(self.out, "{}", part.trim_end_matches('`'))?;
            }
            if part.ends_with('`') {
                *is_quoted = !*is_quoted;
                open = if *is_quoted { "`" } else { "" };
            }
        }
        writeln!(self.out, "{open}")
    }
}
