//! OC305

use super::acw::{self, Acw};
use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::{Error, Warning};
use crate::schema::Kind;
use crate::text::list;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC305",
    name: "acw-incomplete",
    severities: &[Error, Warning],
    strict: false,
    summary: "After Conversation Work is on, but its times are not given.",
    what: "Reports a service channel or presence configuration that switches the After Conversation Work timer on \
           without its maximum time, or extensions on without their duration or their number. Extensions without the timer are a \
           warning in a service channel. In a presence configuration they are nothing to report: there extensions are on \
           and the timer is off by default.",
    why: "The documentation asks for these values together. Extensions without the timer prolong nothing.",
    fix: "Add the missing element, or switch the timer or the extensions off.",
    source: "Metadata API Developer Guide 67.0, ServiceChannel and PresenceUserConfig; Set Up Omni-Channel Developer \
             Guide v56",
    evidence: &[Evidence::Documented],
    fails: "
== ServiceChannel sfdc_phone
    <hasAfterConvoWorkTimer>true</hasAfterConvoWorkTimer>
    <label>Phone</label>
    <relatedEntityType>VoiceCall</relatedEntityType>
",
    passes: "
== ServiceChannel sfdc_phone
    <afterConvoWorkMaxTime>60</afterConvoWorkMaxTime>
    <hasAfterConvoWorkTimer>true</hasAfterConvoWorkTimer>
    <label>Phone</label>
    <relatedEntityType>VoiceCall</relatedEntityType>
",
    run,
};

fn run(cx: &mut Checker<'_>) {
    for acw in acw::all(cx.graph) {
        check(cx, &acw);
    }
}

fn check(cx: &mut Checker<'_>, acw: &Acw<'_>) {
    let (noun, name) = (acw.component.kind.noun(), &acw.component.name);
    if let Some(timer) = acw.timer.spanned().filter(|timer| timer.value)
        && acw.max_time.is_missing()
        && !cx.graph.may_hold(acw.component, &["afterConvoWorkMaxTime"])
    {
        let message = format!(
            "the {noun} `{name}` switches After Conversation Work on without `afterConvoWorkMaxTime`: Salesforce \
             requires the two together"
        );
        cx.report(Error, acw.component.at(timer.span), message)
            .label("needs `afterConvoWorkMaxTime`")
            .help("add `<afterConvoWorkMaxTime>` with 10 to 3600 seconds, or set `hasAfterConvoWorkTimer` to `false`")
            .element("hasAfterConvoWorkTimer");
    }
    let Some(extension) = acw.extension.spanned().filter(|extension| extension.value) else { return };
    if cx.graph.may_hold(acw.component, &["hasAfterConvoWorkTimer", "acwExtensionDuration", "maxExtensions"]) {
        return;
    }
    let place = acw.component.at(extension.span);
    if !acw.timer.is_true() {
        // By default, a presence configuration allows extensions, and its timer is off.
        if acw.component.kind == Kind::ServiceChannel {
            let message = format!(
                "the {noun} `{name}` allows extensions of After Conversation Work without the timer: there is nothing to \
                 extend"
            );
            cx.report(Warning, place, message)
                .label("no effect")
                .help("set `hasAfterConvoWorkTimer` to `true`, or `hasAcwExtensionEnabled` to `false`")
                .element("hasAcwExtensionEnabled");
        }
        return;
    }
    let missing: Vec<&str> =
        [("acwExtensionDuration", acw.duration.is_missing()), ("maxExtensions", acw.extensions.is_missing())]
            .into_iter()
            .filter_map(|(element, missing)| missing.then_some(element))
            .collect();
    if !missing.is_empty() {
        let missing = list(missing, 3);
        let message = format!(
            "the {noun} `{name}` allows extensions of After Conversation Work without {missing}: Salesforce requires \
             them together"
        );
        cx.report(Error, place, message)
            .label("needs more settings")
            .help(format!("add {missing}, or set `hasAcwExtensionEnabled` to `false`"))
            .element("hasAcwExtensionEnabled");
    }
}
