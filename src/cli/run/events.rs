//! Lines of input, and the events that they hold.

use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal, Read};
use std::path::Path;

use serde_json::Value;

use super::super::{Failure, output};
use super::expected::Expected;
use super::schemas;
use crate::runtime::Timed;
use crate::source;
use crate::text::without_place;

/// An event, for those who wonder what one looks like.
const EXAMPLE: &str = r#"a line is one JSON object, such as {"at":"2026-11-23T08:00:00Z","event":"timePassed"}"#;

/// No event is near this size; a longer line is not read.
const MAX_LINE_BYTES: u64 = 16 * 1024 * 1024;

/// The input, line by line.
pub(super) struct Lines {
    input: BufReader<Box<dyn Read>>,
    name: String,
    number: u64,
    line: Vec<u8>,
}

/// Why a line is no event.
#[derive(Debug)]
pub(super) struct Wrong {
    pub(super) message: String,
    pub(super) help: Option<String>,
}

impl Wrong {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None }
    }

    pub(super) fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Tells it on standard error, with the line's place.
    pub(super) fn tell(&self, name: &str, number: u64) {
        output::complain(&format!("{name}:{number}: error: {}", self.message));
        if let Some(help) = &self.help {
            output::complain(&format!("  help: {help}"));
        }
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

    fn of(input: impl Read + 'static, name: String) -> Self {
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
    pub(super) fn next_event(&mut self) -> Result<Option<Timed>, Wrong> {
        loop {
            self.line.clear();
            self.number += 1;
            let read = self.input.by_ref().take(MAX_LINE_BYTES + 1).read_until(b'\n', &mut self.line);
            let read = read.map_err(|error| Wrong::new(format!("the input cannot be read: {error}")))?;
            if read == 0 {
                return Ok(None);
            }
            if read as u64 > MAX_LINE_BYTES {
                let most = MAX_LINE_BYTES / 1024 / 1024;
                return Err(Wrong::new(format!("the line is longer than {most} MiB")).with_help(EXAMPLE));
            }
            if self.number == 1
                && let Some(encoding) = source::foreign_encoding(&self.line)
            {
                let wrong = Wrong::new(format!("the input is encoded as {encoding}, not as UTF-8"));
                return Err(wrong.with_help("save the file as UTF-8"));
            }
            let text = std::str::from_utf8(&self.line).map_err(|_| Wrong::new("the line is not UTF-8"))?;
            let text = if self.number == 1 { text.strip_prefix('\u{feff}').unwrap_or(text) } else { text };
            if !text.trim().is_empty() {
                return event(text.trim()).map(Some);
            }
        }
    }
}

/// The event of a line.
fn event(text: &str) -> Result<Timed, Wrong> {
    let error = match serde_json::from_str(text) {
        Ok(event) => return Ok(event),
        Err(error) => error,
    };
    let value: Value = serde_json::from_str(text).map_err(|error| {
        let words = error.to_string();
        Wrong::new(format!("not JSON: {}, at column {}", without_place(&words), error.column())).with_help(EXAMPLE)
    })?;
    // What serde says does not name the field, nor what a value may be.
    let wrong = Expected::of(&schemas::events(), "a line").wrong(&value);
    Err(wrong.unwrap_or_else(|| Wrong::new(without_place(&error.to_string())).with_help(EXAMPLE)))
}
