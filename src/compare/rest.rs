//! Rows that differ, beyond what becomes of work that arrives: how offers are answered, what supervisors see, what the plans
//! do not know the reps of.

use std::collections::BTreeSet;

use serde_json::Value;

use super::causes::cause;
use super::change::{Cause, Change, Topic, What};
use super::rows::{FieldChange, RowChange};
use super::words;
use crate::plan::Plan;

/// What a field of a row is about, if it matters beyond what becomes of work that arrives.
enum About {
    /// Always this.
    Topic(Topic),
    /// A list of who gets work: fewer or more reps. It counts where no change of work has the row among its causes.
    Reps,
    /// This, where no change of work has the row among its causes.
    Unless(Topic),
    /// What becomes of work that arrives says it all.
    Nothing,
}

fn about(table: &str, field: &str) -> About {
    match (table, field) {
        // Groups are what supervisors see of agents.
        ("supervisor_views", _) | ("agents", "groups") => About::Topic(Topic::Supervisors),
        ("presence_configurations" | "channels", "after_conversation_work") => About::Topic(Topic::Times),
        ("channels", "capacity_model" | "status_capacity") => About::Topic(Topic::Capacity),
        ("governed_by_user" | "governed_by_profile", _)
        | ("presence_configurations", "capacity" | "interruptible_capacity")
        | ("agents", "presence_configuration") => About::Unless(Topic::Capacity),
        ("presence_configurations" | "decline_reasons", _) | ("channels", "auto_accept") => {
            About::Topic(Topic::Answers)
        }
        ("messaging_channels", _) | ("presence_statuses", "away") => About::Topic(Topic::Other),
        ("presence_statuses", _) | ("queues", "members" | "agents") => About::Reps,
        // It goes with the members; and users by themselves do nothing.
        ("queues", "agents_complete") | ("users", _) => About::Nothing,
        // What no work that the plans know depends on may still matter to work that comes another way.
        _ => About::Unless(Topic::Other),
    }
}

/// The changes that rows make by themselves, and the rows that change nothing.
pub(super) fn of(rows: &[RowChange], changes: &[Change], plans: [&Plan; 2]) -> (Vec<Change>, Vec<Cause>) {
    let told: BTreeSet<(&str, &str)> =
        changes.iter().flat_map(|change| &change.causes).map(|cause| (cause.table, cause.row.as_str())).collect();
    let mut rest = Vec::new();
    let mut without = Vec::new();
    for row in rows {
        let is_told = told.contains(&(row.table, row.row.as_str()));
        if is_idle(row, plans) {
            without.push(cause(row, plans));
            continue;
        }
        let before = rest.len();
        let whole = [FieldChange { field: String::new(), before: Value::Null, after: Value::Null }];
        // A row that comes or goes is told as one.
        let fields = if row.fields.is_empty() { &whole[..] } else { &row.fields };
        rest.extend(fields.iter().filter_map(|field| of_field(row, field, is_told, plans)));
        if rest.len() == before && !is_told {
            without.push(cause(row, plans));
        }
    }
    (rest, without)
}

fn of_field(row: &RowChange, field: &FieldChange, is_told: bool, plans: [&Plan; 2]) -> Option<Change> {
    let is_row = row.fields.is_empty();
    let topic = match about(row.table, &field.field) {
        // What names a row that comes or goes says what it does.
        About::Topic(_) if is_row && !matters_by_itself(row.table) => return None,
        About::Unless(_) if is_told || (is_row && !matters_by_itself(row.table)) => return None,
        About::Topic(topic) | About::Unless(topic) => topic,
        About::Reps if is_told || is_row => return None,
        About::Reps => reps(field)?,
        About::Nothing => return None,
    };
    let what = What::Row {
        table: row.table,
        row: row.row.clone(),
        field: field.field.clone(),
        before: if is_row { Value::from(row.at[0].is_some()) } else { field.before.clone() },
        after: if is_row { Value::from(row.at[1].is_some()) } else { field.after.clone() },
    };
    let text = words::sentence(&what, &[], &[]);
    Some(Change { topic, text, causes: vec![cause(row, plans)], what, work: Vec::new(), example: None })
}

/// True for a row that no work can depend on, with either plan.
fn is_idle(row: &RowChange, plans: [&Plan; 2]) -> bool {
    let both = |idle: &dyn Fn(&Plan, usize) -> bool| {
        plans.iter().zip(row.at).all(|(plan, at)| at.is_none_or(|at| idle(plan, at)))
    };
    match row.table {
        "users" => true,
        "queues" => both(&|plan, at| plan.tables.queues.get(at).is_some_and(|row| row.routing_configuration.is_none())),
        "skill_rules" => both(&|plan, at| plan.tables.skill_rules.get(at).is_some_and(|row| !row.active)),
        "route_works" => both(&|plan, at| plan.tables.route_works.get(at).is_some_and(|row| !row.active)),
        _ => false,
    }
}

/// True where a whole row that comes or goes is a change, whatever names it.
fn matters_by_itself(table: &str) -> bool {
    matches!(
        table,
        "governed_by_user"
            | "governed_by_profile"
            | "supervisor_views"
            | "messaging_channels"
            | "decline_reasons"
            | "skill_rules"
    )
}

/// Whether a list of who gets work has fewer or more in it; none: neither.
fn reps(field: &FieldChange) -> Option<Topic> {
    let names = |value: &Value| -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        match value {
            Value::Array(list) => names.extend(list.iter().map(ToString::to_string)),
            Value::Object(lists) => {
                for (kind, list) in lists {
                    names.extend(list.as_array().into_iter().flatten().map(|name| format!("{kind} {name}")));
                }
            }
            _ => {}
        }
        names
    };
    let (before, after) = (names(&field.before), names(&field.after));
    if before.difference(&after).next().is_some() {
        Some(Topic::FewerReps)
    } else if after.difference(&before).next().is_some() {
        Some(Topic::MoreReps)
    } else {
        None
    }
}
