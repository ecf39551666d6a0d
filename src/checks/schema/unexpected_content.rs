use super::{at, element, parent_element, violations};
use crate::checks::{Checker, check};
use crate::diagnostics::Applicability::Unsafe;
use crate::diagnostics::Change;
use crate::diagnostics::Severity::Warning;
use crate::schema::{Violation, ViolationKind};
use crate::source::Span;

check!("OC110", "unexpected-content", "unexpected_content.md", [Warning]);

fn run(cx: &mut Checker<'_>) {
    for (file, violation) in violations(cx) {
        let name = match element(violation) {
            "" => file.kind.map_or("", |kind| kind.as_str()),
            name => name,
        };
        let (message, label, help, fix) = match &violation.kind {
            ViolationKind::StrayText => (
                format!("`{name}` has text beside its elements, which nothing reads"),
                "stray text",
                "remove the text, or write it as a comment: `<!-- … -->`".to_owned(),
                Some(("write it as a comment".to_owned(), Change::Comment { span: violation.span })),
            ),
            ViolationKind::StrayAttribute(attribute) => (
                format!("`{name}` has an attribute `{attribute}`, which means nothing in metadata"),
                "means nothing",
                format!("remove `{attribute}`, or write what it says as an element"),
                Some((
                    format!("remove `{attribute}`"),
                    Change::RemoveAttribute { span: name_of(violation, attribute) },
                )),
            ),
            ViolationKind::StrayElement(child) => (
                format!("`{}` has an element `{child}`, but may hold text only", parent_element(violation)),
                "not expected here",
                format!("move `<{child}>` out of it, or remove it"),
                None,
            ),
            _ => continue,
        };
        let finding = cx.report(Warning, at(file, violation), message);
        let finding = finding.label(label).help(help).element(violation.path.as_str());
        if let Some((title, change)) = fix {
            finding.fix(title, Unsafe, change);
        }
    }
}

/// The name of an attribute, whose value the violation covers too.
const fn name_of(violation: &Violation, attribute: &str) -> Span {
    Span::new(violation.span.start, violation.span.start + attribute.len() as u32)
}
