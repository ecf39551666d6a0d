//! The lines of the input.

use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal, Read};
use std::path::Path;

use super::super::{Failure, output};
use crate::script::{self, EXAMPLE, Line, ScriptError};
use crate::source;

/// No event is near this size; a longer line is not read.
const MAX_LINE_BYTES: u64 = 16 * 1024 * 1024;

/// The input, line by line.
pub(super) struct Lines {
    input: BufReader<Box<dyn Read + Send>>,
    name: String,
    number: u64,
    line: Vec<u8>,
}

/// Says on standard error what is wrong, with the line's place.
pub(super) fn tell(error: &ScriptError, name: &str, number: u64) {
    output::complain(&format!("{name}:{number}: error: {}", error.message));
    if let Some(help) = &error.help {
        output::complain(&format!("  help: {help}"));
    }
}

impl Lines {
    /// Opens a file, or standard input.
    pub(super) fn open(file: Option<&Path>) -> Result<Self, Failure> {
        let Some(path) = file else {
            if io::stdin().is_terminal() {
                output::complain("reading events from standard input, one JSON object a line");
            }
            return Ok(Self::of(io::stdin(), "<stdin>".to_owned()));
        };
        let name = source::display(path);
        let is_folder = path.is_dir().then(|| io::Error::other("it is a folder"));
        match is_folder.map_or_else(|| File::open(path), Err) {
            Ok(file) => Ok(Self::of(file, name)),
            Err(error) => Err(Failure::new(format!("`{name}` cannot be read: {error}"))),
        }
    }

    fn of(input: impl Read + Send + 'static, name: String) -> Self {
        Self { input: BufReader::new(Box::new(input)), name, number: 0, line: Vec::new() }
    }

    /// The input's name.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// The number of the line that was read last, from 1.
    pub(super) const fn number(&self) -> u64 {
        self.number
    }

    /// True if the next line may have to be waited for.
    pub(super) fn may_wait(&self) -> bool {
        !self.input.buffer().contains(&b'\n')
    }

    /// The event of the next line that is not empty; none at the end.
    pub(super) fn next_event(&mut self) -> Result<Option<Line>, ScriptError> {
        loop {
            self.line.clear();
            self.number += 1;
            let read = self.input.by_ref().take(MAX_LINE_BYTES + 1).read_until(b'\n', &mut self.line);
            let read = read.map_err(|error| ScriptError::new(format!("the input cannot be read: {error}")))?;
            if read == 0 {
                return Ok(None);
            }
            if read as u64 > MAX_LINE_BYTES {
                let most = MAX_LINE_BYTES / 1024 / 1024;
                return Err(ScriptError::new(format!("the line is longer than {most} MiB")).with_help(EXAMPLE));
            }
            if self.number == 1
                && let Some(encoding) = source::foreign_encoding(&self.line)
            {
                let error = ScriptError::new(format!("the input is encoded as {encoding}, not as UTF-8"));
                return Err(error.with_help("save the file as UTF-8"));
            }
            let text = std::str::from_utf8(&self.line).map_err(|_| ScriptError::new("the line is not UTF-8"))?;
            let text = if self.number == 1 { text.strip_prefix('\u{feff}').unwrap_or(text) } else { text };
            if !text.trim().is_empty() {
                return script::line(text.trim()).map(Some);
            }
        }
    }
}
