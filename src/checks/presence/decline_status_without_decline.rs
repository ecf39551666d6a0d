//! OC403

use super::whole_configs;
use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Applicability::Unsafe;
use crate::diagnostics::Change;
use crate::diagnostics::Severity::Warning;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC403",
    name: "decline-status-without-decline",
    severities: &[Warning],
    strict: false,
    summary: "A status for reps who decline, where reps cannot decline.",
    what: "Reports `presenceStatusOnDecline` in a presence configuration in which `enableDecline` is off. The status \
           after a push timeout, `presenceStatusOnPushTimeout`, does not need it.",
    why: "The status is never given. Whether a deploy rejects it is not certain, so this is a warning.",
    fix: "Switch `enableDecline` on, or remove `presenceStatusOnDecline`.",
    source: "Set Up Omni-Channel Developer Guide v56, PresenceUserConfig; Metadata API Developer Guide 67.0, \
             PresenceUserConfig",
    evidence: &[Evidence::Documented],
    fails: "
== ServicePresenceStatus Busy
    <label>Busy</label>
== PresenceUserConfig Agents
    <capacity>5</capacity>
    <enableDecline>false</enableDecline>
    <label>Agents</label>
    <presenceStatusOnDecline>Busy</presenceStatusOnDecline>
",
    passes: "
== ServicePresenceStatus Busy
    <label>Busy</label>
== PresenceUserConfig Agents
    <capacity>5</capacity>
    <enableDecline>true</enableDecline>
    <label>Agents</label>
    <presenceStatusOnDecline>Busy</presenceStatusOnDecline>
",
    run,
};

fn run(cx: &mut Checker<'_>) {
    for config in whole_configs(cx.graph) {
        let (value, component) = (config.value, config.component);
        let Some(status) = value.presence_status_on_decline.spanned() else { continue };
        if !value.enable_decline.is_off() {
            continue;
        }
        let message = format!(
            "the presence configuration `{}` gives the status `{}` to reps who decline, but its reps cannot decline: it \
             is never given",
            component.name, status.value
        );
        let mut finding = cx.report(Warning, component.at(status.span), message);
        if let Some(decline) = value.enable_decline.spanned() {
            finding = finding.related(component.at(decline.span), "off");
        }
        finding
            .label("never given")
            .help("set `enableDecline` to `true`, or remove `presenceStatusOnDecline`")
            .fix("remove `presenceStatusOnDecline`", Unsafe, Change::Remove { span: status.span })
            .element("presenceStatusOnDecline");
    }
}
