//! OC402

use super::whole_configs;
use crate::checks::{Check, Checker, Evidence, set_value};
use crate::diagnostics::Applicability::Unsafe;
use crate::diagnostics::Change;
use crate::diagnostics::Severity::Warning;
use crate::graph::Item;
use crate::metadata::PresenceUserConfig;
use crate::source::Span;
use crate::text::list;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC402",
    name: "decline-reason-without-decline",
    severities: &[Warning],
    strict: false,
    summary: "Decline reasons that nobody is asked for.",
    what: "Reports a presence configuration that asks for a decline reason although reps cannot decline, or lists no \
           reason to choose from, or that lists reasons and does not ask for one.",
    why: "The settings work only together: reps who may decline, who are asked for a reason, and who find one to choose. \
          Otherwise no reason is ever recorded, and reports on declined work stay empty.",
    fix: "Switch on what is missing, or remove what has no effect.",
    source: "Set Up Omni-Channel Developer Guide v56, PresenceUserConfig; Metadata API Developer Guide 67.0, \
             PresenceUserConfig. forcedotcom/sf-skills says that a deploy rejects the component; a real org has \
             accepted a configuration without reasons, so this is a warning",
    evidence: &[Evidence::Documented],
    fails: "
== PresenceUserConfig Agents
    <capacity>5</capacity>
    <enableDecline>false</enableDecline>
    <enableDeclineReason>true</enableDeclineReason>
    <declineReasons>Wrong_Team</declineReasons>
    <label>Agents</label>
== PresenceDeclineReason Wrong_Team
    <label>Wrong team</label>
",
    passes: "
== PresenceUserConfig Agents
    <capacity>5</capacity>
    <enableDecline>true</enableDecline>
    <enableDeclineReason>true</enableDeclineReason>
    <declineReasons>Wrong_Team</declineReasons>
    <label>Agents</label>
== PresenceDeclineReason Wrong_Team
    <label>Wrong team</label>
",
    run,
};

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
