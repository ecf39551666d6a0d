//! Writing to the terminal.

use std::io::{self, IsTerminal, Write};

use anstream::stream::RawStream;
use anstream::{AutoStream, ColorChoice};

use super::{Color, Failure};

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
pub(super) fn print(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::new(format!("standard output cannot be written: {error}")))
        }
        _ => Ok(()),
    }
}

/// Standard output, for what is written as it happens. A reader who has gone away is no failure.
pub(super) struct Stream {
    out: io::BufWriter<io::StdoutLock<'static>>,
    reader_is_gone: bool,
}

impl Stream {
    pub(super) fn new() -> Self {
        Self { out: io::BufWriter::new(io::stdout().lock()), reader_is_gone: false }
    }

    /// Writes to it; nothing once the reader is gone.
    pub(super) fn write(&mut self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
        if self.reader_is_gone {
            return Ok(());
        }
        match write(&mut self.out) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => self.reader_is_gone = true,
            Err(error) => return Err(Failure::new(format!("standard output cannot be written: {error}"))),
            Ok(()) => {}
        }
        Ok(())
    }

    /// True if nobody reads any more.
    pub(super) const fn reader_is_gone(&self) -> bool {
        self.reader_is_gone
    }
}

/// Writes a line to standard error; if that fails there is nobody left to tell.
pub(super) fn complain(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}
