//! How many findings there are of each check.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::Report;
use super::json::{FORMAT_VERSION, pretty, schema_of};
use crate::diagnostics::{Applicability, Severity, Summary};

/// How many findings `omnic check` shows of each check and severity.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "omnic statistics")]
struct Document {
    /// Version of this format. Fields may be added within a version; a change or removal makes a new one.
    #[schemars(extend("const" = FORMAT_VERSION))]
    format_version: u32,
    /// One entry for each check and severity, the most findings first, then by code.
    statistics: Vec<Statistic>,
    /// How many findings there are of each severity. Counts everything found, shown or not.
    summary: Summary,
}

/// The findings of one check with one severity.
#[derive(Serialize, JsonSchema)]
struct Statistic {
    /// Stable code of the check, such as `OC305`.
    code: &'static str,
    /// Name of the check, such as `acw-incomplete`.
    name: &'static str,
    /// How bad they are.
    severity: Severity,
    /// How many there are.
    count: usize,
    /// How many of them have a fix that may be made unasked.
    fixable: usize,
    /// How many of them have a fix that somebody must look at.
    unsafely_fixable: usize,
}

fn statistics(report: &Report<'_>) -> Vec<Statistic> {
    let mut counted: BTreeMap<(&str, Reverse<Severity>), Statistic> = BTreeMap::new();
    for diagnostic in report.diagnostics {
        let (code, name, severity) = (diagnostic.code, diagnostic.name, diagnostic.severity);
        let statistic = counted.entry((code, Reverse(severity))).or_insert(Statistic {
            code,
            name,
            severity,
            count: 0,
            fixable: 0,
            unsafely_fixable: 0,
        });
        statistic.count += 1;
        match diagnostic.fix.as_ref().map(|fix| fix.applicability) {
            Some(Applicability::Safe) => statistic.fixable += 1,
            Some(Applicability::Unsafe) => statistic.unsafely_fixable += 1,
            None => {}
        }
    }
    let mut statistics: Vec<_> = counted.into_values().collect();
    // The order of codes stays among equals.
    statistics.sort_by_key(|statistic| Reverse(statistic.count));
    statistics
}

/// Writes a table for people: `[*]` marks checks all of whose findings have a safe fix, `[-]` those with some fixes.
///
/// # Errors
///
/// Those of `out`.
pub fn render(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let statistics = statistics(report);
    let width = statistics.first().map_or(0, |most| most.count.to_string().len());
    let fixes = statistics.iter().any(|statistic| statistic.fixable + statistic.unsafely_fixable > 0);
    for Statistic { code, name, severity, count, fixable, unsafely_fixable } in &statistics {
        let marker = match (fixable, unsafely_fixable) {
            _ if !fixes => "",
            (0, 0) => "[ ] ",
            (all, _) if all == count => "[*] ",
            _ => "[-] ",
        };
        writeln!(out, "{count:>width$}  {code}  {:7}  {marker}{name}", severity.as_str())?;
    }
    if fixes {
        writeln!(out, "[*] all fixed by --fix, [-] some fixed by --fix or --unsafe-fixes")?;
    }
    Ok(())
}

/// Writes one JSON document for programs.
///
/// # Errors
///
/// Those of `out`.
pub fn render_json(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let statistics = statistics(report);
    pretty(&Document { format_version: FORMAT_VERSION, statistics, summary: report.summary }, out)
}

/// The JSON Schema of what [`render_json`] writes.
pub fn schema() -> String {
    schema_of::<Document>()
}
