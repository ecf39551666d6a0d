//! What happens, in sentences: what an event was, who was offered work, and why nobody else.
//!
//! Not each effect has a sentence: of the several that belong together, the one that tells most.

mod agents;
mod decision;
mod effects;
mod events;
mod view;
mod words;

use std::collections::HashMap;
use std::fmt::Write as _;

use owo_colors::{OwoColorize, Style};

use crate::diagnostics::render::printable;
use crate::plan::Plan;
use crate::runtime::{AgentWorkId, Effect, Event, Name, PendingServiceRoutingId, Time, TimedEffect};

/// What a sentence is about, for its colour.
#[derive(Clone, Copy)]
enum Tone {
    /// What somebody did.
    Event,
    /// Work found somebody.
    Offer,
    /// It did not.
    Trouble,
    /// Something else.
    Plain,
    /// A rule was broken.
    Refusal,
}

impl Tone {
    const fn style(self) -> Style {
        let plain = Style::new();
        match self {
            Self::Event => plain.bold(),
            Self::Offer => plain.green(),
            Self::Trouble => plain.yellow(),
            Self::Plain => plain,
            Self::Refusal => plain.red(),
        }
    }
}

/// Makes sentences of effects. Knows of records what events and effects told since the run began.
pub(super) struct Trace<'p> {
    plan: &'p Plan,
    color: bool,
    /// The day of the sentence before.
    day: String,
    /// The objects of records.
    objects: HashMap<Name, Name>,
    /// The records of assigned and opened work.
    works: HashMap<AgentWorkId, Name>,
    /// Work whose offer was told with its reasons.
    offered: Option<AgentWorkId>,
    /// Work that waits since the present event, and was offered to nobody yet.
    unplaced: Vec<(PendingServiceRoutingId, Name)>,
    text: String,
}

impl<'p> Trace<'p> {
    pub(super) fn new(plan: &'p Plan, color: bool) -> Self {
        Self {
            plan,
            color,
            day: String::new(),
            objects: HashMap::new(),
            works: HashMap::new(),
            offered: None,
            unplaced: Vec::new(),
            text: String::new(),
        }
    }

    /// The sentences of an event and its effects, or of what timers did.
    pub(super) fn tell(&mut self, event: Option<(Time, &Event)>, effects: &[TimedEffect]) -> String {
        if let Some((at, event)) = event {
            self.event(at, event);
        }
        let mut last = None;
        for (number, TimedEffect { at, effect }) in effects.iter().enumerate() {
            // What one timer did ends before the next one fires.
            if last.is_some_and(|last| last != *at) {
                self.tell_unplaced(last.unwrap_or_default());
            }
            last = Some(*at);
            self.effect(*at, effect, event.map(|(_, event)| event), &effects[..number]);
        }
        if let Some(at) = last {
            self.tell_unplaced(at);
        }
        std::mem::take(&mut self.text)
    }

    /// The sentence of an event that was refused.
    pub(super) fn refused(&mut self, at: Time, event: &Event, message: &str, line: u64) -> String {
        self.say(at, Tone::Refusal, &format!("refused, line {line}: {}: {message}", words::name_of(event)));
        std::mem::take(&mut self.text)
    }

    /// Work that waits, and is with nobody now that all has happened.
    fn tell_unplaced(&mut self, at: Time) {
        for (_, item) in std::mem::take(&mut self.unplaced) {
            let work = self.work(&item);
            self.say(at, Tone::Trouble, &format!("{work} waits: nobody can take it now"));
        }
    }

    /// Writes a sentence.
    fn say(&mut self, at: Time, tone: Tone, sentence: &str) {
        let date = at.to_string();
        if let Some((day, _)) = date.split_once('T')
            && day != self.day
        {
            day.clone_into(&mut self.day);
            self.line(&day.dimmed().to_string(), day);
        }
        let time = at.of_day();
        let sentence = printable(sentence);
        let colored = format!("{} {}", time.dimmed(), sentence.style(tone.style()));
        self.line(&colored, &format!("{time} {sentence}"));
    }

    /// Writes more of a sentence, on a line of its own.
    fn detail(&mut self, text: &str) {
        let text = printable(text);
        let line = format!("           {text}");
        self.line(&line, &line);
    }

    fn line(&mut self, colored: &str, plain: &str) {
        // Writing to memory does not fail.
        let _ = writeln!(self.text, "{}", if self.color { colored } else { plain });
    }

    /// A record as people name it: `case 4711`.
    fn work(&self, item: &Name) -> String {
        match self.objects.get(item) {
            Some(object) => format!("{} {item}", words::noun(object)),
            None => format!("record {item}"),
        }
    }

    /// The record of work that an effect names.
    fn work_of(&self, id: AgentWorkId) -> String {
        self.works.get(&id).map_or_else(|| id.to_string(), |item| self.work(item))
    }

    /// Remembers what effects say of records.
    fn learn(&mut self, effect: &Effect) {
        match effect {
            Effect::AgentWorkCreated { id, work_item_id, .. } => {
                self.works.insert(*id, work_item_id.clone());
            }
            Effect::Decision(decision) => {
                self.objects.insert(decision.work_item_id.clone(), decision.object.clone());
            }
            _ => {}
        }
    }
}
