use rustc_hash::FxHashMap;

use super::{BySkills, RuleSets, by_skills};
use crate::checks::{Checker, check};
use crate::diagnostics::Severity::Warning;
use crate::graph::{Graph, Item, NodeId};
use crate::metadata::{QueueRoutingConfig, Spanned, WorkSkillRouting};
use crate::schema::Kind;
use crate::source::Span;
use crate::text::count;

check!("OC607", "drop-timeout-mismatch", "drop_timeout_mismatch.md", [Warning]);

const TIMEOUT: &str = "dropAdditionalSkillsTimeout";

/// The shortest timeout that Salesforce takes, in seconds.
const SHORTEST: i32 = 5;

fn run(cx: &mut Checker<'_>) {
    too_short(cx);
    let configs: Vec<BySkills<'_>> = by_skills(cx.graph).collect();
    never_dropped(cx, &configs);
    if let Some(sets) = RuleSets::known(cx.graph) {
        nothing_to_drop(cx, &configs, &sets);
    }
}

fn too_short(cx: &mut Checker<'_>) {
    for config in cx.graph.all::<QueueRoutingConfig>() {
        let Some(timeout) = config.value.drop_additional_skills_timeout.spanned() else { continue };
        if !(1..SHORTEST).contains(&timeout.value) {
            continue;
        }
        let message = format!(
            "the routing configuration `{}` drops additional skills after {}, but the least that Salesforce documents \
             is {SHORTEST} seconds",
            config.component.name,
            count(timeout.value.unsigned_abs() as usize, "second")
        );
        cx.report(Warning, config.component.at(timeout.span), message)
            .label("too short")
            .help(format!("set `{TIMEOUT}` to {SHORTEST} or more"))
            .element(TIMEOUT);
    }
}

/// Sets with additional skills, and nothing that ever drops them.
fn never_dropped(cx: &mut Checker<'_>, configs: &[BySkills<'_>]) {
    let graph = cx.graph;
    let may_drop = |routed: &BySkills<'_>| {
        !routed.config.value.drop_additional_skills_timeout.is_missing()
            || graph.may_hold(routed.config.component, &[TIMEOUT])
    };
    // For each object, the first of its configurations, and whether one of them may drop.
    let mut ways: FxHashMap<NodeId, (&BySkills<'_>, bool)> = FxHashMap::default();
    for routed in configs {
        for &object in &routed.objects {
            ways.entry(object).or_insert((routed, false)).1 |= may_drop(routed);
        }
    }
    for set in graph.all::<WorkSkillRouting>().filter(|set| !set.value.is_active.is_false()) {
        let Some(object) = set.value.related_entity.get() else { continue };
        let routed = graph.find(Kind::Object, object).and_then(|object| ways.get(&object));
        let (Some(&(routed, false)), Some(place)) = (routed, additional(set.value)) else { continue };
        let config = &routed.config.component.name;
        let message = format!(
            "the additional skills of the skill mapping set `{}` are never dropped, because no routing configuration for `{object}` has \
             `{TIMEOUT}`: work waits for them as for required ones",
            set.component.name
        );
        cx.report(Warning, set.component.at(place), message)
            .label("an additional skill")
            .related(routed.place(), format!("`{config}` routes `{object}` by skills"))
            .help(format!("add `<{TIMEOUT}>` to `{config}`, or make the skills required"))
            .element("workSkillRoutingAttributes/isAdditionalSkill");
    }
}

/// Configurations with a timeout, and no additional skill that their work may need.
fn nothing_to_drop(cx: &mut Checker<'_>, configs: &[BySkills<'_>], sets: &RuleSets<'_>) {
    let graph = cx.graph;
    for BySkills { config, objects, .. } in configs {
        let Some(&Spanned { value: 1.., span }) = config.value.drop_additional_skills_timeout.spanned() else {
            continue;
        };
        let own = || objects.iter().flat_map(|&object| sets.of(object));
        let mut active = own().filter(|set| !set.value.is_active.is_false());
        let Some(first) = active.next() else { continue };
        if own().any(|set| additional(set.value).is_some()) || has_unknown_rules(graph, own()) {
            continue;
        }
        let message = format!(
            "the routing configuration `{}` drops additional skills after a while, but its work has none: the rules \
             of `{}` ask for required skills only",
            config.component.name, first.component.name
        );
        cx.report(Warning, config.component.at(span), message)
            .label("no effect")
            .related(first.component.location(), "no rule with an additional skill")
            .help(format!("remove `{TIMEOUT}`, or make skills additional with `<isAdditionalSkill>`"))
            .element(TIMEOUT);
    }
}

fn has_unknown_rules<'s, 'g: 's>(
    graph: &Graph,
    mut sets: impl Iterator<Item = &'s Item<'g, WorkSkillRouting>>,
) -> bool {
    sets.any(|set| graph.may_hold(set.component, &["isAdditionalSkill", "workSkillRoutingAttributes"]))
}

/// Where a set first says that a skill is an additional one.
fn additional(set: &WorkSkillRouting) -> Option<Span> {
    let rule = set.attributes.iter().find(|rule| rule.is_additional_skill.is_true())?;
    rule.is_additional_skill.span()
}
