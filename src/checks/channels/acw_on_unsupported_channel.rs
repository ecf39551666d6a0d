//! OC307

use crate::checks::{Check, Checker, Evidence, set_value};
use crate::diagnostics::Applicability::Unsafe;
use crate::diagnostics::Severity::{Note, Warning};
use crate::metadata::ServiceChannel;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC307",
    name: "acw-on-unsupported-channel",
    severities: &[Warning, Note],
    strict: false,
    summary: "After Conversation Work on a service channel that is neither for messaging nor for voice.",
    what: "Reports a service channel that switches the After Conversation Work timer on, and whose object is neither \
           `MessagingSession` nor `VoiceCall`. A note for the retired chats, `LiveChatTranscript` and `SOSSession`, which \
           are conversations, too.",
    why: "After Conversation Work is available only for messaging and voice channels. Reps of another channel get no time \
          to wrap up.",
    fix: "Switch the timer off.",
    source: "Metadata API Developer Guide 67.0, ServiceChannel; Set Up Omni-Channel Developer Guide v56",
    evidence: &[Evidence::Documented],
    fails: "
== ServiceChannel Cases
    <afterConvoWorkMaxTime>60</afterConvoWorkMaxTime>
    <hasAfterConvoWorkTimer>true</hasAfterConvoWorkTimer>
    <label>Cases</label>
    <relatedEntityType>Case</relatedEntityType>
",
    passes: "
== ServiceChannel sfdc_livemessage
    <afterConvoWorkMaxTime>60</afterConvoWorkMaxTime>
    <hasAfterConvoWorkTimer>true</hasAfterConvoWorkTimer>
    <label>Messaging</label>
    <relatedEntityType>MessagingSession</relatedEntityType>
",
    run,
};

fn run(cx: &mut Checker<'_>) {
    for channel in cx.graph.all::<ServiceChannel>() {
        let (component, value) = (channel.component, channel.value);
        let timer = value.has_after_convo_work_timer.spanned().filter(|timer| timer.value);
        let (Some(timer), Some(object)) = (timer, value.related_entity_type.spanned()) else { continue };
        let is_one_of = |objects: [&str; 2]| objects.iter().any(|known| known.eq_ignore_ascii_case(&object.value));
        if is_one_of(["MessagingSession", "VoiceCall"]) {
            continue;
        }
        let severity = if is_one_of(["LiveChatTranscript", "SOSSession"]) { Note } else { Warning };
        let message = format!(
            "the service channel `{}` switches After Conversation Work on, which is available only for `MessagingSession` \
             and `VoiceCall`, not for `{}`",
            component.name, object.value
        );
        cx.report(severity, component.at(timer.span), message)
            .label("not available for this object")
            .related(component.at(object.span), "the channel's object")
            .help("set `hasAfterConvoWorkTimer` to `false`")
            .fix("set `hasAfterConvoWorkTimer` to `false`", Unsafe, set_value(timer.span, "false"))
            .element("hasAfterConvoWorkTimer");
    }
}
