use rustc_hash::FxHashSet;

use super::fields::{FieldUse, uses};
use crate::checks::{Checker, check};
use crate::diagnostics::Severity::{self, Note, Warning};
use crate::graph::{Graph, ObjectFields, World};
use crate::source::FileId;
use crate::text::{list, nearest};

check!("OC204", "unknown-field", "unknown_field.md", [Warning, Note]);

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    // Rules name one field again and again.
    let mut told: FxHashSet<(FileId, &str, &str)> = FxHashSet::default();
    for found in uses(graph) {
        let FieldUse { component, object, field, written, element, .. } = found;
        let Some(stem) = field.strip_suffix("__c").filter(|stem| !stem.contains("__")) else { continue };
        let Some(of) = graph.fields_of(object).filter(|of| of.is_whole && of.get(field).is_none()) else { continue };
        if !told.insert((component.file, object, field)) {
            continue;
        }
        let known = || of.fields.iter().map(|field| &*field.name);
        // Every custom field ends in `__c`: only the rest of two names can be alike.
        let stems = known().filter_map(|name| name.strip_suffix("__c"));
        let near = nearest(stem, stems).map(|stem| format!("{stem}__c"));
        let severity = severity(graph, object, of, near.is_some());
        let unless = if graph.world == World::Closed { "" } else { " unless the org has it" };
        let message = format!(
            "the {} `{}` names the field `{field}`, which is not among the project's fields of `{object}`: routing \
             cannot look at it{unless}",
            component.kind.noun(),
            component.name
        );
        let qualifier = written.value.split_once('.').map_or(String::new(), |(object, _)| format!("{object}."));
        let (label, help) = match &near {
            Some(near) => (
                format!("did you mean `{qualifier}{near}`?"),
                format!("write `{qualifier}{near}`, or add the field `{field}` to the project"),
            ),
            None => (
                "not in the project".to_owned(),
                format!(
                    "name a field that the project has, such as {}, or add `{field}` to it",
                    list(known().map(|name| format!("{qualifier}{name}")), 3)
                ),
            ),
        };
        let finding = cx.report(severity, component.at(written.span), message);
        let finding = finding.label(label).help(help).element(element);
        if let Some(field) = near.and_then(|near| of.get(&near)) {
            finding.related(field.location, format!("`{}` is here", field.name));
        }
    }
}

fn severity(graph: &Graph, object: &str, of: &ObjectFields, is_near: bool) -> Severity {
    let is_own = of.is_defined && object.ends_with("__c");
    match graph.world {
        World::Closed => Warning,
        World::Project if is_near || is_own => Warning,
        World::Project | World::Open => Note,
    }
}
