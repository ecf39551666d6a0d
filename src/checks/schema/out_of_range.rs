use super::{at, element, raise, violations};
use crate::checks::{Checker, check};
use crate::diagnostics::Severity::{Error, Note, Warning};
use crate::schema::Range;
use crate::schema::ViolationKind;
use crate::source::ApiVersion;

check!("OC107", "out-of-range", "out_of_range.md", [Error, Warning, Note]);

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
