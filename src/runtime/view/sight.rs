//! What a supervisor sees.

use crate::plan::{SkillVisibility, SupervisorView};
use crate::runtime::book::{Need, Pending};
use crate::runtime::contract::{AgentSight, FlagSight, Name, QueueSight, SkillSight, SupervisorSight};
use crate::runtime::directory::planned;
use crate::runtime::numbers::AgentIx;
use crate::runtime::rules::{Rules, sees};

impl<'r> Rules<'r> {
    fn waiting_in(self, is_in: impl Fn(&Pending) -> bool) -> impl Iterator<Item = &'r Pending> {
        let waits = |record: &&Pending| record.ready && record.pushed.is_none();
        self.book.state().pendings.iter().map(|(_, record)| record).filter(waits).filter(move |record| is_in(record))
    }

    pub(in crate::runtime) fn sight(self, view: &SupervisorView) -> SupervisorSight {
        let mut agents: Vec<AgentSight> = (0..self.book.state().agents.len())
            .map(planned)
            .filter(|&agent| self.sees_agent(view, agent))
            .map(|agent| self.agent_sight(agent))
            .collect();
        agents.sort_by(|a, b| a.user.cmp(&b.user));
        let queues = self.plan.queues.iter().filter(|queue| sees(&view.queues, &queue.name));
        let mut queues: Vec<QueueSight> = queues.map(|queue| self.queue_sight(&queue.name)).collect();
        queues.sort_by(|a, b| a.queue.cmp(&b.queue));
        let skills = self.book.index().skill_names.iter().filter(|skill| sees(&view.skills, skill));
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
            longest_wait: oldest.map(|oldest| super::figures::seconds(self.book.state().now.since(oldest))),
        }
    }

    fn skill_sight(self, view: &SupervisorView, skill: &Name) -> SkillSight {
        let number = self.book.index().skills.get(skill).copied();
        let asks = |record: &Pending| {
            let needs = || record.needs.iter().filter(|need| !need.dropped);
            let seen = |need: &Need| sees(&view.skills, &self.book.skill_name(need.skill));
            needs().any(|need| Some(need.skill) == number)
                && match view.skill_visibility {
                    Some(SkillVisibility::AllSkills) => needs().all(seen),
                    Some(SkillVisibility::AnySkill) | None => needs().any(seen),
                }
        };
        SkillSight { skill: skill.clone(), waiting: self.waiting_in(asks).count() as u64 }
    }
}
