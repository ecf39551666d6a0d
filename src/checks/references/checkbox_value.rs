//! OC213

use super::fields::{FieldUse, uses};
use crate::checks::{Check, Checker, Evidence, set_value};
use crate::diagnostics::Applicability::Unsafe;
use crate::diagnostics::Severity::Warning;
use crate::schema::Kind;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC213",
    name: "checkbox-value",
    severities: &[Warning],
    strict: false,
    summary: "A skill rule for a checkbox with a value that is neither true nor false.",
    what: "Reports a rule of a skill mapping set for a custom checkbox field that the project holds, with another value than \
           `true` or `false`. Standard fields, and fields that the project does not hold, are left alone.",
    why: "A checkbox has no other value, so the rule never applies.",
    fix: "Write `true` or `false`.",
    source: "forcedotcom/sf-skills, notes on skill mapping sets",
    evidence: &[Evidence::Documented],
    fails: r#"
== file objects/Case/fields/Vip__c.field-meta.xml
<?xml version="1.0" encoding="UTF-8"?>
<CustomField xmlns="http://soap.sforce.com/2006/04/metadata">
    <fullName>Vip__c</fullName>
    <label>VIP</label>
    <type>Checkbox</type>
</CustomField>
== Skill Vip
    <label>VIP</label>
== WorkSkillRouting Case
    <isActive>true</isActive>
    <masterLabel>Case</masterLabel>
    <relatedEntity>Case</relatedEntity>
    <workSkillRoutingAttributes>
        <field>Case.Vip__c</field>
        <skill>Vip</skill>
        <value>Yes</value>
    </workSkillRoutingAttributes>
"#,
    passes: r#"
== file objects/Case/fields/Vip__c.field-meta.xml
<?xml version="1.0" encoding="UTF-8"?>
<CustomField xmlns="http://soap.sforce.com/2006/04/metadata">
    <fullName>Vip__c</fullName>
    <label>VIP</label>
    <type>Checkbox</type>
</CustomField>
== Skill Vip
    <label>VIP</label>
== WorkSkillRouting Case
    <isActive>true</isActive>
    <masterLabel>Case</masterLabel>
    <relatedEntity>Case</relatedEntity>
    <workSkillRoutingAttributes>
        <field>Case.Vip__c</field>
        <skill>Vip</skill>
        <value>true</value>
    </workSkillRoutingAttributes>
"#,
    run,
};

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
