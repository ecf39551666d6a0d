//! Events in; effects, sentences, figures and records out.

use std::io::Write;

use super::super::{Failure, output};
use super::ahead::Events;
use super::only::Only;
use super::order::{Latest, OutOfOrder};
use super::print::Printer;
use super::query::Query;
use super::schemas::{EffectLine, SummaryLine};
use super::writer::Writer;
use crate::narrate::{self, Attempt, Narration, Narrator, RefusedEvent, Sentence, Subjects, Tally};
use crate::plan::Plan;
use crate::runtime::{Effect, Event, Refusal, Runtime, State, Time, TimedEffect};
use crate::script::{Line, ScriptError, UnknownHolder};
use crate::text::{Content, count, json};

/// Why a run ended before its input did.
pub(super) enum Stop {
    /// A line is not an event, or could not be read.
    Script(ScriptError),
    /// What happened could not be printed or written.
    Failed(Failure),
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

/// How many timers fire before what they did is printed.
const SLICE: usize = 1_000;

/// How a run prints what happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Effects, as JSON Lines.
    Effects,
    /// Sentences, coloured or not.
    Sentences { color: bool },
}

/// What a run prints, and how far it goes.
pub(super) struct SessionOptions {
    /// In which form it prints what happens.
    pub(super) form: Form,
    /// Figures at the end.
    pub(super) summary: bool,
    /// What is printed; none: everything.
    pub(super) only: Option<Only>,
    /// Records at the end, or at a time.
    pub(super) query: Option<Query>,
    /// The state is saved at the end, so the end must be reached even if nobody reads any longer.
    pub(super) saves: bool,
    /// The most timers between two events.
    pub(super) most_timers: usize,
}

/// A run.
pub(super) struct Session<'p> {
    plan: &'p Plan,
    runtime: Runtime,
    narrator: Option<(Narrator<'p>, Printer)>,
    tally: Option<Tally>,
    /// What effects are about, where that is asked and no narrator says it.
    subjects: Option<Subjects>,
    out: Writer,
    options: SessionOptions,
    latest: Latest,
    out_of_order: OutOfOrder,
    events: usize,
    refused: usize,
}

impl<'p> Session<'p> {
    /// A run of a runtime.
    pub(super) fn new(plan: &'p Plan, mut runtime: Runtime, options: SessionOptions) -> Self {
        let (content, printer) = match options.form {
            Form::Effects => (Content::Data, None),
            Form::Sentences { color: false } => (Content::Text, Some(Printer::new(false))),
            Form::Sentences { color: true } => (Content::Styled, Some(Printer::new(true))),
        };
        runtime.trace(printer.is_some());
        let is_asked = printer.is_none() && (options.summary || options.only.is_some());
        Self {
            narrator: printer.map(|printer| (Narrator::new(plan, &runtime), printer)),
            tally: options.summary.then(|| Tally::new(&runtime)),
            subjects: is_asked.then(|| Subjects::of(&runtime)),
            out: Writer::new(content),
            latest: Latest::of(&runtime),
            out_of_order: OutOfOrder::default(),
            events: 0,
            refused: 0,
            plan,
            runtime,
            options,
        }
    }

    /// Applies the events of all lines.
    pub(super) fn play(&mut self, lines: &mut Events) -> Result<(), Stop> {
        loop {
            if lines.may_wait() {
                self.flush()?;
            }
            if self.is_useless() {
                return Ok(());
            }
            let Some(line) = lines.next().map_err(Stop::Script)? else { return Ok(()) };
            if let Some(at) = self.options.query.as_ref().and_then(|query| query.at).filter(|at| *at < line.at) {
                self.pass(at)?;
                self.query()?;
            }
            self.pass(line.at)?;
            if self.is_useless() {
                return Ok(());
            }
            self.apply(line, lines.number())?;
        }
    }

    /// True if nobody learns what would happen.
    fn is_useless(&self) -> bool {
        self.out.reader_is_gone() && !self.options.saves && self.options.query.is_none()
    }

    fn apply(&mut self, Line { at, action }: Line, line: u64) -> Result<(), Failure> {
        self.events += 1;
        if let Some(tally) = &mut self.tally {
            tally.event(at);
        }
        if at >= self.runtime.now() && at < Time::END {
            self.latest = Latest::Line(line);
        }
        // Who holds work is asked at the time of the event.
        let event = match action.resolve(&self.runtime) {
            Ok(event) => event,
            Err(unknown) => {
                let UnknownHolder { refusal, event } = *unknown;
                // A time that no event may have is refused first, as for every event.
                let by_time = self.runtime.apply(at, &Event::TimePassed {}).err();
                let refusal = by_time.map_or(refusal, |refused| refused.refusal);
                let attempt = Attempt::WithoutUser { name: event.name(), work: event.work() };
                return self.refuse(attempt, refusal, line);
            }
        };
        if self.prints_all() {
            // They go out as they are.
            let applied = self.runtime.apply_into(at, &event, self.out.effects()?);
            self.out.added()?;
            return applied.or_else(|refusal| self.refuse(Attempt::Event(&event), refusal, line));
        }
        match self.runtime.apply(at, &event) {
            Ok(effects) => self.tell(Some(&event), effects),
            Err(refused) => {
                self.tell(None, refused.effects)?;
                self.refuse(Attempt::Event(&event), refused.refusal, line)
            }
        }
    }

    /// Lets time pass up to an event, and prints what timers do as they do it: that may be much, and is not of the event's
    /// doing.
    fn pass(&mut self, until: Time) -> Result<(), Stop> {
        let mut left = self.options.most_timers;
        // Why work waits, and how much capacity is in use, is to be asked at each moment.
        let by_moments = self.narrator.is_some() || self.tally.is_some();
        loop {
            let due = self.due_by(until).filter(|_| by_moments);
            let passed = self.runtime.pass(due.unwrap_or(until), left.min(SLICE));
            left -= passed.timers;
            self.tell(None, passed.effects)?;
            if (passed.reached && due.is_none()) || self.is_useless() {
                return Ok(());
            }
            if left == 0 && self.due_by(until).is_some() {
                return Err(Stop::Script(self.too_many_timers(until)));
            }
        }
    }

    /// When the next timer fires, if that is not after a time. One that is due at the end of time never does.
    fn due_by(&self, until: Time) -> Option<Time> {
        self.runtime.next_due().filter(|due| *due <= until && *due < Time::END)
    }

    fn too_many_timers(&self, until: Time) -> ScriptError {
        let (most, now) = (self.options.most_timers, self.runtime.now());
        let events = if self.events == 0 { "before the first event" } else { "since the event before" };
        ScriptError::new(format!("{most} timers fired {events}, and it is only {now}; the event is at {until}")).with_help(
            "correct the event's time; if it is right, raise the limit with `--max-timers`, or lift it with `--max-timers none`",
        )
    }

    /// Prints effects, and in sentences also the event that they come from.
    fn tell(&mut self, event: Option<&Event>, mut effects: Vec<TimedEffect>) -> Result<(), Failure> {
        if effects.is_empty() && self.prints_all() {
            return Ok(());
        }
        if let Some((narrator, _)) = &mut self.narrator {
            let Narration { sentences, abouts } = narrator.tell(event, &effects, &self.runtime);
            if let Some(tally) = &mut self.tally {
                tally.tell(&effects, &abouts, &self.runtime);
            }
            return self.say(&sentences);
        }
        let abouts = self.subjects.as_mut().map(|subjects| {
            if let Some(event) = event {
                subjects.of_event(event);
            }
            effects.iter().map(|effect| subjects.of_effect(&effect.effect, &self.runtime)).collect::<Vec<_>>()
        });
        if let (Some(tally), Some(abouts)) = (&mut self.tally, &abouts) {
            tally.tell(&effects, abouts, &self.runtime);
        }
        if let (Some(only), Some(abouts)) = (&mut self.options.only, abouts) {
            let mut abouts = abouts.iter();
            effects.retain(|_| abouts.next().is_none_or(|about| only.shows(about)));
        }
        self.out.effects()?.append(&mut effects);
        self.out.added()
    }

    /// True if all effects are printed, and nothing else is done with them.
    const fn prints_all(&self) -> bool {
        self.narrator.is_none() && self.tally.is_none() && self.subjects.is_none()
    }

    /// Prints sentences.
    fn say(&mut self, sentences: &[Sentence]) -> Result<(), Failure> {
        let Some((_, printer)) = &mut self.narrator else { return Ok(()) };
        let only = &mut self.options.only;
        self.out.write(|out| {
            let shown = sentences.iter().filter(|it| only.as_mut().is_none_or(|only| only.shows(&it.about)));
            shown.into_iter().try_for_each(|sentence| printer.write(sentence, &mut *out))
        })
    }

    fn refuse(&mut self, attempt: Attempt<'_>, refusal: Refusal, line: u64) -> Result<(), Failure> {
        self.refused += 1;
        let message = self.latest.words(&refusal).unwrap_or_else(|| narrate::refusal(&refusal, attempt, &self.runtime));
        if let Some(tally) = &mut self.tally {
            let event = attempt.name().into();
            tally.refused(RefusedEvent { line, event, message: message.clone() });
        }
        let at = self.runtime.now();
        let is_told = self.out_of_order.tells(&refusal, self.latest);
        if let Some((narrator, _)) = &mut self.narrator {
            let sentences = narrator.refused(at, attempt, &message, line);
            return if is_told { self.say(&sentences) } else { Ok(()) };
        }
        let about = self.subjects.as_mut().map(|subjects| subjects.of_attempt(attempt));
        if let (Some(only), Some(about)) = (&mut self.options.only, about)
            && !only.shows(&about)
        {
            return Ok(());
        }
        let effect = &TimedEffect { at, effect: Effect::Refused { refusal } };
        self.out.write(|out| json::write_line(&EffectLine { effect, line: Some(line), message: Some(message) }, out))
    }

    /// Says what there is to say at the end: what still waits, figures, records. `is_whole`: all lines were applied.
    pub(super) fn end(&mut self, is_whole: bool) -> Result<(), Failure> {
        if let Some((narrator, _)) = &mut self.narrator {
            let sentences = narrator.end(&self.runtime);
            self.say(&sentences)?;
        }
        if let Some(tally) = &mut self.tally {
            let mut summary = tally.summary(&self.runtime);
            if let Some(only) = &self.options.only {
                only.narrow(&mut summary);
            }
            if self.narrator.is_some() {
                let lines = summary.lines();
                self.out.write(|out| lines.iter().try_for_each(|line| writeln!(out, "{line}")))?;
            } else {
                self.out.write(|out| json::write_line(&SummaryLine { summary }, out))?;
            }
        }
        match self.options.query.as_ref().map(|query| query.at.filter(|at| *at > self.runtime.now())) {
            Some(Some(at)) if is_whole => self.query_later(at)?,
            // The time was not reached.
            Some(Some(_)) | None => {}
            Some(None) => self.query()?,
        }
        self.out.finish()?;
        if let Some(only) = &self.options.only {
            only.tell_unmet(&self.runtime);
        }
        Ok(())
    }

    /// Writes the records that are asked for, as they are now.
    fn query(&mut self) -> Result<(), Failure> {
        let Some(query) = self.options.query.take() else { return Ok(()) };
        let out = &mut self.out;
        query.run(&self.runtime, self.options.only.as_mut(), |text| out.write(|out| out.write_all(text)))
    }

    /// The same as of a time after the last event. The run itself does not go on: only a copy does.
    fn query_later(&mut self, at: Time) -> Result<(), Failure> {
        let failed = |error: crate::runtime::StartError| Failure::new(error.to_string());
        let mut later = Runtime::resume(self.plan, self.runtime.save()).map_err(failed)?;
        if !later.pass(at, self.options.most_timers).reached {
            let most = self.options.most_timers;
            let message = format!("`--at`: more than {most} timers fire until {at}");
            return Err(Failure::new(message).with_help("correct the time, or raise the limit with `--max-timers`"));
        }
        std::mem::swap(&mut self.runtime, &mut later);
        let done = self.query();
        std::mem::swap(&mut self.runtime, &mut later);
        done
    }

    /// Lets the reader have what was printed.
    fn flush(&mut self) -> Result<(), Failure> {
        self.out.flush()
    }

    /// The state, after all that was applied.
    pub(super) fn state(&self) -> &State {
        self.runtime.state()
    }

    /// Says on standard error if any event was refused.
    pub(super) fn tell_refused(&self) -> bool {
        if self.refused > 0 {
            let early = self.out_of_order.words();
            output::complain(&format!("{} of {} refused{early}", self.refused, count(self.events, "event")));
        }
        self.refused > 0
    }
}
