use rustc_hash::FxHashSet;

use super::fields::{FieldUse, uses};
use crate::checks::{Checker, check};
use crate::diagnostics::Severity::Note;
use crate::graph::Field;
use crate::schema::Kind;
use crate::source::FileId;

check!("OC211", "unmappable-field", "unmappable_field.md", [Note]);

/// Types of fields that nothing can be mapped of.
const FREE: [&str; 16] = [
    "AutoNumber",
    "Currency",
    "Date",
    "DateTime",
    "Email",
    "EncryptedText",
    "Html",
    "Location",
    "LongTextArea",
    "Number",
    "Percent",
    "Phone",
    "Text",
    "TextArea",
    "Time",
    "Url",
];

/// Types that rules of skills take, and a status does not.
const NO_STATUS: [&str; 3] = ["Checkbox", "Lookup", "MasterDetail"];

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    // Rules name one field again and again.
    let mut told: FxHashSet<(FileId, &str, &str)> = FxHashSet::default();
    for FieldUse { component, object, field, written, element, .. } in uses(graph) {
        let is_status = element == "statusField";
        let is_rule = component.kind == Kind::WorkSkillRouting;
        let known = graph.fields_of(object).and_then(|of| of.get(field)).filter(|_| is_status || is_rule);
        let Some((known, kind)) = known.and_then(|known: &Field| Some((known, known.kind.as_deref()?))) else {
            continue;
        };
        let is_wrong = FREE.contains(&kind) || (is_status && NO_STATUS.contains(&kind));
        if !is_wrong || !told.insert((component.file, object, field)) {
            continue;
        }
        let (what, wanted) = if is_status {
            ("takes its status from", "a picklist")
        } else {
            ("has rules for", "a picklist, a checkbox, a lookup or an Id")
        };
        let message = format!(
            "the {} `{}` {what} `{object}.{field}`, which is of the type `{kind}`, but Salesforce takes only {wanted} there",
            component.kind.noun(),
            component.name,
        );
        cx.report(Note, component.at(written.span), message)
            .label(format!("not {wanted}"))
            .related(known.location, format!("`{}` is here", known.name))
            .help(format!("name a field that is {wanted}"))
            .element(element);
    }
}
