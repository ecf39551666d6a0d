use crate::checks::{Checker, check, set_value};
use crate::diagnostics::Applicability::Unsafe;
use crate::diagnostics::Severity::Error;
use crate::metadata::PresenceUserConfig;

check!("OC401", "auto-accept-with-decline", "auto_accept_with_decline.md", [Error]);

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
