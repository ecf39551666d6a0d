use rustc_hash::FxHashMap;

use super::{BySkills, RuleSets, by_skills};
use crate::checks::{Checker, check, set_value};
use crate::diagnostics::Applicability::Unsafe;
use crate::diagnostics::Severity::Note;
use crate::graph::NodeId;
use crate::metadata::WorkSkillRouting;
use crate::schema::Kind;

check!("OC609", "inactive-rule-set", "inactive_rule_set.md", [Note]);

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    let Some(sets) = RuleSets::known(graph) else { return };
    let configs: Vec<BySkills<'_>> = by_skills(graph).filter(|routed| !routed.asks_for_nothing(graph, &sets)).collect();
    let mut first: FxHashMap<NodeId, &BySkills<'_>> = FxHashMap::default();
    for routed in &configs {
        for &object in &routed.objects {
            first.entry(object).or_insert(routed);
        }
    }
    for set in graph.all::<WorkSkillRouting>().filter(|set| set.value.is_active.is_false()) {
        let (Some(off), Some(object)) = (set.value.is_active.span(), set.value.related_entity.get()) else { continue };
        let routed = graph.find(Kind::Object, object).and_then(|object| first.get(&object));
        let Some(routed) = routed else { continue };
        // One without rules asks for nothing, active or not.
        let has_rules = !set.value.attributes.is_empty();
        let message = format!(
            "the skill mapping set `{}` is not active, so the `{object}` work that the routing configuration `{}` \
             routes by skills gets none of its skills",
            set.component.name, routed.config.component.name
        );
        let finding = cx
            .report(Note, set.component.at(off), message)
            .label("not active")
            .related(routed.place(), "routes by skills")
            .element("isActive");
        if has_rules {
            finding.help("set `isActive` to `true`, or remove the skill mapping set").fix(
                "set `isActive` to `true`",
                Unsafe,
                set_value(off, "true"),
            );
        } else {
            finding.help("add rules and set `isActive` to `true`, or remove the skill mapping set");
        }
    }
}
