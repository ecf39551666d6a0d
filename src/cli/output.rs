//! Writing to the terminal.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use anstream::stream::RawStream;
use anstream::{AutoStream, ColorChoice};

use super::{Color, Failure, write};
use crate::text::{Content, Guard, one_line};

/// Columns to fill when nobody says how wide the terminal is.
const DEFAULT_WIDTH: usize = 100;
/// Longer lines than this are hard to read on any terminal.
const MOST_WIDTH: usize = 120;

/// Whether to colour what goes to `stream`.
pub(super) fn use_color(color: Color, stream: &impl RawStream) -> bool {
    match color {
        Color::Always => true,
        Color::Never => false,
        // Asks NO_COLOR, CLICOLOR, CLICOLOR_FORCE, TERM and whether it is a terminal.
        Color::Auto => AutoStream::choice(stream) != ColorChoice::Never,
    }
}

/// How many columns there are to fill.
pub(super) fn width() -> usize {
    if !io::stdout().is_terminal() && !io::stderr().is_terminal() {
        return DEFAULT_WIDTH;
    }
    terminal_size::terminal_size().map_or(DEFAULT_WIDTH, |(width, _)| usize::from(width.0).min(MOST_WIDTH))
}

/// Writes to standard output. A reader who has gone away, as `head` does, is no failure.
pub(super) fn print(content: Content, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    let mut out = Stream::new(content);
    out.write(write)?;
    out.finish()
}

/// Writes a text to a file, or to standard output if there is none: either way without what should not be obeyed.
pub(super) fn write_to(file: Option<&Path>, content: Content, text: &str) -> Result<(), Failure> {
    let Some(file) = file.filter(|path| !write::is_stdout(path)) else {
        return print(content, |out| out.write_all(text.as_bytes()));
    };
    let mut guard = Guard::new(Vec::new(), content);
    // Writing to memory does not fail.
    let _ = guard.write_all(text.as_bytes()).and_then(|()| guard.finish());
    write::write_file(file, &String::from_utf8_lossy(&guard.into_inner()))
}

/// Standard output, for what is written as it happens. A reader who has gone away is no failure.
pub(super) struct Stream {
    out: Guard<io::BufWriter<io::StdoutLock<'static>>>,
    reader_is_gone: bool,
}

impl Stream {
    pub(super) fn new(content: Content) -> Self {
        Self { out: Guard::new(io::BufWriter::new(io::stdout().lock()), content), reader_is_gone: false }
    }

    /// Writes to it; nothing once the reader is gone.
    pub(super) fn write(&mut self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
        if self.reader_is_gone {
            return Ok(());
        }
        let written = write(&mut self.out);
        self.check(written)
    }

    /// Writes what is left.
    pub(super) fn finish(mut self) -> Result<(), Failure> {
        let written = if self.reader_is_gone { Ok(()) } else { self.out.finish() };
        self.check(written)
    }

    fn check(&mut self, written: io::Result<()>) -> Result<(), Failure> {
        match written {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => self.reader_is_gone = true,
            Err(error) => {
                return Err(Failure::new(format!("standard output cannot be written: {error}"))
                    .with_help("make sure that its file or device can take more"));
            }
            Ok(()) => {}
        }
        Ok(())
    }

    /// True if nobody reads any more.
    pub(super) const fn reader_is_gone(&self) -> bool {
        self.reader_is_gone
    }
}

/// Writes to standard error; if that fails there is nobody left to tell.
pub(super) fn print_error(content: Content, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) {
    let mut out = Guard::new(io::BufWriter::new(io::stderr().lock()), content);
    let _ = write(&mut out).and_then(|()| out.finish());
}

/// Writes one line to standard error, whatever it quotes.
pub(super) fn complain(line: &str) {
    print_error(Content::Text, |out| writeln!(out, "{}", one_line(line)));
}

/// True where a runner of CI jobs reads what is written, and obeys some lines of it.
pub(super) fn is_read_by_runner() -> bool {
    ["GITHUB_ACTIONS", "TF_BUILD", "GITLAB_CI", "JENKINS_URL", "TEAMCITY_VERSION"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}
