//! Which skills work asks for.

use std::collections::BTreeMap;

use super::Rules;
use super::directory::Config;
use super::index_types::SkillIx;
use super::state::Need;
use super::{Name, Refusal, Runtime, SkillHeld, SkillNeed};
use crate::plan::SkillLevel;

/// The value of a field, by its name with or without the object.
pub(super) fn value_of<'f>(fields: &'f BTreeMap<Name, Name>, field: &str) -> Option<&'f Name> {
    let bare = field.split_once('.').map_or(field, |(_, bare)| bare);
    fields.get(field).or_else(|| fields.get(bare)).or_else(|| {
        fields.iter().find(|(name, _)| name.split_once('.').is_some_and(|(_, own)| own == bare)).map(|(_, value)| value)
    })
}

/// Fields change. A name is kept without the object, so that a field which is given now with it and now without has one
/// value.
pub(super) fn enter(fields: &mut BTreeMap<Name, Name>, object: &str, changes: &BTreeMap<Name, Name>) {
    for (field, value) in changes {
        let bare = field.strip_prefix(object).and_then(|rest| rest.strip_prefix('.')).map(Name::from);
        fields.insert(bare.unwrap_or_else(|| field.clone()), value.clone());
    }
}

impl Runtime {
    /// A skill that an event asks for.
    pub(super) fn need(&mut self, given: &SkillNeed) -> Result<Need, Refusal> {
        let level = check_level(given.skill_level)?;
        Ok(Need {
            skill: self.book.skill(&given.skill_id),
            level,
            additional: given.is_additional_skill,
            priority: given.skill_priority,
            dropped: false,
        })
    }

    /// The skills that an event gives an agent.
    pub(super) fn held(&mut self, given: &[SkillHeld]) -> Vec<(SkillIx, Option<SkillLevel>)> {
        let mut skills: Vec<_> = given.iter().map(|held| (self.book.skill(&held.skill_id), held.skill_level)).collect();
        one_level_each(&mut skills);
        skills
    }
}

impl Rules<'_> {
    /// The skills of the routing configuration, of the rules for the object's field values, and those that a flow gives.
    /// Of a skill that is asked for twice, required beats additional, and then the higher level counts.
    pub(super) fn needs(
        self,
        config: &Config,
        object: &Name,
        fields: &BTreeMap<Name, Name>,
        rules: bool,
        given: &[Need],
    ) -> Vec<Need> {
        let fixed = config.skills.iter().map(|&skill| Need {
            skill,
            level: None,
            additional: false,
            priority: None,
            dropped: false,
        });
        let of_rules = self.plan.rules.iter().filter(|rule| {
            rules && rule.object == *object && value_of(fields, &rule.field).is_some_and(|value| *value == rule.value)
        });
        let of_rules = of_rules.map(|rule| Need {
            skill: rule.skill,
            level: rule.level,
            additional: rule.additional,
            priority: rule.priority,
            dropped: false,
        });
        let mut needs: BTreeMap<SkillIx, Need> = BTreeMap::new();
        for need in fixed.chain(of_rules).chain(given.iter().copied()) {
            merge(&mut needs, need);
        }
        needs.into_values().collect()
    }
}

/// Sorts skills. Of one that is there twice, the highest level stays.
pub(super) fn one_level_each(skills: &mut Vec<(SkillIx, Option<SkillLevel>)>) {
    skills.sort_by(|a, b| b.cmp(a));
    skills.dedup_by_key(|(skill, _)| *skill);
    skills.reverse();
}

pub(super) fn merge(needs: &mut BTreeMap<SkillIx, Need>, need: Need) {
    needs
        .entry(need.skill)
        .and_modify(|known| {
            let better = (!need.additional, need.level) > (!known.additional, known.level);
            if better {
                *known = need;
            }
        })
        .or_insert(need);
}

/// Skill levels run from 0 to 99.99 (Set Up Omni-Channel Developer Guide v56, `SkillRequirement.SkillLevel`).
pub(super) fn check_level(level: Option<SkillLevel>) -> Result<Option<SkillLevel>, Refusal> {
    match level {
        Some(level) if !(SkillLevel(0)..=SkillLevel(999_900)).contains(&level) => Err(Refusal::Field {
            field: Name::from("SkillLevel"),
            problem: Name::from(format!("is {level}, and must be from 0 to 99.99")),
        }),
        level => Ok(level),
    }
}
