//! Skill assignments, with dates or without.

use serde::{Deserialize, Serialize};

use crate::plan::{SkillLevel, Time};
use crate::runtime::numbers::SkillIx;

/// An assignment of a skill that has dates, or one without them of a skill that has others with dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::runtime) struct DatedSkill {
    pub skill: SkillIx,
    pub level: Option<SkillLevel>,
    /// When it begins; none: it has begun.
    pub from: Option<Time>,
    /// When it ends; none: it does not.
    pub until: Option<Time>,
}

impl DatedSkill {
    /// The moments at which it begins and ends, as far as they have not passed.
    pub(in crate::runtime) fn dates(&self) -> impl Iterator<Item = Time> + use<> {
        self.from.into_iter().chain(self.until)
    }
}

/// Sorts skills. Of one that is there twice, the highest level stays.
pub(in crate::runtime) fn one_level_each(skills: &mut Vec<(SkillIx, Option<SkillLevel>)>) {
    skills.sort_by(|a, b| b.cmp(a));
    skills.dedup_by_key(|(skill, _)| *skill);
    skills.reverse();
}
