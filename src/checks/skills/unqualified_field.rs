use crate::checks::{Checker, check};
use crate::diagnostics::Applicability::Unsafe;
use crate::diagnostics::Change;
use crate::diagnostics::Severity::{self, Error, Warning};
use crate::metadata::WorkSkillRouting;
use crate::text::is_record_id;

check!("OC605", "unqualified-field", "unqualified_field.md", [Error, Warning]);

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for rules in graph.all::<WorkSkillRouting>() {
        let (component, entity) = (rules.component, rules.value.related_entity.spanned());
        for field in rules.value.attributes.iter().filter_map(|rule| rule.field.spanned()) {
            let Some((severity, message, help)) = wrong(&field.value, entity.map(|entity| &*entity.value)) else {
                continue;
            };
            let message = format!("the skill mapping set `{}` {message}", component.name);
            let finding = cx.report(severity, component.at(field.span), message);
            let finding = match entity {
                Some(entity) => finding.related(component.at(entity.span), "the object of the set"),
                None => finding,
            };
            let finding = match entity.filter(|_| !field.value.contains('.')) {
                Some(entity) => {
                    let value = format!("{}.{}", entity.value, field.value);
                    finding.fix(format!("write `{value}`"), Unsafe, Change::SetValue { span: field.span, value })
                }
                None => finding,
            };
            finding.label("needs the set's object").help(help).element("workSkillRoutingAttributes/field");
        }
    }
}

/// What is wrong with a field of a set for `entity`: how bad it is, why, and what to do.
fn wrong(field: &str, entity: Option<&str>) -> Option<(Severity, String, String)> {
    let Some((object, _)) = field.split_once('.') else {
        if is_record_id(field) {
            return None;
        }
        let help = format!("write `{}.{field}`", entity.unwrap_or("Object"));
        let message = format!("names the field `{field}` without its object");
        return Some(if field.ends_with("__c") {
            (Warning, format!("{message}: Salesforce asks for both"), help)
        } else {
            (Error, format!("{message}: a deploy looks for a custom field of that name"), help)
        });
    };
    let entity = entity.filter(|entity| !entity.eq_ignore_ascii_case(object))?;
    let message =
        format!("names the field `{field}`, which is not of `{entity}`: a set looks only at fields of its own object");
    Some((
        Error,
        message,
        format!("write a field of `{entity}`, or move the rule to the skill mapping set of `{object}`"),
    ))
}
