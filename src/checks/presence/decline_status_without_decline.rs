use super::whole_configs;
use crate::checks::{Checker, check};
use crate::diagnostics::Applicability::Unsafe;
use crate::diagnostics::Change;
use crate::diagnostics::Severity::Warning;

check!("OC403", "decline-status-without-decline", "decline_status_without_decline.md", [Warning], AboutUnused);

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
