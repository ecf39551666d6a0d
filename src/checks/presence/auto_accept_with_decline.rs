//! OC401

use crate::checks::{Check, Checker, Evidence, set_value};
use crate::diagnostics::Applicability::Unsafe;
use crate::diagnostics::Severity::Error;
use crate::metadata::PresenceUserConfig;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC401",
    name: "auto-accept-with-decline",
    severities: &[Error],
    strict: false,
    summary: "A presence configuration both accepts offers by itself and lets reps decline them.",
    what: "Reports a presence configuration in which `enableAutoAccept` and `enableDecline` are both on.",
    why: "Work that is accepted by itself cannot be declined, and Salesforce rejects a configuration that says both.",
    fix: "Switch one of the two off.",
    source: "Set Up Omni-Channel Developer Guide v56, PresenceUserConfig; Metadata API Developer Guide 67.0, \
             PresenceUserConfig",
    evidence: &[Evidence::Documented, Evidence::RealFiles],
    fails: "
== PresenceUserConfig Agents
    <capacity>5</capacity>
    <enableAutoAccept>true</enableAutoAccept>
    <enableDecline>true</enableDecline>
    <label>Agents</label>
",
    passes: "
== PresenceUserConfig Agents
    <capacity>5</capacity>
    <enableAutoAccept>false</enableAutoAccept>
    <enableDecline>true</enableDecline>
    <label>Agents</label>
",
    run,
};

fn run(cx: &mut Checker<'_>) {
    for config in cx.graph.all::<PresenceUserConfig>() {
        let (accept, decline) = (&config.value.enable_auto_accept, &config.value.enable_decline);
        let (Some(accept), Some(decline)) = (accept.spanned(), decline.spanned()) else { continue };
        if !accept.value || !decline.value {
            continue;
        }
        let message = format!(
            "the presence configuration `{}` accepts offers by itself and lets reps decline them: Salesforce rejects \
             the two together",
            config.component.name
        );
        cx.report(Error, config.component.at(accept.span), message)
            .label("offers are accepted by themselves")
            .related(config.component.at(decline.span), "reps can decline")
            .help("set `enableAutoAccept` or `enableDecline` to `false`")
            .fix("set `enableDecline` to `false`", Unsafe, set_value(decline.span, "false"))
            .element("enableAutoAccept");
    }
}
