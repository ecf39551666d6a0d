//! The canonical JSON of a plan.

use std::io::{self, Write};

use serde::Serialize;

use super::{Appearance, Display, Name, Outside, Plan, Tables};
use crate::text::json::Object;

/// Writes a plan. The types say which fields there are, and this says how each is laid out; a test holds the two together.
pub(super) fn write(plan: &Plan, out: &mut dyn Write) -> io::Result<()> {
    let Plan { format, compiler, api_version, digest, filled_in, left_out, tables, display, provenance } = plan;
    Object::write(out, |object| {
        object.value("format", format)?;
        object.value("compiler", compiler)?;
        object.value("api_version", api_version)?;
        object.value("digest", digest)?;
        rows(object, "filled_in", filled_in)?;
        rows(object, "left_out", left_out)?;
        object.object("tables", |object| of_tables(tables, object))?;
        if let Some(display) = display {
            object.object("display", |object| of_display(display, object))?;
        }
        if let Some(provenance) = provenance {
            let mut tables = provenance.iter();
            object.object("provenance", |object| tables.try_for_each(|(table, places)| object.rows(table, places)))?;
        }
        Ok(())
    })?;
    out.write_all(b"\n")
}

fn of_tables(tables: &Tables, object: &mut Object<'_>) -> io::Result<()> {
    let Tables {
        settings,
        channels,
        presence_statuses,
        decline_reasons,
        presence_configurations,
        users,
        governed_by_user,
        governed_by_profile,
        routing_configurations,
        queues,
        skills,
        skill_rules,
        supervisor_views,
        route_works,
        messaging_channels,
        outside,
        agents,
    } = tables;
    object.value("settings", settings)?;
    rows(object, "channels", channels)?;
    rows(object, "presence_statuses", presence_statuses)?;
    rows(object, "decline_reasons", decline_reasons)?;
    rows(object, "presence_configurations", presence_configurations)?;
    rows(object, "users", users)?;
    rows(object, "governed_by_user", governed_by_user)?;
    rows(object, "governed_by_profile", governed_by_profile)?;
    rows(object, "routing_configurations", routing_configurations)?;
    rows(object, "queues", queues)?;
    rows(object, "skills", skills)?;
    rows(object, "skill_rules", skill_rules)?;
    rows(object, "supervisor_views", supervisor_views)?;
    rows(object, "route_works", route_works)?;
    rows(object, "messaging_channels", messaging_channels)?;
    if *outside != Outside::default() {
        object.value("outside", outside)?;
    }
    agents.iter().try_for_each(|agents| object.rows("agents", agents))
}

fn of_display(display: &Display, object: &mut Object<'_>) -> io::Result<()> {
    for (name, table) in display.tables().into_iter().filter(|(_, table)| !table.is_empty()) {
        let entries: Vec<(&Name, &Appearance)> = table.iter().collect();
        object.entries(name, &entries)?;
    }
    Ok(())
}

/// A list, if there is anything in it.
fn rows<T: Serialize + Sync>(object: &mut Object<'_>, name: &str, rows: &[T]) -> io::Result<()> {
    if rows.is_empty() { Ok(()) } else { object.rows(name, rows) }
}
