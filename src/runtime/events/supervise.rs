//! What a supervisor does, by the compiled supervisor view. Everything else is refused.

use crate::runtime::book::Flag;
use crate::runtime::contract::records::AgentWorkStatus;
use crate::runtime::contract::{Effect, FlagRole, Name, Refusal, SkillHeld, Supervision, WorkKey};
use crate::runtime::rules::check_level;
use crate::runtime::steps::Runtime;

/// The tab on which agents are.
const ALL_AGENTS: &str = "AllAgents";

/// The tab on which queues are.
const QUEUES_BACKLOG: &str = "QueuesBacklog";

impl Runtime {
    pub(in crate::runtime) fn supervise(&mut self, user: &Name, action: &Supervision) -> Result<(), Refusal> {
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

    fn change_skills(&mut self, agent: &Name, add: &[SkillHeld], remove: &[Name]) -> Result<(), Refusal> {
        let number = self.book.find_agent(agent)?;
        for held in add {
            check_level(held.skill_level)?;
        }
        // First what may be new: a skill that is given and taken away at once is not there, known before or not.
        let add = self.held(add);
        let remove: Vec<_> = remove.iter().filter_map(|name| self.book.index().skills.get(name).copied()).collect();
        self.book
            .drop_dated_skills(number, |skill| remove.contains(&skill) || add.iter().any(|(new, _)| *new == skill));
        let known = self.book.agent_mut(number);
        known.skills.retain(|(skill, _)| !remove.contains(skill) && add.iter().all(|(new, _)| new != skill));
        known.skills.extend(add.into_iter().filter(|(skill, _)| !remove.contains(skill)));
        known.skills.sort();
        self.emit(Effect::AgentChanged { user: agent.clone() });
        self.routes_changed(number);
        Ok(())
    }

    pub(in crate::runtime) fn flag(
        &mut self,
        row: usize,
        user: &Name,
        key: &WorkKey,
        flag: Option<Flag>,
    ) -> Result<(), Refusal> {
        let work = self.book.find_work(key)?;
        let Some(record) = self.book.work(work) else { return Ok(()) };
        if !record.status.is_active() {
            let needs = AgentWorkStatus::Opened;
            return Err(Refusal::WrongStatus { work: work.id(), status: record.status, needs });
        }
        let agent = self.book.agent_name(record.agent);
        self.rules().check_agent(row, user, &agent)?;
        self.set_flag(work, flag, FlagRole::Supervisor, user);
        Ok(())
    }
}
