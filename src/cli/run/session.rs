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

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

/// How many timers fire before what they did is printed.
const SLICE: usize = 1_000;

/// A run.
pub(super) struct Session<'p> {
    runtime: Runtime,
    trace: Option<Trace<'p>>,
    out: output::Stream,
    /// The state is saved at the end, so the end must be reached even if nobody reads any more.
    saves: bool,
    /// The most timers between two events.
    most_timers: usize,
    events: usize,
    refused: usize,
}

impl<'p> Session<'p> {
    /// A run of a runtime. With a plan: in sentences, coloured or not.
    pub(super) fn new(mut runtime: Runtime, trace: Option<(&'p Plan, bool)>, saves: bool, most_timers: usize) -> Self {
        runtime.trace(trace.is_some());
        let content = match trace {
            Some((_, true)) => Content::Styled,
            Some(_) => Content::Text,
            None => Content::Data,
        };
        let trace = trace.map(|(plan, color)| Trace::new(plan, &runtime, color));
        Self { runtime, trace, out: output::Stream::new(content), saves, most_timers, events: 0, refused: 0 }
    }

    /// Applies the events of all lines.
    pub(super) fn play(&mut self, lines: &mut Lines) -> Result<(), Stop> {
        loop {
            if lines.may_wait() {
                self.flush()?;
            }
            if self.is_useless() {
                return Ok(());
            }
            let Some(timed) = lines.next_event().map_err(Stop::Wrong)? else { return Ok(()) };
            self.pass(timed.at)?;
            if self.is_useless() {
                return Ok(());
            }
            self.apply(&timed, lines.number())?;
        }
    }

    /// True if nobody learns what would happen.
    const fn is_useless(&self) -> bool {
        self.out.reader_is_gone() && !self.saves
    }

    fn apply(&mut self, timed: &Timed, line: u64) -> Result<(), Failure> {
        self.events += 1;
        match self.runtime.apply(timed.at, &timed.event) {
            Ok(effects) => self.tell(Some(&timed.event), &effects),
            Err(refused) => self.refuse(timed, refused, line),
        }
    }

    /// Lets time pass up to an event, and prints what timers do as they do it: that may be much, and is not of the event's
    /// doing.
    fn pass(&mut self, until: Time) -> Result<(), Stop> {
        let mut left = self.most_timers;
        loop {
            // In sentences from moment to moment: why work waits is to be asked when it begins to.
            let due = self.runtime.next_due().filter(|due| self.trace.is_some() && *due <= until);
            let passed = self.runtime.pass(due.unwrap_or(until), left.min(SLICE));
            left -= passed.timers;
            self.tell(None, &passed.effects)?;
            if (passed.reached && due.is_none()) || self.is_useless() {
                return Ok(());
            }
            if left == 0 && self.runtime.next_due().is_some_and(|due| due <= until) {
                return Err(Stop::Wrong(self.too_many_timers(until)));
            }
        }
    }

    fn too_many_timers(&self, until: Time) -> Wrong {
        let (most, now) = (self.most_timers, self.runtime.now());
        let events = if self.events == 0 { "before the first event" } else { "since the event before" };
        Wrong::new(format!("{most} timers fired {events}, and it is only {now}; the event is at {until}")).with_help(
            "correct the event's time; if it is right, raise the limit with `--max-timers`, or lift it with `--max-timers none`",
        )
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
