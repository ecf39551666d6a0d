use super::whole_configs;
use crate::checks::{Checker, check, set_value};
use crate::diagnostics::Applicability::Unsafe;
use crate::diagnostics::Change;
use crate::diagnostics::Severity::Warning;
use crate::graph::Item;
use crate::metadata::PresenceUserConfig;
use crate::source::Span;
use crate::text::list;

check!("OC402", "decline-reason-without-decline", "decline_reason_without_decline.md", [Warning], AboutUnused);

fn run(cx: &mut Checker<'_>) {
    for config in whole_configs(cx.graph) {
        match config.value.enable_decline_reason.spanned().filter(|asks| asks.value) {
            Some(asks) => asked_in_vain(cx, config, asks.span),
            None if config.value.enable_decline_reason.is_off() => never_asked(cx, config),
            None => {}
        }
    }
}

fn asked_in_vain(cx: &mut Checker<'_>, config: Item<'_, PresenceUserConfig>, asks: Span) {
    let (value, component) = (config.value, config.component);
    let (lack, label, help) = match (value.enable_decline.is_off(), value.decline_reasons.is_empty()) {
        (false, false) => return,
        (false, true) => ("lists none to choose from", "no reason listed", "add a `<declineReasons>` for each reason"),
        (true, false) => ("its reps cannot decline", "reps cannot decline", "set `enableDecline` to `true`"),
        (true, true) => (
            "its reps cannot decline, and it lists none",
            "reps cannot decline",
            "set `enableDecline` to `true` and add a `<declineReasons>` for each reason",
        ),
    };
    let message = format!(
        "the presence configuration `{}` asks for a decline reason, but {lack}: no reason is ever recorded",
        component.name
    );
    let mut finding = cx.report(Warning, component.at(asks), message);
    if let Some(decline) = value.enable_decline.spanned().filter(|decline| !decline.value) {
        finding = finding.related(component.at(decline.span), "off");
    }
    finding
        .label(label)
        .help(format!("{help}, or set `enableDeclineReason` to `false`"))
        .fix("set `enableDeclineReason` to `false`", Unsafe, set_value(asks, "false"))
        .element("enableDeclineReason");
}

fn never_asked(cx: &mut Checker<'_>, config: Item<'_, PresenceUserConfig>) {
    let reasons = &config.value.decline_reasons;
    let Some(first) = reasons.first() else { return };
    let message = format!(
        "the presence configuration `{}` lists {} but does not ask for a decline reason: nobody ever chooses one",
        config.component.name,
        list(reasons.iter().map(|reason| &reason.value), 3)
    );
    cx.report(Warning, config.component.at(first.span), message)
        .label("never asked for")
        .help("set `enableDeclineReason` to `true`, or remove the reasons")
        .fix_all("remove the reasons", Unsafe, reasons.iter().map(|reason| Change::Remove { span: reason.span }))
        .element("declineReasons");
}
