//! The org: its parts, and how it begins.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::sync::oneshot;

use super::access::{Access, AccessOptions};
use super::consoles::Consoles;
use super::faults::Faults;
use super::history::History;
use super::known::{Channels, Cursors, Topics};
use super::people::People;
use super::sessions::Sessions;
use crate::plan::{Name, Plan, Time};
use crate::runtime::{self, Event, RoutingOptions, Runtime, TimedEffect};
use crate::serve::bayeux::{Answer, Bayeux, BayeuxOptions, HoldId, Release};
use crate::serve::clock::{Clock, Pace};
use crate::serve::ids::Id;
use crate::serve::journal::{Folder, Journal, JournalError};
use crate::serve::objects::{Catalogue, ObjectType};
use crate::serve::records::{Definitions, Directory, Index, Ledger, Named, Row, Store, definitions, system_fields};

/// The user of the token that is printed at the start.
pub const ADMIN: &str = "admin@omnic.example";

/// When everything was made that the plan defines: an org has dates, and a plan has none.
pub(super) const DEFINED: Time = Time(1_577_836_800_000);

/// How an org begins.
#[derive(Clone, Debug)]
pub struct OrgOptions {
    /// How its clock runs.
    pub pace: Pace,
    /// Where its journal is; none: in memory alone.
    pub data: Option<PathBuf>,
    /// Take a journal of another plan: records stay, routing begins again.
    pub new_plan: bool,
    /// What is done where the documentation is silent.
    pub routing: RoutingOptions,
    /// The password of each user; none: `password` is that of all.
    pub passwords: Option<BTreeMap<String, String>>,
    /// The development password.
    pub password: String,
    /// Who gets in, and for how long.
    pub access: AccessOptions,
    /// Timeouts and limits of streaming.
    pub streaming: BayeuxOptions,
}

/// Makes the plan again, from the files that it came from; an error in words.
pub type Reload = Box<dyn FnMut() -> Result<Plan, String> + Send>;

/// A file of a folder of components.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComponentFile {
    /// Its path in the folder, with `/`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Reads the files of a folder of components, sorted by path; an error in words.
pub type Components = Box<dyn FnMut() -> Result<Vec<ComponentFile>, String> + Send>;

/// Why an org could not begin.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The runtime does not take the plan or the options.
    #[error("{0}")]
    Runtime(#[from] runtime::StartError),
    /// The journal cannot be read or written.
    #[error("{0}")]
    Journal(#[from] JournalError),
    /// The journal holds what this program does not read.
    #[error("the journal holds an entry that cannot be read: {0}")]
    Entry(#[from] serde_json::Error),
    /// The runtime does not take the state of a snapshot.
    #[error("the state in the data cannot be resumed: {0}")]
    State(String),
    /// The journal and the program disagree about what happened.
    #[error("the journal holds an event that is refused now: {0}")]
    Replay(String),
    /// The journal was written under other rules, and would come to something else under these.
    #[error("the data was made with other routing options than these")]
    OtherOptions,
    /// A thread could not be started.
    #[error("a thread could not be started: {0}")]
    Thread(std::io::Error),
    /// The system has no random numbers.
    #[error("the system gives no random numbers, and tokens need them")]
    Chance,
}

/// What was changed, for the journal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "entry", rename_all_fields = "camelCase")]
pub(super) enum Entry {
    /// The runtime took an event.
    Happened { at: Time, by: Id, event: Event },
    /// A row was written.
    Put { object: Name, row: Row },
    /// A row was moved to the recycle bin.
    Removed { object: Name, id: Id, at: Time },
    /// A record of routing that has a name of its own is shown by an id.
    Alias { name: Name, id: Id },
    /// A user was assigned a permission set, or no longer is.
    PermissionSet { user: Name, set: Name, assigned: bool },
    /// A user was given a presence configuration.
    Configuration { user: Name, config: Name },
    /// A user became a resource, or no longer is one.
    Resource { user: Name, is: bool },
    /// The highest number of a record that routing has made.
    Numbered { highest: u64 },
}

/// A record of routing as clients were told of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Shadow {
    pub row: Row,
    pub made: (Time, Id),
    pub changed: (Time, Id),
}

/// A request that was answered.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LoggedRequest {
    /// The emulated time.
    pub at: Time,
    /// The method.
    pub method: String,
    /// The path, with its query.
    pub path: String,
    /// The status of the answer; none: it is held, or the connection was cut.
    pub status: Option<u16>,
}

/// What waits to be done when a job has ended, and is undone with it.
#[derive(Debug, Default)]
pub(super) struct Outbox {
    pub entries: Vec<Entry>,
    pub changes: Vec<RowChange>,
    /// What consoles are told.
    pub effects: Vec<TimedEffect>,
}

/// The values of a write, by the fields' own names.
pub(super) type Values = BTreeMap<Name, Value>;

/// What happened to a row.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct RowChange {
    pub object: Name,
    pub before: Option<Row>,
    pub after: Option<Row>,
    pub restored: bool,
}

/// An org.
pub(crate) struct Org {
    /// Its time.
    pub clock: Clock,
    /// Who is logged in.
    pub sessions: Sessions,
    /// What is known of tokens beside that.
    pub(super) access: Access,
    /// What goes wrong on purpose.
    pub faults: Faults,
    /// What consoles are told.
    pub consoles: Consoles,
    /// The components that pages run; none: no folder of them was given.
    pub components: Option<Components>,
    /// The requests that were answered last.
    pub requests: VecDeque<LoggedRequest>,
    /// What objects look like.
    pub catalogue: Catalogue,
    pub(super) options: OrgOptions,
    pub(super) plan: Plan,
    pub(super) reload: Option<Reload>,
    pub(super) directory: Directory,
    pub(super) definitions: Definitions,
    pub(super) runtime: Runtime,
    /// The fields that routing compares: it is told of no others.
    pub(super) compared: BTreeSet<Name>,
    pub(super) people: People,
    /// What holds of each user by the plan alone.
    pub(super) planned: People,
    pub(super) store: Store,
    pub(super) shadows: Ledger<Id, Shadow>,
    /// Where these are found by the records that they name.
    pub(super) shadow_index: Index,
    /// The highest number of a record that routing has made, also under plans before this one.
    pub(super) highest: u64,
    /// The same, as the journal has it.
    pub(super) highest_written: u64,
    /// The ids under which records are shown that routing knows by other names, both ways.
    pub(super) aliases: Ledger<Name, Id>,
    pub(super) unaliases: Ledger<Id, Name>,
    /// Every event that the runtime took.
    pub(super) history: History,
    pub(super) cursors: Cursors,
    pub(super) topics: Topics,
    pub(super) channels: Channels,
    pub(super) bayeux: Bayeux,
    pub(super) held: BTreeMap<HoldId, oneshot::Sender<Answer>>,
    pub(super) journal: Option<Journal<Folder>>,
    pub(super) outbox: Outbox,
    /// Answers to held requests, that go out when what led to them is on disk.
    pub(super) releases: Vec<Release>,
    /// The next commit writes a snapshot: what was done cannot be told by entries.
    pub(super) must_snapshot: bool,
    /// How long the last snapshot is.
    pub(super) snapshot_bytes: u64,
    /// What is told now was in the recycle bin.
    pub(super) is_restoring: bool,
    /// The user of the printed token.
    administrator: Id,
    /// Who acts in the present job.
    pub(super) actor: Id,
    /// What should have been undone was not: nothing more is done.
    pub(super) is_lost: bool,
    /// Through which interface, as change events name it; empty: by itself.
    pub(crate) origin: String,
}

/// How many prefixes there are for custom objects.
const PREFIXES: usize = 36 * 36;

/// The catalogue with the objects that the plan routes. `known` has the prefixes of objects that had records before.
fn catalogue(plan: &Plan, known: &BTreeMap<Name, String>) -> Catalogue {
    let tables = &plan.tables;
    let of_queues = tables.queues.iter().flat_map(|queue| &queue.objects).map(|object| &object.object);
    let objects = tables.channels.iter().filter_map(|channel| channel.object.as_ref()).chain(of_queues);
    let objects: BTreeSet<&Name> = objects.collect();
    let mut catalogue = Catalogue::standard();
    let unknown: Vec<&Name> = objects.into_iter().filter(|name| catalogue.object(name).is_none()).collect();
    let mut taken: BTreeSet<String> = known.values().cloned().collect();
    for name in unknown {
        // Custom objects have prefixes such as `a00`: by their names, so that other objects do not move them.
        let start = name.bytes().fold(0, |sum, byte| (sum * 131 + usize::from(byte)) % PREFIXES);
        let free = (0..PREFIXES).map(|step| format!("a{}", suffix((start + step) % PREFIXES)));
        let given = known.get(name).cloned();
        // An org has at most 3,000 objects, a plan far fewer: prefixes do not run out.
        let Some(prefix) = given.or_else(|| free.into_iter().find(|prefix| !taken.contains(prefix))) else { continue };
        taken.insert(prefix.clone());
        catalogue = catalogue.with(ObjectType::generic(name).with_prefix(&prefix));
    }
    catalogue
}

/// Two letters or digits.
fn suffix(number: usize) -> String {
    let digit = |value: usize| char::from_digit(u32::try_from(value % 36).unwrap_or(0), 36).unwrap_or('0');
    [digit(number / 36), digit(number)].iter().collect()
}

impl Org {
    /// An org in which nothing has happened yet.
    pub(super) fn new(plan: Plan, options: OrgOptions) -> Result<Self, StartError> {
        Self::after(plan, options, 0, &BTreeMap::new())
    }

    /// An org in which nothing has happened yet, whose routing numbers its records behind those of another plan, and whose
    /// objects keep the prefixes that their records have.
    pub(super) fn after(
        plan: Plan,
        options: OrgOptions,
        highest: u64,
        prefixes: &BTreeMap<Name, String>,
    ) -> Result<Self, StartError> {
        let catalogue = catalogue(&plan, prefixes);
        let prefix = |object: &ObjectType| Some((Name::from(&*object.name), Name::from(object.prefix.as_deref()?)));
        let mut directory = Directory::of(&plan, catalogue.objects().filter_map(prefix).collect());
        let admin = directory.add(Named::User, &Name::from(ADMIN));
        let mut routing = options.routing.clone();
        routing.first_record_number = routing.first_record_number.max(highest.saturating_add(1));
        let runtime = Runtime::new(&plan, routing)?;
        let mut people = People::of(&plan, &runtime);
        people.person(&Name::from(ADMIN));
        let mut org = Self {
            clock: Clock::start(options.pace, None),
            sessions: Sessions::default(),
            access: Access::default(),
            faults: Faults::default(),
            consoles: Consoles::default(),
            components: None,
            requests: VecDeque::new(),
            definitions: definitions(&plan, &directory, &admin, DEFINED),
            bayeux: Bayeux::new(options.streaming.clone()),
            catalogue,
            options,
            plan,
            reload: None,
            directory,
            compared: runtime.compared_fields(),
            runtime,
            planned: people.clone(),
            people,
            store: Store::default(),
            shadows: Ledger::default(),
            shadow_index: Index::default(),
            highest,
            highest_written: 0,
            aliases: Ledger::default(),
            unaliases: Ledger::default(),
            history: History::default(),
            cursors: Cursors::default(),
            topics: Topics::default(),
            channels: Channels::default(),
            held: BTreeMap::new(),
            journal: None,
            outbox: Outbox::default(),
            is_restoring: false,
            releases: Vec::new(),
            must_snapshot: false,
            snapshot_bytes: 0,
            administrator: admin.clone(),
            actor: admin,
            is_lost: false,
            origin: String::new(),
        };
        org.seed();
        org.restore_channels();
        Ok(org)
    }

    /// Rows that the plan implies and clients may change: users, and the organisation.
    pub(super) fn seed(&mut self) {
        let users: Vec<Name> = self.people.iter().map(|(user, _)| user.clone()).collect();
        for user in users {
            let row = self.user_row(&user);
            if self.store.row("User", &row.id).is_none() {
                self.store.put(&Name::from("User"), row);
            }
        }
        let mut organization = Row::new(self.organization())
            .with("Name", "omnic")
            .with("OrganizationType", "Developer Edition")
            .with("InstanceName", "OMNIC")
            .with("IsSandbox", true)
            .with("LanguageLocaleKey", "en_US")
            .with("DefaultLocaleSidKey", "en_US")
            .with("TimeZoneSidKey", "GMT");
        let admin = self.admin();
        system_fields(&mut organization, (DEFINED, &admin), (DEFINED, &admin));
        self.store.put(&Name::from("Organization"), organization);
    }

    /// The row of a user, by the username: its parts make the name (assumed: a plan has no names of people).
    pub(super) fn user_row(&self, user: &Name) -> Row {
        let local = user.split('@').next().unwrap_or(user);
        let capital = |word: &str| {
            let mut letters = word.chars();
            letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
        };
        let mut words: Vec<String> =
            local.split(['.', '_', '-']).filter(|word| !word.is_empty()).map(capital).collect();
        let last = words.pop().unwrap_or_else(|| user.to_string());
        let first = words.join(" ");
        let name = if first.is_empty() { last.clone() } else { format!("{first} {last}") };
        let person = self.people.get(user);
        let profile = person.and_then(|person| person.profile.as_ref());
        let alias: String = local.chars().filter(char::is_ascii_alphanumeric).take(8).collect();
        let mut row = Row::new(self.directory.id(Named::User, user))
            .with("Username", user.as_str())
            .with("Name", name)
            .with("FirstName", Some(first).filter(|first| !first.is_empty()))
            .with("LastName", last)
            .with("Email", user.as_str())
            .with("Alias", alias)
            .with("IsActive", person.is_none_or(|person| person.is_active))
            .with("UserType", "Standard")
            .with("TimeZoneSidKey", "GMT")
            .with("LocaleSidKey", "en_US")
            .with("LanguageLocaleKey", "en_US")
            .with("EmailEncodingKey", "UTF-8")
            .with("ProfileId", profile.map(|profile| self.directory.id(Named::Profile, profile).to_string()));
        let admin = self.directory.id(Named::User, ADMIN);
        system_fields(&mut row, (DEFINED, &admin), (DEFINED, &admin));
        row
    }

    /// The org's id: the same for every org of this program.
    pub(crate) fn organization(&self) -> Id {
        self.directory.id_of_parts("Organization", &["omnic"])
    }

    /// The user of the printed token.
    pub(crate) fn admin(&self) -> Id {
        self.administrator.clone()
    }

    /// The plan.
    pub(crate) const fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The runtime, to be asked.
    pub(crate) const fn runtime(&self) -> &Runtime {
        &self.runtime
    }

    /// A user's password.
    pub(crate) fn password(&self, user: &str) -> Option<&str> {
        match &self.options.passwords {
            Some(passwords) => passwords.get(user).map(String::as_str),
            None => Some(&self.options.password),
        }
    }
}
