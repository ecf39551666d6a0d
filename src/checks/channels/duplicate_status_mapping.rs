use rustc_hash::FxHashMap;

use crate::checks::{Checker, check};
use crate::diagnostics::Applicability::Safe;
use crate::diagnostics::Change;
use crate::diagnostics::Severity::Warning;
use crate::metadata::{Name, ServiceChannel, ServiceChannelStatusFieldMapping, Spanned};

check!("OC310", "duplicate-status-mapping", "duplicate_status_mapping.md", [Warning]);

fn run(cx: &mut Checker<'_>) {
    for channel in cx.graph.all::<ServiceChannel>() {
        let (component, mut first) = (channel.component, FxHashMap::default());
        for mapping in &channel.value.status_mappings {
            let Some(value) = mapping.value.spanned() else { continue };
            let (other, place): (&ServiceChannelStatusFieldMapping, &Spanned<Name>) =
                *first.entry(&value.value).or_insert((mapping, value));
            if place.span == value.span || other.kind.is_filled_in() || mapping.kind.is_filled_in() {
                continue;
            }
            let what = match (other.kind.get(), mapping.kind.get()) {
                (Some(one), Some(two)) if one != two => {
                    format!("to `{}` and to `{}`: which one counts is not documented", one.as_str(), two.as_str())
                }
                _ => "twice: the second changes nothing".to_owned(),
            };
            let message = format!("the service channel `{}` maps the status `{}` {what}", component.name, value.value);
            let finding = cx
                .report(Warning, component.at(value.span), message)
                .label("the second")
                .related(component.at(place.span), "the first")
                .help(format!("keep one mapping of `{}`", value.value))
                .element("serviceChannelStatusFieldMappings/value");
            if mapping.kind.get().is_some_and(|kind| other.kind.get() == Some(kind)) {
                let title = format!("remove the second mapping of `{}`", value.value);
                finding.fix(title, Safe, Change::Remove { span: mapping.span });
            }
        }
    }
}
