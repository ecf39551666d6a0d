use super::acw::{self, Acw};
use crate::checks::{Checker, check};
use crate::diagnostics::Severity::{Error, Warning};
use crate::schema::Kind;
use crate::text::list;

check!("OC305", "acw-incomplete", "acw_incomplete.md", [Error, Warning]);

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
