use super::fields::{FieldUse, uses};
use crate::checks::{Checker, check, set_value};
use crate::diagnostics::Applicability::Unsafe;
use crate::diagnostics::Severity::Warning;
use crate::schema::Kind;

check!("OC213", "checkbox-value", "checkbox_value.md", [Warning]);

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for FieldUse { component, object, field, values, value_element, .. } in uses(graph) {
        let known = graph.fields_of(object).and_then(|of| of.get(field));
        let Some(known) = known.filter(|known| known.kind.as_deref() == Some("Checkbox")) else { continue };
        if component.kind != Kind::WorkSkillRouting {
            continue;
        }
        for value in values {
            let lower = value.value.to_lowercase();
            if ["true", "false"].contains(&lower.as_str()) {
                continue;
            }
            let meant = match lower.as_str() {
                "yes" | "y" | "1" | "on" | "checked" => Some("true"),
                "no" | "n" | "0" | "off" | "unchecked" => Some("false"),
                _ => None,
            };
            let message = format!(
                "the skill mapping set `{}` has a rule for `{}`, but `{object}.{field}` is a checkbox: the rule never applies",
                component.name, value.value
            );
            let finding = cx
                .report(Warning, component.at(value.span), message)
                .label(
                    meant
                        .map_or_else(|| "not `true` or `false`".to_owned(), |meant| format!("did you mean `{meant}`?")),
                )
                .related(known.location, format!("`{}` is here", known.name))
                .help(meant.map_or("write `true` or `false`".to_owned(), |meant| format!("write `{meant}`")))
                .element(value_element);
            if let Some(meant) = meant {
                finding.fix(format!("write `{meant}`"), Unsafe, set_value(value.span, meant));
            }
        }
    }
}
