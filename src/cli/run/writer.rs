//! Standard output, written by a thread of its own, so that a run need not wait for it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

use super::super::{Failure, output};
use super::schemas::EffectLine;
use crate::runtime::TimedEffect;
use crate::text::{Content, json};

/// What is handed over at once, at most; a little more if one event does much.
const EFFECTS: usize = 1_024;
const BYTES: usize = 64 * 1024;

/// How much may be handed over and not written: a run that is faster than its output waits.
const AHEAD: usize = 4;

enum Part {
    Effects(Vec<TimedEffect>),
    Bytes(Vec<u8>),
    Flush,
}

/// What is to be printed, in its order.
pub(super) struct Writer {
    /// Either is empty.
    effects: Vec<TimedEffect>,
    bytes: Vec<u8>,
    parts: Option<SyncSender<Part>>,
    reader_is_gone: Arc<AtomicBool>,
    thread: Option<JoinHandle<Result<(), Failure>>>,
}

impl Writer {
    pub(super) fn new(content: Content) -> Self {
        let (parts, received) = sync_channel(AHEAD);
        let reader_is_gone = Arc::new(AtomicBool::new(false));
        let gone = Arc::clone(&reader_is_gone);
        let thread = std::thread::spawn(move || print(&received, content, &gone));
        Self { effects: Vec::new(), bytes: Vec::new(), parts: Some(parts), reader_is_gone, thread: Some(thread) }
    }

    /// True if nobody reads any more.
    pub(super) fn reader_is_gone(&self) -> bool {
        self.reader_is_gone.load(Ordering::Relaxed)
    }

    /// Where effects are put that are to be printed; [`Self::added`] is called when they are there.
    pub(super) fn effects(&mut self) -> Result<&mut Vec<TimedEffect>, Failure> {
        if !self.bytes.is_empty() {
            let bytes = std::mem::take(&mut self.bytes);
            self.send(Part::Bytes(bytes))?;
        }
        Ok(&mut self.effects)
    }

    /// Hands effects over once they are many.
    pub(super) fn added(&mut self) -> Result<(), Failure> {
        if self.effects.len() < EFFECTS { Ok(()) } else { self.hand_over() }
    }

    /// Prints what `write` makes. Writing to memory does not fail, so that its result is none of the output.
    pub(super) fn write<E>(&mut self, write: impl FnOnce(&mut Vec<u8>) -> Result<(), E>) -> Result<(), Failure> {
        if !self.effects.is_empty() {
            self.hand_over()?;
        }
        let _ = write(&mut self.bytes);
        if self.bytes.len() < BYTES { Ok(()) } else { self.hand_over() }
    }

    /// Lets the reader have all that is there.
    pub(super) fn flush(&mut self) -> Result<(), Failure> {
        self.hand_over()?;
        self.send(Part::Flush)
    }

    /// Waits until everything is printed.
    pub(super) fn finish(&mut self) -> Result<(), Failure> {
        if self.parts.is_some() {
            self.hand_over()?;
        }
        self.join()
    }

    fn hand_over(&mut self) -> Result<(), Failure> {
        if !self.effects.is_empty() {
            let effects = std::mem::replace(&mut self.effects, Vec::with_capacity(EFFECTS));
            self.send(Part::Effects(effects))?;
        }
        if self.bytes.is_empty() {
            return Ok(());
        }
        let bytes = std::mem::take(&mut self.bytes);
        self.send(Part::Bytes(bytes))
    }

    fn send(&mut self, part: Part) -> Result<(), Failure> {
        match self.parts.as_ref().map(|parts| parts.send(part)) {
            Some(Ok(())) => Ok(()),
            // The thread ends before its time only if it failed.
            Some(Err(_)) | None => self.join(),
        }
    }

    fn join(&mut self) -> Result<(), Failure> {
        self.parts = None;
        match self.thread.take().map(JoinHandle::join) {
            None => Ok(()),
            Some(Ok(ended)) => ended,
            Some(Err(_)) => Err(Failure::new("standard output cannot be written: its thread ended")),
        }
    }
}

impl Drop for Writer {
    /// What was handed over is printed, even if the run failed.
    fn drop(&mut self) {
        // Whoever drops it has failed already, and says so.
        let _ = self.finish();
    }
}

/// Prints until nothing more comes. After its reader is gone, it only takes what comes.
fn print(parts: &Receiver<Part>, content: Content, gone: &AtomicBool) -> Result<(), Failure> {
    let mut out = output::Stream::new(content);
    let mut line = Vec::new();
    while let Ok(part) = parts.recv() {
        match part {
            Part::Effects(effects) => {
                line.clear();
                for effect in &effects {
                    // Writing to memory does not fail.
                    let _ = json::write_line(&EffectLine { effect, line: None, message: None }, &mut line);
                }
                out.write(|out| out.write_all(&line))
            }
            Part::Bytes(bytes) => out.write(|out| out.write_all(&bytes)),
            Part::Flush => out.write(|out| out.flush()),
        }?;
        gone.store(out.reader_is_gone(), Ordering::Relaxed);
    }
    out.finish()
}
