//! Dates of skill assignments, at random.

use omnic::plan::{AgentSkill, Plan, SkillLevel, Time};
use proptest::prelude::*;

use crate::histories::BEGIN;

/// When an assignment begins and ends, in seconds after histories begin.
type Dates = (Option<i64>, Option<i64>);

/// Some assignments have dates, and many histories have none.
pub(crate) fn dates() -> impl Strategy<Value = Vec<Dates>> {
    let date = || prop::option::of(prop_oneof![3 => -60..600_i64, 1 => (-2..40_i64).prop_map(|step| step * 15)]);
    prop_oneof![1 => Just(Vec::new()), 2 => prop::collection::vec((date(), date()), 1..16)]
}

/// The plan with these dates: for the assignments in their order, and then for others of the same skills at other levels.
pub(crate) fn dated(mut plan: Plan, dates: &[Dates]) -> Plan {
    let at = |seconds: i64| Time(BEGIN.0 + seconds * 1_000);
    let give = |held: &mut AgentSkill, (from, until): Dates| {
        held.from = from.map(at);
        held.until = until.map(at);
    };
    let mut dates = dates.iter().copied();
    for held in plan.tables.agents.iter_mut().flatten().flat_map(|agent| &mut agent.skills) {
        let Some(dates) = dates.next() else { break };
        give(held, dates);
    }
    for agent in plan.tables.agents.iter_mut().flatten() {
        let more: Vec<AgentSkill> = agent
            .skills
            .iter()
            .zip(&mut dates)
            .map(|(held, dates)| {
                let mut other = held.clone();
                other.level = held.level.map(|level| SkillLevel(level.0 / 2));
                give(&mut other, dates);
                other
            })
            .collect();
        agent.skills.extend(more);
    }
    plan.digest = plan.tables.digest();
    plan
}
