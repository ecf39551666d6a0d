//! Events in, effects out.

use std::io::{self, Write};

use super::super::{Failure, output};
use super::events::{Lines, Wrong};
use super::schemas::Written;
use super::trace::Trace;
use crate::plan::Plan;
use crate::runtime::{Effect, Event, Refused, Runtime, State, Time, Timed, TimedEffect};
use crate::text::{self, Content, count};

/// Why a run ended before its input did.
pub(super) enum Stop {
    /// A line is no event, or could not be read.
    Wrong(Wrong),
    /// What happened could not be printed.
    Failed(Failure),
}

/// A run.
pub(super) struct Session<'p> {
    runtime: Runtime,
    trace: Option<Trace<'p>>,
    out: output::Stream,
    /// The state is saved at the end, so the end must be reached even if nobody reads any more.
    saves: bool,
    events: usize,
    refused: usize,
}

impl<'p> Session<'p> {
    /// A run of a runtime. With a plan: in sentences, coloured or not.
    pub(super) fn new(mut runtime: Runtime, trace: Option<(&'p Plan, bool)>, saves: bool) -> Self {
        runtime.trace(trace.is_some());
        let content = match trace {
            Some((_, true)) => Content::Styled,
            Some(_) => Content::Text,
            None => Content::Data,
        };
        let trace = trace.map(|(plan, color)| Trace::new(plan, &runtime, color));
        Self { runtime, trace, out: output::Stream::new(content), saves, events: 0, refused: 0 }
    }

    /// Applies the events of all lines.
    pub(super) fn play(&mut self, lines: &mut Lines) -> Result<(), Stop> {
        loop {
            if lines.may_wait() {
                self.flush().map_err(Stop::Failed)?;
            }
            if self.out.reader_is_gone() && !self.saves {
                return Ok(());
            }
            let Some(timed) = lines.next_event().map_err(Stop::Wrong)? else { return Ok(()) };
            self.apply(&timed, lines.number()).map_err(Stop::Failed)?;
        }
    }

    fn apply(&mut self, timed: &Timed, line: u64) -> Result<(), Failure> {
        self.events += 1;
        if self.trace.is_some() {
            self.pass(timed.at)?;
        }
        match self.runtime.apply(timed.at, &timed.event) {
            Ok(effects) => self.tell(Some(&timed.event), &effects),
            Err(refused) => self.refuse(timed, refused, line),
        }
    }

    /// Lets time pass up to an event, from timer to timer: what they do is not of the event's doing, and why work waits is
    /// to be asked when it begins to.
    fn pass(&mut self, until: Time) -> Result<(), Failure> {
        let mut before = self.runtime.now();
        while let Some(due) = self.runtime.next_due().filter(|due| before < *due && *due <= until) {
            before = due;
            let passed = self.runtime.apply(due, &Event::TimePassed {});
            let effects = passed.unwrap_or_else(|refused| refused.effects);
            self.tell(None, &effects)?;
        }
        Ok(())
    }

    /// Prints effects, and in sentences also the event that they come from.
    fn tell(&mut self, event: Option<&Event>, effects: &[TimedEffect]) -> Result<(), Failure> {
        match &mut self.trace {
            Some(trace) => {
                let text = trace.tell(event, effects, &self.runtime);
                self.out.write(|out| out.write_all(text.as_bytes()))
            }
            None => self.out.write(|out| {
                effects.iter().try_for_each(|effect| json(out, &Written { effect, line: None, message: None }))
            }),
        }
    }

    fn refuse(&mut self, timed: &Timed, refused: Refused, line: u64) -> Result<(), Failure> {
        self.refused += 1;
        self.tell(None, &refused.effects)?;
        let (at, message) = (self.runtime.now(), refused.to_string());
        if let Some(trace) = &mut self.trace {
            let text = trace.refused(at, &timed.event, &message, line);
            return self.out.write(|out| out.write_all(text.as_bytes()));
        }
        let effect = &TimedEffect { at, effect: Effect::Refused { refusal: refused.refusal } };
        self.out.write(|out| json(out, &Written { effect, line: Some(line), message: Some(message) }))
    }

    /// Lets the reader have what was printed.
    pub(super) fn flush(&mut self) -> Result<(), Failure> {
        self.out.write(|out| out.flush())
    }

    /// The state, after all that was applied.
    pub(super) fn state(&self) -> State {
        self.runtime.save()
    }

    /// Tells on standard error if any event was refused.
    pub(super) fn tell_refused(&self) -> bool {
        if self.refused > 0 {
            output::complain(&format!("{} of {} refused", self.refused, count(self.events, "event")));
        }
        self.refused > 0
    }
}

fn json(out: &mut dyn Write, line: &Written<'_>) -> io::Result<()> {
    text::json::write(line, &mut *out)?;
    out.write_all(b"\n")
}
