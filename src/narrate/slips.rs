//! Names that a run takes as they are, and that are most likely slips: skills that the plan does not have.

use super::{Narrator, Tone};
use crate::runtime::{Event, Name, Route, Supervision, Time};
use crate::text::slip;

impl Narrator<'_> {
    /// Says of each skill that an event names, and that the plan does not have, which one may have been meant; once.
    pub(super) fn slips(&mut self, at: Time, event: &Event) {
        for skill in skills(event) {
            let Some(meant) = self.meant_skill(skill) else { continue };
            if self.slips.insert(skill.clone()) {
                let sentence = format!("the plan has no skill `{skill}`; did you mean `{meant}`?");
                self.say(at, Tone::Trouble, &sentence);
            }
        }
    }

    /// The skill of the plan that a name can only be a slip of.
    pub(super) fn meant_skill(&self, skill: &str) -> Option<Name> {
        let known = || self.plan.tables.skills.iter().map(|row| row.name.as_str());
        let is_there = known().any(|known| known == skill);
        if is_there { None } else { slip(skill, known()).map(Name::from) }
    }
}

/// The skills that an event names.
fn skills(event: &Event) -> Vec<&Name> {
    let route = match event {
        Event::WorkArrived(arrived) => Some(&arrived.route),
        Event::WorkTransferred { to, .. } => Some(to),
        _ => None,
    };
    match (route, event) {
        (Some(Route::Skills(route)), _) => route.skills.iter().map(|need| &need.skill_id).collect(),
        (_, Event::AgentChanged(change)) => change.skills.iter().flatten().map(|held| &held.skill_id).collect(),
        (_, Event::Supervise { action: Supervision::ChangeSkills { add, .. }, .. }) => {
            add.iter().map(|held| &held.skill_id).collect()
        }
        (_, Event::CreateSkillRequirement { need, .. }) => vec![&need.skill_id],
        _ => Vec::new(),
    }
}
