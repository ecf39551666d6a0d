//! What a supervisor sees and does, by the compiled supervisor view. Everything else is refused.

use super::Rules;
use super::index_types::AgentIx;
use super::state::{Flag, Pending};
use super::{
    AgentSight, Effect, FlagRole, FlagSight, Name, QueueSight, Refusal, Runtime, SkillSight, Supervision,
    SupervisorSight, What, WorkKey, view,
};
use crate::plan::{SkillVisibility, SupervisorView};

/// The tab on which agents are.
const ALL_AGENTS: &str = "AllAgents";
/// The tab on which queues are.
const QUEUES_BACKLOG: &str = "QueuesBacklog";

impl Runtime {
    pub(super) fn supervise(&mut self, user: &Name, action: &Supervision) -> Result<(), Refusal> {
        let Some(row) = self.rules().view_of(user) else { return Err(Refusal::NotSupervisor { user: user.clone() }) };
        match action {
            Supervision::View {} => {
                let sight = self.rules().sight(&self.plan.views[row]);
                self.emit(Effect::SupervisorView { user: user.clone(), sight: Box::new(sight) });
                Ok(())
            }
            Supervision::ChangeQueues { agent, add, remove } => {
                self.rules().check_action(row, user, ALL_AGENTS, "ChangeQueues", None)?;
                self.rules().check_agent(row, user, agent)?;
                for queue in add.iter().chain(remove) {
                    self.rules().check_queue(row, user, queue)?;
                }
                self.change_queues(agent, add, remove)
            }
            Supervision::ChangeSkills { agent, add, remove } => {
                self.rules().check_action(row, user, ALL_AGENTS, "ChangeSkills", None)?;
                self.rules().check_agent(row, user, agent)?;
                for skill in add.iter().map(|held| &held.skill_id).chain(remove) {
                    self.rules().check_skill(row, user, skill)?;
                }
                self.change_skills(agent, add, remove)
            }
            Supervision::ManageQueues { queue, add, remove } => {
                self.rules().check_action(row, user, QUEUES_BACKLOG, "ManageQueues", None)?;
                self.rules().check_queue(row, user, queue)?;
                for agent in add.iter().chain(remove) {
                    self.rules().check_agent(row, user, agent)?;
                }
                let queue = std::slice::from_ref(queue);
                for agent in add {
                    self.change_queues(agent, queue, &[])?;
                }
                for agent in remove {
                    self.change_queues(agent, &[], queue)?;
                }
                Ok(())
            }
            Supervision::AssignLearning { agents } => {
                self.rules().check_action(row, user, ALL_AGENTS, "AssignLearning", None)?;
                for agent in agents {
                    self.rules().check_agent(row, user, agent)?;
                }
                self.acted(user, ALL_AGENTS, "AssignLearning", None);
                Ok(())
            }
            Supervision::AwsDashboard { tab } => {
                self.rules().check_action(row, user, tab, "AWSDashboard", None)?;
                self.acted(user, tab, "AWSDashboard", None);
                Ok(())
            }
            Supervision::CustomAction { tab, flow } => {
                self.rules().check_action(row, user, tab, "CustomAction", Some(flow))?;
                self.acted(user, tab, "CustomAction", Some(flow));
                Ok(())
            }
            Supervision::RaiseFlag { work_id, message } => {
                self.flag(row, user, work_id, Some(Flag { message: message.clone() }))
            }
            Supervision::LowerFlag { work_id } => self.flag(row, user, work_id, None),
        }
    }

    fn acted(&mut self, user: &Name, tab: &str, action: &str, flow: Option<&Name>) {
        let (tab, action) = (Name::from(tab), Name::from(action));
        self.emit(Effect::SupervisorActed { user: user.clone(), tab, action, flow: flow.cloned() });
    }

    fn change_queues(&mut self, agent: &Name, add: &[Name], remove: &[Name]) -> Result<(), Refusal> {
        let number = self.book.find_agent(agent)?;
        let find =
            |names: &[Name]| names.iter().map(|name| self.plan.queue_names.find(name)).collect::<Result<Vec<_>, _>>();
        let (add, remove) = (find(add)?, find(remove)?);
        let known = self.book.agent_mut(number);
        known.queues.extend(add);
        known.queues.retain(|queue| !remove.contains(queue));
        known.queues.sort();
        known.queues.dedup();
        self.emit(Effect::AgentChanged { user: agent.clone() });
        self.routes_changed(number);
        Ok(())
    }

    fn change_skills(&mut self, agent: &Name, add: &[super::SkillHeld], remove: &[Name]) -> Result<(), Refusal> {
        let number = self.book.find_agent(agent)?;
        for held in add {
            super::skills::check_level(held.skill_level)?;
        }
        // First what may be new: a skill that is given and taken away at once is not there, known before or not.
        let add = self.held(add);
        let remove: Vec<_> = remove.iter().filter_map(|name| self.book.index.skills.get(name).copied()).collect();
        self.drop_dated_skills(number, |skill| remove.contains(&skill) || add.iter().any(|(new, _)| *new == skill));
        let known = self.book.agent_mut(number);
        known.skills.retain(|(skill, _)| !remove.contains(skill) && add.iter().all(|(new, _)| new != skill));
        known.skills.extend(add.into_iter().filter(|(skill, _)| !remove.contains(skill)));
        known.skills.sort();
        self.emit(Effect::AgentChanged { user: agent.clone() });
        self.routes_changed(number);
        Ok(())
    }

    fn flag(&mut self, row: usize, user: &Name, key: &WorkKey, flag: Option<Flag>) -> Result<(), Refusal> {
        let work = self.book.find_work(key)?;
        let Some(record) = self.book.work(work) else { return Ok(()) };
        if !record.status.is_active() {
            let needs = super::records::AgentWorkStatus::Opened;
            return Err(Refusal::WrongStatus { work: super::AgentWorkId(work), status: record.status, needs });
        }
        let agent = self.book.agent_name(record.agent);
        self.rules().check_agent(row, user, &agent)?;
        self.set_flag(work, flag, FlagRole::Supervisor, user);
        Ok(())
    }
}

impl<'r> Rules<'r> {
    fn waiting_in(self, is_in: impl Fn(&Pending) -> bool) -> impl Iterator<Item = &'r Pending> {
        let waits = |record: &&Pending| record.ready && record.pushed.is_none();
        self.book.state.pendings.iter().map(|(_, record)| record).filter(waits).filter(move |record| is_in(record))
    }

    /// The view of a user: the one that names the user, else the profile's (guide, `OmniSupervisorConfigProfile`).
    fn view_of(self, user: &Name) -> Option<usize> {
        let by_user = self.plan.views.iter().position(|view| view.users.contains(user));
        let profile = || self.book.agent_number(user).and_then(|agent| self.book.agent(agent).profile.clone());
        by_user.or_else(|| {
            let profile = profile()?;
            self.plan.views.iter().position(|view| view.profiles.contains(&profile))
        })
    }

    fn check_action(
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

    fn check_agent(self, row: usize, user: &Name, agent: &Name) -> Result<(), Refusal> {
        let found = self.book.find_agent(agent)?;
        if self.sees_agent(&self.plan.views[row], found) {
            return Ok(());
        }
        Err(Refusal::NotVisible { user: user.clone(), what: What::Agent, name: agent.clone() })
    }

    fn check_queue(self, row: usize, user: &Name, queue: &Name) -> Result<(), Refusal> {
        self.plan.queue_names.find(queue)?;
        if sees(&self.plan.views[row].queues, queue) {
            return Ok(());
        }
        Err(Refusal::NotVisible { user: user.clone(), what: What::Queue, name: queue.clone() })
    }

    fn check_skill(self, row: usize, user: &Name, skill: &Name) -> Result<(), Refusal> {
        if sees(&self.plan.views[row].skills, skill) {
            return Ok(());
        }
        Err(Refusal::NotVisible { user: user.clone(), what: What::Skill, name: skill.clone() })
    }

    /// A view that names no groups shows all agents, as one that names no queues or skills shows all of these (assumed).
    fn sees_agent(self, view: &SupervisorView, agent: AgentIx) -> bool {
        view.groups.is_empty() || self.book.agent(agent).groups.iter().any(|group| view.groups.contains(group))
    }

    fn sight(self, view: &SupervisorView) -> SupervisorSight {
        let mut agents: Vec<AgentSight> = (0..self.book.state.agents.len())
            .map(super::directory::planned)
            .filter(|&agent| self.sees_agent(view, agent))
            .map(|agent| self.agent_sight(agent))
            .collect();
        agents.sort_by(|a, b| a.user.cmp(&b.user));
        let queues = self.plan.queues.iter().filter(|queue| sees(&view.queues, &queue.name));
        let mut queues: Vec<QueueSight> = queues.map(|queue| self.queue_sight(&queue.name)).collect();
        queues.sort_by(|a, b| a.queue.cmp(&b.queue));
        let skills = self.book.index.skill_names.iter().filter(|skill| sees(&view.skills, skill));
        let mut skills: Vec<SkillSight> = skills.map(|skill| self.skill_sight(view, skill)).collect();
        skills.sort_by(|a, b| a.skill.cmp(&b.skill));
        SupervisorSight {
            configuration: view.name.clone(),
            agents,
            queues,
            skills,
            is_timeline_hidden: view.timeline_hidden,
            actions: view
                .actions
                .iter()
                .map(|action| Name::from(format!("{}.{}", action.tab, action.action)))
                .collect(),
        }
    }

    fn agent_sight(self, agent: AgentIx) -> AgentSight {
        let known = self.book.agent(agent);
        let works = || known.works.iter().filter_map(|&work| self.book.work(work));
        AgentSight {
            user: known.name.clone(),
            status: known.session.as_ref().map(|session| self.plan.statuses[session.status.at()].name.clone()),
            workload: self.workload(agent),
            configured_capacity: known.session.as_ref().map(|session| session.capacity[0]),
            work_items: works().map(|work| self.book.item_name(work.item)).collect(),
            flags: works()
                .filter_map(|work| {
                    let message = work.flag.as_ref()?.message.clone();
                    Some(FlagSight { work_item_id: self.book.item_name(work.item), message })
                })
                .collect(),
        }
    }

    fn queue_sight(self, queue: &Name) -> QueueSight {
        let number = self.plan.queue_names.get(queue);
        let waiting = || self.waiting_in(|record| record.terms.queue.is_some() && record.terms.queue == number);
        let oldest = waiting().map(|record| record.requested).min();
        QueueSight {
            queue: queue.clone(),
            waiting: waiting().count() as u64,
            longest_wait: oldest.map(|oldest| view::seconds(self.book.state.now.since(oldest))),
        }
    }

    fn skill_sight(self, view: &SupervisorView, skill: &Name) -> SkillSight {
        let number = self.book.index.skills.get(skill).copied();
        let asks = |record: &Pending| {
            let needs = || record.needs.iter().filter(|need| !need.dropped);
            let seen = |need: &super::state::Need| sees(&view.skills, &self.book.skill_name(need.skill));
            needs().any(|need| Some(need.skill) == number)
                && match view.skill_visibility {
                    Some(SkillVisibility::AllSkills) => needs().all(seen),
                    Some(SkillVisibility::AnySkill) | None => needs().any(seen),
                }
        };
        SkillSight { skill: skill.clone(), waiting: self.waiting_in(asks).count() as u64 }
    }
}

/// Whether a view shows what has a name: by its list, or because it has none.
fn sees(seen: &[Name], name: &Name) -> bool {
    seen.is_empty() || seen.contains(name)
}
