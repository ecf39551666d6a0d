//! OC211

use rustc_hash::FxHashSet;

use super::fields::{FieldUse, uses};
use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::Note;
use crate::graph::Field;
use crate::schema::Kind;
use crate::source::FileId;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC211",
    name: "unmappable-field",
    severities: &[Note],
    strict: false,
    summary: "Values of a field are mapped that is of a type without values to choose from.",
    what: "Looks at the custom fields of the project that skill mapping sets and service channels name. Reports a rule of a \
           skill mapping set for a field such as a text or a number: rules are for picklists, checkboxes, lookups and Ids. \
           Reports a `statusField` that is such a field or a checkbox or a lookup: a status is a picklist. Standard \
           fields, fields whose files the project does not hold, and types that are not certain, such as multi-select \
           picklists, are left alone.",
    why: "Salesforce offers only fields of these types there. Whether a deploy takes another is not documented.",
    fix: "Name a field of a type that can be mapped.",
    source: "Tooling API, WorkSkillRoutingAttribute; Salesforce Help: Skills-Based Routing Rules; Set Up Omni-Channel \
             Developer Guide v56, ServiceChannel",
    evidence: &[Evidence::Documented],
    fails: r#"
== file objects/Case/fields/Language__c.field-meta.xml
<?xml version="1.0" encoding="UTF-8"?>
<CustomField xmlns="http://soap.sforce.com/2006/04/metadata">
    <fullName>Language__c</fullName>
    <label>Language</label>
    <length>40</length>
    <type>Text</type>
</CustomField>
== Skill German
    <label>German</label>
== WorkSkillRouting Case
    <isActive>true</isActive>
    <masterLabel>Case</masterLabel>
    <relatedEntity>Case</relatedEntity>
    <workSkillRoutingAttributes>
        <field>Case.Language__c</field>
        <skill>German</skill>
        <value>German</value>
    </workSkillRoutingAttributes>
"#,
    passes: r#"
== file objects/Case/fields/Language__c.field-meta.xml
<?xml version="1.0" encoding="UTF-8"?>
<CustomField xmlns="http://soap.sforce.com/2006/04/metadata">
    <fullName>Language__c</fullName>
    <label>Language</label>
    <type>Picklist</type>
</CustomField>
== Skill German
    <label>German</label>
== WorkSkillRouting Case
    <isActive>true</isActive>
    <masterLabel>Case</masterLabel>
    <relatedEntity>Case</relatedEntity>
    <workSkillRoutingAttributes>
        <field>Case.Language__c</field>
        <skill>German</skill>
        <value>German</value>
    </workSkillRoutingAttributes>
"#,
    run,
};

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
