use super::fields::{FieldUse, uses};
use crate::checks::{Checker, check, set_value};
use crate::diagnostics::Applicability::Unsafe;
use crate::diagnostics::Severity::{self, Note, Warning};
use crate::graph::Picklist;
use crate::metadata::CustomValue;
use crate::schema::Kind;
use crate::text::{list, nearest};

check!("OC205", "unknown-picklist-value", "unknown_picklist_value.md", [Warning, Note]);

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for FieldUse { component, object, field, values, value_element, fate, .. } in uses(graph) {
        let takes_labels = component.kind == Kind::ServiceChannel;
        let Some(picklist) = graph.picklist_of(object, field) else { continue };
        let file = graph.file_of(component.location());
        for value in values {
            let Some(fault) = fault(&picklist, &value.value, takes_labels) else { continue };
            if file.is_some_and(|file| file.is_broken_at(value.span)) {
                continue;
            }
            let Fault { severity, what, label, help, api_name } = fault;
            let what = what.replace("FIELD", &format!("`{object}.{field}`"));
            let fate = if severity == Note { "" } else { fate };
            let colon = if fate.is_empty() { "" } else { ": " };
            let message = format!(
                "the {} `{}` maps `{}`, which {what}{colon}{fate}",
                component.kind.noun(),
                component.name,
                value.value
            );
            let finding = cx
                .report(severity, component.at(value.span), message)
                .label(label)
                .related(picklist.location, "the picklist")
                .help(help)
                .element(value_element);
            if let Some(name) = api_name {
                finding.fix(format!("write `{name}`"), Unsafe, set_value(value.span, name));
            }
        }
    }
}

/// What is wrong with a value.
struct Fault {
    severity: Severity,
    /// Goes on after "which"; `FIELD` stands for the field.
    what: String,
    label: String,
    help: String,
    /// The API name that is certainly meant.
    api_name: Option<String>,
}

fn fault(picklist: &Picklist<'_>, value: &str, takes_labels: bool) -> Option<Fault> {
    let name = |known: &CustomValue| known.full_name.get().map(ToString::to_string);
    if let Some(known) = picklist.values.iter().find(|known| name(known).as_deref() == Some(value)) {
        return (!known.is_offered()).then(|| Fault {
            severity: Note,
            what: "is an inactive value of FIELD: only records that have it already keep it".to_owned(),
            label: "inactive".to_owned(),
            help: "activate the value, or remove the mapping once no record has it".to_owned(),
            api_name: None,
        });
    }
    let labelled = picklist.values.iter().find(|known| known.label.get().is_some_and(|label| &**label == value));
    if let Some(name) = labelled.and_then(name) {
        return (!takes_labels).then(|| Fault {
            severity: Note,
            what: "is the label of a value of FIELD, not its API name: it is not documented whether labels count"
                .to_owned(),
            label: "a label".to_owned(),
            help: format!("write the API name `{name}`, if records hold that"),
            api_name: None,
        });
    }
    let same = |known: &&CustomValue| name(known).is_some_and(|name| name.to_lowercase() == value.to_lowercase());
    if let Some(name) = picklist.values.iter().find(same).and_then(name) {
        return Some(Fault {
            severity: Note,
            what: format!("is `{name}` in FIELD: it is not documented whether the case of a value counts"),
            label: "other case".to_owned(),
            help: format!("write `{name}`"),
            api_name: Some(name),
        });
    }
    let names: Vec<String> = picklist.values.iter().filter(|known| known.is_offered()).filter_map(name).collect();
    let near = nearest(value, names.iter().map(String::as_str));
    let open = if picklist.is_open && near.is_none() { ", whose picklist is not restricted" } else { "" };
    Some(Fault {
        severity: if open.is_empty() { Warning } else { Note },
        what: format!("is not a value of FIELD{open}"),
        label: near.map_or_else(|| "not in the picklist".to_owned(), |near| format!("did you mean `{near}`?")),
        help: match near {
            Some(near) => format!("write `{near}`, or add `{value}` to the picklist"),
            None if names.is_empty() => format!("add `{value}` to the picklist"),
            None => format!("write one of its values, such as {}, or add `{value}` to it", list(&names, 3)),
        },
        api_name: None,
    })
}
