//! OC303

use rustc_hash::FxHashMap;

use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::Error;
use crate::graph::Item;
use crate::metadata::{Name, ServiceChannel, Spanned};

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC303",
    name: "duplicate-related-entity",
    severities: &[Error],
    strict: false,
    summary: "Two service channels for one object.",
    what: "Reports a service channel whose `relatedEntityType` another service channel has already, whatever the \
           case. One channel that two package directories define does not count.",
    why: "An object can have one service channel in an org. A deploy of a second one fails: `This Salesforce object is \
          already in use by another Service channel`.",
    fix: "Remove one of the channels, and name the other wherever it was named.",
    source: "Set Up Omni-Channel Developer Guide v56, ServiceChannel; forcedotcom/sf-skills, notes on deploy errors",
    evidence: &[Evidence::ErrorSeen, Evidence::Documented],
    fails: "
== ServiceChannel Cases
    <label>Cases</label>
    <relatedEntityType>Case</relatedEntityType>
== ServiceChannel Service_Cases
    <label>Service Cases</label>
    <relatedEntityType>Case</relatedEntityType>
",
    passes: "
== ServiceChannel Cases
    <label>Cases</label>
    <relatedEntityType>Case</relatedEntityType>
== ServiceChannel Leads
    <label>Leads</label>
    <relatedEntityType>Lead</relatedEntityType>
",
    run,
};

fn run(cx: &mut Checker<'_>) {
    let mut first: FxHashMap<String, (Item<'_, ServiceChannel>, &Spanned<Name>)> = FxHashMap::default();
    for channel in cx.graph.all::<ServiceChannel>() {
        let Some(object) = channel.value.related_entity_type.spanned() else { continue };
        let (other, place) = *first.entry(object.value.to_lowercase()).or_insert((channel, object));
        if other.node == channel.node {
            continue;
        }
        let (name, other_name) = (&channel.component.name, &other.component.name);
        let message = format!(
            "the service channels `{other_name}` and `{name}` are both for `{}`, but an object can have only one",
            object.value
        );
        cx.report(Error, channel.component.at(object.span), message)
            .label(format!("`{other_name}` has it already"))
            .related(other.component.at(place.span), "the first")
            .help(format!("remove `{name}` or `{other_name}`"))
            .element("relatedEntityType");
    }
}
