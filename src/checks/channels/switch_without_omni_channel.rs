//! OC314

use super::omni_channel_disabled::needing;
use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::Note;
use crate::metadata::OmniChannelSettings;
use crate::text::list;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC314",
    name: "switch-without-omni-channel",
    severities: &[Note],
    strict: false,
    summary: "Features of Omni-Channel are on while Omni-Channel itself is off.",
    what: "Reports Omni-Channel settings with `enableOmniChannel` set to `false` and another switch set to `true`. Silent \
           where the project has components that need Omni-Channel: that it is off is then reported as \
           omni-channel-disabled (OC301).",
    why: "The other switches have an effect only while `enableOmniChannel` is `true`. A deploy takes any combination, and \
          does not say so.",
    fix: "Set `enableOmniChannel` to `true`, or the other switches to `false`.",
    source: "Metadata API Developer Guide 67.0, OmniChannelSettings; forcedotcom/sf-skills, notes on Omni-Channel \
             settings",
    evidence: &[Evidence::Documented],
    fails: "
== OmniChannelSettings OmniChannel
    <enableOmniChannel>false</enableOmniChannel>
    <enableOmniSkillsRouting>true</enableOmniSkillsRouting>
",
    passes: "
== OmniChannelSettings OmniChannel
    <enableOmniChannel>true</enableOmniChannel>
    <enableOmniSkillsRouting>true</enableOmniSkillsRouting>
",
    run,
};

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    let on = |settings: &OmniChannelSettings| settings.enable_omni_channel.is_true();
    if needing(graph).next().is_some() || graph.all::<OmniChannelSettings>().any(|settings| on(settings.value)) {
        return;
    }
    for settings in graph.all::<OmniChannelSettings>() {
        let (component, value) = (settings.component, settings.value);
        let Some(off) = value.enable_omni_channel.spanned().filter(|enabled| !enabled.value) else { continue };
        let switches = [
            ("enableOmniSkillsRouting", &value.enable_omni_skills_routing),
            ("enableOmniSecondaryRoutingPriority", &value.enable_omni_secondary_routing_priority),
            ("enableOmniStatusCapModel", &value.enable_omni_status_cap_model),
            ("enableOmniAutoLoginPrompt", &value.enable_omni_auto_login_prompt),
        ];
        let on: Vec<_> = switches
            .into_iter()
            .filter_map(|(element, switch)| Some((element, switch.spanned().filter(|switch| switch.value)?.span)))
            .collect();
        let Some(&(element, place)) = on.first() else { continue };
        let names = list(on.iter().map(|(element, _)| element), 4);
        let has = if on.len() == 1 { "has" } else { "have" };
        cx.report(
            Note,
            component.at(place),
            format!("{names} of the Omni-Channel settings {has} no effect, because Omni-Channel is off"),
        )
        .label("no effect")
        .related(component.at(off.span), "off")
        .help(format!("set `enableOmniChannel` to `true`, or {names} to `false`"))
        .element(element);
    }
}
