//! Events that a thread of its own reads ahead.

use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, sync_channel};
use std::vec;

use super::super::Failure;
use super::lines::Lines;
use crate::script::{Line, ScriptError};

/// How many events are handed over at once, at most.
const EVENTS: usize = 512;

/// How much may be read and not applied.
const AHEAD: usize = 4;

/// Events with the numbers of their lines; or, at the end, why it is one.
enum Read {
    Events(Vec<(u64, Line)>),
    Error(u64, ScriptError),
}

/// The events of the input, in their order.
pub(super) struct Events {
    name: String,
    /// The number of the line of the last event or error, from 1.
    number: u64,
    batch: vec::IntoIter<(u64, Line)>,
    /// What came while it was asked whether anything has.
    next: Option<Read>,
    read: Receiver<Read>,
}

impl Events {
    /// Reads ahead from `lines`.
    ///
    /// # Errors
    ///
    /// If the system has no thread for that.
    pub(super) fn of(lines: Lines) -> Result<Self, Failure> {
        let (send, read) = sync_channel(AHEAD);
        let name = lines.name().to_owned();
        let thread = std::thread::Builder::new().spawn(move || read_all(lines, &send));
        // It ends with the input, or when nobody takes what it reads.
        thread.map_err(|error| Failure::new(format!("the input cannot be read: {error}")))?;
        Ok(Self { name, number: 0, batch: Vec::new().into_iter(), next: None, read })
    }

    /// The input's name.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// The number of the line of the last event or error, from 1.
    pub(super) const fn number(&self) -> u64 {
        self.number
    }

    /// True if the next event may have to be waited for.
    pub(super) fn may_wait(&mut self) -> bool {
        if self.batch.len() > 0 || self.next.is_some() {
            return false;
        }
        match self.read.try_recv() {
            Ok(read) => self.next = Some(read),
            Err(TryRecvError::Empty) => return true,
            Err(TryRecvError::Disconnected) => {}
        }
        false
    }

    /// The next event; none at the end.
    ///
    /// # Errors
    ///
    /// If the next line is not an event, or cannot be read.
    pub(super) fn next(&mut self) -> Result<Option<Line>, ScriptError> {
        loop {
            if let Some((number, line)) = self.batch.next() {
                self.number = number;
                return Ok(Some(line));
            }
            match self.next.take().or_else(|| self.read.recv().ok()) {
                None => return Ok(None),
                Some(Read::Events(events)) => self.batch = events.into_iter(),
                Some(Read::Error(number, error)) => {
                    self.number = number;
                    return Err(error);
                }
            }
        }
    }
}

/// Reads until the end, an error, or until nobody takes what is read.
fn read_all(mut lines: Lines, send: &SyncSender<Read>) {
    let mut events = Vec::with_capacity(EVENTS);
    loop {
        let full = events.len() == EVENTS || (lines.may_wait() && !events.is_empty());
        if full && send.send(Read::Events(std::mem::replace(&mut events, Vec::with_capacity(EVENTS)))).is_err() {
            return;
        }
        let last = match lines.next_event() {
            Ok(Some(line)) => {
                events.push((lines.number(), line));
                continue;
            }
            Ok(None) => None,
            Err(error) => Some(Read::Error(lines.number(), error)),
        };
        // If nobody takes them, the run is over.
        let _ = send.send(Read::Events(events)).and_then(|()| last.map_or(Ok(()), |last| send.send(last)));
        return;
    }
}
