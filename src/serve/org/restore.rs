//! The journal and the org's state: what is written before an answer goes out, and what is read after a restart.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::history::History;
use super::people::People;
use super::state::{Entry, Org, OrgOptions, Outbox, Shadow, StartError};
use crate::plan::{Name, Plan};
use crate::runtime::{RoutingOptions, Runtime, State};
use crate::serve::bayeux::{Bayeux, Event, LogState};
use crate::serve::clock::Clock;
use crate::serve::exchange::ApiError;
use crate::serve::ids::Id;
use crate::serve::journal::{Cut, Folder, Journal, JournalError, Opened, Plan as JournalPlan};
use crate::serve::records::{Ledger, Named, Store};

/// Kinds of frames in the journal.
const ENTRY: u8 = 1;
const PUBLISHED: u8 = 2;

/// A log of this many bytes is replaced by a snapshot.
const SNAPSHOT_AFTER: u64 = 16 << 20;

/// All that an org holds, as it is loaded.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Dump {
    /// The digest of the plan.
    pub plan: String,
    /// The runtime's state.
    pub routing: State,
    store: Store,
    people: People,
    users: Vec<Name>,
    shadows: Ledger<Id, Shadow>,
    /// The highest number of a record that routing has made.
    #[serde(default)]
    highest: u64,
    aliases: Ledger<Name, Id>,
    history: History,
    log: LogState,
}

/// As [`Dump`], to be written: an org is large, and is not copied.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DumpRef<'o> {
    plan: &'o str,
    routing: &'o State,
    store: &'o Store,
    people: &'o People,
    /// What the plan alone says of people: for a start with another plan.
    planned: &'o People,
    users: Vec<&'o Name>,
    shadows: &'o Ledger<Id, Shadow>,
    highest: u64,
    aliases: &'o Ledger<Name, Id>,
    history: &'o History,
    log: LogState,
}

/// What there is to be told of data that was read.
#[derive(Clone, Debug, Default)]
pub struct Recovered {
    /// What was cut off a log whose last line was written in part.
    pub cut: Option<Cut>,
    /// A snapshot that is damaged: an older one and the logs since then were read instead.
    pub damaged_snapshot: Option<String>,
    /// Why the journal could not be played again: records stayed, and routing began again, as under another plan.
    pub not_replayed: Option<String>,
}

impl Org {
    /// Everything as it is.
    pub(crate) fn dump(&self) -> DumpRef<'_> {
        DumpRef {
            plan: &self.plan.digest,
            routing: self.runtime.state(),
            store: &self.store,
            people: &self.people,
            planned: &self.planned,
            users: self.directory.all(Named::User).map(|(_, name)| name).collect(),
            shadows: &self.shadows,
            highest: self.highest,
            aliases: &self.aliases,
            history: &self.history,
            log: self.bayeux.save_log(),
        }
    }

    fn take(&mut self, dump: Dump) -> Result<(), StartError> {
        self.runtime =
            Runtime::resume(&self.plan, dump.routing).map_err(|error| StartError::State(error.to_string()))?;
        self.store = dump.store;
        self.people = dump.people;
        for user in &dump.users {
            self.directory.add(Named::User, user);
        }
        let of_shadows = dump.shadows.keys().filter_map(Id::number).max().unwrap_or(0);
        self.highest = dump.highest.max(of_shadows);
        self.highest_written = self.highest;
        self.shadows = dump.shadows;
        self.shadow_index.clear();
        self.unaliases = dump.aliases.iter().map(|(name, id)| (id.clone(), name.clone())).collect();
        self.aliases = dump.aliases;
        self.history = dump.history;
        self.bayeux.restore_log(dump.log).map_err(|error| StartError::Replay(error.to_string()))
    }

    /// Loads a state in the place of the present one. Subscribers are forgotten.
    ///
    /// # Errors
    ///
    /// If it is of another plan, or contradicts itself; nothing was changed then.
    pub(crate) fn load(&mut self, value: Value) -> Result<(), ApiError> {
        let wrong =
            |problem: String| ApiError::new(400, "INVALID_ARGUMENT", format!("the state cannot be loaded: {problem}"));
        let dump: Dump = serde_json::from_value(value).map_err(|problem| wrong(problem.to_string()))?;
        if dump.plan != self.plan.digest {
            return Err(wrong("it is of another plan".to_owned()));
        }
        // What could be refused is tried before anything changes.
        Runtime::resume(&self.plan, dump.routing.clone()).map_err(|problem| wrong(problem.to_string()))?;
        let mut log = Bayeux::new(self.options.streaming.clone());
        log.restore_log(dump.log.clone()).map_err(|problem| wrong(problem.to_string()))?;
        let when = self.when();
        let released = self.bayeux.forget_clients(when);
        self.releases.extend(released);
        self.take(dump).map_err(|problem| wrong(problem.to_string()))?;
        self.restore_topics();
        self.restart_clock();
        self.outbox = Outbox::default();
        self.must_snapshot = true;
        Ok(())
    }

    pub(super) fn restart_clock(&mut self) {
        let pace = self.clock.pace();
        let now = self.runtime.now();
        let at_least = (now > crate::plan::Time::BEGINNING).then_some(now);
        self.clock = Clock::start(pace, at_least);
    }

    /// Ends a job: subscribers' events are published, and everything is on disk when this returns.
    pub(super) fn commit(&mut self) -> Result<(), JournalError> {
        self.keep();
        let Outbox { entries, changes, effects } = std::mem::take(&mut self.outbox);
        self.consoles.add(effects);
        let published = self.publish(&changes);
        let Some(journal) = &mut self.journal else { return Ok(()) };
        if self.must_snapshot {
            self.must_snapshot = false;
            self.highest_written = self.highest;
            return self.snapshot();
        }
        let numbered = (self.highest > self.highest_written).then_some(Entry::Numbered { highest: self.highest });
        self.highest_written = self.highest;
        for entry in entries.iter().chain(&numbered) {
            journal.append(ENTRY, crate::text::json::text(entry).as_bytes())?;
        }
        for event in &published {
            journal.append(PUBLISHED, crate::text::json::text(&**event).as_bytes())?;
        }
        Ok(())
    }

    /// Writes to disk what jobs have changed.
    pub(super) fn sync(&mut self) -> Result<(), JournalError> {
        let Some(journal) = &mut self.journal else { return Ok(()) };
        journal.commit()?;
        // A snapshot holds everything up until it is written: the larger the last one, the longer until the next.
        let due = SNAPSHOT_AFTER.max(self.snapshot_bytes);
        if journal.log_bytes() > due { self.snapshot() } else { Ok(()) }
    }

    pub(super) fn snapshot(&mut self) -> Result<(), JournalError> {
        if self.journal.is_none() {
            return Ok(());
        }
        let bytes = crate::text::json::text(&self.dump()).into_bytes();
        self.snapshot_bytes = bytes.len() as u64;
        self.journal.as_mut().map_or(Ok(()), |journal| journal.snapshot(&bytes))
    }

    /// An org as it was, with what there is to be told about its journal.
    pub(super) fn open(plan: Plan, options: OrgOptions) -> Result<(Self, Recovered), StartError> {
        let mut org = Self::new(plan, options)?;
        let Some(data) = org.options.data.clone() else { return Ok((org, Recovered::default())) };
        let wanted = JournalPlan { digest: org.plan.digest.clone(), accept_other: org.options.new_plan };
        let opened = Journal::open(Folder::open(&data)?, &wanted)?;
        let Opened { journal, snapshot, entries, cut, other_plan, damaged_snapshot } = opened;
        let recovered = Recovered { cut, damaged_snapshot, not_replayed: None };
        if other_plan.is_some() {
            org.begin_anew(journal, snapshot.as_deref(), entries)?;
            return Ok((org, recovered));
        }
        match org.restore(snapshot.as_deref(), &entries) {
            Err(error) if org.options.new_plan && !matches!(error, StartError::OtherOptions) => {
                let recovered = Recovered { not_replayed: Some(error.to_string()), ..recovered };
                org.begin_anew(journal, snapshot.as_deref(), entries)?;
                return Ok((org, recovered));
            }
            restored => restored?,
        }
        org.outbox = Outbox::default();
        org.journal = Some(journal);
        org.restore_topics();
        org.restart_clock();
        org.commit()?;
        Ok((org, recovered))
    }

    /// Everything as it was.
    fn restore(&mut self, snapshot: Option<&[u8]>, entries: &[crate::serve::journal::Entry]) -> Result<(), StartError> {
        if let Some(snapshot) = snapshot {
            self.snapshot_bytes = snapshot.len() as u64;
            self.take(serde_json::from_slice(snapshot)?)?;
            // Under another plan, records are numbered on.
            let first_record_number = self.options.routing.first_record_number;
            let saved = RoutingOptions { first_record_number, ..self.runtime.options().clone() };
            if saved != self.options.routing {
                return Err(StartError::OtherOptions);
            }
        } else {
            // With the options, by which a restart goes on.
            self.must_snapshot = true;
        }
        for frame in entries {
            match frame.kind {
                PUBLISHED => {
                    let event: Event = serde_json::from_slice(&frame.payload)?;
                    self.bayeux.restore_event(event).map_err(|error| StartError::Replay(error.to_string()))?;
                }
                _ => self.replay(serde_json::from_slice(&frame.payload)?)?,
            }
        }
        Ok(())
    }

    /// Records stay, routing begins again.
    fn begin_anew(
        &mut self,
        journal: Journal<Folder>,
        snapshot: Option<&[u8]>,
        entries: Vec<crate::serve::journal::Entry>,
    ) -> Result<(), StartError> {
        let (planned, people) = self.adopt(snapshot, entries)?;
        self.journal = Some(journal);
        self.restore_topics();
        self.restart_clock();
        self.keep_members(&planned, &people);
        self.route_again();
        self.snapshot()?;
        self.outbox = Outbox::default();
        Ok(())
    }

    fn replay(&mut self, entry: Entry) -> Result<(), StartError> {
        match entry {
            Entry::Happened { at, by, event } => {
                self.actor = by;
                let happened = self.attempt_at(at, event).map_err(|refusal| StartError::Replay(refusal.to_string()))?;
                self.tell_happened(happened);
                // What timers did was noted when it happened.
            }
            Entry::Put { object, row } => {
                if object == "User"
                    && let Some(name) = row.text("Username").map(Name::from)
                {
                    self.directory.add(Named::User, &name);
                }
                self.store.put(&object, row);
            }
            Entry::Removed { object, id, at } => drop(self.store.remove(&object, &id, at)),
            Entry::Alias { name, id } => self.alias(&name, &id),
            Entry::PermissionSet { user, set, assigned } => self.people.assign(&user, set, assigned),
            Entry::Configuration { user, config } => self.people.person(&user).own_configuration = Some(config),
            Entry::Resource { user, is } => self.people.person(&user).is_resource = is,
            Entry::Numbered { highest } => self.highest = self.highest.max(highest),
        }
        self.highest_written = self.highest;
        self.outbox = Outbox::default();
        self.keep();
        Ok(())
    }

    /// Takes from data of another plan what clients wrote; routing begins again, and numbers its records behind those
    /// that were. Gives who belonged to what by the plan of then, and in the end.
    fn adopt(
        &mut self,
        snapshot: Option<&[u8]>,
        entries: Vec<crate::serve::journal::Entry>,
    ) -> Result<(People, People), StartError> {
        #[derive(Default, Deserialize)]
        struct Written {
            store: Store,
            log: LogState,
            people: People,
            #[serde(default)]
            planned: People,
            aliases: Ledger<Name, Id>,
            shadows: BTreeMap<Id, Shadow>,
            #[serde(default)]
            highest: u64,
        }
        let mut written = match snapshot {
            Some(snapshot) => serde_json::from_slice(snapshot)?,
            None => Written::default(),
        };
        let mut highest = written.highest.max(written.shadows.keys().filter_map(Id::number).max().unwrap_or(0));
        let mut people = written.people;
        let mut published: Vec<Event> = Vec::new();
        for frame in entries {
            if frame.kind == PUBLISHED {
                published.push(serde_json::from_slice(&frame.payload)?);
                continue;
            }
            match serde_json::from_slice(&frame.payload)? {
                Entry::Put { object, row } => written.store.put(&object, row),
                Entry::Removed { object, id, at } => drop(written.store.remove(&object, &id, at)),
                Entry::Alias { name, id } => written.aliases.insert(name, id),
                Entry::Numbered { highest: higher } => highest = highest.max(higher),
                Entry::Happened { event: crate::runtime::Event::AgentChanged(change), .. } => people.change(&change),
                Entry::Happened { .. } => {}
                Entry::PermissionSet { user, set, assigned } => people.assign(&user, set, assigned),
                Entry::Configuration { user, config } => people.person(&user).own_configuration = Some(config),
                Entry::Resource { user, is } => people.person(&user).is_resource = is,
            }
        }
        *self = Self::after(self.plan.clone(), self.options.clone(), highest, &written.store.custom_prefixes())?;
        self.store = written.store;
        self.bayeux.restore_log(written.log).map_err(|error| StartError::Replay(error.to_string()))?;
        for event in published {
            self.bayeux.restore_event(event).map_err(|error| StartError::Replay(error.to_string()))?;
        }
        self.unaliases = written.aliases.iter().map(|(name, id)| (id.clone(), name.clone())).collect();
        self.aliases = written.aliases;
        self.keep_users();
        self.seed();
        Ok((written.planned, people))
    }
}
