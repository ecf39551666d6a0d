//! Who may get work: what the plan says of users, and what writes and supervisors have changed since.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::plan::{Name, Plan, SkillLevel};
use crate::runtime::{AgentChange, Event, SkillHeld, Supervision};

/// What holds of a user.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Person {
    /// The user may log in.
    pub is_active: bool,
    /// The profile, in lower case.
    pub profile: Option<Name>,
    /// The presence configuration that names the user, or governs the user by the profile.
    pub presence_configuration: Option<Name>,
    /// The queues, by whatever way the user is a member.
    pub queues: BTreeSet<Name>,
    /// The skills with their levels.
    pub skills: BTreeMap<Name, Option<SkillLevel>>,
    /// The statuses that are granted, as far as it is known.
    pub statuses: BTreeSet<Name>,
    /// The permission sets that were assigned here.
    pub permission_sets: BTreeSet<Name>,
    /// A `ServiceResource` was made here.
    pub is_resource: bool,
}

/// Everybody, by username.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct People(BTreeMap<Name, Person>);

impl People {
    /// Everybody whom a plan names.
    pub(crate) fn of(plan: &Plan) -> Self {
        let tables = &plan.tables;
        let mut people = Self::default();
        for user in tables.users.iter().chain(&tables.outside.users) {
            people.person(user);
        }
        for agent in tables.agents.iter().flatten() {
            let person = people.person(&agent.user);
            person.profile.clone_from(&agent.profile);
            person.presence_configuration.clone_from(&agent.presence_configuration);
            person.queues = agent.queues.iter().cloned().collect();
            person.skills = agent.skills.iter().map(|held| (held.skill.clone(), held.level)).collect();
            person.statuses = agent.statuses.iter().cloned().collect();
        }
        for governed in &tables.governed_by_user {
            people.person(&governed.user).presence_configuration = Some(governed.presence_configuration.clone());
        }
        for queue in &tables.queues {
            for user in queue.agents() {
                people.person(user).queues.insert(queue.name.clone());
            }
        }
        let knows_skills = |user: &Name| tables.agents.iter().flatten().any(|agent| agent.user == *user);
        for skill in &tables.skills {
            for user in skill.users.iter().filter(|user| !knows_skills(user)) {
                people.person(user).skills.entry(skill.name.clone()).or_default();
            }
        }
        people
    }

    /// A user, who is made if new.
    pub(crate) fn person(&mut self, user: &Name) -> &mut Person {
        self.0.entry(user.clone()).or_insert_with(|| Person { is_active: true, ..Person::default() })
    }

    /// A user.
    pub(crate) fn get(&self, user: &str) -> Option<&Person> {
        self.0.get(user)
    }

    /// Everybody, in the order of their usernames.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&Name, &Person)> {
        self.0.iter()
    }

    /// Follows an event that the runtime took.
    pub(crate) fn follow(&mut self, event: &Event) {
        match event {
            Event::AgentChanged(change) => self.change(change),
            Event::Supervise { action: Supervision::ChangeQueues { agent, add, remove }, .. } => {
                let queues = &mut self.person(agent).queues;
                queues.extend(add.iter().cloned());
                queues.retain(|queue| !remove.contains(queue));
            }
            Event::Supervise { action: Supervision::ChangeSkills { agent, add, remove }, .. } => {
                let skills = &mut self.person(agent).skills;
                skills.extend(add.iter().map(|held| (held.skill_id.clone(), held.skill_level)));
                skills.retain(|skill, _| !remove.contains(skill));
            }
            Event::Supervise { action: Supervision::ManageQueues { queue, add, remove }, .. } => {
                for agent in add {
                    self.person(agent).queues.insert(queue.clone());
                }
                for agent in remove {
                    self.person(agent).queues.remove(queue);
                }
            }
            _ => {}
        }
    }

    fn change(&mut self, change: &AgentChange) {
        let person = self.person(&change.user);
        person.is_active = change.is_active.unwrap_or(person.is_active);
        if let Some(profile) = &change.profile {
            person.profile = Some(Name::from(profile.to_lowercase()));
        }
        if let Some(config) = &change.presence_configuration {
            person.presence_configuration = Some(config.clone());
        }
        if let Some(statuses) = &change.statuses {
            person.statuses = statuses.iter().cloned().collect();
        }
        if let Some(queues) = &change.queues {
            person.queues = queues.iter().cloned().collect();
        }
        if let Some(skills) = &change.skills {
            person.skills = skills.iter().map(|held| (held.skill_id.clone(), held.skill_level)).collect();
        }
    }
}

/// The change that gives a user queues.
pub(crate) fn with_queues(user: &Name, queues: &BTreeSet<Name>) -> Event {
    let queues = Some(queues.iter().cloned().collect());
    Event::AgentChanged(AgentChange { user: user.clone(), queues, ..AgentChange::default() })
}

/// The change that gives a user skills.
pub(crate) fn with_skills(user: &Name, skills: &BTreeMap<Name, Option<SkillLevel>>) -> Event {
    let held =
        |(skill, level): (&Name, &Option<SkillLevel>)| SkillHeld { skill_id: skill.clone(), skill_level: *level };
    let skills = Some(skills.iter().map(held).collect());
    Event::AgentChanged(AgentChange { user: user.clone(), skills, ..AgentChange::default() })
}
