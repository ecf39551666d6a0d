use super::omni_channel_disabled::needing;
use crate::checks::{Checker, check};
use crate::diagnostics::Severity::Note;
use crate::metadata::OmniChannelSettings;
use crate::text::list;

check!("OC314", "switch-without-omni-channel", "switch_without_omni_channel.md", [Note]);

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
