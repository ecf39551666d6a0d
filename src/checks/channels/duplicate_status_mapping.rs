//! OC310

use rustc_hash::FxHashMap;

use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Applicability::Safe;
use crate::diagnostics::Change;
use crate::diagnostics::Severity::Warning;
use crate::metadata::{Name, ServiceChannel, ServiceChannelStatusFieldMapping, Spanned};

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC310",
    name: "duplicate-status-mapping",
    severities: &[Warning],
    strict: false,
    summary: "A status value that is mapped twice.",
    what: "Reports a value that two `serviceChannelStatusFieldMappings` of a service channel name, be it with two types or \
           with the same one.",
    why: "A value means one thing for capacity. Which of two types counts is not documented; of two same ones, one was \
          probably meant for another value.",
    fix: "Remove one of the mappings, or correct its value.",
    source: "Metadata API Developer Guide 67.0, ServiceChannel; Salesforce Help: Set Up a Status-Based Capacity Model",
    evidence: &[Evidence::Documented],
    fails: "
== ServiceChannel Cases
    <capacityModel>STATUS_BASED</capacityModel>
    <label>Cases</label>
    <relatedEntityType>Case</relatedEntityType>
    <serviceChannelStatusFieldMappings>
        <type>IN_PROGRESS</type>
        <value>Working</value>
    </serviceChannelStatusFieldMappings>
    <serviceChannelStatusFieldMappings>
        <type>COMPLETED</type>
        <value>Working</value>
    </serviceChannelStatusFieldMappings>
    <statusField>Status</statusField>
",
    passes: "
== ServiceChannel Cases
    <capacityModel>STATUS_BASED</capacityModel>
    <label>Cases</label>
    <relatedEntityType>Case</relatedEntityType>
    <serviceChannelStatusFieldMappings>
        <type>IN_PROGRESS</type>
        <value>Working</value>
    </serviceChannelStatusFieldMappings>
    <serviceChannelStatusFieldMappings>
        <type>COMPLETED</type>
        <value>Closed</value>
    </serviceChannelStatusFieldMappings>
    <statusField>Status</statusField>
",
    run,
};

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
