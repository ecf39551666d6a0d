//! OC107

use super::{at, element, raise, violations};
use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::{Error, Note, Warning};
use crate::schema::Range;
use crate::schema::ViolationKind;
use crate::source::ApiVersion;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC107",
    name: "out-of-range",
    severities: &[Error, Warning, Note],
    strict: false,
    summary: "A number outside of what its element allows.",
    what: "Reports numbers below the least or above the most that Salesforce documents, whole numbers of more than nine \
           digits, and costs with more than two decimals. An error where a source says that a deploy rejects the number \
           (`maxExtensions` is a picklist of the numbers 1 to 10), else a warning. A note for After Conversation Work times of 10 to 35 \
           seconds before API 58.0, which the guides of that time did not allow.",
    why: "Salesforce rejects the number, or does with it what is not documented.",
    fix: "Write a number within the bounds.",
    source: "Metadata API Developer Guide 67.0; Object Reference 67.0; Set Up Omni-Channel Developer Guide v56. That a \
             deploy refuses a negative `capacityWeight` is assumed",
    evidence: &[Evidence::Documented, Evidence::Assumed],
    fails: "
== PresenceUserConfig Agents
    <afterConvoWorkMaxTime>5</afterConvoWorkMaxTime>
    <capacity>0</capacity>
    <hasAfterConvoWorkTimer>true</hasAfterConvoWorkTimer>
    <label>Agents</label>
",
    passes: "
== PresenceUserConfig Agents
    <afterConvoWorkMaxTime>30</afterConvoWorkMaxTime>
    <capacity>5</capacity>
    <hasAfterConvoWorkTimer>true</hasAfterConvoWorkTimer>
    <label>Agents</label>
",
    run,
};

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for (file, violation) in violations(cx) {
        if let ViolationKind::TooPrecise { found, most } = violation.kind {
            let name = element(violation);
            cx.report(Warning, at(file, violation), format!("`{name}` is {found}, but the org keeps {most} decimals"))
                .label("too many decimals")
                .help(format!("write {}", rounded(found, most)))
                .element(violation.path.as_str());
        }
        let ViolationKind::OutOfRange { found, range, unit, only_formerly } = &violation.kind else { continue };
        let name = element(violation);
        let unit = unit.map(|unit| format!(" {unit}")).unwrap_or_default();
        let formerly = range.formerly.as_ref().filter(|_| *only_formerly);
        let (severity, message, help) = if let Some(formerly) = formerly {
            let version = ApiVersion(formerly.before);
            let message =
                format!("`{name}` is {found}{unit}, and before API {version} the least was {}{unit}", formerly.min);
            (Note, message, format!("write {} or more, or {}", formerly.min, raise(graph, formerly.before)))
        } else {
            let (bounds, help) = bounds(range, *found);
            let refused = range.refused || range.refused_below.is_some_and(|bound| *found < bound);
            let (severity, why) = if refused { (Error, "a deploy rejects it") } else { (Warning, why(range, *found)) };
            (severity, format!("`{name}` is {found}, and must be {bounds}{unit}: {why}"), help)
        };
        cx.report(severity, at(file, violation), message)
            .label(side(*found, range))
            .help(help)
            .element(violation.path.as_str());
    }
}

/// A most of this size is what the org's field holds, rather than a bound that people choose by.
const FIELD_SIZE: f64 = 1e6;

/// True if the number is only more than the org's field holds.
fn is_too_large_for_field(range: &Range, found: f64) -> bool {
    range.max.is_some_and(|max| max > FIELD_SIZE && found > max)
}

fn why(range: &Range, found: f64) -> &'static str {
    if is_too_large_for_field(range, found) {
        "the org's field holds no more"
    } else {
        "other numbers are not documented"
    }
}

/// What the number must be, and what to do.
fn bounds(range: &Range, found: f64) -> (String, String) {
    let max = range.max.filter(|&max| max <= FIELD_SIZE || found > max);
    let min = range.min.filter(|_| !is_too_large_for_field(range, found));
    match (min, max) {
        (Some(min), Some(max)) => {
            (format!("between {min} and {max}"), format!("write a number between {min} and {max}"))
        }
        (Some(min), None) if range.above_min => (format!("more than {min}"), format!("write a number above {min}")),
        (Some(min), None) => (format!("at least {min}"), format!("write {min} or more")),
        (None, Some(max)) => (format!("at most {max}"), format!("write {max} or less")),
        (None, None) => ("another".to_owned(), "write another number".to_owned()),
    }
}

/// The number with so many decimals, but not 0, which would cost nothing.
fn rounded(number: f64, decimals: i32) -> f64 {
    let scale = 10_f64.powi(decimals);
    (number * scale).round().max(1.0) / scale
}

fn side(found: f64, range: &Range) -> &'static str {
    if range.max.is_some_and(|max| found > max) { "too large" } else { "too small" }
}
