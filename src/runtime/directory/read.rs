//! The plan, prepared: names looked up once, references resolved, defaults of options filled in.

use rustc_hash::{FxHashMap, FxHashSet};

use super::dated::{DatedSkill, one_level_each};
use super::flow::FlowWork;
use crate::plan::{
    Acceptance, AfterConversationWork, AgentSkill, CapacityModel, CapacityType, Cost, GovernedProfile, Outside,
    Overflow, Plan, Reference, RoutingModel, Settings, Share, SkillLevel, StatusMeaning, SupervisorView, Tables, Time,
    Units,
};
use crate::runtime::contract::{
    DefaultPresence, MOST_WEIGHT, Name, Refusal, RoutingOptions, SkillSource, StartError, WHOLE, What,
};
use crate::runtime::numbers::{AgentIx, ChannelIx, ConfigIx, PresenceIx, QueueIx, SkillIx, StatusIx};

/// A service channel.
#[derive(Debug)]
pub(in crate::runtime) struct Channel {
    pub name: Name,
    /// The project does not have it, so that only its name is known.
    pub is_outside: bool,
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
pub(in crate::runtime) struct StatusField {
    pub field: Name,
    pub meanings: FxHashMap<Name, StatusMeaning>,
    pub checks_owner_change: bool,
    pub checks_status_change: bool,
}

/// A presence status.
#[derive(Debug)]
pub(in crate::runtime) struct Status {
    pub name: Name,
    pub channels: Vec<ChannelIx>,
    pub away: bool,
    pub profiles: Vec<Name>,
}

/// A routing configuration.
#[derive(Debug)]
pub(in crate::runtime) struct Config {
    pub name: Name,
    pub model: Option<RoutingModel>,
    pub priority: Option<i32>,
    pub cost: Cost,
    pub paused_cost: Cost,
    pub capacity_type: CapacityType,
    pub push_timeout: Option<u32>,
    pub overflow: Option<Overflow>,
    pub skills: Vec<SkillIx>,
    pub drop_timeout: Option<u32>,
    pub attribute_based: bool,
}

/// A queue.
#[derive(Debug)]
pub(in crate::runtime) struct Queue {
    pub name: Name,
    pub config: Option<Result<ConfigIx, Name>>,
    pub objects: Vec<(Name, Option<ChannelIx>)>,
}

/// What governs an agent's presence.
#[derive(Debug)]
pub(in crate::runtime) struct Presence {
    /// None for the org's default.
    pub name: Option<Name>,
    /// Primary and interruptible.
    pub capacity: [Units; 2],
    /// False for the org's default, and where the plan does not say the capacity.
    pub is_capacity_known: bool,
    pub auto_accept: bool,
    /// The reasons and the status after it; none: declining is off.
    pub decline: Option<(Vec<Name>, Option<StatusIx>)>,
    pub status_on_push_timeout: Option<StatusIx>,
    pub acw: Option<AfterConversationWork>,
}

/// An active rule: a field value asks for a skill.
#[derive(Debug)]
pub(in crate::runtime) struct Rule {
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
pub(in crate::runtime) struct PlannedAgent {
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
pub(in crate::runtime) struct Names<I> {
    by_name: FxHashMap<Name, u32>,
    what: What,
    kind: std::marker::PhantomData<I>,
}

impl<I: From<u32>> Names<I> {
    fn of<'a>(what: What, names: impl Iterator<Item = &'a Name>) -> Self {
        let by_name = names.zip(0..).map(|(name, number)| (name.clone(), number)).collect();
        Self { by_name, what, kind: std::marker::PhantomData }
    }

    pub(in crate::runtime) fn get(&self, name: &str) -> Option<I> {
        self.by_name.get(name).map(|&number| I::from(number))
    }

    /// All names, in no order.
    pub(in crate::runtime) fn all(&self) -> Vec<Name> {
        self.by_name.keys().cloned().collect()
    }

    /// The number of a name, or the refusal that says that there is no such thing.
    pub(in crate::runtime) fn find(&self, name: &Name) -> Result<I, Refusal> {
        self.get(name).ok_or_else(|| Refusal::Unknown { what: self.what, name: name.clone() })
    }
}

/// The plan, prepared.
#[derive(Debug)]
pub(in crate::runtime) struct Directory {
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
    pub flows: Vec<FlowWork>,
}

impl Directory {
    pub(in crate::runtime) fn of(plan: &Plan, options: &RoutingOptions) -> Result<Self, StartError> {
        if let Some(dangling) = plan.tables.dangling() {
            return Err(nowhere(dangling));
        }
        Reader::of(&plan.tables).read(options)
    }

    pub(in crate::runtime) fn default_presence(&self) -> PresenceIx {
        PresenceIx::from(self.presences.len().saturating_sub(1) as u32)
    }
}

/// The reference that leads nowhere.
fn nowhere(Reference { table, row, field, to, name }: Reference<'_>) -> StartError {
    StartError::Dangling { table, row: row.to_owned(), field, to: to.table(), name: name.to_string() }
}

/// Numbers the rows of each table, and after them the names outside of the project.
struct Reader<'p> {
    tables: &'p Tables,
    channels: Names<ChannelIx>,
    statuses: Names<StatusIx>,
    configs: Names<ConfigIx>,
    presences: Names<PresenceIx>,
    queues: Names<QueueIx>,
    skills: Names<SkillIx>,
    agents: Names<AgentIx>,
}

impl<'p> Reader<'p> {
    fn of(tables: &'p Tables) -> Self {
        let Outside { channels, presence_statuses, skills, .. } = &tables.outside;
        Self {
            tables,
            channels: Names::of(What::ServiceChannel, tables.channels.iter().map(|row| &row.name).chain(channels)),
            statuses: Names::of(
                What::PresenceStatus,
                tables.presence_statuses.iter().map(|row| &row.name).chain(presence_statuses),
            ),
            configs: Names::of(What::RoutingConfiguration, tables.routing_configurations.iter().map(|row| &row.name)),
            presences: Names::of(
                What::PresenceConfiguration,
                tables.presence_configurations.iter().map(|row| &row.name),
            ),
            queues: Names::of(What::Queue, tables.queues.iter().map(|row| &row.name)),
            skills: Names::of(What::Skill, tables.skills.iter().map(|row| &row.name).chain(skills)),
            agents: Names::of(What::Agent, tables.users.iter()),
        }
    }

    fn read(self, options: &RoutingOptions) -> Result<Directory, StartError> {
        let tables = self.tables;
        let mut presences = self.presences()?;
        presences.push(default_presence(&options.default_presence, &self.statuses)?);
        let by_profile =
            |row: &GovernedProfile| Ok((row.profile.clone(), row_of(&self.presences, &row.presence_configuration)?));
        Ok(Directory {
            settings: tables.settings,
            channels: self.channels(),
            statuses: self.statuses()?,
            configs: self.configs()?,
            queues: self.queues()?,
            presences,
            by_profile: tables.governed_by_profile.iter().map(by_profile).collect::<Result<_, StartError>>()?,
            skills: tables.skills.iter().map(|row| &row.name).chain(&tables.outside.skills).cloned().collect(),
            rules: self.rules()?,
            agents: self.agents(options.skill_source)?,
            views: tables.supervisor_views.clone(),
            flows: FlowWork::all(tables),
            channel_names: self.channels,
            status_names: self.statuses,
            config_names: self.configs,
            queue_names: self.queues,
            presence_names: self.presences,
        })
    }

    fn channels(&self) -> Vec<Channel> {
        let settings = self.tables.settings;
        let rows = self.tables.channels.iter().map(|row| Channel {
            name: row.name.clone(),
            is_outside: false,
            object: row.object.clone(),
            status: row
                .status_capacity
                .as_ref()
                .filter(|_| row.capacity_model == CapacityModel::StatusBased && settings.status_based_capacity)
                .map(|status| StatusField {
                    field: status.field.clone(),
                    meanings: status.values.iter().map(|row| (row.value.clone(), row.meaning)).collect(),
                    checks_owner_change: status.checks_owner_change,
                    checks_status_change: status.checks_status_change,
                }),
            auto_accept: row.auto_accept,
            interruptible: row.interruptible,
            acw: row.after_conversation_work,
            secondary: row.secondary_priority.as_ref().filter(|_| settings.secondary_routing_priority).map(|row| {
                let values = row.values.iter().map(|row| (row.value.clone(), row.priority)).collect();
                (row.field.clone(), values)
            }),
        });
        let outside = self.tables.outside.channels.iter().map(|name| Channel {
            name: name.clone(),
            is_outside: true,
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
                name: row.name.clone(),
                channels: rows_of(&self.channels, &row.channels)?,
                away: row.away,
                profiles: row.granted_by_profiles.clone(),
            });
        }
        // Of a status outside of the project nothing is known, so that whoever is in it takes no work.
        rows.extend(self.tables.outside.presence_statuses.iter().map(|name| Status {
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
                name: row.name.clone(),
                model: row.model,
                priority: row.priority,
                cost: in_range(row.cost),
                paused_cost: in_range(row.paused_cost),
                capacity_type: row.capacity_type,
                push_timeout: row.push_timeout_seconds,
                overflow: row.overflow.clone(),
                skills: rows_of(&self.skills, &row.skills)?,
                drop_timeout: row.drop_additional_skills_after_seconds,
                attribute_based: row.attribute_based,
            })
        };
        self.tables.routing_configurations.iter().map(config).collect()
    }

    fn queues(&self) -> Result<Vec<Queue>, StartError> {
        let queue = |row: &crate::plan::Queue| {
            let config = |name: &Name| self.configs.get(name).ok_or_else(|| name.clone());
            let mut objects = Vec::new();
            for object in &row.objects {
                let channel = object.channel.as_ref().map(|channel| row_of(&self.channels, channel)).transpose()?;
                objects.push((object.object.clone(), channel));
            }
            Ok(Queue { name: row.name.clone(), config: row.routing_configuration.as_ref().map(config), objects })
        };
        self.tables.queues.iter().map(queue).collect()
    }

    fn presences(&self) -> Result<Vec<Presence>, StartError> {
        let presence = |row: &crate::plan::PresenceConfiguration| {
            let capacity = row.capacity.unwrap_or_default();
            let status = |status: &Option<Name>| status.as_ref().map(|name| row_of(&self.statuses, name)).transpose();
            Ok(Presence {
                name: Some(row.name.clone()),
                capacity: [capacity, row.interruptible_capacity.unwrap_or(capacity)].map(held),
                is_capacity_known: row.capacity.is_some(),
                auto_accept: row.acceptance == Acceptance::Auto,
                decline: match &row.acceptance {
                    Acceptance::Decline { reasons, status: after } => Some((reasons.clone(), status(after)?)),
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
                object: rule.object.clone(),
                field: Name::from(field),
                value: value.clone(),
                skill: row_of(&self.skills, &rule.skill)?,
                level: rule.level.map(|level| SkillLevel::from_level(f64::from(level))),
                additional: rule.additional,
                priority: rule.drop_priority,
            });
        }
        Ok(rules)
    }

    fn agents(&self, source: SkillSource) -> Result<Vec<PlannedAgent>, StartError> {
        let tables = self.tables;
        let unknown = |name: &Name| PlannedAgent {
            name: name.clone(),
            profile: None,
            presence: None,
            statuses: Vec::new(),
            statuses_complete: false,
            skills: Vec::new(),
            dated: Vec::new(),
            queues: Vec::new(),
            groups: Vec::new(),
        };
        let mut agents: Vec<PlannedAgent> = tables.users.iter().map(unknown).collect();
        let row = |user: &Name| row_of(&self.agents, user).map(AgentIx::at);
        for governed in &tables.governed_by_user {
            agents[row(&governed.user)?].presence = Some(row_of(&self.presences, &governed.presence_configuration)?);
        }
        let routed = (0..).zip(&tables.queues).filter(|(_, queue)| queue.routing_configuration.is_some());
        for (number, queue) in routed {
            for user in queue.agents() {
                agents[row(user)?].queues.push(QueueIx::from(number));
            }
        }
        for known in tables.agents.iter().flatten() {
            let assigned = |held: &AgentSkill| {
                let &AgentSkill { level, from, until, .. } = held;
                Ok(DatedSkill { skill: row_of(&self.skills, &held.skill)?, level, from, until })
            };
            let agent = &mut agents[row(&known.user)?];
            let presence = known.presence_configuration.as_ref();
            agent.profile.clone_from(&known.profile);
            agent.presence = presence.map(|name| row_of(&self.presences, name)).transpose()?;
            agent.statuses = rows_of(&self.statuses, &known.statuses)?;
            agent.statuses_complete = known.statuses_complete;
            agent.dated = known.skills.iter().map(assigned).collect::<Result<_, StartError>>()?;
            agent.queues = rows_of(&self.queues, &known.queues)?;
            agent.groups.clone_from(&known.groups);
        }
        if source == SkillSource::Both {
            let has_profile = |(number, agent): (usize, &PlannedAgent)| agent.profile.as_ref().map(|_| number);
            let with_profile: Vec<usize> = agents.iter().enumerate().filter_map(has_profile).collect();
            for (skill, held) in (0..).map(SkillIx::from).zip(&tables.skills) {
                let named = held.users.iter().map(row).collect::<Result<FxHashSet<usize>, _>>()?;
                // Of many agents, few have a skill by name.
                let by_profile = if held.profiles.is_empty() { &[][..] } else { &with_profile };
                let mut some: Vec<usize> = named.iter().chain(by_profile).copied().collect();
                some.sort_unstable();
                some.dedup();
                for number in some {
                    let agent = &mut agents[number];
                    let by_profile = || agent.profile.as_ref().is_some_and(|own| held.profiles.contains(own));
                    // What a record says of the skill counts, dates included.
                    let is_recorded = || agent.dated.iter().any(|row| row.skill == skill);
                    if (named.contains(&number) || by_profile()) && !is_recorded() {
                        agent.dated.push(DatedSkill { skill, level: None, from: None, until: None });
                    }
                }
            }
        }
        for agent in &mut agents {
            split_by_dates(agent);
            agent.queues.sort();
            agent.queues.dedup();
        }
        Ok(agents)
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
    let status = |name: &str| statuses.get(name).ok_or_else(|| StartError::UnknownStatus(name.to_owned()));
    let decline = match &given.acceptance {
        Acceptance::Decline { reasons, status: after } => {
            Some((reasons.clone(), after.as_deref().map(status).transpose()?))
        }
        Acceptance::Auto | Acceptance::Manual => None,
    };
    let most = Units::from_units(MOST_BY_DEFAULT);
    let wrong = |units: &Units| *units < Units(0) || *units > most;
    if let Some(units) = [Some(given.capacity), given.interruptible_capacity].into_iter().flatten().find(wrong) {
        return Err(StartError::Capacity { given: units, most });
    }
    Ok(Presence {
        name: None,
        capacity: [given.capacity, given.interruptible_capacity.unwrap_or(given.capacity)].map(held),
        is_capacity_known: false,
        auto_accept: given.acceptance == Acceptance::Auto,
        decline,
        status_on_push_timeout: given.status_on_push_timeout.as_deref().map(status).transpose()?,
        acw: None,
    })
}

/// The most capacity that the default presence may have, in units. Salesforce's own has five; more than this was written
/// for a version in which 10,000 stood for one unit.
const MOST_BY_DEFAULT: f64 = 9_999.0;

/// Nobody has less than no capacity.
fn held(capacity: Units) -> Units {
    capacity.clamp(Units(0), MOST_WEIGHT)
}

/// Nothing gives capacity back by being assigned, and what no org can hold is cut off, so that sums stay exact.
fn in_range(cost: Cost) -> Cost {
    match cost {
        Cost::Units(units) => Cost::Units(units.clamp(Units(0), MOST_WEIGHT)),
        Cost::Share(share) => Cost::Share(share.clamp(Share(0), WHOLE)),
    }
}

fn rows_of<I: From<u32>>(names: &Names<I>, references: &[Name]) -> Result<Vec<I>, StartError> {
    references.iter().map(|name| row_of(names, name)).collect()
}

/// The number of a row. That each reference leads to one has been seen already.
fn row_of<I: From<u32>>(names: &Names<I>, name: &Name) -> Result<I, StartError> {
    names.get(name).ok_or_else(|| StartError::Unseen(name.clone()))
}

/// The number of an agent that the plan knows.
pub(in crate::runtime) fn planned(number: usize) -> AgentIx {
    AgentIx::from(number as u32)
}
