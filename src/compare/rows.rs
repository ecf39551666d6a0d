//! Which rows of the tables differ.

use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::plan::{Name, SkillRule, Tables};

/// A row that differs.
#[derive(Clone, Debug, PartialEq)]
pub struct RowChange {
    /// The table.
    pub table: &'static str,
    /// The row, by its name or whatever tells it from others.
    pub row: Name,
    /// The number of the row in the table of the old plan and of the new one; none: it is not there.
    pub at: [Option<usize>; 2],
    /// The fields that differ, if the row is in both.
    pub fields: Vec<FieldChange>,
}

/// A field that differs.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct FieldChange {
    /// The field of the row.
    pub field: String,
    /// What it was; null: left out.
    pub before: Value,
    /// What it is; null: left out.
    pub after: Value,
}

/// The rows that differ, table by table, in the order of their names.
pub(super) fn changed(old: &Tables, new: &Tables) -> Vec<RowChange> {
    macro_rules! tables {
        ($($table:ident: $key:expr;)*) => {{
            let mut all = Vec::new();
            $(each(stringify!($table), &old.$table, &new.$table, $key, &mut all);)*
            all
        }};
    }
    let mut all = Vec::new();
    each("settings", &[old.settings], &[new.settings], |_| Name::default(), &mut all);
    all.extend(tables! {
        channels: |row| row.name.clone();
        presence_statuses: |row| row.name.clone();
        decline_reasons: Name::clone;
        presence_configurations: |row| row.name.clone();
        users: Name::clone;
        governed_by_user: |row| row.user.clone();
        governed_by_profile: |row| row.profile.clone();
        routing_configurations: |row| row.name.clone();
        queues: |row| row.name.clone();
        skills: |row| row.name.clone();
        skill_rules: rule_name;
        supervisor_views: |row| row.name.clone();
        route_works: |row| Name::from(format!("{}/{}", row.flow, row.action));
        messaging_channels: |row| row.name.clone();
    });
    let agents = |tables: &Tables| tables.agents.clone().unwrap_or_default();
    each("agents", &agents(old), &agents(new), |row| row.user.clone(), &mut all);
    all
}

/// What tells a skill rule from others.
fn rule_name(rule: &SkillRule) -> Name {
    let SkillRule { object, field, value, skill, .. } = rule;
    let (value, field) = (value.as_deref().unwrap_or_default(), bare(field));
    Name::from(format!("{object}: {field} = {value} for {skill}"))
}

/// A field without its object.
pub(super) fn bare(field: &Name) -> &str {
    field.split_once('.').map_or(field.as_str(), |(_, bare)| bare)
}

fn each<R: PartialEq + Serialize>(
    table: &'static str,
    old: &[R],
    new: &[R],
    key: impl Fn(&R) -> Name,
    all: &mut Vec<RowChange>,
) {
    if old == new {
        return;
    }
    // Of two rows with one name the first stands for the first.
    let mut before: FxHashMap<Name, Vec<usize>> = FxHashMap::default();
    for (number, row) in old.iter().enumerate().rev() {
        before.entry(key(row)).or_default().push(number);
    }
    let begin = all.len();
    let mut gone = vec![true; old.len()];
    for (number, row) in new.iter().enumerate() {
        let name = key(row);
        match before.get_mut(&name).and_then(Vec::pop) {
            Some(was) => {
                gone[was] = false;
                if old[was] != *row {
                    let fields = fields(&old[was], row);
                    all.push(RowChange { table, row: name, at: [Some(was), Some(number)], fields });
                }
            }
            None => all.push(RowChange { table, row: name, at: [None, Some(number)], fields: Vec::new() }),
        }
    }
    for (number, row) in old.iter().enumerate().filter(|(number, _)| gone[*number]) {
        all.push(RowChange { table, row: key(row), at: [Some(number), None], fields: Vec::new() });
    }
    all[begin..].sort_by(|a, b| (&a.row, a.at).cmp(&(&b.row, b.at)));
}

fn fields(old: &impl Serialize, new: &impl Serialize) -> Vec<FieldChange> {
    let object = |row: Value| match row {
        Value::Object(fields) => fields,
        other => [(String::new(), other)].into_iter().collect(),
    };
    // Plain structs: JSON has them.
    let [mut old, new] =
        [serde_json::to_value(old), serde_json::to_value(new)].map(|row| object(row.unwrap_or_default()));
    let mut changes = Vec::new();
    for (field, after) in new {
        let before = old.remove(&field).unwrap_or_default();
        if before != after {
            changes.push(FieldChange { field, before, after });
        }
    }
    changes.extend(old.into_iter().map(|(field, before)| FieldChange { field, before, after: Value::Null }));
    changes.sort_by(|a, b| a.field.cmp(&b.field));
    changes
}
