use super::{at, unknown, violations};
use crate::checks::{Checker, check};
use crate::diagnostics::Applicability::{Safe, Unsafe};
use crate::diagnostics::Change;
use crate::diagnostics::Severity::{Error, Warning};
use crate::schema::ViolationKind;
use crate::text::a;

check!("OC101", "unknown-element", "unknown_element.md", [Error, Warning]);

fn run(cx: &mut Checker<'_>) {
    let (severity, why) = unknown(cx.graph);
    for (file, violation) in violations(cx) {
        if matches!(violation.kind, ViolationKind::TooMany) {
            let message = format!("{} has too much that does not belong there: the rest is not reported", file.title());
            cx.report(severity, at(file, violation), message)
                .label("nothing is reported from here on")
                .help("correct what is reported above, then check again");
        }
        let ViolationKind::UnknownElement { name, meant, certain, fits, instead } = &violation.kind else { continue };
        let Some(kind) = file.kind else { continue };
        let message = format!("{} has no element `{name}`, {why}", a(kind.noun()));
        let help = match (meant, instead) {
            (Some(meant), _) => format!("write `{meant}`"),
            (None, Some(instead)) => format!("remove `{name}`; {instead}"),
            (None, None) => format!("remove `{name}`"),
        };
        let finding = cx
            .report(severity, at(file, violation), message)
            .label(meant.map_or_else(|| "not in this type".to_owned(), |meant| format!("did you mean `{meant}`?")))
            .help(help)
            .element(violation.path.as_str());
        if let Some(meant) = meant.filter(|_| *fits) {
            let applicability = if *certain && severity == Error { Safe } else { Unsafe };
            let change = Change::Rename { span: violation.span, name: meant.to_owned() };
            finding.fix(format!("write `{meant}`"), applicability, change);
        }
    }
}
