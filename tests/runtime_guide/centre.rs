//! A small contact centre, as the tables of a plan. Tests change what they are about.

use omnic::plan::{
    Acceptance, Agent, AgentSkill, CapacityModel, Channel, Compiler, Cost, FORMAT, GovernedProfile, GovernedUser,
    Members, Name, Plan, PresenceConfiguration, PresenceStatus, Queue, QueueObject, RoutingConfiguration, RoutingModel,
    Settings, Skill, SkillLevel, SkillRule, StatusCapacity, StatusMeaning, SupervisorView, Tables, Units, ValueMeaning,
};

/// The tables. Names and order of rows: [`CHANNELS`] and so on.
pub(crate) struct Centre(pub(crate) Tables);

const CHANNELS: [(&str, &str); 5] = [
    ("Calls", "VoiceCall"),
    ("Cases", "Case"),
    ("Chats", "LiveChatTranscript"),
    ("Emails", "Email__c"),
    ("Orders", "Order"),
];
const STATUSES: [(&str, &[&str]); 4] = [
    ("Available", &["Calls", "Cases", "Chats", "Emails", "Orders"]),
    ("Busy", &[]),
    ("Cases_Only", &["Cases"]),
    ("Lunch", &[]),
];
const USERS: [&str; 5] = ["ana", "ben", "cem", "sam", "zoe"];
const CONFIGS: [(&str, RoutingModel, i32); 5] = [
    ("External", RoutingModel::External, 1),
    ("Least", RoutingModel::LeastActive, 1),
    ("Low", RoutingModel::LeastActive, 9),
    ("Most", RoutingModel::MostAvailable, 1),
    ("Skilled", RoutingModel::LeastActive, 1),
];
/// Name, routing configuration, channel.
const QUEUES: [(&str, Option<&str>, usize); 10] = [
    ("Backlog", None, 1),
    ("Calls", Some("Least"), 0),
    ("Cases", Some("Least"), 1),
    ("Chats", Some("Most"), 2),
    ("Emails", Some("Least"), 3),
    ("Languages", Some("Skilled"), 1),
    ("Low_Cases", Some("Low"), 1),
    ("Most_Cases", Some("Most"), 1),
    ("Orders", Some("Least"), 4),
    ("Partner", Some("External"), 2),
];
const SKILLS: [&str; 3] = ["French", "German", "Refunds"];

/// Units of capacity.
pub(crate) fn units(units: f64) -> Units {
    Units::from_units(units)
}

/// A skill of an agent.
pub(crate) fn held(skill: &str, level: f64) -> AgentSkill {
    AgentSkill { skill: skill.into(), level: Some(SkillLevel::from_level(level)), ..AgentSkill::default() }
}

impl Centre {
    /// Three agents, `ana`, `ben` and `cem`, of five units each, in every queue; `zoe` in none; the supervisor `sam`.
    /// Work costs one unit. `Available` offers every channel, `Busy` and `Lunch` none.
    pub(crate) fn new() -> Self {
        let queues: Vec<Queue> = QUEUES.iter().map(|&(name, config, channel)| queue(name, config, channel)).collect();
        let routed = |queue: &&Queue| queue.routing_configuration.is_some() && !queue.agents().is_empty();
        let member_of: Vec<Name> = queues.iter().filter(routed).map(|queue| queue.name.clone()).collect();
        Self(Tables {
            settings: Settings {
                known: true,
                omni_channel: true,
                skills_based_routing: true,
                secondary_routing_priority: true,
                status_based_capacity: true,
            },
            channels: CHANNELS.iter().map(|&(name, object)| channel(name, object)).collect(),
            presence_statuses: STATUSES.iter().map(|&(name, channels)| status(name, channels)).collect(),
            decline_reasons: vec!["Not_My_Job".into(), "Too_Busy".into()],
            presence_configurations: vec![presence("Agents", 5.0), presence("Seniors", 10.0)],
            users: USERS.map(Into::into).to_vec(),
            routing_configurations: CONFIGS
                .iter()
                .map(|&(name, model, priority)| config(name, model, priority))
                .collect(),
            queues,
            skills: SKILLS.map(|name| Skill { name: name.into(), ..Skill::default() }).to_vec(),
            agents: Some(
                ["ana", "ben", "cem", "zoe"]
                    .map(|user| agent(user, if user == "zoe" { &[] } else { &member_of }))
                    .to_vec(),
            ),
            ..Tables::default()
        })
    }

    /// The plan, in which names that have no row are the org's.
    pub(crate) fn plan(mut self) -> Plan {
        self.0.outside = self.0.named_outside();
        Plan {
            format: FORMAT,
            compiler: Compiler { name: "omnic".to_owned(), version: "0".to_owned() },
            api_version: "66".to_owned(),
            digest: self.0.digest(),
            filled_in: Vec::new(),
            left_out: Vec::new(),
            tables: self.0,
            display: None,
            provenance: None,
        }
    }

    pub(crate) fn channel(&mut self, name: &str) -> &mut Channel {
        self.0.channels.iter_mut().find(|row| row.name == name).unwrap()
    }

    pub(crate) fn config(&mut self, name: &str) -> &mut RoutingConfiguration {
        self.0.routing_configurations.iter_mut().find(|row| row.name == name).unwrap()
    }

    pub(crate) fn queue(&mut self, name: &str) -> &mut Queue {
        self.0.queues.iter_mut().find(|row| row.name == name).unwrap()
    }

    pub(crate) fn presence(&mut self, name: &str) -> &mut PresenceConfiguration {
        self.0.presence_configurations.iter_mut().find(|row| row.name == name).unwrap()
    }

    pub(crate) fn agent(&mut self, name: &str) -> &mut Agent {
        self.0.agents.iter_mut().flatten().find(|row| row.user == name).unwrap()
    }

    /// Lets the agents decline, with a status after that.
    pub(crate) fn decline_to(&mut self, status: Option<&str>) {
        let status = status.map(Into::into);
        self.presence("Agents").acceptance = Acceptance::Decline { reasons: Vec::new(), status };
    }

    pub(crate) fn capacity(&mut self, of: &str, capacity: f64) {
        let row = self.presence(of);
        row.capacity = Some(units(capacity));
        row.interruptible_capacity = Some(units(capacity));
    }

    pub(crate) fn govern_user(&mut self, user: &str, presence: &str) {
        self.0.governed_by_user.push(GovernedUser { user: user.into(), presence_configuration: presence.into() });
    }

    pub(crate) fn govern_profile(&mut self, profile: &str, presence: &str) {
        let (profile, presence_configuration) = (profile.into(), presence.into());
        self.0.governed_by_profile.push(GovernedProfile { profile, presence_configuration });
    }

    /// A view for `sam` that lists nothing.
    pub(crate) fn view(&mut self) -> &mut SupervisorView {
        self.0.supervisor_views.push(SupervisorView {
            name: "Leads".into(),
            users: vec!["sam".into()],
            ..SupervisorView::default()
        });
        self.0.supervisor_views.last_mut().unwrap()
    }

    /// A value of a field of `Case` that asks for a skill.
    pub(crate) fn rule(&mut self, value: &str, skill: &str, level: Option<i32>) -> &mut SkillRule {
        self.0.skill_rules.push(SkillRule {
            object: "Case".into(),
            field: "Case.Language__c".into(),
            value: Some(value.into()),
            skill: skill.into(),
            level,
            set: "Case_Skills".into(),
            ..SkillRule::default()
        });
        self.0.skill_rules.last_mut().unwrap()
    }
}

fn channel(name: &str, object: &str) -> Channel {
    let status_based = name == "Orders";
    let meaning = |value: &str, meaning| ValueMeaning { value: value.into(), meaning };
    Channel {
        name: name.into(),
        object: Some(object.into()),
        capacity_model: if status_based { CapacityModel::StatusBased } else { CapacityModel::TabBased },
        interruptible: name == "Emails",
        status_capacity: status_based.then(|| StatusCapacity {
            field: "Status".into(),
            values: vec![
                meaning("Done", StatusMeaning::Completed),
                meaning("On Hold", StatusMeaning::Paused),
                meaning("Working", StatusMeaning::InProgress),
            ],
            ..StatusCapacity::default()
        }),
        ..Channel::default()
    }
}

fn status(name: &str, channels: &[&str]) -> PresenceStatus {
    PresenceStatus {
        name: name.into(),
        channels: channels.iter().map(|&channel| channel.into()).collect(),
        away: channels.is_empty(),
        ..PresenceStatus::default()
    }
}

fn presence(name: &str, capacity: f64) -> PresenceConfiguration {
    PresenceConfiguration {
        name: name.into(),
        capacity: Some(units(capacity)),
        interruptible_capacity: Some(units(capacity)),
        acceptance: Acceptance::Decline { reasons: Vec::new(), status: None },
        ..PresenceConfiguration::default()
    }
}

fn config(name: &str, model: RoutingModel, priority: i32) -> RoutingConfiguration {
    RoutingConfiguration {
        name: name.into(),
        model: Some(model),
        priority: Some(priority),
        cost: Cost::Units(units(1.0)),
        attribute_based: name == "Skilled",
        ..RoutingConfiguration::default()
    }
}

fn queue(name: &str, config: Option<&str>, channel: usize) -> Queue {
    let attribute_based = name == "Languages";
    let agents = if attribute_based { Vec::new() } else { ["ana", "ben", "cem"].map(Into::into).to_vec() };
    let object =
        |channel: usize| QueueObject { object: CHANNELS[channel].1.into(), channel: Some(CHANNELS[channel].0.into()) };
    let mut objects = vec![object(channel)];
    if config.is_none() {
        objects.push(object(4));
    }
    Queue {
        name: name.into(),
        routing_configuration: config.map(Into::into),
        objects,
        members: Members { users: agents.clone(), ..Members::default() },
        agents: Some(agents),
        agents_complete: !attribute_based,
    }
}

fn agent(user: &str, queues: &[Name]) -> Agent {
    Agent {
        user: user.into(),
        profile: Some("support".into()),
        presence_configuration: Some("Agents".into()),
        statuses: STATUSES.map(|(name, _)| name.into()).to_vec(),
        statuses_complete: true,
        queues: queues.to_vec(),
        ..Agent::default()
    }
}
