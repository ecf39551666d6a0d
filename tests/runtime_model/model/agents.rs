//! Who the agents are, what governs them, and what an administrator or a supervisor changes of it.

use omnic::plan::{Acceptance, SkillLevel, Units};
use omnic::runtime::{AgentChange, Effect, Name, Refusal, SkillHeld, SkillSource, Supervision, UnknownGrants, What};

use super::dates::assigned;
use super::names::unknown;
use super::{Agent, Assigned, Governed, Model, Step};

impl Model {
    /// Every user of the plan.
    pub(super) fn agents_of_plan(&self) -> Vec<Agent> {
        let tables = self.tables();
        let mut agents = Vec::new();
        for name in &tables.users {
            let mut agent = new_agent(name);
            let routed = tables.queues.iter().filter(|queue| queue.routing_configuration.is_some());
            if let Some(row) = tables.agents.iter().flatten().find(|row| row.user == *name) {
                agent.configuration.clone_from(&row.presence_configuration);
                agent.profile.clone_from(&row.profile);
                agent.known_statuses.clone_from(&row.statuses);
                agent.statuses_complete = row.statuses_complete;
                agent.assigned = row.skills.iter().map(assigned).collect();
                agent.queues.clone_from(&row.queues);
            } else {
                agent.queues =
                    routed.filter(|queue| queue.agents().contains(name)).map(|queue| queue.name.clone()).collect();
            }
            if self.options.skill_source == SkillSource::Both {
                for skill in &tables.skills {
                    let by_profile = agent.profile.as_ref().is_some_and(|profile| skill.profiles.contains(profile));
                    let has = agent.assigned.iter().any(|row| *row.skill == *skill.name);
                    if (skill.users.contains(name) || by_profile) && !has {
                        let skill = skill.name.clone();
                        agent.assigned.push(Assigned { skill, level: None, from: None, until: None });
                    }
                }
            }
            agents.push(agent);
        }
        agents
    }

    /// What would govern the agent after a login now.
    pub(super) fn governed(&self, agent: &Agent) -> Governed {
        let tables = self.tables();
        let row = |name: &Name| tables.presence_configurations.iter().find(|row| *row.name == **name);
        let by_user = || {
            let governed = tables.governed_by_user.iter().find(|governed| governed.user == agent.name)?;
            row(&governed.presence_configuration)
        };
        let by_profile = || {
            let profile = agent.profile.as_ref()?;
            let governed = tables.governed_by_profile.iter().find(|governed| governed.profile == *profile)?;
            row(&governed.presence_configuration)
        };
        if let Some(row) = agent.configuration.as_ref().and_then(row).or_else(by_user).or_else(by_profile) {
            let primary = row.capacity.unwrap_or_default();
            return Governed {
                capacity: [primary, row.interruptible_capacity.unwrap_or(primary)],
                acceptance: row.acceptance.clone(),
                on_push_timeout: row.status_on_push_timeout.clone(),
                acw: row.after_conversation_work,
            };
        }
        let default = &self.options.default_presence;
        Governed {
            capacity: [default.capacity, default.interruptible_capacity.unwrap_or(default.capacity)],
            acceptance: default.acceptance.clone(),
            on_push_timeout: default.status_on_push_timeout.as_deref().map(Into::into),
            acw: None,
        }
    }

    /// What governs the session, or would govern one that began now.
    pub(super) fn governs(&self, agent: &Agent) -> Governed {
        agent.session.as_ref().map_or_else(|| self.governed(agent), |session| session.governed.clone())
    }

    /// The agent's capacities: of the session, or as a login now would give them.
    pub(super) fn capacity(&self, user: &str) -> [Units; 2] {
        self.governs(self.find_agent(user).expect("a known agent")).capacity
    }

    pub(super) fn is_granted(&self, agent: &Agent, status: &Name) -> bool {
        if let Some(statuses) = &agent.statuses {
            return statuses.contains(status);
        }
        let granting = self.status(status).map(|status| status.granted_by_profiles.as_slice()).unwrap_or_default();
        let by_profile = agent.profile.as_ref().is_some_and(|profile| granting.contains(profile));
        let allowed = !agent.statuses_complete && self.options.unknown_grants == UnknownGrants::Allow;
        agent.known_statuses.contains(status) || by_profile || allowed
    }

    pub(super) fn agent_changed(&mut self, change: &AgentChange) -> Step {
        if let Some(name) = &change.presence_configuration
            && !self.tables().presence_configurations.iter().any(|row| *row.name == **name)
        {
            return unknown(What::PresenceConfiguration, name);
        }
        if let Some(name) = change.statuses.iter().flatten().find(|name| self.status(name).is_none()) {
            return unknown(What::PresenceStatus, name);
        }
        for queue in change.queues.iter().flatten() {
            self.queue(queue)?;
        }
        let skills = change.skills.as_deref().map(skills_held);
        if self.find_agent(&change.user).is_none() {
            self.agents.push(new_agent(&change.user));
        }
        let agent = self.agent(&change.user);
        agent.active = change.is_active.unwrap_or(agent.active);
        agent.profile = change.profile.as_ref().map(|profile| profile.to_lowercase().into()).or(agent.profile.take());
        agent.configuration = change.presence_configuration.clone().or(agent.configuration.take());
        agent.statuses = change.statuses.clone().or(agent.statuses.take());
        agent.queues = change.queues.clone().unwrap_or(std::mem::take(&mut agent.queues));
        if let Some(skills) = skills {
            agent.skills = skills;
            agent.assigned.clear();
        }
        agent.groups = change.groups.clone().unwrap_or(std::mem::take(&mut agent.groups));
        self.tell(Effect::AgentChanged { user: change.user.clone() });
        Ok(())
    }

    pub(super) fn supervise(&mut self, user: &Name, action: &Supervision) -> Step {
        let tables = self.tables();
        let is_theirs = |view: &&omnic::plan::SupervisorView| view.users.contains(user);
        let Some(view) = tables.supervisor_views.iter().find(is_theirs).cloned() else {
            return Err(Refusal::NotSupervisor { user: user.clone() });
        };
        let (tab, name) = match action {
            Supervision::ChangeQueues { .. } => ("AllAgents", "ChangeQueues"),
            Supervision::ChangeSkills { .. } => ("AllAgents", "ChangeSkills"),
            Supervision::ManageQueues { .. } => ("QueuesBacklog", "ManageQueues"),
            _ => unreachable!("no history has this"),
        };
        if !view.actions.iter().any(|action| action.tab == tab && action.action == name) {
            return Err(Refusal::ActionNotAllowed { user: user.clone(), tab: tab.into(), action: name.into() });
        }
        match action {
            Supervision::ChangeQueues { agent, add, remove } => self.change_queues(agent, add, remove)?,
            Supervision::ChangeSkills { agent, add, remove } => {
                self.known_agent(agent)?;
                let add = skills_held(add);
                let is_changed = |skill: &Name| remove.contains(skill) || add.iter().any(|(added, _)| added == skill);
                self.agent(agent).assigned.retain(|row| !is_changed(&row.skill));
                let skills = &mut self.agent(agent).skills;
                skills.retain(|(skill, _)| !add.iter().any(|(added, _)| added == skill));
                skills.extend(add);
                skills.retain(|(skill, _)| !remove.contains(skill));
                self.tell(Effect::AgentChanged { user: agent.clone() });
            }
            Supervision::ManageQueues { queue, add, remove } => {
                self.queue(queue)?;
                let queue = std::slice::from_ref(queue);
                for agent in add {
                    self.change_queues(agent, queue, &[])?;
                }
                for agent in remove {
                    self.change_queues(agent, &[], queue)?;
                }
            }
            _ => unreachable!("no history has this"),
        }
        Ok(())
    }

    fn change_queues(&mut self, agent: &Name, add: &[Name], remove: &[Name]) -> Step {
        self.known_agent(agent)?;
        for queue in add.iter().chain(remove) {
            self.queue(queue)?;
        }
        let queues = &mut self.agent(agent).queues;
        queues.extend(add.iter().cloned());
        queues.retain(|queue| !remove.contains(queue));
        self.tell(Effect::AgentChanged { user: agent.clone() });
        Ok(())
    }
}

fn skills_held(skills: &[SkillHeld]) -> Vec<(Name, Option<SkillLevel>)> {
    skills.iter().map(|held| (held.skill_id.clone(), held.skill_level)).collect()
}

fn new_agent(name: &str) -> Agent {
    Agent {
        name: name.into(),
        active: true,
        profile: None,
        configuration: None,
        statuses: None,
        known_statuses: Vec::new(),
        statuses_complete: false,
        skills: Vec::new(),
        assigned: Vec::new(),
        queues: Vec::new(),
        groups: Vec::new(),
        session: None,
    }
}

/// The names of the reasons for declining.
pub(super) fn decline_reasons(acceptance: &Acceptance) -> Vec<Name> {
    let Acceptance::Decline { reasons, .. } = acceptance else { return Vec::new() };
    reasons.clone()
}

pub(super) fn status_on_decline(acceptance: &Acceptance) -> Option<Name> {
    let Acceptance::Decline { status: Some(status), .. } = acceptance else { return None };
    Some(status.clone())
}
