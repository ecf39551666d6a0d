//! Who may get work: what holds of each user now, as routing knows it, and what writes have said beyond that.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::plan::{Name, Plan, SkillLevel};
use crate::runtime::{AgentChange, Event, Runtime, SkillHeld, What};
use crate::serve::records::Ledger;

/// What holds of a user.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Person {
    /// The user may log in.
    pub(super) is_active: bool,
    /// The profile, in lower case.
    pub(super) profile: Option<Name>,
    /// The presence configuration that names the user.
    pub(super) own_configuration: Option<Name>,
    /// The queues, by whatever way the user is a member.
    pub(super) queues: BTreeSet<Name>,
    /// The skills with their levels.
    pub(super) skills: BTreeMap<Name, Option<SkillLevel>>,
    /// The statuses that are granted, as far as it is known.
    pub(super) statuses: BTreeSet<Name>,
    /// The permission sets that were assigned here.
    pub(super) permission_sets: BTreeSet<Name>,
    /// A `ServiceResource` was made here.
    pub(super) is_resource: bool,
}

/// Everybody, by username.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct People(Ledger<Name, Person>);

impl People {
    /// Everybody whom a plan names.
    pub(super) fn of(plan: &Plan, runtime: &Runtime) -> Self {
        let tables = &plan.tables;
        let mut people = Self::default();
        for user in tables.users.iter().chain(&tables.outside.users) {
            people.person(user);
        }
        for user in runtime.names(What::Agent) {
            people.refresh(&user, runtime);
        }
        for governed in &tables.governed_by_user {
            people.person(&governed.user).own_configuration = Some(governed.presence_configuration.clone());
        }
        people
    }

    /// A user, who is made if new.
    pub(super) fn person(&mut self, user: &Name) -> &mut Person {
        self.0.entry(user, || Person { is_active: true, ..Person::default() })
    }

    /// A user.
    pub(super) fn get(&self, user: &str) -> Option<&Person> {
        self.0.get(user)
    }

    /// Everybody, in the order of their usernames.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&Name, &Person)> {
        self.0.iter()
    }

    /// The place to which [`Self::undo`] goes back.
    pub(super) fn mark(&self) -> usize {
        self.0.mark()
    }

    /// Undoes what was done since a mark.
    pub(super) fn undo(&mut self, mark: usize) {
        self.0.undo(mark);
    }

    /// Keeps what was done.
    pub(super) fn keep(&mut self) {
        self.0.keep();
    }

    /// A permission set is assigned to a user, or no longer is.
    pub(super) fn assign(&mut self, user: &Name, set: Name, assigned: bool) {
        let sets = &mut self.person(user).permission_sets;
        if assigned {
            sets.insert(set)
        } else {
            sets.remove(&set)
        };
    }

    /// Takes over what an event says of a user.
    pub(super) fn change(&mut self, change: &AgentChange) {
        let person = self.person(&change.user);
        if let Some(is_active) = change.is_active {
            person.is_active = is_active;
        }
        if let Some(profile) = &change.profile {
            person.profile = Some(profile.clone());
        }
        if let Some(queues) = &change.queues {
            person.queues = queues.iter().cloned().collect();
        }
        if let Some(statuses) = &change.statuses {
            person.statuses = statuses.iter().cloned().collect();
        }
        if let Some(skills) = &change.skills {
            person.skills = skills.iter().map(|held| (held.skill_id.clone(), held.skill_level)).collect();
        }
    }

    /// Takes over what routing knows of a user.
    pub(super) fn refresh(&mut self, user: &Name, runtime: &Runtime) {
        let Some(now) = runtime.agent(user) else { return };
        let person = self.person(user);
        person.is_active = now.is_active.unwrap_or(person.is_active);
        person.profile = now.profile.or_else(|| person.profile.take());
        person.queues = now.queues.into_iter().flatten().collect();
        person.skills = now.skills.into_iter().flatten().map(|held| (held.skill_id, held.skill_level)).collect();
        person.statuses = now.statuses.into_iter().flatten().collect();
    }
}

/// The change that gives a user queues.
pub(super) fn with_queues(user: &Name, queues: &BTreeSet<Name>) -> Event {
    let queues = Some(queues.iter().cloned().collect());
    Event::AgentChanged(AgentChange { user: user.clone(), queues, ..AgentChange::default() })
}

/// The change that gives a user skills.
pub(super) fn with_skills(user: &Name, skills: &BTreeMap<Name, Option<SkillLevel>>) -> Event {
    let held =
        |(skill, level): (&Name, &Option<SkillLevel>)| SkillHeld { skill_id: skill.clone(), skill_level: *level };
    let skills = Some(skills.iter().map(held).collect());
    Event::AgentChanged(AgentChange { user: user.clone(), skills, ..AgentChange::default() })
}
