//! What writes and events have said of people outlives the plan that it was said under.

use std::collections::{BTreeMap, BTreeSet};

use super::people::{People, Person};
use super::state::Org;
use crate::plan::Name;
use crate::runtime::{AgentChange, Event, SkillHeld};
use crate::serve::records::Named;

impl Org {
    /// Users who have a row stay users.
    pub(super) fn keep_users(&mut self) {
        let users: Vec<Name> = self.store.rows("User").filter_map(|row| row.text("Username").map(Name::from)).collect();
        for user in users {
            self.directory.add(Named::User, &user);
        }
    }

    /// Says again of everybody in what they differed from the plan of before. What the present plan does not have is left
    /// out.
    pub(super) fn keep_members(&mut self, planned: &People, people: &People) {
        for (user, then) in people.iter() {
            let by_plan = planned.get(user).cloned().unwrap_or(Person { is_active: true, ..Person::default() });
            if by_plan == *then {
                continue;
            }
            let now = self.people.get(user).cloned().unwrap_or(Person { is_active: true, ..Person::default() });
            let has = |named: Named| move |org: &Self, name: &Name| org.directory.find(named, name).is_some();
            let names = |named: Named, then: &BTreeSet<Name>, by_plan: &BTreeSet<Name>, now: &BTreeSet<Name>| {
                let mut kept: BTreeSet<Name> =
                    now.iter().filter(|name| !by_plan.contains(*name) || then.contains(*name)).cloned().collect();
                kept.extend(then.difference(by_plan).filter(|name| has(named)(self, name)).cloned());
                (kept != *now).then(|| kept.into_iter().collect::<Vec<Name>>())
            };
            let mut skills = now.skills.clone();
            skills.retain(|skill, _| !by_plan.skills.contains_key(skill) || then.skills.contains_key(skill));
            let said = then.skills.iter().filter(|(skill, level)| by_plan.skills.get(*skill) != Some(*level));
            let said: BTreeMap<_, _> = said.filter(|(skill, _)| has(Named::Skill)(self, skill)).collect();
            skills.extend(said.into_iter().map(|(skill, level)| (skill.clone(), *level)));
            let held = |(skill_id, skill_level): (&Name, &Option<crate::plan::SkillLevel>)| SkillHeld {
                skill_id: skill_id.clone(),
                skill_level: *skill_level,
            };
            let configuration = then
                .own_configuration
                .clone()
                .filter(|name| by_plan.own_configuration.as_ref() != Some(name))
                .filter(|name| has(Named::PresenceConfiguration)(self, name));
            let change = AgentChange {
                user: user.clone(),
                is_active: (then.is_active != by_plan.is_active).then_some(then.is_active),
                profile: then.profile.clone().filter(|profile| by_plan.profile.as_ref() != Some(profile)),
                presence_configuration: configuration.clone(),
                statuses: names(Named::PresenceStatus, &then.statuses, &by_plan.statuses, &now.statuses),
                queues: names(Named::Queue, &then.queues, &by_plan.queues, &now.queues),
                skills: (skills != now.skills).then(|| skills.iter().map(held).collect()),
                groups: None,
            };
            let sets: BTreeSet<Name> =
                then.permission_sets.iter().filter(|set| has(Named::PermissionSet)(self, set)).cloned().collect();
            if change != (AgentChange { user: user.clone(), ..AgentChange::default() }) {
                // Names that the plan does not have are left out: nothing else is refused.
                let _ = self.happen(Event::AgentChanged(change));
            }
            let person = self.people.person(user);
            person.permission_sets = sets;
            person.is_resource |= then.is_resource;
            if configuration.is_some() {
                person.own_configuration = configuration;
            }
        }
    }
}
