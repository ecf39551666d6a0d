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

use crate::plan::Plan;
use crate::runtime::{
    AgentWorkId, Change, Effect, Event, LeastActive, Name, PendingServiceRoutingId, Runtime, Time, TimedEffect,
};
use crate::text::printable;

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
    /// "Least active" counts open items, not capacity.
    counts_items: bool,
    color: bool,
    /// The day of the sentence before.
    day: String,
    /// The objects of records.
    objects: HashMap<Name, Name>,
    /// The records of assigned and opened work.
    works: HashMap<AgentWorkId, Name>,
    /// Work whose offer was told with its reasons.
    offered: Option<AgentWorkId>,
    /// Work that began to wait with the present event, and was offered to nobody yet.
    unplaced: Vec<(PendingServiceRoutingId, Name)>,
    text: String,
}

impl<'p> Trace<'p> {
    /// Begins with what the runtime knows, which is something if it goes on from a state.
    pub(super) fn new(plan: &'p Plan, runtime: &Runtime, color: bool) -> Self {
        let mut trace = Self {
            plan,
            counts_items: runtime.options().least_active == LeastActive::Items,
            color,
            day: String::new(),
            objects: HashMap::new(),
            works: HashMap::new(),
            offered: None,
            unplaced: Vec::new(),
            text: String::new(),
        };
        for work in runtime.agent_works() {
            trace.learn_object(&work.work_item_id, &work.service_channel_id);
            trace.works.insert(work.id, work.work_item_id);
        }
        for request in runtime.pending_service_routings() {
            trace.learn_object(&request.work_item_id, &request.service_channel_id);
        }
        trace
    }

    /// The sentences of an event and its effects, or of what timers did. The runtime is asked what it did not say.
    pub(super) fn tell(&mut self, event: Option<&Event>, effects: &[TimedEffect], runtime: &Runtime) -> String {
        if let Some(event) = event {
            self.event(runtime.now(), event);
        }
        for (number, TimedEffect { at, effect }) in effects.iter().enumerate() {
            self.effect(*at, effect, event, &effects[..number]);
            if let Effect::PendingServiceRouting { change: Change::Created, id, work_item_id, .. } = effect {
                let needs = decision::needs(*id, work_item_id, &effects[number..], runtime);
                self.asks(*at, work_item_id, &needs);
            }
        }
        for (id, item) in std::mem::take(&mut self.unplaced) {
            if let Some(waiting) = runtime.why_waiting(id) {
                self.waiting(runtime.now(), &item, &waiting);
            }
        }
        std::mem::take(&mut self.text)
    }

    /// The sentence of an event that was refused.
    pub(super) fn refused(&mut self, at: Time, event: &Event, message: &str, line: u64) -> String {
        self.say(at, Tone::Refusal, &format!("refused, line {line}: {}: {message}", words::name_of(event)));
        std::mem::take(&mut self.text)
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

    /// The object of a record, by the channel that routes it.
    fn learn_object(&mut self, item: &Name, channel: &Name) {
        let row = self.plan.tables.channels.iter().find(|row| row.name == **channel);
        if let Some(object) = row.and_then(|row| row.object.as_deref()) {
            self.objects.insert(item.clone(), object.into());
        }
    }
}
