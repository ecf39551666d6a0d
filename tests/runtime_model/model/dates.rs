//! Skill assignments with dates: what counts is worked out from all of them whenever a date is reached.

use omnic::plan::{AgentSkill, SkillLevel};
use omnic::runtime::{Effect, Name, SkillHeld, Time};

use super::{Agent, Assigned, Model};

/// An assignment of the table of agents.
pub(super) fn assigned(row: &AgentSkill) -> Assigned {
    Assigned { skill: row.skill.clone(), level: row.level, from: row.from, until: row.until }
}

impl Model {
    /// The dates after those that have been looked at.
    pub(super) fn dates_ahead(&self) -> Vec<Time> {
        let rows = self.agents.iter().flat_map(|agent| &agent.assigned);
        rows.flat_map(|row| [row.from, row.until]).flatten().filter(|at| *at > self.dated).collect()
    }

    /// Everyone has the skills whose assignments count at the time that has been looked at, and those that events gave.
    pub(super) fn skills_by_dates(&mut self) {
        let at = self.dated;
        for agent in &mut self.agents {
            agent.skills.retain(|(skill, _)| !agent.assigned.iter().any(|row| row.skill == *skill));
            for row in agent.assigned.iter().filter(|row| counts(row, at)) {
                match agent.skills.iter_mut().find(|(skill, _)| *skill == row.skill) {
                    Some((_, level)) => *level = row.level.max(*level),
                    None => agent.skills.push((row.skill.clone(), row.level)),
                }
            }
        }
    }

    /// A date is reached.
    pub(super) fn skill_dates(&mut self) {
        let before: Vec<Agent> = self.agents.clone();
        self.dated = self.now;
        self.skills_by_dates();
        for (before, now) in before.iter().zip(self.agents.clone()) {
            let mut began: Vec<&(Name, Option<SkillLevel>)> =
                now.skills.iter().filter(|held| !before.skills.contains(held)).collect();
            began.sort();
            let is_gone = |skill: &Name| !now.skills.iter().any(|(held, _)| held == skill);
            let mut ended: Vec<Name> = before.skills.iter().map(|(skill, _)| skill.clone()).filter(is_gone).collect();
            ended.sort();
            if began.is_empty() && ended.is_empty() {
                continue;
            }
            let began =
                began.into_iter().map(|(skill, level)| SkillHeld { skill_id: skill.clone(), skill_level: *level });
            self.tell(Effect::SkillsChanged { user: now.name.clone(), began: began.collect(), ended });
        }
    }
}

fn counts(row: &Assigned, at: Time) -> bool {
    row.from.is_none_or(|from| from <= at) && row.until.is_none_or(|until| at < until)
}
