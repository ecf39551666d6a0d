//! OC709

use rustc_hash::FxHashMap;

use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::Warning;
use crate::metadata::OmniSupervisorConfig;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC709",
    name: "duplicate-supervisor-label",
    severities: &[Warning],
    strict: false,
    summary: "Two supervisor configurations have the same label.",
    what: "Reports a `masterLabel` of a supervisor configuration that another one has, whatever the case.",
    why: "Salesforce asks for a unique label: a deploy may refuse the second.",
    fix: "Give each a label of its own.",
    source: "Metadata API Developer Guide 67.0, OmniSupervisorConfig; Object Reference 67.0. That a deploy refuses the \
             second is assumed",
    evidence: &[Evidence::Documented, Evidence::Assumed],
    fails: "
== OmniSupervisorConfig Service_Leads
    <isTimelineHidden>false</isTimelineHidden>
    <masterLabel>Leads</masterLabel>
== OmniSupervisorConfig Weekend_Leads
    <isTimelineHidden>false</isTimelineHidden>
    <masterLabel>Leads</masterLabel>
",
    passes: "
== OmniSupervisorConfig Service_Leads
    <isTimelineHidden>false</isTimelineHidden>
    <masterLabel>Service Leads</masterLabel>
== OmniSupervisorConfig Weekend_Leads
    <isTimelineHidden>false</isTimelineHidden>
    <masterLabel>Weekend Leads</masterLabel>
",
    run,
};

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    let mut first = FxHashMap::default();
    for config in graph.all::<OmniSupervisorConfig>() {
        let Some(label) = config.value.master_label.spanned() else { continue };
        let place = config.component.at(label.span);
        let (other, other_place) = *first.entry(label.value.to_lowercase()).or_insert((config.node, place));
        // One that two package directories have is one.
        if other == config.node {
            continue;
        }
        let message = format!(
            "the supervisor configurations `{}` and `{}` have the same label `{}`: Salesforce asks for a unique one",
            graph.name(other),
            config.component.name,
            label.value
        );
        cx.report(Warning, place, message)
            .label("the second")
            .related(other_place, "the first")
            .help("give one of them another `masterLabel`")
            .element("masterLabel");
    }
}
