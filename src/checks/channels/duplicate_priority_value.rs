use rustc_hash::FxHashMap;

use crate::checks::{Checker, check};
use crate::diagnostics::Applicability::Safe;
use crate::diagnostics::Change;
use crate::diagnostics::Severity::Warning;
use crate::metadata::{Name, ServiceChannel, ServiceChannelFieldPriority, Spanned};

check!("OC312", "duplicate-priority-value", "duplicate_priority_value.md", [Warning]);

fn run(cx: &mut Checker<'_>) {
    for channel in cx.graph.all::<ServiceChannel>() {
        let (component, mut first) = (channel.component, FxHashMap::default());
        for entry in &channel.value.field_priorities {
            let Some(value) = entry.value.spanned() else { continue };
            let (other, place): (&ServiceChannelFieldPriority, &Spanned<Name>) =
                *first.entry(&value.value).or_insert((entry, value));
            if place.span == value.span || other.priority.is_filled_in() || entry.priority.is_filled_in() {
                continue;
            }
            let what = match (other.priority.get(), entry.priority.get()) {
                (Some(one), Some(two)) if one != two => {
                    format!("the priorities {one} and {two}: which one counts is not documented")
                }
                _ => "its priority twice: the second changes nothing".to_owned(),
            };
            let message = format!("the service channel `{}` gives the value `{}` {what}", component.name, value.value);
            let finding = cx
                .report(Warning, component.at(value.span), message)
                .label("the second")
                .related(component.at(place.span), "the first")
                .help(format!("keep one entry for `{}`", value.value))
                .element("serviceChannelFieldPriorities/value");
            if entry.priority.get().is_some_and(|priority| other.priority.get() == Some(priority)) {
                let title = format!("remove the second entry of `{}`", value.value);
                finding.fix(title, Safe, Change::Remove { span: entry.span });
            }
        }
    }
}
