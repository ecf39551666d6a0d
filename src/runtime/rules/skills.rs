//! Which skills work asks for.

use std::collections::BTreeMap;

use super::basis::Rules;
use crate::plan::SkillLevel;
use crate::runtime::book::Need;
use crate::runtime::contract::{Name, Refusal};
use crate::runtime::directory::Config;
use crate::runtime::numbers::SkillIx;

impl Rules<'_> {
    /// The skills of the routing configuration, of the rules for the object's field values, and those that a flow gives.
    /// Of a skill that is asked for twice, required beats additional, and then the higher level counts.
    pub(in crate::runtime) fn needs(
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
            deleted: false,
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
            deleted: false,
        });
        let mut needs: BTreeMap<SkillIx, Need> = BTreeMap::new();
        for need in fixed.chain(of_rules).chain(given.iter().copied()) {
            merge(&mut needs, need);
        }
        needs.into_values().collect()
    }
}

/// The value of a field, by its name with or without the object.
pub(in crate::runtime) fn value_of<'f>(fields: &'f BTreeMap<Name, Name>, field: &str) -> Option<&'f Name> {
    let bare = field.split_once('.').map_or(field, |(_, bare)| bare);
    fields.get(field).or_else(|| fields.get(bare)).or_else(|| {
        fields.iter().find(|(name, _)| name.split_once('.').is_some_and(|(_, own)| own == bare)).map(|(_, value)| value)
    })
}

/// Fields change. A name is kept without the object, so that a field which is given now with it and now without has one
/// value.
pub(in crate::runtime) fn enter(fields: &mut BTreeMap<Name, Name>, object: &str, changes: &BTreeMap<Name, Name>) {
    for (field, value) in changes {
        let bare = field.strip_prefix(object).and_then(|rest| rest.strip_prefix('.')).map(Name::from);
        fields.insert(bare.unwrap_or_else(|| field.clone()), value.clone());
    }
}

pub(in crate::runtime) fn merge(needs: &mut BTreeMap<SkillIx, Need>, need: Need) {
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
pub(in crate::runtime) fn check_level(level: Option<SkillLevel>) -> Result<Option<SkillLevel>, Refusal> {
    match level {
        Some(level) if !(SkillLevel(0)..=SkillLevel(999_900)).contains(&level) => Err(Refusal::Field {
            field: Name::from("SkillLevel"),
            problem: Name::from(format!("is {level}, and must be from 0 to 99.99")),
        }),
        level => Ok(level),
    }
}
