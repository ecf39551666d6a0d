//! A small contact centre, as the tables of a plan. Tests change what they are about.

use omnic::plan::{
    Acceptance, Agent, AgentSkill, CapacityModel, CapacityType, Channel, Compiler, Cost, FORMAT, GovernedProfile,
    GovernedUser, Members, Plan, PresenceConfiguration, PresenceStatus, Queue, QueueObject, Ref, RoutingConfiguration,
    RoutingModel, Settings, Skill, SkillLevel, SkillRule, StatusCapacity, StatusMeaning, SupervisorView, Tables, Units,
    ValueMeaning,
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
const STATUSES: [(&str, &[u32]); 4] =
    [("Available", &[0, 1, 2, 3, 4]), ("Busy", &[]), ("Cases_Only", &[1]), ("Lunch", &[])];
const USERS: [&str; 5] = ["ana", "ben", "cem", "sam", "zoe"];
const CONFIGS: [(&str, RoutingModel, i32); 5] = [
    ("External", RoutingModel::External, 1),
    ("Least", RoutingModel::LeastActive, 1),
    ("Low", RoutingModel::LeastActive, 9),
    ("Most", RoutingModel::MostAvailable, 1),
    ("Skilled", RoutingModel::LeastActive, 1),
];
/// Name, routing configuration, channel.
const QUEUES: [(&str, Option<u32>, usize); 10] = [
    ("Backlog", None, 1),
    ("Calls", Some(1), 0),
    ("Cases", Some(1), 1),
    ("Chats", Some(3), 2),
    ("Emails", Some(1), 3),
    ("Languages", Some(4), 1),
    ("Low_Cases", Some(2), 1),
    ("Most_Cases", Some(3), 1),
    ("Orders", Some(1), 4),
    ("Partner", Some(0), 2),
];
const SKILLS: [&str; 3] = ["French", "German", "Refunds"];

/// Units of capacity.
pub(crate) fn units(units: f64) -> Units {
    Units::from_units(units)
}

/// A skill of an agent.
pub(crate) fn held(skill: u32, level: f64) -> AgentSkill {
    AgentSkill { skill: Ref::Row(skill), level: Some(SkillLevel::from_level(level)), from: None, until: None }
}

impl Centre {
    /// Three agents, `ana`, `ben` and `cem`, of five units each, in every queue; `zoe` in none; the supervisor `sam`.
    /// Work costs one unit. `Available` offers every channel, `Busy` and `Lunch` none.
    pub(crate) fn new() -> Self {
        let queues: Vec<Queue> = QUEUES.iter().map(|&(name, config, channel)| queue(name, config, channel)).collect();
        let routed = |queue: &(usize, &Queue)| queue.1.routing_configuration.is_some() && !queue.1.agents.is_empty();
        let member_of: Vec<u32> =
            queues.iter().enumerate().filter(routed).map(|(row, _)| u32::try_from(row).unwrap()).collect();
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
            decline_reasons: vec!["Not_My_Job".to_owned(), "Too_Busy".to_owned()],
            presence_configurations: vec![presence("Agents", 5.0), presence("Seniors", 10.0)],
            users: USERS.map(str::to_owned).to_vec(),
            governed_by_user: Vec::new(),
            governed_by_profile: Vec::new(),
            routing_configurations: CONFIGS
                .iter()
                .map(|&(name, model, priority)| config(name, model, priority))
                .collect(),
            queues,
            skills: SKILLS
                .map(|name| Skill { name: name.to_owned(), users: Vec::new(), profiles: Vec::new() })
                .to_vec(),
            skill_rules: Vec::new(),
            supervisor_views: Vec::new(),
            route_works: Vec::new(),
            messaging_channels: Vec::new(),
            agents: Some([0, 1, 2, 4].map(|user| agent(user, if user == 4 { &[] } else { &member_of })).to_vec()),
        })
    }

    pub(crate) fn plan(self) -> Plan {
        Plan {
            format: FORMAT,
            compiler: Compiler { name: "omnic".to_owned(), version: "0".to_owned() },
            api_version: "66.0".to_owned(),
            digest: self.0.digest(),
            filled_in: Vec::new(),
            left_out: Vec::new(),
            tables: self.0,
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
        let user = self.user(name);
        self.0.agents.iter_mut().flatten().find(|row| row.user == user).unwrap()
    }

    /// The row of a user.
    pub(crate) fn user(&self, name: &str) -> u32 {
        u32::try_from(self.0.users.iter().position(|user| user == name).unwrap()).unwrap()
    }

    /// The status, as others refer to it.
    pub(crate) fn status(&self, name: &str) -> Ref {
        Ref::Row(u32::try_from(self.0.presence_statuses.iter().position(|row| row.name == name).unwrap()).unwrap())
    }

    /// Lets the agents decline, with a status after that.
    pub(crate) fn decline_to(&mut self, status: Option<&str>) {
        let status = status.map(|status| self.status(status));
        self.presence("Agents").acceptance = Acceptance::Decline { reasons: Vec::new(), status };
    }

    pub(crate) fn capacity(&mut self, of: &str, capacity: f64) {
        let row = self.presence(of);
        row.capacity = Some(units(capacity));
        row.interruptible_capacity = Some(units(capacity));
    }

    pub(crate) fn govern_user(&mut self, user: &str, presence_configuration: u32) {
        let user = self.user(user);
        self.0.governed_by_user.push(GovernedUser { user, presence_configuration });
    }

    pub(crate) fn govern_profile(&mut self, profile: &str, presence_configuration: u32) {
        self.0.governed_by_profile.push(GovernedProfile { profile: profile.to_owned(), presence_configuration });
    }

    /// A view for `sam` that lists nothing.
    pub(crate) fn view(&mut self) -> &mut SupervisorView {
        self.0.supervisor_views.push(SupervisorView {
            name: "Leads".to_owned(),
            users: vec![3],
            profiles: Vec::new(),
            queues: Vec::new(),
            skills: Vec::new(),
            skill_visibility: None,
            groups: Vec::new(),
            timeline_hidden: false,
            actions: Vec::new(),
            tabs: Vec::new(),
        });
        self.0.supervisor_views.last_mut().unwrap()
    }

    /// A value of a field of `Case` that asks for a skill.
    pub(crate) fn rule(&mut self, value: &str, skill: u32, level: Option<i32>) -> &mut SkillRule {
        self.0.skill_rules.push(SkillRule {
            object: "Case".to_owned(),
            field: "Case.Language__c".to_owned(),
            value: Some(value.to_owned()),
            skill: Ref::Row(skill),
            level,
            additional: false,
            drop_priority: None,
            set: "Case_Skills".to_owned(),
            active: true,
        });
        self.0.skill_rules.last_mut().unwrap()
    }
}

fn channel(name: &str, object: &str) -> Channel {
    let status_based = name == "Orders";
    let meaning = |value: &str, meaning| ValueMeaning { value: value.to_owned(), meaning };
    Channel {
        name: name.to_owned(),
        object: Some(object.to_owned()),
        capacity_model: if status_based { CapacityModel::StatusBased } else { CapacityModel::TabBased },
        auto_accept: false,
        interruptible: name == "Emails",
        after_conversation_work: None,
        secondary_priority: None,
        status_capacity: status_based.then(|| StatusCapacity {
            field: "Status".to_owned(),
            values: vec![
                meaning("Done", StatusMeaning::Completed),
                meaning("On Hold", StatusMeaning::Paused),
                meaning("Working", StatusMeaning::InProgress),
            ],
            checks_owner_change: false,
            checks_status_change: false,
        }),
    }
}

fn status(name: &str, channels: &[u32]) -> PresenceStatus {
    PresenceStatus {
        name: name.to_owned(),
        channels: channels.iter().map(|&row| Ref::Row(row)).collect(),
        away: channels.is_empty(),
        granted_by_profiles: Vec::new(),
        granted_by_permission_sets: Vec::new(),
    }
}

fn presence(name: &str, capacity: f64) -> PresenceConfiguration {
    PresenceConfiguration {
        name: name.to_owned(),
        capacity: Some(units(capacity)),
        interruptible_capacity: Some(units(capacity)),
        acceptance: Acceptance::Decline { reasons: Vec::new(), status: None },
        status_on_push_timeout: None,
        after_conversation_work: None,
    }
}

fn config(name: &str, model: RoutingModel, priority: i32) -> RoutingConfiguration {
    RoutingConfiguration {
        name: name.to_owned(),
        model: Some(model),
        priority: Some(priority),
        cost: Cost::Units(units(1.0)),
        paused_cost: Cost::Units(units(0.0)),
        capacity_type: CapacityType::Inherited,
        push_timeout_seconds: None,
        overflow: None,
        skills: Vec::new(),
        drop_additional_skills_after_seconds: None,
        attribute_based: name == "Skilled",
    }
}

fn queue(name: &str, config: Option<u32>, channel: usize) -> Queue {
    let attribute_based = name == "Languages";
    let agents = if attribute_based { Vec::new() } else { vec![0, 1, 2] };
    let object = |channel: usize| QueueObject {
        object: CHANNELS[channel].1.to_owned(),
        channel: Some(Ref::Row(u32::try_from(channel).unwrap())),
    };
    let mut objects = vec![object(channel)];
    if config.is_none() {
        objects.push(object(4));
    }
    Queue {
        name: name.to_owned(),
        routing_configuration: config.map(Ref::Row),
        objects,
        members: Members { users: agents.clone(), ..Members::default() },
        agents,
        agents_complete: !attribute_based,
    }
}

fn agent(user: u32, queues: &[u32]) -> Agent {
    Agent {
        user,
        profile: Some("support".to_owned()),
        presence_configuration: Some(0),
        presence_configuration_known: true,
        statuses: (0..4).map(Ref::Row).collect(),
        statuses_complete: true,
        skills: Vec::new(),
        queues: queues.to_vec(),
        groups: Vec::new(),
    }
}
