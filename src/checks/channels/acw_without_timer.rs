use super::acw::{self, Acw};
use crate::checks::{Checker, check};
use crate::diagnostics::Applicability::Unsafe;
use crate::diagnostics::Change;
use crate::diagnostics::Severity::Warning;
use crate::schema::Kind;
use crate::source::Span;
use crate::text::list;

check!("OC306", "acw-without-timer", "acw_without_timer.md", [Warning]);

fn run(cx: &mut Checker<'_>) {
    for acw in acw::all(cx.graph) {
        check(cx, &acw);
    }
}

fn check(cx: &mut Checker<'_>, acw: &Acw<'_>) {
    // Extensions of a channel without the timer are OC305's, and that the time is then not used comes of it.
    let is_channel = acw.component.kind == Kind::ServiceChannel;
    if is_channel && acw.extension.is_true() && !acw.timer.is_true() {
        return;
    }
    let timer_off = acw.timer.is_off();
    // The guides differ on whether a presence configuration that says nothing of extensions allows them.
    let unsaid = acw.extension.is_missing() && acw.component.kind == Kind::PresenceUserConfig;
    let extension_off = timer_off || (acw.extension.is_off() && !unsaid);
    let idle: Vec<(&str, Span)> = [
        ("afterConvoWorkMaxTime", acw.max_time.get().and(acw.max_time.span()), timer_off),
        ("acwExtensionDuration", acw.duration.get().and(acw.duration.span()), extension_off),
        ("maxExtensions", acw.extensions.get().and(acw.extensions.span()), extension_off),
    ]
    .into_iter()
    .filter_map(|(element, span, off)| span.filter(|_| off).map(|span| (element, span)))
    .collect();
    let Some(&(element, span)) = idle.first() else { return };
    let (switch, given, off) = if timer_off {
        ("hasAfterConvoWorkTimer", acw.timer.span(), "After Conversation Work is off")
    } else {
        ("hasAcwExtensionEnabled", acw.extension.span(), "extensions of After Conversation Work are off")
    };
    if cx.graph.may_hold(acw.component, &[switch]) {
        return;
    }
    let values = list(idle.iter().map(|(element, _)| element), 3);
    let has = if idle.len() == 1 { "has" } else { "have" };
    let (noun, name) = (acw.component.kind.noun(), &acw.component.name);
    let message = format!("{values} of the {noun} `{name}` {has} no effect, because {off}");
    let finding = cx
        .report(Warning, acw.component.at(span), message)
        .label("no effect")
        .help(format!("set `{switch}` to `true`, or remove {values}"))
        .fix_all(format!("remove {values}"), Unsafe, idle.iter().map(|&(_, span)| Change::Remove { span }))
        .element(element);
    if let Some(given) = given {
        finding.related(acw.component.at(given), "off");
    }
}
