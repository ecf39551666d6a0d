use crate::checks::{Checker, check, set_value};
use crate::diagnostics::Applicability::Unsafe;
use crate::diagnostics::Severity::{Note, Warning};
use crate::metadata::ServiceChannel;

check!("OC307", "acw-on-unsupported-channel", "acw_on_unsupported_channel.md", [Warning, Note]);

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
