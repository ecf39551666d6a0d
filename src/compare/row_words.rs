//! Sentences about rows of a plan.

use serde_json::Value;

use super::renames::Rename;
use super::subject::NAMES;
use crate::text::{count, list};

/// What has another name, without a full stop.
pub fn renamed(rename: &Rename) -> String {
    let Rename { table, before, after } = rename;
    format!("the {} `{before}` is called `{after}` now, and is the same otherwise", noun(table))
}

/// What a table's rows are called.
pub fn noun(table: &str) -> &'static str {
    match table {
        "settings" => "Omni-Channel settings",
        "channels" => "service channel",
        "presence_statuses" => "presence status",
        "decline_reasons" => "decline reason",
        "presence_configurations" => "presence configuration",
        "users" => "user",
        "governed_by_user" => "presence configuration of the user",
        "governed_by_profile" => "presence configuration of the profile",
        "routing_configurations" => "routing configuration",
        "queues" => "queue",
        "skills" => "skill",
        "skill_rules" => "skill rule",
        "supervisor_views" => "supervisor configuration",
        "route_works" => "route-work action",
        "messaging_channels" => "messaging channel",
        "agents" => "rep",
        _ => "row",
    }
}

/// A row that differs.
pub(super) fn row_words(table: &str, row: &str, field: &str, before: &Value, after: &Value) -> String {
    let subject = if row.is_empty() { format!("the {}", noun(table)) } else { format!("the {} `{row}`", noun(table)) };
    if field.is_empty() {
        return if *after == Value::Bool(true) { format!("{subject} is new") } else { format!("{subject} is gone") };
    }
    match (table, field) {
        ("presence_statuses", "granted_by_permission_sets") => granted(row, "permission set", before, after),
        ("presence_statuses", "granted_by_profiles") => granted(row, "profile", before, after),
        ("governed_by_user", _) => {
            format!("the user `{row}` is governed by {} instead of {}", value(after), value(before))
        }
        ("governed_by_profile", _) => {
            format!("users of the profile `{row}` are governed by {} instead of {}", value(after), value(before))
        }
        ("presence_configurations", "capacity") => {
            format!("a rep governed by `{row}` has the capacity {} instead of {}", value(after), value(before))
        }
        ("presence_configurations", "status_on_push_timeout") => format!(
            "a rep governed by `{row}` who lets an offer time out {} instead of {}",
            if after.is_null() {
                "keeps the presence status".to_owned()
            } else {
                format!("is moved to {}", value(after))
            },
            if before.is_null() { "keeping it".to_owned() } else { format!("to {}", value(before)) },
        ),
        ("queues", "members") => members(row, before, after),
        ("agents", "presence_configuration") => {
            format!("the rep `{row}` is governed by {} instead of {}", governing(after), governing(before))
        }
        ("presence_configurations", "acceptance") => {
            format!("offers to a rep governed by `{row}` {} instead of: {}", acceptance(after), acceptance(before))
        }
        _ => lists(before, after).map_or_else(
            || {
                let [before, after] = switches(before, after);
                format!("{subject}: `{field}` is {} instead of {}", value(&after), value(&before))
            },
            |(gone, come)| {
                let gone = (!gone.is_empty()).then(|| format!("loses {}", quoted(&gone)));
                let come = (!come.is_empty()).then(|| format!("gains {}", quoted(&come)));
                let parts: Vec<String> = gone.into_iter().chain(come).collect();
                format!("{subject}: `{field}` {}", parts.join(" and "))
            },
        ),
    }
}

/// A switch that is left out is off.
fn switches(before: &Value, after: &Value) -> [Value; 2] {
    let is_switch = before.is_boolean() || after.is_boolean();
    [before, after].map(|value| if is_switch && value.is_null() { Value::Bool(false) } else { value.clone() })
}

fn governing(name: &Value) -> String {
    if name.is_null() { "the org's default".to_owned() } else { value(name) }
}

/// How offers are answered.
fn acceptance(how: &Value) -> String {
    match how.get("mode").and_then(Value::as_str) {
        Some("auto") => "are accepted at once".to_owned(),
        Some("decline") => {
            let reasons = how.get("reasons").and_then(Value::as_array).map_or(0, Vec::len);
            let status = how.get("status").and_then(Value::as_str);
            let status = status.map(|status| format!(", then the status is `{status}`")).unwrap_or_default();
            format!("can be declined, with {}{status}", count(reasons, "reason"))
        }
        _ => "cannot be declined".to_owned(),
    }
}

fn granted(status: &str, noun: &str, before: &Value, after: &Value) -> String {
    let (gone, come) = lists(before, after).unwrap_or_default();
    let of = |names: &[String]| {
        let noun = if names.len() == 1 { format!("the {noun}") } else { format!("the {noun}s") };
        format!("{noun} {}", quoted(names))
    };
    let verb = |names: &[String]| if names.len() == 1 { "grants" } else { "grant" };
    let gone = (!gone.is_empty()).then(|| format!("{} no longer {} it", of(&gone), verb(&gone)));
    let come = (!come.is_empty()).then(|| format!("{} {} it now", of(&come), verb(&come)));
    let parts: Vec<String> = gone.into_iter().chain(come).collect();
    format!("who may choose the presence status `{status}` changes: {}", parts.join(", and "))
}

fn members(queue: &str, before: &Value, after: &Value) -> String {
    let words = |kind: &str| match kind {
        "users" => "user",
        "groups" => "public group",
        "roles" => "role",
        "roles_and_subordinates" => "role and subordinates",
        _ => "role and internal subordinates",
    };
    let all = |one: &Value, other: &Value| -> Vec<String> {
        let kinds = one.as_object().into_iter().flatten();
        let lost = kinds.flat_map(|(kind, names)| {
            let others = other.get(kind).and_then(Value::as_array);
            let names = names.as_array().into_iter().flatten();
            let names = names.filter(move |name| !others.is_some_and(|others| others.contains(name)));
            names.map(move |name| format!("the {} {}", words(kind), value(name)))
        });
        lost.collect()
    };
    let gone = all(before, after);
    let come = all(after, before);
    let gone = (!gone.is_empty()).then(|| format!("no longer has {} as members", gone.join(", ")));
    let come = (!come.is_empty()).then(|| format!("has {} as members now", come.join(", ")));
    let parts: Vec<String> = gone.into_iter().chain(come).collect();
    format!("the queue `{queue}` {}", parts.join(", and "))
}

/// What is gone from a list and what has come, if both are lists of names or nothing.
fn lists(before: &Value, after: &Value) -> Option<(Vec<String>, Vec<String>)> {
    let names = |value: &Value| -> Option<Vec<String>> {
        match value {
            Value::Null => Some(Vec::new()),
            Value::Array(list) => list.iter().map(|name| name.as_str().map(str::to_owned)).collect(),
            _ => None,
        }
    };
    if before.is_null() && after.is_null() {
        return None;
    }
    let (before, after) = (names(before)?, names(after)?);
    let less = |from: &[String], by: &[String]| from.iter().filter(|name| !by.contains(name)).cloned().collect();
    Some((less(&before, &after), less(&after, &before)))
}

fn quoted(names: &[String]) -> String {
    list(names.iter().map(String::as_str), NAMES)
}

/// A value of a row.
fn value(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Bool(true) => "on".to_owned(),
        Value::Bool(false) => "off".to_owned(),
        Value::String(text) => format!("`{text}`"),
        Value::Number(number) => number.to_string(),
        other => format!("`{}`", crate::text::json::text(other)),
    }
}
