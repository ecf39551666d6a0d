//! The comparison of plans against the runtime: where a history goes otherwise with another plan, the comparison says that
//! something is another.

use omnic::compare::compare;
use omnic::plan::{Acceptance, Cost, Plan, RoutingModel, Tables, Units};
use omnic::runtime::{RoutingOptions, Runtime, Timed, TimedEffect};
use proptest::prelude::*;

/// One thing that is another in a plan: which, in which row, and how.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Edit {
    what: usize,
    row: usize,
    how: u8,
}

pub(crate) fn edit() -> impl Strategy<Value = Edit> {
    (0..EDITS.len(), 0..100_usize, 0..100_u8).prop_map(|(what, row, how)| Edit { what, row, how })
}

type Apply = fn(&mut Tables, usize, u8);

const EDITS: [Apply; 20] = [
    |tables, row, how| each(&mut tables.routing_configurations, row, |row| row.priority = Some(i32::from(how % 4))),
    |tables, row, how| {
        let cost = Cost::Units(Units::from_units(f64::from(how % 7) / 2.0));
        each(&mut tables.routing_configurations, row, |row| row.cost = cost);
    },
    |tables, row, how| {
        each(&mut tables.routing_configurations, row, |row| row.push_timeout_seconds = Some(u32::from(how % 40)));
    },
    |tables, row, how| {
        let model = if how % 2 == 0 { RoutingModel::LeastActive } else { RoutingModel::MostAvailable };
        each(&mut tables.routing_configurations, row, |row| row.model = Some(model));
    },
    |tables, row, how| {
        let user = tables.users[usize::from(how) % tables.users.len()].clone();
        each(&mut tables.queues, row, |row| {
            let mut agents = row.agents().to_vec();
            if agents.contains(&user) {
                agents.retain(|agent| *agent != user);
            } else {
                agents.push(user);
            }
            agents.sort();
            row.agents = Some(agents);
        });
    },
    |tables, row, _| each(&mut tables.queues, row, |row| row.routing_configuration = None),
    |tables, row, how| {
        each(&mut tables.presence_statuses, row, |row| {
            if !row.channels.is_empty() {
                row.channels.remove(usize::from(how) % row.channels.len());
            }
        });
    },
    |tables, row, how| {
        let capacity = Units::from_units(f64::from(how % 6));
        each(&mut tables.presence_configurations, row, |row| row.capacity = Some(capacity));
    },
    |tables, row, _| each(&mut tables.presence_configurations, row, |row| row.acceptance = Acceptance::Auto),
    |tables, row, _| each(&mut tables.presence_configurations, row, |row| row.status_on_push_timeout = None),
    |tables, row, _| each(&mut tables.channels, row, |row| row.auto_accept = !row.auto_accept),
    |tables, row, _| each(&mut tables.channels, row, |row| row.interruptible = !row.interruptible),
    |tables, row, _| each(&mut tables.channels, row, |row| row.after_conversation_work = None),
    |tables, row, how| {
        each(tables.agents.as_deref_mut().unwrap_or_default(), row, |row| {
            if !row.statuses.is_empty() {
                row.statuses.remove(usize::from(how) % row.statuses.len());
            }
        });
    },
    |tables, row, how| {
        each(tables.agents.as_deref_mut().unwrap_or_default(), row, |row| {
            if !row.skills.is_empty() {
                row.skills.remove(usize::from(how) % row.skills.len());
            }
        });
    },
    |tables, row, how| each(&mut tables.skill_rules, row, |row| row.level = Some(i32::from(how % 10))),
    |tables, row, _| each(&mut tables.skill_rules, row, |row| row.active = !row.active),
    |tables, _, how| match how % 4 {
        0 => tables.settings.omni_channel = !tables.settings.omni_channel,
        1 => tables.settings.skills_based_routing = !tables.settings.skills_based_routing,
        2 => tables.settings.secondary_routing_priority = !tables.settings.secondary_routing_priority,
        _ => tables.settings.status_based_capacity = !tables.settings.status_based_capacity,
    },
    |tables, row, _| each(&mut tables.routing_configurations, row, |row| row.attribute_based = !row.attribute_based),
    |tables, row, how| {
        each(&mut tables.supervisor_views, row, |row| {
            if !row.queues.is_empty() {
                row.queues.remove(usize::from(how) % row.queues.len());
            }
        });
    },
];

fn each<R>(rows: &mut [R], row: usize, change: impl FnOnce(&mut R)) {
    let number = rows.len();
    if number > 0 {
        change(&mut rows[row % number]);
    }
}

/// The plan with something else in it.
pub(crate) fn edited(plan: &Plan, edits: &[Edit]) -> Plan {
    let mut plan = plan.clone();
    for Edit { what, row, how } in edits {
        EDITS[*what](&mut plan.tables, *row, *how);
    }
    plan.digest = plan.tables.digest();
    plan
}

/// Where the two plans lead a history to other ends, and the comparison has nothing to say.
pub(crate) fn untold(old: &Plan, new: &Plan, options: &RoutingOptions, events: &[Timed]) -> Option<String> {
    let found = compare(old, new).unwrap();
    if !found.changes.is_empty() || !found.renames.is_empty() {
        return None;
    }
    let [before, after] = [old, new].map(|plan| effects(plan, options, events));
    let (at, _) = before.iter().zip(&after).enumerate().find(|(_, (before, after))| before != after)?;
    Some(format!("no change is told, and event {at} has other effects:\n{:?}\n{:?}", before[at], after[at]))
}

/// What comes of each event, or the refusal.
fn effects(plan: &Plan, options: &RoutingOptions, events: &[Timed]) -> Vec<Result<Vec<TimedEffect>, String>> {
    let mut runtime = Runtime::new(plan, options.clone()).unwrap();
    let apply = |Timed { at, event }: &Timed| runtime.apply(*at, event).map_err(|refused| refused.to_string());
    events.iter().map(apply).collect()
}
