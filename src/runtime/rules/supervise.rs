//! What a supervisor may see and do.

use super::basis::Rules;
use crate::plan::SupervisorView;
use crate::runtime::contract::{Name, Refusal, What};
use crate::runtime::numbers::AgentIx;

impl Rules<'_> {
    /// The view of a user: the one that names the user, else the profile's (guide, `OmniSupervisorConfigProfile`).
    pub(in crate::runtime) fn view_of(self, user: &Name) -> Option<usize> {
        let by_user = self.plan.views.iter().position(|view| view.users.contains(user));
        let profile = || self.book.agent_number(user).and_then(|agent| self.book.agent(agent).profile.clone());
        by_user.or_else(|| {
            let profile = profile()?;
            self.plan.views.iter().position(|view| view.profiles.contains(&profile))
        })
    }

    pub(in crate::runtime) fn check_action(
        self,
        row: usize,
        user: &Name,
        tab: &str,
        action: &str,
        flow: Option<&Name>,
    ) -> Result<(), Refusal> {
        let allowed = self.plan.views[row].actions.iter().any(|known| {
            known.tab == tab && known.action == action && flow.is_none_or(|flow| known.flow.as_ref() == Some(flow))
        });
        if allowed {
            return Ok(());
        }
        Err(Refusal::ActionNotAllowed { user: user.clone(), tab: Name::from(tab), action: Name::from(action) })
    }

    pub(in crate::runtime) fn check_agent(self, row: usize, user: &Name, agent: &Name) -> Result<(), Refusal> {
        let found = self.book.find_agent(agent)?;
        if self.sees_agent(&self.plan.views[row], found) {
            return Ok(());
        }
        Err(Refusal::NotVisible { user: user.clone(), what: What::Agent, name: agent.clone() })
    }

    pub(in crate::runtime) fn check_queue(self, row: usize, user: &Name, queue: &Name) -> Result<(), Refusal> {
        self.plan.queue_names.find(queue)?;
        if sees(&self.plan.views[row].queues, queue) {
            return Ok(());
        }
        Err(Refusal::NotVisible { user: user.clone(), what: What::Queue, name: queue.clone() })
    }

    pub(in crate::runtime) fn check_skill(self, row: usize, user: &Name, skill: &Name) -> Result<(), Refusal> {
        if sees(&self.plan.views[row].skills, skill) {
            return Ok(());
        }
        Err(Refusal::NotVisible { user: user.clone(), what: What::Skill, name: skill.clone() })
    }

    /// A view that names no groups shows all agents, as one that names no queues or skills shows all of these (assumed).
    pub(in crate::runtime) fn sees_agent(self, view: &SupervisorView, agent: AgentIx) -> bool {
        view.groups.is_empty() || self.book.agent(agent).groups.iter().any(|group| view.groups.contains(group))
    }
}

/// Whether a view shows what has a name: by its list, or because it has none.
pub(in crate::runtime) fn sees(seen: &[Name], name: &Name) -> bool {
    seen.is_empty() || seen.contains(name)
}
