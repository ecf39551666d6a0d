//! Which rows have another name, and are otherwise the same.

use schemars::JsonSchema;
use serde::Serialize;

use crate::plan::{Acceptance, Choices, Input, Name, Overflow, Tables};

/// A row that has another name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Rename {
    /// The table.
    pub table: &'static str,
    /// The old name.
    pub before: Name,
    /// The new name.
    pub after: Name,
}

/// The tables whose rows may be renamed. What others name comes first: once it has its new name, they may differ in
/// nothing but their own.
macro_rules! renamed_tables {
    ($each:ident) => {
        $each! {
            skills channels presence_statuses presence_configurations queues routing_configurations queues
            supervisor_views messaging_channels
        }
    };
}

/// True if anything was renamed.
pub(super) fn any(old: &Tables, new: &Tables) -> bool {
    macro_rules! any {
        ($($table:ident)*) => {
            false $(|| !pairs(&old.$table, &new.$table, |row| &row.name, |row, name| row.name = name).is_empty())*
        };
    }
    renamed_tables!(any)
}

/// Finds what was renamed, and gives it its new name in the old tables.
pub(super) fn apply(old: &mut Tables, new: &Tables) -> Vec<Rename> {
    let mut renames = Vec::new();
    macro_rules! renamed {
        ($($table:ident)*) => {$(
            for (before, after) in pairs(&old.$table, &new.$table, |row| &row.name, |row, name| row.name = name) {
                for row in old.$table.iter_mut().filter(|row| row.name == before) {
                    row.name = after.clone();
                }
                each_name(old, stringify!($table), &mut |name| if *name == before { *name = after.clone() });
                renames.push(Rename { table: stringify!($table), before, after });
            }
        )*};
    }
    renamed_tables!(renamed);
    renames
}

/// The names of rows that only the old table has, each with the one row that only the new table has and that differs in
/// nothing else.
fn pairs<R: Clone + PartialEq>(
    old: &[R],
    new: &[R],
    name: impl Fn(&R) -> &Name,
    set: impl Fn(&mut R, Name),
) -> Vec<(Name, Name)> {
    let only = |rows: &[R], others: &[R]| -> Vec<R> {
        let known: rustc_hash::FxHashSet<&Name> = others.iter().map(&name).collect();
        rows.iter().filter(|row| !known.contains(name(row))).cloned().collect()
    };
    let (gone, come) = (only(old, new), only(new, old));
    let is_same = |before: &R, after: &R| {
        let mut renamed = before.clone();
        set(&mut renamed, name(after).clone());
        renamed == *after
    };
    let mut pairs = Vec::new();
    for before in &gone {
        let mut like = come.iter().filter(|after| is_same(before, after));
        let (Some(after), None) = (like.next(), like.next()) else { continue };
        // Of two alike that are gone, nobody knows which is which.
        if gone.iter().filter(|other| is_same(other, after)).count() == 1 {
            pairs.push((name(before).clone(), name(after).clone()));
        }
    }
    pairs
}

/// Every name by which rows refer to rows of a table.
fn each_name(tables: &mut Tables, table: &str, tell: &mut dyn FnMut(&mut Name)) {
    let Tables { outside, .. } = tables;
    match table {
        "skills" => {
            tables.skill_rules.iter_mut().for_each(|row| tell(&mut row.skill));
            tables.routing_configurations.iter_mut().flat_map(|row| &mut row.skills).for_each(&mut *tell);
            let agents = tables.agents.iter_mut().flatten();
            agents.flat_map(|row| &mut row.skills).for_each(|held| tell(&mut held.skill));
            tables.supervisor_views.iter_mut().flat_map(|row| &mut row.skills).for_each(&mut *tell);
            let asked = tables.route_works.iter_mut().flat_map(|row| &mut row.may.skills);
            asked.for_each(|asked| choices(&mut asked.skill, tell));
            outside.skills.iter_mut().for_each(tell);
        }
        "channels" => {
            tables.presence_statuses.iter_mut().flat_map(|row| &mut row.channels).for_each(&mut *tell);
            let objects = tables.queues.iter_mut().flat_map(|row| &mut row.objects);
            objects.filter_map(|object| object.channel.as_mut()).for_each(&mut *tell);
            for row in &mut tables.route_works {
                input(&mut row.channel, tell);
                choices(&mut row.may.channels, tell);
            }
            outside.channels.iter_mut().for_each(tell);
        }
        "presence_statuses" => {
            for row in &mut tables.presence_configurations {
                row.status_on_push_timeout.iter_mut().for_each(&mut *tell);
                if let Acceptance::Decline { status, .. } = &mut row.acceptance {
                    status.iter_mut().for_each(&mut *tell);
                }
            }
            tables.agents.iter_mut().flatten().flat_map(|row| &mut row.statuses).for_each(&mut *tell);
            outside.presence_statuses.iter_mut().for_each(tell);
        }
        "presence_configurations" => {
            tables.governed_by_user.iter_mut().for_each(|row| tell(&mut row.presence_configuration));
            tables.governed_by_profile.iter_mut().for_each(|row| tell(&mut row.presence_configuration));
            tables.agents.iter_mut().flatten().flat_map(|row| &mut row.presence_configuration).for_each(tell);
        }
        "routing_configurations" => {
            tables.queues.iter_mut().flat_map(|row| &mut row.routing_configuration).for_each(&mut *tell);
            tables.messaging_channels.iter_mut().flat_map(|row| &mut row.routing_configuration).for_each(&mut *tell);
            for row in &mut tables.route_works {
                input(&mut row.routing_configuration, tell);
                choices(&mut row.may.routing_configurations, tell);
            }
            outside.routing_configurations.iter_mut().for_each(tell);
        }
        "queues" => {
            for row in &mut tables.routing_configurations {
                if let Some(Overflow::Queue(queue)) = &mut row.overflow {
                    tell(queue);
                }
            }
            tables.supervisor_views.iter_mut().flat_map(|row| &mut row.queues).for_each(&mut *tell);
            tables.messaging_channels.iter_mut().flat_map(|row| &mut row.queue).for_each(&mut *tell);
            tables.agents.iter_mut().flatten().flat_map(|row| &mut row.queues).for_each(&mut *tell);
            for row in &mut tables.route_works {
                input(&mut row.queue, tell);
                choices(&mut row.may.queues, tell);
            }
            outside.queues.iter_mut().for_each(tell);
        }
        _ => {}
    }
    sort(tables);
}

fn input(input: &mut Option<Input>, tell: &mut dyn FnMut(&mut Name)) {
    if let Some(Input::Named(name)) = input {
        tell(name);
    }
}

fn choices(choices: &mut Choices, tell: &mut dyn FnMut(&mut Name)) {
    choices.named.iter_mut().chain(&mut choices.unknown).for_each(tell);
}

/// What rows list stands in the order of names again. Rows stay where they are: places are known by their numbers.
fn sort(tables: &mut Tables) {
    tables.presence_statuses.iter_mut().for_each(|row| row.channels.sort());
    tables.routing_configurations.iter_mut().for_each(|row| row.skills.sort());
    for row in &mut tables.supervisor_views {
        row.queues.sort();
        row.skills.sort();
    }
    for row in tables.agents.iter_mut().flatten() {
        row.statuses.sort();
        row.queues.sort();
        row.skills.sort();
    }
    for row in &mut tables.route_works {
        row.may.queues.named.sort();
        row.may.routing_configurations.named.sort();
        row.may.channels.named.sort();
    }
}
