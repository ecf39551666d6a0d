use super::{at, element, is_feature_off, parent_element, violations};
use crate::checks::{Checker, check};
use crate::diagnostics::Applicability::Unsafe;
use crate::diagnostics::Change;
use crate::diagnostics::Severity::{Note, Warning};
use crate::schema::Kind;
use crate::schema::ViolationKind;
use crate::text::a;

check!("OC109", "nil-element", "nil_element.md", [Warning, Note]);

fn run(cx: &mut Checker<'_>) {
    for (file, violation) in violations(cx) {
        let off = match &violation.kind {
            ViolationKind::Nil { .. } => Some((element(violation), "is nil")),
            ViolationKind::Missing { name, .. } => Some((*name, "is not there")),
            _ => None,
        };
        if let Some((name, how)) = off.filter(|(name, _)| is_feature_off(cx.graph, file, name)) {
            let message = format!(
                "`{name}` of {} {how}: the feature behind this channel is off in the org that the file comes from",
                file.title()
            );
            cx.report(Note, at(file, violation), message)
                .label("the feature is off")
                .help("turn the feature on and retrieve the channel again, or leave it as it is")
                .element(name);
            continue;
        }
        let ViolationKind::Nil { reference } = &violation.kind else { continue };
        let name = element(violation);
        let noun = reference.map(|reference| reference.to.noun());
        let why = match noun {
            Some(noun) => format!("the {noun} was deleted, or hidden from the user who retrieved this"),
            None => "the org had no value, or hid it from the user who retrieved this".to_owned(),
        };
        let severity = if file.kind == Some(Kind::OmniSupervisorConfig) { Warning } else { Note };
        let write = noun.map_or_else(|| "write its value".to_owned(), |noun| format!("name {}", a(noun)));
        let whole = parent_element(violation);
        let help = match whole {
            "" => format!("{write} in `<{name}>`"),
            whole => format!("{write} in `<{name}>`, or remove this `{whole}`"),
        };
        let finding = cx
            .report(severity, at(file, violation), format!("`{name}` is nil, but is required: {why}"))
            .label("no value")
            .help(help)
            .element(violation.path.as_str());
        if severity == Warning && noun.is_some() && !whole.is_empty() {
            finding.fix(format!("remove this `{whole}`"), Unsafe, Change::RemoveAround { span: violation.span });
        }
    }
}
