//! OC304

use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::Warning;
use crate::graph::standard_channel;
use crate::metadata::ServiceChannel;
use crate::schema::Role;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC304",
    name: "shadowed-standard-channel",
    severities: &[Warning],
    strict: false,
    summary: "A service channel of one's own for an object that has a standard one.",
    what: "Reports a service channel for `MessagingSession`, `VoiceCall`, `LiveChatTranscript` or `SOSSession` that is not \
           named as the one that Salesforce ships: `sfdc_livemessage`, `sfdc_phone`, `sfdc_liveagent` or `sfdc_sos`. \
           Silent where the project has the standard channel of the object as well: then two channels for one object are \
           what is wrong.",
    why: "An object can have one service channel in an org. Where the standard one is there, a deploy of another fails: \
          `This Salesforce object is already in use by another Service channel`.",
    fix: "Give the channel the standard name, and write that name wherever the channel is named.",
    source: "forcedotcom/sf-skills, notes on deploy errors; Set Up Omni-Channel Developer Guide v56, ServiceChannel; \
             seen in real projects",
    evidence: &[Evidence::Documented, Evidence::RealFiles],
    fails: "
== ServiceChannel Voice
    <label>Voice</label>
    <relatedEntityType>VoiceCall</relatedEntityType>
",
    passes: "
== ServiceChannel sfdc_phone
    <label>Voice</label>
    <relatedEntityType>VoiceCall</relatedEntityType>
",
    run,
};

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for channel in graph.all::<ServiceChannel>() {
        let (component, name) = (channel.component, &channel.component.name);
        let Some(object) = channel.value.related_entity_type.spanned() else { continue };
        let Some(standard) = standard_channel(&object.value).filter(|known| !known.eq_ignore_ascii_case(name)) else {
            continue;
        };
        // Two channels of one object are OC303's.
        let mut channels =
            graph.targets(channel.node, Role::Carries).flat_map(|(object, _)| graph.channels_for(object));
        if channels.any(|(other, _)| other != channel.node) {
            continue;
        }
        let object_name = &object.value;
        let message = format!(
            "the service channel `{name}` is for `{object_name}`, whose standard service channel is `{standard}`: a \
             deploy fails in an org that has that"
        );
        cx.report(Warning, component.at(object.span), message)
            .label(format!("`{standard}` is its channel"))
            .help(format!(
                "rename `{name}` to `{standard}`, and write that name in the presence statuses that offer it"
            ))
            .element("relatedEntityType");
    }
}
