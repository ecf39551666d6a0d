use super::{at, element, violations};
use crate::checks::{Checker, check};
use crate::diagnostics::Applicability::{self, Safe, Unsafe};
use crate::diagnostics::Change;
use crate::diagnostics::Severity::Error;
use crate::schema::ViolationKind;
use crate::schema::validate::{parse_double, parse_int};

check!("OC105", "invalid-value", "invalid_value.md", [Error]);

fn run(cx: &mut Checker<'_>) {
    for (file, violation) in violations(cx) {
        let ViolationKind::InvalidValue { found, expected } = &violation.kind else { continue };
        let name = element(violation);
        let what = if found.is_empty() { "is empty".to_owned() } else { format!("is `{found}`") };
        let message = format!("`{name}` {what}, and must be {expected}: a deploy rejects the file");
        let finding = cx
            .report(Error, at(file, violation), message)
            .label(format!("not {}", expected.split(" (").next().unwrap_or(expected)))
            .help(help(found, expected))
            .element(violation.path.as_str());
        if let Some((value, applicability)) = meant(found, expected) {
            let title = format!("write `{value}`");
            finding.fix(title, applicability, Change::SetValue { span: violation.span, value });
        }
    }
}

/// The value that was meant, if one alone can be, or is likely to be.
fn meant(found: &str, expected: &str) -> Option<(String, Applicability)> {
    if expected.starts_with("a boolean") {
        let value = found.to_lowercase();
        return match value.as_str() {
            "true" | "false" => Some((value, Safe)),
            "yes" | "y" | "on" => Some(("true".to_owned(), Unsafe)),
            "no" | "n" | "off" => Some(("false".to_owned(), Unsafe)),
            _ => None,
        };
    }
    // A whole number with decimals that say nothing: `5.0`.
    let (whole, decimals) = found.split_once('.').filter(|_| expected == "a whole number")?;
    let plain = !decimals.is_empty() && decimals.bytes().all(|digit| digit == b'0') && parse_int(whole).is_some();
    plain.then(|| (whole.to_owned(), Safe))
}

/// The value that was probably meant, else the kind of value.
fn help(found: &str, expected: &str) -> String {
    if expected.starts_with("a boolean") {
        return match found.to_lowercase().as_str() {
            "true" | "yes" | "y" | "on" => "write `true`".to_owned(),
            "false" | "no" | "n" | "off" => "write `false`".to_owned(),
            _ => "write `true` or `false`".to_owned(),
        };
    }
    let meant = parse_double(&found.replacen(',', ".", 1));
    match meant {
        Some(number) if expected == "a number" => format!("write `{number}`, with a point"),
        Some(number) if number.fract() == 0.0 && number.abs() <= f64::from(i32::MAX) => format!("write `{number}`"),
        Some(number) if number.abs() > f64::from(i32::MAX) => format!("write a whole number up to {}", i32::MAX),
        _ => format!("write {expected}, in digits"),
    }
}
