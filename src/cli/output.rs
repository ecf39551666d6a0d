//! Writing to the terminal, and to files as a whole or not at all.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use anstream::stream::RawStream;
use anstream::{AutoStream, ColorChoice};

use super::{Color, Failure};
use crate::source;
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
    ["GITHUB_ACTIONS", "TF_BUILD"].iter().any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// Writes a file as a whole or not at all: to a temporary file beside it, then renamed. A link is followed, and its
/// target replaced. What is no regular file, such as `/dev/null` or a pipe, is written to and not replaced.
pub(super) fn write_file(path: &Path, content: &str) -> Result<(), Failure> {
    let failure = |error: &io::Error| {
        Failure::new(format!("`{}` cannot be written: {}", source::display(path), words(error)))
            .with_help("it was left as it was; check that the folder exists and can be written to")
    };
    let target = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let old = std::fs::metadata(&target).ok();
    if old.as_ref().is_some_and(|old| !old.is_file()) {
        let open = std::fs::OpenOptions::new().write(true).open(&target);
        return open.and_then(|mut file| file.write_all(content.as_bytes())).map_err(|error| failure(&error));
    }
    if old.as_ref().is_some_and(|old| old.permissions().readonly()) {
        // A renamed file would take its place all the same.
        return Err(failure(&io::Error::other("it is read-only")));
    }
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let write = || -> io::Result<()> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(".omnic-");
        // What a new file gets here; temporary files are otherwise for their owner alone.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let mut file = builder.tempfile_in(folder)?;
        file.write_all(content.as_bytes())?;
        file.flush()?;
        if let Some(old) = &old {
            file.as_file().set_permissions(old.permissions())?;
        }
        file.persist(&target).map_err(|error| error.error)?;
        Ok(())
    };
    write().map_err(|error| failure(&error))
}

/// What went wrong, without the name of the temporary file.
fn words(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" at path ").next().unwrap_or(&text).to_owned()
}
