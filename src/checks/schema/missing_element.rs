use rustc_hash::FxHashSet;

use super::{at, element, is_feature_off, parent, violations};
use crate::checks::{Checker, check};
use crate::diagnostics::Severity::Error;
use crate::graph::File;
use crate::schema::{self, Field, Shape};
use crate::schema::{Violation, ViolationKind};
use crate::source::{ApiVersion, FileId};
use crate::text::list;

check!("OC103", "missing-element", "missing_element.md", [Error]);

fn run(cx: &mut Checker<'_>) {
    let violations = violations(cx);
    let misnamed: FxHashSet<(FileId, &str, &str)> =
        violations.iter().filter_map(|(file, violation)| misnamed(file, violation)).collect();
    // A newer API may have what looks like a wrong name, which is then no more than a warning.
    let known_version = cx.graph.api_version <= ApiVersion::NEWEST;
    for (file, violation) in violations {
        if let ViolationKind::Empty { name, field } = violation.kind {
            let message =
                format!("`{name}` of {} is empty, and is required: a deploy rejects the component", file.title());
            cx.report(Error, at(file, violation), message)
                .label("empty")
                .help(format!("give `<{name}>` {}", value(file, field)))
                .element(violation.path.as_str());
        }
        let ViolationKind::Missing { name, field } = violation.kind else { continue };
        if is_feature_off(cx.graph, file, name) {
            continue;
        }
        if known_version && misnamed.contains(&(file.id, violation.path.as_str(), name)) {
            continue;
        }
        let (whole, path) = if violation.path.is_empty() {
            (file.title(), name.to_owned())
        } else {
            (format!("this `{}`", element(violation)), format!("{}/{name}", violation.path))
        };
        let message = format!("{whole} has no `{name}`, which is required: a deploy rejects the component");
        cx.report(Error, at(file, violation), message)
            .label(format!("`{name}` is missing"))
            .help(format!("add `<{name}>` with {}", value(file, field)))
            .element(path);
    }
}

/// If an element stands under a wrong name: the file, the path of its parent, and the name that was meant.
fn misnamed<'g>(file: &File, violation: &'g Violation) -> Option<(FileId, &'g str, &'g str)> {
    match violation.kind {
        ViolationKind::UnknownElement { meant: Some(meant), .. } => Some((file.id, parent(&violation.path), meant)),
        _ => None,
    }
}

/// What the element may hold.
fn value(file: &File, field: &Field) -> String {
    match field.shape {
        Shape::Boolean => "`true` or `false`".to_owned(),
        Shape::Int => "a whole number".to_owned(),
        Shape::Double => "a number".to_owned(),
        Shape::Struct(_) => "its elements".to_owned(),
        Shape::String => match field.reference {
            Some(reference) => format!("the name of the {}", reference.to.noun()),
            None => "its text".to_owned(),
        },
        Shape::Enum(index) => {
            let schema = file.kind.and_then(schema::get);
            let values = schema.and_then(|schema| schema.enums.get_index(index)).map(|(_, known)| known.values.keys());
            values.map_or_else(|| "its value".to_owned(), |values| format!("one of {}", list(values, 64)))
        }
    }
}
