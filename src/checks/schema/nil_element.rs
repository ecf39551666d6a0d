//! OC109

use super::{at, element, is_feature_off, parent_element, violations};
use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Applicability::Unsafe;
use crate::diagnostics::Change;
use crate::diagnostics::Severity::{Note, Warning};
use crate::schema::Kind;
use crate::schema::ViolationKind;
use crate::text::a;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC109",
    name: "nil-element",
    severities: &[Warning, Note],
    strict: false,
    summary: "A required element says that it has no value.",
    what: "Reports `xsi:nil=\"true\"` where a value is required. Retrieves write it for what was deleted or was not visible \
           to the user who retrieved. A warning in supervisor configurations, where the entry is useless; a note \
           elsewhere. Where no value is required, nil is as good as absent. A channel that Salesforce ships, such as \
           `sfdc_phone`, comes with a nil `relatedEntityType` or without it from an org in which the feature is off: \
           a note says so.",
    why: "The thing that was named is no longer known, and the entry means nothing.",
    fix: "Name it again, or remove the entry. For a channel of a feature that is off there is nothing to do.",
    source: "Metadata API WSDL 66.0; seen in real projects",
    evidence: &[Evidence::RealFiles],
    fails: "
== OmniSupervisorConfig Team_Leads
    <isTimelineHidden>false</isTimelineHidden>
    <masterLabel>Team Leads</masterLabel>
    <omniSupervisorConfigQueue>
        <queue xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/>
    </omniSupervisorConfigQueue>
",
    passes: "
== Queue Support
    <doesSendEmailToMembers>false</doesSendEmailToMembers>
    <name>Support</name>
== OmniSupervisorConfig Team_Leads
    <isTimelineHidden>false</isTimelineHidden>
    <masterLabel>Team Leads</masterLabel>
    <omniSupervisorConfigQueue>
        <queue>Support</queue>
    </omniSupervisorConfigQueue>
",
    run,
};

fn run(cx: &mut Checker<'_>) {
    for (file, violation) in violations(cx) {
        let off = match &violation.kind {
            ViolationKind::Nil { .. } => Some((element(violation), "is nil")),
            ViolationKind::Missing { name, .. } => Some((*name, "is not there")),
            _ => None,
        };
        if let Some((name, how)) = off.filter(|(name, _)| is_feature_off(cx.graph, file, name)) {
            let message = format!(
                "`{name}` of {} {how}: the feature behind this channel is off in the org that the file comes from",
                file.title()
            );
            cx.report(Note, at(file, violation), message)
                .label("the feature is off")
                .help("turn the feature on and retrieve the channel again, or leave it as it is")
                .element(name);
            continue;
        }
        let ViolationKind::Nil { reference } = &violation.kind else { continue };
        let name = element(violation);
        let noun = reference.map(|reference| reference.to.noun());
        let why = match noun {
            Some(noun) => format!("the {noun} was deleted, or hidden from the user who retrieved this"),
            None => "the org had no value, or hid it from the user who retrieved this".to_owned(),
        };
        let severity = if file.kind == Some(Kind::OmniSupervisorConfig) { Warning } else { Note };
        let write = noun.map_or_else(|| "write its value".to_owned(), |noun| format!("name {}", a(noun)));
        let whole = parent_element(violation);
        let help = match whole {
            "" => format!("{write} in `<{name}>`"),
            whole => format!("{write} in `<{name}>`, or remove this `{whole}`"),
        };
        let finding = cx
            .report(severity, at(file, violation), format!("`{name}` is nil, but is required: {why}"))
            .label("no value")
            .help(help)
            .element(violation.path.as_str());
        if severity == Warning && noun.is_some() && !whole.is_empty() {
            finding.fix(format!("remove this `{whole}`"), Unsafe, Change::RemoveAround { span: violation.span });
        }
    }
}
