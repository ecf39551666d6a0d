//! The plan, prepared: names looked up once, references resolved, defaults of options filled in.

use rustc_hash::{FxHashMap, FxHashSet};

use super::by_flow::FlowWork;
use super::event::Name;
use super::index_types::{AgentIx, ChannelIx, ConfigIx, PresenceIx, QueueIx, SkillIx, StatusIx};
use super::options::RoutingOptions;
use super::refusal::{Refusal, What};
use super::skills::one_level_each;
use super::state::DatedSkill;
use super::{DefaultPresence, SkillSource, StartError, Time};
use crate::plan::{
    Acceptance, AfterConversationWork, AgentSkill, CapacityModel, CapacityType, Cost, Overflow, Plan, Ref,
    RoutingModel, Settings, Share, SkillLevel, StatusMeaning, SupervisorView, Tables, Units,
};

/// A service channel.
#[derive(Debug)]
pub(super) struct Channel {
    pub name: Name,
    pub object: Option<Name>,
    /// The status field, if work is status-based: its name and what its values mean.
    pub status: Option<StatusField>,
    pub auto_accept: bool,
    pub interruptible: bool,
    pub acw: Option<AfterConversationWork>,
    /// The field and its values' priorities, if the org uses them.
    pub secondary: Option<(Name, FxHashMap<Name, i32>)>,
}

/// What a status field says of capacity.
#[derive(Debug)]
pub(super) struct StatusField {
    pub field: Name,
    pub meanings: FxHashMap<Name, StatusMeaning>,
    pub checks_owner_change: bool,
    pub checks_status_change: bool,
}

/// A presence status.
#[derive(Debug)]
pub(super) struct Status {
    pub name: Name,
    pub channels: Vec<ChannelIx>,
    pub away: bool,
    pub profiles: Vec<Name>,
}

/// A routing configuration.
#[derive(Debug)]
pub(super) struct Config {
    pub name: Name,
    pub model: Option<RoutingModel>,
    pub priority: Option<i32>,
    pub cost: Cost,
    pub paused_cost: Cost,
    pub capacity_type: CapacityType,
    pub push_timeout: Option<u32>,
    pub overflow: Option<OverflowTo>,
    pub skills: Vec<SkillIx>,
    pub drop_timeout: Option<u32>,
    pub attribute_based: bool,
}

/// Who gets work above the org's limits.
#[derive(Clone, Debug)]
pub(super) enum OverflowTo {
    Queue(Name),
    User(Name),
}

/// A queue.
#[derive(Debug)]
pub(super) struct Queue {
    pub name: Name,
    pub config: Option<Result<ConfigIx, Name>>,
    pub objects: Vec<(Name, Option<ChannelIx>)>,
}

/// What governs an agent's presence.
#[derive(Debug)]
pub(super) struct Presence {
    /// Primary and interruptible.
    pub capacity: [Units; 2],
    pub auto_accept: bool,
    /// The reasons and the status after it; none: declining is off.
    pub decline: Option<(Vec<Name>, Option<StatusIx>)>,
    pub status_on_push_timeout: Option<StatusIx>,
    pub acw: Option<AfterConversationWork>,
}

/// An active rule: a field value asks for a skill.
#[derive(Debug)]
pub(super) struct Rule {
    pub object: Name,
    /// Without the object.
    pub field: Name,
    pub value: Name,
    pub skill: SkillIx,
    pub level: Option<SkillLevel>,
    pub additional: bool,
    pub priority: Option<i32>,
}

/// An agent, as the plan knows one.
#[derive(Debug)]
pub(super) struct PlannedAgent {
    pub name: Name,
    pub profile: Option<Name>,
    pub presence: Option<PresenceIx>,
    pub statuses: Vec<StatusIx>,
    pub statuses_complete: bool,
    pub skills: Vec<(SkillIx, Option<SkillLevel>)>,
    /// All assignments of skills of which some have dates.
    pub dated: Vec<DatedSkill>,
    pub queues: Vec<QueueIx>,
    pub groups: Vec<Name>,
}

/// Names of one kind of thing, each with its number.
#[derive(Debug)]
pub(super) struct Names<I> {
    by_name: FxHashMap<Name, u32>,
    what: What,
    kind: std::marker::PhantomData<I>,
}

impl<I: From<u32>> Names<I> {
    fn of<'a>(what: What, names: impl Iterator<Item = &'a Name>) -> Self {
        let by_name = names.zip(0..).map(|(name, number)| (name.clone(), number)).collect();
        Self { by_name, what, kind: std::marker::PhantomData }
    }

    pub(super) fn get(&self, name: &str) -> Option<I> {
        self.by_name.get(name).map(|&number| I::from(number))
    }

    /// All names, in no order.
    pub(super) fn all(&self) -> Vec<Name> {
        self.by_name.keys().cloned().collect()
    }

    /// The number of a name, or the refusal that says that there is no such thing.
    pub(super) fn find(&self, name: &Name) -> Result<I, Refusal> {
        self.get(name).ok_or_else(|| Refusal::Unknown { what: self.what, name: name.clone() })
    }
}

/// The plan, prepared.
#[derive(Debug)]
pub(super) struct Directory {
    pub settings: Settings,
    pub channels: Vec<Channel>,
    pub channel_names: Names<ChannelIx>,
    pub statuses: Vec<Status>,
    pub status_names: Names<StatusIx>,
    pub configs: Vec<Config>,
    pub config_names: Names<ConfigIx>,
    pub queues: Vec<Queue>,
    pub queue_names: Names<QueueIx>,
    /// The plan's, and last the org's default.
    pub presences: Vec<Presence>,
    pub presence_names: Names<PresenceIx>,
    pub by_profile: Vec<(Name, PresenceIx)>,
    pub skills: Vec<Name>,
    pub rules: Vec<Rule>,
    pub agents: Vec<PlannedAgent>,
    pub views: Vec<SupervisorView>,
    pub users: Vec<Name>,
    pub flows: Vec<FlowWork>,
}

impl Directory {
    pub(super) fn of(plan: &Plan, options: &RoutingOptions) -> Result<Self, StartError> {
        Reader { tables: &plan.tables, outside: Outside::of(&plan.tables) }.read(options)
    }

    pub(super) fn default_presence(&self) -> PresenceIx {
        PresenceIx::from(self.presences.len().saturating_sub(1) as u32)
    }
}

/// The names that the plan mentions and the project does not define, after the rows of each table.
struct Outside {
    channels: Vec<Name>,
    statuses: Vec<Name>,
    skills: Vec<Name>,
}

impl Outside {
    fn of(tables: &Tables) -> Self {
        let channels = tables.presence_statuses.iter().flat_map(|status| &status.channels);
        let held = tables.queues.iter().flat_map(|queue| &queue.objects).filter_map(|object| object.channel.as_ref());
        let statuses = tables.presence_configurations.iter().flat_map(|presence| {
            let declined = match &presence.acceptance {
                Acceptance::Decline { status, .. } => status.as_ref(),
                _ => None,
            };
            presence.status_on_push_timeout.iter().chain(declined)
        });
        let agents = || tables.agents.iter().flatten();
        let statuses = statuses.chain(agents().flat_map(|agent| &agent.statuses));
        let skills = tables.routing_configurations.iter().flat_map(|config| &config.skills);
        let skills = skills.chain(tables.skill_rules.iter().map(|rule| &rule.skill));
        let skills = skills.chain(agents().flat_map(|agent| agent.skills.iter().map(|skill| &skill.skill)));
        let skills = skills.chain(tables.supervisor_views.iter().flat_map(|view| &view.skills));
        Self { channels: names(channels.chain(held)), statuses: names(statuses), skills: names(skills) }
    }
}

fn names<'a>(refs: impl Iterator<Item = &'a Ref>) -> Vec<Name> {
    let mut names: Vec<Name> = refs
        .filter_map(|reference| match reference {
            Ref::Outside(name) => Some(Name::from(name.as_str())),
            Ref::Row(_) => None,
        })
        .collect();
    names.sort();
    names.dedup();
    names
}

struct Reader<'p> {
    tables: &'p Tables,
    outside: Outside,
}

impl Reader<'_> {
    fn read(&self, options: &RoutingOptions) -> Result<Directory, StartError> {
        let tables = self.tables;
        let channels = self.channels();
        let statuses = self.statuses()?;
        let configs = self.configs()?;
        let queues = self.queues()?;
        let skills = joined(tables.skills.iter().map(|skill| skill.name.as_str()), &self.outside.skills);
        let status_names = Names::of(What::PresenceStatus, statuses.iter().map(|row| &row.name));
        let mut presences = self.presences()?;
        for row in &tables.governed_by_profile {
            row_of(&tables.presence_configurations, row.presence_configuration, "presence_configurations")?;
        }
        presences.push(default_presence(&options.default_presence, &status_names)?);
        let users: Vec<Name> = tables.users.iter().map(|user| Name::from(user.as_str())).collect();
        let presence_rows: Vec<Name> =
            tables.presence_configurations.iter().map(|row| Name::from(row.name.as_str())).collect();
        Ok(Directory {
            settings: tables.settings,
            channel_names: Names::of(What::ServiceChannel, channels.iter().map(|row| &row.name)),
            status_names,
            config_names: Names::of(What::RoutingConfiguration, configs.iter().map(|row| &row.name)),
            queue_names: Names::of(What::Queue, queues.iter().map(|row| &row.name)),
            presence_names: Names::of(What::PresenceConfiguration, presence_rows.iter()),
            by_profile: tables
                .governed_by_profile
                .iter()
                .map(|row| (Name::from(row.profile.as_str()), PresenceIx::from(row.presence_configuration)))
                .collect(),
            rules: self.rules()?,
            agents: self.agents(&users, &queues, options.skill_source)?,
            views: tables.supervisor_views.clone(),
            channels,
            statuses,
            configs,
            queues,
            presences,
            skills,
            users,
            flows: FlowWork::all(tables),
        })
    }

    fn channels(&self) -> Vec<Channel> {
        let settings = self.tables.settings;
        let rows = self.tables.channels.iter().map(|row| Channel {
            name: Name::from(row.name.as_str()),
            object: row.object.as_deref().map(Name::from),
            status: row
                .status_capacity
                .as_ref()
                .filter(|_| row.capacity_model == CapacityModel::StatusBased && settings.status_based_capacity)
                .map(|status| StatusField {
                    field: Name::from(status.field.as_str()),
                    meanings: status.values.iter().map(|row| (Name::from(row.value.as_str()), row.meaning)).collect(),
                    checks_owner_change: status.checks_owner_change,
                    checks_status_change: status.checks_status_change,
                }),
            auto_accept: row.auto_accept,
            interruptible: row.interruptible,
            acw: row.after_conversation_work,
            secondary: row.secondary_priority.as_ref().filter(|_| settings.secondary_routing_priority).map(|row| {
                let values = row.values.iter().map(|row| (Name::from(row.value.as_str()), row.priority)).collect();
                (Name::from(row.field.as_str()), values)
            }),
        });
        let outside = self.outside.channels.iter().map(|name| Channel {
            name: name.clone(),
            object: None,
            status: None,
            auto_accept: false,
            interruptible: false,
            acw: None,
            secondary: None,
        });
        rows.chain(outside).collect()
    }

    fn statuses(&self) -> Result<Vec<Status>, StartError> {
        let mut rows = Vec::new();
        for row in &self.tables.presence_statuses {
            rows.push(Status {
                name: Name::from(row.name.as_str()),
                channels: row.channels.iter().map(|channel| self.channel(channel)).collect::<Result<_, _>>()?,
                away: row.away,
                profiles: row.granted_by_profiles.iter().map(|profile| Name::from(profile.as_str())).collect(),
            });
        }
        // Of a status outside of the project nothing is known, so that whoever is in it takes no work.
        rows.extend(self.outside.statuses.iter().map(|name| Status {
            name: name.clone(),
            channels: Vec::new(),
            away: true,
            profiles: Vec::new(),
        }));
        Ok(rows)
    }

    fn configs(&self) -> Result<Vec<Config>, StartError> {
        let config = |row: &crate::plan::RoutingConfiguration| {
            Ok(Config {
                name: Name::from(row.name.as_str()),
                model: row.model,
                priority: row.priority,
                cost: not_negative(row.cost),
                paused_cost: not_negative(row.paused_cost),
                capacity_type: row.capacity_type,
                push_timeout: row.push_timeout_seconds,
                overflow: match &row.overflow {
                    None => None,
                    Some(Overflow::Queue(Ref::Outside(name))) => Some(OverflowTo::Queue(Name::from(name.as_str()))),
                    Some(Overflow::Queue(Ref::Row(queue))) => {
                        let queue = row_of(&self.tables.queues, *queue, "queues")?;
                        Some(OverflowTo::Queue(Name::from(queue.name.as_str())))
                    }
                    Some(Overflow::User(user)) => {
                        Some(OverflowTo::User(Name::from(row_of(&self.tables.users, *user, "users")?.as_str())))
                    }
                },
                skills: row.skills.iter().map(|skill| self.skill(skill)).collect::<Result<_, _>>()?,
                drop_timeout: row.drop_additional_skills_after_seconds,
                attribute_based: row.attribute_based,
            })
        };
        self.tables.routing_configurations.iter().map(config).collect()
    }

    fn queues(&self) -> Result<Vec<Queue>, StartError> {
        let queue = |row: &crate::plan::Queue| {
            let config = match &row.routing_configuration {
                None => None,
                Some(Ref::Outside(name)) => Some(Err(Name::from(name.as_str()))),
                Some(Ref::Row(config)) => {
                    row_of(&self.tables.routing_configurations, *config, "routing_configurations")?;
                    Some(Ok(ConfigIx::from(*config)))
                }
            };
            let mut objects = Vec::new();
            for object in &row.objects {
                let channel = object.channel.as_ref().map(|channel| self.channel(channel)).transpose()?;
                objects.push((Name::from(object.object.as_str()), channel));
            }
            Ok(Queue { name: Name::from(row.name.as_str()), config, objects })
        };
        self.tables.queues.iter().map(queue).collect()
    }

    fn presences(&self) -> Result<Vec<Presence>, StartError> {
        let presence = |row: &crate::plan::PresenceConfiguration| {
            let capacity = row.capacity.unwrap_or_default();
            let status = |status: &Option<Ref>| status.as_ref().map(|status| self.status(status)).transpose();
            Ok(Presence {
                capacity: [capacity, row.interruptible_capacity.unwrap_or(capacity)],
                auto_accept: row.acceptance == Acceptance::Auto,
                decline: match &row.acceptance {
                    Acceptance::Decline { reasons, status: after } => {
                        let reason = |reason: &Ref| match reason {
                            Ref::Outside(name) => Ok(Name::from(name.as_str())),
                            Ref::Row(reason) => row_of(&self.tables.decline_reasons, *reason, "decline_reasons")
                                .map(|name| Name::from(name.as_str())),
                        };
                        Some((reasons.iter().map(reason).collect::<Result<_, StartError>>()?, status(after)?))
                    }
                    Acceptance::Auto | Acceptance::Manual => None,
                },
                status_on_push_timeout: status(&row.status_on_push_timeout)?,
                acw: row.after_conversation_work,
            })
        };
        self.tables.presence_configurations.iter().map(presence).collect()
    }

    fn rules(&self) -> Result<Vec<Rule>, StartError> {
        let mut rules = Vec::new();
        for rule in self.tables.skill_rules.iter().filter(|rule| rule.active) {
            let Some(value) = &rule.value else { continue };
            let field = rule.field.split_once('.').map_or(rule.field.as_str(), |(_, field)| field);
            rules.push(Rule {
                object: Name::from(rule.object.as_str()),
                field: Name::from(field),
                value: Name::from(value.as_str()),
                skill: self.skill(&rule.skill)?,
                level: rule.level.map(|level| SkillLevel::from_level(f64::from(level))),
                additional: rule.additional,
                priority: rule.drop_priority,
            });
        }
        Ok(rules)
    }

    fn agents(&self, users: &[Name], queues: &[Queue], source: SkillSource) -> Result<Vec<PlannedAgent>, StartError> {
        let tables = self.tables;
        let mut agents: Vec<PlannedAgent> = users
            .iter()
            .map(|name| PlannedAgent {
                name: name.clone(),
                profile: None,
                presence: None,
                statuses: Vec::new(),
                statuses_complete: false,
                skills: Vec::new(),
                dated: Vec::new(),
                queues: Vec::new(),
                groups: Vec::new(),
            })
            .collect();
        let agent = |agents: &mut [PlannedAgent], user: u32| match agents.get(user as usize) {
            Some(_) => Ok(user as usize),
            None => Err(missing("users", user)),
        };
        for row in &tables.governed_by_user {
            let user = agent(&mut agents, row.user)?;
            agents[user].presence = Some(PresenceIx::from(row.presence_configuration));
        }
        for (queue, row) in tables.queues.iter().enumerate().filter(|(queue, _)| queues[*queue].config.is_some()) {
            for &user in &row.agents {
                let user = agent(&mut agents, user)?;
                agents[user].queues.push(QueueIx::from(queue as u32));
            }
        }
        for row in tables.agents.iter().flatten() {
            let user = agent(&mut agents, row.user)?;
            let assigned = |held: &AgentSkill| {
                let &AgentSkill { level, from, until, .. } = held;
                Ok(DatedSkill { skill: self.skill(&held.skill)?, level, from, until })
            };
            let known = &mut agents[user];
            known.profile = row.profile.as_deref().map(Name::from);
            known.presence = row.presence_configuration.map(PresenceIx::from);
            known.statuses = row.statuses.iter().map(|status| self.status(status)).collect::<Result<_, _>>()?;
            known.statuses_complete = row.statuses_complete;
            known.dated = row.skills.iter().map(assigned).collect::<Result<_, StartError>>()?;
            known.queues = row.queues.iter().map(|&queue| QueueIx::from(queue)).collect();
            known.groups = row.groups.iter().map(|group| Name::from(group.as_str())).collect();
        }
        if source == SkillSource::Both {
            for (skill, row) in (0..).zip(&tables.skills) {
                let named = row.users.iter().map(|&user| agent(&mut agents, user)).collect::<Result<Vec<_>, _>>()?;
                for (user, known) in agents.iter_mut().enumerate() {
                    let by_profile = || {
                        known.profile.as_ref().is_some_and(|own| row.profiles.iter().any(|profile| **profile == **own))
                    };
                    if named.contains(&user) || by_profile() {
                        let skill = SkillIx::from(skill);
                        // What a record says of the skill counts, dates included.
                        if known.dated.iter().all(|row| row.skill != skill) {
                            known.dated.push(DatedSkill { skill, level: None, from: None, until: None });
                        }
                    }
                }
            }
        }
        for known in &mut agents {
            split_by_dates(known);
            known.queues.sort();
            known.queues.dedup();
            let exists = |presence: PresenceIx| presence.at() < tables.presence_configurations.len();
            if known.presence.is_some_and(|presence| !exists(presence)) {
                return Err(StartError::Plan("an agent's presence configuration is not there".to_owned()));
            }
            if known.queues.last().is_some_and(|queue| queue.at() >= queues.len()) {
                return Err(StartError::Plan("an agent's queue is not there".to_owned()));
            }
        }
        Ok(agents)
    }

    fn channel(&self, reference: &Ref) -> Result<ChannelIx, StartError> {
        number(reference, self.tables.channels.len(), &self.outside.channels, "channels").map(ChannelIx::from)
    }

    fn status(&self, reference: &Ref) -> Result<StatusIx, StartError> {
        let rows = self.tables.presence_statuses.len();
        number(reference, rows, &self.outside.statuses, "presence_statuses").map(StatusIx::from)
    }

    fn skill(&self, reference: &Ref) -> Result<SkillIx, StartError> {
        number(reference, self.tables.skills.len(), &self.outside.skills, "skills").map(SkillIx::from)
    }
}

/// Keeps with their dates the assignments of those skills alone that have any. One that ends before it begins never counts.
fn split_by_dates(agent: &mut PlannedAgent) {
    let mut assigned = std::mem::take(&mut agent.dated);
    assigned.retain(|row| row.until.is_none_or(|until| row.from.unwrap_or(Time::BEGINNING) < until));
    let has_dates = |row: &DatedSkill| row.from.is_some() || row.until.is_some();
    let with_dates: FxHashSet<SkillIx> = assigned.iter().filter(|row| has_dates(row)).map(|row| row.skill).collect();
    let (dated, always): (Vec<_>, Vec<_>) = assigned.into_iter().partition(|row| with_dates.contains(&row.skill));
    agent.dated = dated;
    agent.skills = always.into_iter().map(|row| (row.skill, row.level)).collect();
    one_level_each(&mut agent.skills);
}

/// The org's default, of which options say what it holds.
fn default_presence(given: &DefaultPresence, statuses: &Names<StatusIx>) -> Result<Presence, StartError> {
    let status = |name: &str| {
        let unknown = || {
            StartError::Option(format!("the default presence names the status `{name}`, which the plan does not have"))
        };
        statuses.get(name).ok_or_else(unknown)
    };
    let decline = match &given.acceptance {
        Acceptance::Decline { reasons, status: after } => {
            let by_name = |reference: &Ref| match reference {
                Ref::Outside(name) => Ok(Name::from(name.as_str())),
                Ref::Row(_) => Err(StartError::Option("the default presence takes names, not rows".to_owned())),
            };
            let reasons = reasons.iter().map(by_name).collect::<Result<_, _>>()?;
            let after = after.as_ref().map(|after| by_name(after).and_then(|name| status(&name))).transpose()?;
            Some((reasons, after))
        }
        Acceptance::Auto | Acceptance::Manual => None,
    };
    Ok(Presence {
        capacity: [given.capacity, given.interruptible_capacity.unwrap_or(given.capacity)],
        auto_accept: given.acceptance == Acceptance::Auto,
        decline,
        status_on_push_timeout: given.status_on_push_timeout.as_deref().map(status).transpose()?,
        acw: None,
    })
}

/// Nothing gives capacity back by being assigned.
fn not_negative(cost: Cost) -> Cost {
    match cost {
        Cost::Units(units) => Cost::Units(units.max(Units(0))),
        Cost::Share(share) => Cost::Share(share.max(Share(0))),
    }
}

fn joined<'a>(rows: impl Iterator<Item = &'a str>, outside: &[Name]) -> Vec<Name> {
    rows.map(Name::from).chain(outside.iter().cloned()).collect()
}

fn number(reference: &Ref, rows: usize, outside: &[Name], table: &str) -> Result<u32, StartError> {
    match reference {
        Ref::Row(row) if (*row as usize) < rows => Ok(*row),
        Ref::Row(row) => Err(missing(table, *row)),
        Ref::Outside(name) => match outside.binary_search_by(|known| (**known).cmp(name)) {
            Ok(place) => Ok((rows + place) as u32),
            Err(_) => Err(StartError::Plan(format!("`{name}` is named in a place that was not looked at"))),
        },
    }
}

fn row_of<'t, T>(table: &'t [T], row: u32, name: &str) -> Result<&'t T, StartError> {
    table.get(row as usize).ok_or_else(|| missing(name, row))
}

fn missing(table: &str, row: u32) -> StartError {
    StartError::Plan(format!("the table `{table}` has no row {row}"))
}

/// The number of an agent that the plan knows.
pub(super) fn planned(number: usize) -> AgentIx {
    AgentIx::from(number as u32)
}
