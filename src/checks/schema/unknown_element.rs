//! OC101

use super::{at, unknown, violations};
use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Applicability::{Safe, Unsafe};
use crate::diagnostics::Change;
use crate::diagnostics::Severity::{Error, Warning};
use crate::schema::ViolationKind;
use crate::text::a;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC101",
    name: "unknown-element",
    severities: &[Error, Warning],
    strict: false,
    summary: "An element that the type has at no API version.",
    what: "Reports an element that the metadata type does not have at any API version, and names the one that was \
           probably meant. For what people look for and no type has, such as `isAway` in a presence status or a capacity in a \
           service channel, it says how it is done. It knows the slips of the documentation itself, such as `afterConvoMaxTime`, and the names \
           that the object reference uses for the same settings. Of profiles, permission sets, flows and messaging \
           channels only the parts that touch Omni-Channel are looked at. A warning in projects for an API version that \
           is newer than the newest known.",
    why: "A deploy rejects the file: `Element … invalid at this location in type …`.",
    fix: "Use the name that the Metadata API has, or remove the element.",
    source: "Metadata API WSDL 47.0 to 66.0",
    evidence: &[Evidence::ErrorSeen, Evidence::Documented],
    fails: "
== ServiceChannel sfdc_phone
    <afterConvoMaxTime>60</afterConvoMaxTime>
    <hasAfterConvoWorkTimer>true</hasAfterConvoWorkTimer>
    <label>Phone</label>
    <relatedEntityType>VoiceCall</relatedEntityType>
",
    passes: "
== ServiceChannel sfdc_phone
    <afterConvoWorkMaxTime>60</afterConvoWorkMaxTime>
    <hasAfterConvoWorkTimer>true</hasAfterConvoWorkTimer>
    <label>Phone</label>
    <relatedEntityType>VoiceCall</relatedEntityType>
",
    run,
};

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
