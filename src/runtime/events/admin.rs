//! What an administrator changes while work is routed.

use crate::plan::Units;
use crate::runtime::book::Agent;
use crate::runtime::contract::{AgentChange, Effect, Name, Refusal};
use crate::runtime::numbers::AgentIx;
use crate::runtime::rules::check_level;
use crate::runtime::steps::Runtime;

impl Runtime {
    pub(in crate::runtime) fn agent_changed(&mut self, change: &AgentChange) -> Result<(), Refusal> {
        let presence = change.presence_configuration.as_ref();
        let presence = presence.map(|name| self.plan.presence_names.find(name)).transpose()?;
        let statuses = change
            .statuses
            .as_ref()
            .map(|names| names.iter().map(|name| self.plan.status_names.find(name)).collect::<Result<Vec<_>, _>>());
        let queues = change
            .queues
            .as_ref()
            .map(|names| names.iter().map(|name| self.plan.queue_names.find(name)).collect::<Result<Vec<_>, _>>());
        let (statuses, queues) = (statuses.transpose()?, queues.transpose()?);
        for held in change.skills.iter().flatten() {
            check_level(held.skill_level)?;
        }
        let skills = change.skills.as_ref().map(|given| self.held(given));
        let agent = match self.book.agent_number(&change.user) {
            Some(agent) => agent,
            None => self.add_agent(&change.user),
        };
        let routes_changed = queues.is_some() || skills.is_some();
        if skills.is_some() {
            self.book.drop_dated_skills(agent, |_| true);
        }
        let known = self.book.agent_mut(agent);
        known.is_active = change.is_active.unwrap_or(known.is_active);
        known.profile = change.profile.as_ref().map(|name| Name::from(name.to_lowercase())).or(known.profile.take());
        known.presence = presence.or(known.presence);
        if let Some(statuses) = statuses {
            known.statuses = statuses;
            known.statuses_exact = true;
            known.statuses_complete = true;
        }
        if let Some(mut queues) = queues {
            queues.sort();
            queues.dedup();
            known.queues = queues;
        }
        known.skills = skills.unwrap_or_else(|| std::mem::take(&mut known.skills));
        known.groups = change.groups.clone().unwrap_or_else(|| std::mem::take(&mut known.groups));
        self.emit(Effect::AgentChanged { user: change.user.clone() });
        if routes_changed {
            self.routes_changed(agent);
        }
        Ok(())
    }

    fn add_agent(&mut self, name: &Name) -> AgentIx {
        let (agent, is_ranked) = self.book.add_agent(Agent {
            name: name.clone(),
            is_active: true,
            profile: None,
            presence: None,
            statuses: Vec::new(),
            statuses_exact: false,
            statuses_complete: false,
            queues: Vec::new(),
            skills: Vec::new(),
            dated: Vec::new(),
            groups: Vec::new(),
            session: None,
            used: [Units(0); 2],
            works: Vec::new(),
            unchecked: 0,
        });
        if !is_ranked {
            self.rebuild_index();
        }
        agent
    }
}
