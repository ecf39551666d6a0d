//! Narrate: what happens in a run, in sentences.
//!
//! In: events, their effects with the decisions, and the runtime, which is asked what they do not say. Out: sentences, each
//! with its tone and what it is about; figures of a run; refusals in words. Must not know terminals, files or who reads.
//!
//! Not each effect has a sentence: of several that belong together, one says the most.

mod about;
mod agents;
mod backlog;
mod decision;
mod effects;
mod events;
mod figures;
mod item;
mod refused;
mod slips;
mod table;
mod tally;
mod view;
mod words;

use std::collections::{HashMap, HashSet};

pub use about::{About, Subjects};
use backlog::Backlog;
pub use figures::{AgentFigures, QueueFigures, RefusedEvent, RunSummary};
pub use item::{ItemNow, WentFirstInWords, item_now};
pub use refused::{Attempt, near_record, near_user, near_username, refusal};
pub use tally::Tally;
pub use words::{clock, name_of, noun};

use crate::plan::Plan;
use crate::runtime::{
    AgentWorkId, Change, Effect, Event, LeastActive, Name, PendingServiceRoutingId, Runtime, Time, TimedEffect,
};

/// What kind of thing a sentence tells, for its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
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

/// A sentence about something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// When it happened.
    pub at: Time,
    /// What kind of thing it is.
    pub tone: Tone,
    /// The sentence. It quotes names as they are.
    pub text: String,
    /// Lines that belong to it.
    pub details: Vec<String>,
    /// What it is about.
    pub about: About,
}

/// What there is to say of effects.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Narration {
    /// The sentences.
    pub sentences: Vec<Sentence>,
    /// What the effects are about, one each.
    pub abouts: Vec<About>,
}

/// Makes sentences of events and effects. Knows of records what events and effects said since the run began.
#[derive(Debug)]
pub struct Narrator<'p> {
    plan: &'p Plan,
    /// "Least active" counts open items, not capacity.
    counts_items: bool,
    /// The objects of records.
    objects: HashMap<Name, Name>,
    subjects: Subjects,
    backlog: Backlog,
    /// Work whose offer has had a sentence with its reasons.
    offered: Option<AgentWorkId>,
    /// Work that began to wait with the present event, and was offered to nobody yet.
    unplaced: Vec<(PendingServiceRoutingId, Name)>,
    /// Skills that have had a sentence, as slips.
    slips: HashSet<Name>,
    /// What the next sentences are about.
    about: About,
    sentences: Vec<Sentence>,
}

impl<'p> Narrator<'p> {
    /// Begins with what the runtime knows, which is something if it goes on from a state.
    pub fn new(plan: &'p Plan, runtime: &Runtime) -> Self {
        let mut narrator = Self {
            plan,
            counts_items: runtime.options().least_active == LeastActive::Items,
            objects: HashMap::new(),
            subjects: Subjects::of(runtime),
            backlog: Backlog::default(),
            offered: None,
            unplaced: Vec::new(),
            slips: HashSet::new(),
            about: About::default(),
            sentences: Vec::new(),
        };
        for work in runtime.agent_works() {
            narrator.learn_object(&work.work_item_id, &work.service_channel_id);
        }
        for request in runtime.pending_service_routings() {
            narrator.learn_object(&request.work_item_id, &request.service_channel_id);
        }
        narrator
    }

    /// The sentences of an event and its effects, or of what timers did. The runtime is asked what they do not say.
    pub fn tell(&mut self, event: Option<&Event>, effects: &[TimedEffect], runtime: &Runtime) -> Narration {
        let mut abouts = Vec::with_capacity(effects.len());
        if let Some(event) = event {
            self.about = self.subjects.of_event(event);
            self.event(runtime.now(), event);
            self.slips(runtime.now(), event);
        }
        for (number, TimedEffect { at, effect }) in effects.iter().enumerate() {
            self.about = self.subjects.of_effect(effect, runtime);
            abouts.push(self.about.clone());
            self.effect(*at, effect, event, &effects[..number], runtime);
            if let Effect::PendingServiceRouting { change: Change::Created, id, work_item_id, .. } = effect {
                let needs = decision::needs(*id, work_item_id, &effects[number..], runtime);
                self.asks(*at, work_item_id, &needs);
            }
        }
        for (id, item) in std::mem::take(&mut self.unplaced) {
            if let Some(waiting) = runtime.why_waiting(id) {
                self.about = self.subjects.of_records([&item]);
                self.waiting(runtime.now(), &item, &waiting);
            }
        }
        Narration { sentences: std::mem::take(&mut self.sentences), abouts }
    }

    /// The sentence of an event that was refused, for a reason in words.
    pub fn refused(&mut self, at: Time, attempt: Attempt<'_>, message: &str, line: u64) -> Vec<Sentence> {
        self.about = self.subjects.of_attempt(attempt);
        self.say(at, Tone::Refusal, &format!("refused, line {line}: `{}`: {message}", attempt.name()));
        std::mem::take(&mut self.sentences)
    }

    /// What still waits, when a run ends.
    pub fn end(&mut self, runtime: &Runtime) -> Vec<Sentence> {
        for request in runtime.pending_service_routings().filter(|request| !request.is_pushed) {
            self.still_waits(&request, runtime);
        }
        std::mem::take(&mut self.sentences)
    }

    /// Adds a sentence.
    fn say(&mut self, at: Time, tone: Tone, sentence: &str) {
        let (text, about) = (sentence.to_owned(), self.about.clone());
        self.sentences.push(Sentence { at, tone, text, details: Vec::new(), about });
    }

    /// Adds a line to the last sentence.
    fn detail(&mut self, text: &str) {
        if let Some(sentence) = self.sentences.last_mut() {
            sentence.details.push(text.to_owned());
        }
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
        self.subjects.record_of(id).map_or_else(|| id.to_string(), |item| self.work(item))
    }

    /// An `AgentWork`, and what it is on.
    fn work_record(&self, id: AgentWorkId) -> String {
        let on = self.subjects.record_of(id).map(|item| format!(" of {}", self.work(item)));
        format!("the `AgentWork` {id}{}", on.unwrap_or_default())
    }

    /// A record is deleted, or undeleted.
    fn kept(&mut self, at: Time, record: &str, what: &str) {
        self.say(at, Tone::Plain, &format!("{record} is {what}"));
    }

    /// Remembers what effects say of records.
    fn learn(&mut self, effect: &Effect) {
        if let Effect::Decision(decision) = effect {
            self.objects.insert(decision.work_item_id.clone(), decision.object.clone());
        }
    }

    /// The object of a record, by the channel that routes it, if it is not known better.
    fn learn_object(&mut self, item: &Name, channel: &Name) {
        let row = self.plan.tables.channels.iter().find(|row| row.name == **channel);
        if let Some(object) = row.and_then(|row| row.object.as_deref()) {
            self.objects.entry(item.clone()).or_insert_with(|| object.into());
        }
    }
}
