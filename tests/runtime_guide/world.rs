//! A runtime over [`Centre`], and its effects as short lines.

use indexmap::IndexMap;
use omnic::plan::{Plan, Tables};
use omnic::runtime::records::{
    AgentWork, AgentWorkSkill, PendingServiceRouting, SkillRequirement, UserServicePresence,
};
use omnic::runtime::{
    AgentWorkId, Event, PendingServiceRoutingId, Refusal, Refused, RoutingOptions, Runtime, Time, TimedEffect,
    UserServicePresenceId,
};
use serde_json::Value;

use crate::centre::Centre;
use crate::say::{arrive, login};

/// 2026-11-23, 08:00 UTC.
pub(crate) const START: Time = Time(1_795_420_800_000);

pub(crate) struct World {
    pub(crate) runtime: Runtime,
    plan: Plan,
    options: RoutingOptions,
    now: Time,
    history: Vec<(Time, Event)>,
}

impl World {
    pub(crate) fn new() -> Self {
        Self::with(|_| ())
    }

    pub(crate) fn with(change: impl FnOnce(&mut Centre)) -> Self {
        Self::options(RoutingOptions::default(), change)
    }

    pub(crate) fn options(options: RoutingOptions, change: impl FnOnce(&mut Centre)) -> Self {
        let mut centre = Centre::new();
        change(&mut centre);
        let plan = centre.plan();
        let runtime = Runtime::new(&plan, options.clone()).unwrap();
        Self { runtime, plan, options, now: START, history: Vec::new() }
    }

    /// Agents log in, ready for every channel.
    pub(crate) fn online(mut self, users: &[&str]) -> Self {
        for user in users {
            self.apply(login(user, "Available"));
        }
        self
    }

    /// Records arrive in the queue.
    pub(crate) fn arrived(mut self, queue: &str, records: &[&str]) -> Self {
        for record in records {
            self.apply(arrive(record, queue));
        }
        self
    }

    /// Lets the clock run on, which nobody notices until the next event.
    pub(crate) fn after(&mut self, seconds: i64) -> &mut Self {
        self.now = self.now.plus(seconds * 1_000);
        self
    }

    pub(crate) fn now(&self) -> Time {
        self.now
    }

    pub(crate) fn plan(&self) -> Plan {
        self.plan.clone()
    }

    pub(crate) fn tables(&self) -> &Tables {
        &self.plan.tables
    }

    /// An event that must not be refused, and what it does.
    pub(crate) fn apply(&mut self, event: Event) -> Vec<String> {
        let now = self.now;
        self.raw(event).iter().map(|effect| tell(effect, now)).collect()
    }

    pub(crate) fn raw(&mut self, event: Event) -> Vec<TimedEffect> {
        let effects = self.runtime.apply(self.now, &event).unwrap_or_else(|refused| panic!("{event:?}: {refused}"));
        self.history.push((self.now, event));
        effects
    }

    /// Time passes, and timers fire.
    pub(crate) fn wait(&mut self, seconds: i64) -> Vec<String> {
        self.after(seconds).apply(Event::TimePassed {})
    }

    /// Those effects of an event that begin with one of the words.
    pub(crate) fn only(&mut self, words: &[&str], event: Event) -> Vec<String> {
        let mut told = self.apply(event);
        told.retain(|line| words.iter().any(|word| line.split_once(' ').map_or(&**line, |(first, _)| first) == *word));
        told
    }

    /// Who was offered what: `case-1 to ana`.
    pub(crate) fn offers(&mut self, event: Event) -> Vec<String> {
        let told = self.only(&["agentWorkCreated"], event);
        let words = told.iter().map(|line| line.split(' ').collect::<Vec<_>>());
        words.map(|words| format!("{} to {}", words[2], words[3])).collect()
    }

    /// The method of an agent's console, and what it answers.
    pub(crate) fn answer(&mut self, event: Event) -> String {
        self.only(&["result"], event).pop().unwrap()
    }

    /// An event that a rule refuses. It leaves everything as if only time had passed.
    pub(crate) fn refusal(&mut self, event: &Event) -> Refusal {
        let mut waited = self.replay();
        let passed = waited.apply(self.now, &Event::TimePassed {});
        let Err(Refused { refusal, effects }) = self.runtime.apply(self.now, event) else {
            panic!("{event:?} is not refused");
        };
        if !matches!(refusal, Refusal::TimeRunsBackward { .. }) {
            assert_eq!(effects, passed.unwrap(), "what timers did until then");
        }
        assert_eq!(self.runtime.save().to_json(), waited.save().to_json(), "{event:?} changed something");
        refusal
    }

    /// Another runtime that has seen the same.
    pub(crate) fn replay(&self) -> Runtime {
        let mut runtime = Runtime::new(&self.plan, self.options.clone()).unwrap();
        for (at, event) in &self.history {
            runtime.apply(*at, event).unwrap();
        }
        runtime
    }

    // Records

    /// `AW-1` is number 1.
    pub(crate) fn work(&self, number: u64) -> AgentWork {
        self.find_work(number).unwrap()
    }

    pub(crate) fn find_work(&self, number: u64) -> Option<AgentWork> {
        self.runtime.agent_work(AgentWorkId(number))
    }

    pub(crate) fn work_skills(&self, number: u64) -> Vec<AgentWorkSkill> {
        self.runtime.agent_work_skills(AgentWorkId(number))
    }

    pub(crate) fn pending(&self, number: u64) -> Option<PendingServiceRouting> {
        self.runtime.pending_service_routing(PendingServiceRoutingId(number))
    }

    pub(crate) fn requirements(&self, number: u64) -> Vec<SkillRequirement> {
        self.runtime.skill_requirements(PendingServiceRoutingId(number))
    }

    pub(crate) fn presence(&self, number: u64) -> UserServicePresence {
        let mut all = self.runtime.user_service_presences();
        all.find(|presence| presence.id == UserServicePresenceId(number)).unwrap()
    }
}

/// Fields whose values tell enough.
const BARE: [&str; 15] = [
    "effect",
    "change",
    "id",
    "workId",
    "workItemId",
    "user",
    "userId",
    "status",
    "queue",
    "event",
    "method",
    "statusId",
    "servicePresenceStatusId",
    "subscriber",
    "reason",
];

/// An effect as a line: its fields in their order, those that are null left out; with the time, if it is not `now`.
pub(crate) fn tell(effect: &TimedEffect, now: Time) -> String {
    let fields: IndexMap<String, Value> =
        serde_json::from_str(&serde_json::to_string(&effect.effect).unwrap()).unwrap();
    let mut words = Vec::new();
    if effect.at != now {
        words.push(effect.at.of_day());
    }
    for (field, value) in &fields {
        match (field.as_str(), value) {
            (_, Value::Null) | ("createdDate", _) => {}
            ("sobject", value) => words.push(request(value)),
            ("type", value) => words.push(word(value)),
            ("effect", Value::String(effect)) if effect == "console" => {}
            (bare, value) if BARE.contains(&bare) => words.push(word(value)),
            (field, value) => words.push(format!("{field}={}", word(value))),
        }
    }
    words.join(" ")
}

/// What a partner reads of a streamed `PendingServiceRouting`.
fn request(record: &Value) -> String {
    let mut told = format!(
        "{} {} serial={} isPushed={}",
        word(&record["Id"]),
        word(&record["WorkItemId"]),
        record["Serial"],
        record["IsPushed"]
    );
    if record["IsTransfer"] == Value::Bool(true) {
        told += " isTransfer=true";
    }
    if let Value::String(session) = &record["LastDeclinedAgentSession"] {
        told = told + " lastDeclinedAgentSession=" + session;
    }
    told
}

fn word(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(values) => format!("[{}]", values.iter().map(word).collect::<Vec<_>>().join(", ")),
        Value::Object(fields) if fields.contains_key("replayId") => {
            format!("{} {} {}", word(&fields["replayId"]), word(&fields["type"]), request(&fields["sobject"]))
        }
        Value::Object(fields) => {
            let fields = fields.iter().filter(|(_, value)| !value.is_null());
            format!(
                "{{{}}}",
                fields.map(|(field, value)| format!("{field}={}", word(value))).collect::<Vec<_>>().join(" ")
            )
        }
        value => value.to_string(),
    }
}
