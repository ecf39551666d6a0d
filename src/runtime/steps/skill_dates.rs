//! Skill assignments begin and end.

use super::runtime::Runtime;
use crate::plan::{SkillLevel, Time};
use crate::runtime::contract::{Effect, Name, SkillHeld};
use crate::runtime::numbers::{AgentIx, SkillIx};

impl Runtime {
    /// The timer of dates fires: whose assignments begin or end now can get other work than before.
    pub(in crate::runtime) fn skill_dates(&mut self) {
        while let Some(agent) = self.book.take_skill_date(self.book.state().now) {
            let before = self.book.agent(agent).skills.clone();
            let now = self.book.state().now;
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
        let first = self.book.state().options.first_record_number;
        let (state, sessions) = (&self.book.state(), self.book.state().next_session);
        if [sessions, state.pendings.next().into(), state.works.next().into()] != [first; 3] {
            return;
        }
        while let Some(agent) = self.book.take_skill_date(at) {
            self.book.agent_mut(agent).pass_skill_dates(at);
        }
        self.book.pass_skill_dates(at);
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
