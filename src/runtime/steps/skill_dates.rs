//! Skill assignments begin and end.

use super::runtime::Runtime;
use crate::plan::{SkillLevel, Time};
use crate::runtime::book::Timer;
use crate::runtime::contract::{Effect, Name, SkillHeld};
use crate::runtime::directory::DatedSkill;
use crate::runtime::numbers::{AgentIx, SkillIx};

impl Runtime {
    /// Sets the timers of an agent's dates.
    pub(in crate::runtime) fn set_skill_dates(&mut self, agent: AgentIx) {
        for at in self.book.state.agents[agent.at()].dated.iter().flat_map(DatedSkill::dates) {
            self.book.index.skill_dates.insert((at, agent));
            self.book.index.timers.insert((at, Timer::SkillDates));
        }
    }

    /// Takes the assignments with dates from an agent that a change replaces, and their timers with them.
    pub(in crate::runtime) fn drop_dated_skills(&mut self, agent: AgentIx, replaced: impl Fn(SkillIx) -> bool) {
        if self.book.agent(agent).dated.is_empty() {
            return;
        }
        let dates: Vec<Time> = self.book.agent(agent).dated.iter().flat_map(DatedSkill::dates).collect();
        self.book.agent_mut(agent).dated.retain(|row| !replaced(row.skill));
        for at in dates {
            self.book.index.skill_dates.remove(&(at, agent));
            let of_others = (at, AgentIx::from(0))..=(at, AgentIx::from(u32::MAX));
            if self.book.index.skill_dates.range(of_others).next().is_none() {
                self.book.index.timers.remove(&(at, Timer::SkillDates));
            }
        }
        self.set_skill_dates(agent);
    }

    /// The timer of dates fires: whose assignments begin or end now can get other work than before.
    pub(in crate::runtime) fn skill_dates(&mut self) {
        while let Some(agent) = self.next_skill_date(self.book.state.now) {
            let before = self.book.agent(agent).skills.clone();
            let now = self.book.state.now;
            let known = self.book.agent_mut(agent);
            known.pass_skill_dates(now);
            if known.skills == before {
                continue;
            }
            let effect = self.skills_changed(agent, &before);
            self.emit(effect);
            self.routes_changed(agent);
        }
    }

    /// Lets dates pass before the first login and the first request: nobody is there whom they could concern, and the years
    /// before a run would fill its beginning.
    pub(in crate::runtime) fn pass_early_skill_dates(&mut self, at: Time) {
        let first = self.book.state.options.first_record_number;
        let (state, sessions) = (&self.book.state, self.book.state.next_session);
        if [sessions, state.pendings.next().into(), state.works.next().into()] != [first; 3] {
            return;
        }
        while let Some(agent) = self.next_skill_date(at) {
            self.book.agent_mut(agent).pass_skill_dates(at);
        }
        while self.book.index.timers.first().is_some_and(|&(due, timer)| due <= at && timer == Timer::SkillDates) {
            self.book.index.timers.pop_first();
        }
    }

    /// Takes the first date up to `at` from those that are ahead, and gives its agent.
    fn next_skill_date(&mut self, at: Time) -> Option<AgentIx> {
        let &(due, agent) = self.book.index.skill_dates.first()?;
        if due > at {
            return None;
        }
        self.book.index.skill_dates.pop_first();
        Some(agent)
    }

    /// Tells what is different from `before`, by the names of skills.
    fn skills_changed(&self, agent: AgentIx, before: &[(SkillIx, Option<SkillLevel>)]) -> Effect {
        let known = self.book.agent(agent);
        let began = known.skills.iter().filter(|held| !before.contains(held));
        let mut began: Vec<SkillHeld> = began
            .map(|&(skill, level)| SkillHeld { skill_id: self.book.skill_name(skill), skill_level: level })
            .collect();
        began.sort_by(|a, b| a.skill_id.cmp(&b.skill_id));
        let ended = before.iter().filter(|(skill, _)| known.held(*skill).is_none());
        let mut ended: Vec<Name> = ended.map(|&(skill, _)| self.book.skill_name(skill)).collect();
        ended.sort_unstable();
        Effect::SkillsChanged { user: known.name.clone(), began, ended }
    }
}
