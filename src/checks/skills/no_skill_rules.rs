use super::{RuleSets, by_skills};
use crate::checks::{Checker, check};
use crate::diagnostics::Severity::{Note, Warning};
use crate::graph::World;
use crate::schema::Kind;
use crate::text::list;

check!("OC601", "no-skill-rules", "no_skill_rules.md", [Warning, Note]);

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    let Some(sets) = RuleSets::known(graph) else { return };
    let severity = match graph.world {
        World::Closed => Warning,
        World::Project if graph.defines(Kind::WorkSkillRouting) => Warning,
        World::Project | World::Open => Note,
    };
    for routed in by_skills(graph) {
        // Without an object there is no work.
        if routed.objects.is_empty() || !routed.asks_for_nothing(graph, &sets) {
            continue;
        }
        let objects = list(routed.objects.iter().map(|&object| graph.name(object)), 3);
        let message = format!(
            "the routing configuration `{}` routes {objects} by skills, but nothing says which skills are needed: the \
             work goes to any rep who is available, a member of the queue or not",
            routed.config.component.name
        );
        let existing = routed.objects.iter().find_map(|&object| sets.of(object).first());
        let help = match existing {
            Some(set) if !set.value.is_active.is_false() => {
                format!(
                    "add rules to the skill mapping set `{}`, or set `isAttributeBased` to `false`",
                    set.component.name
                )
            }
            Some(set) => {
                format!("activate the skill mapping set `{}`, or set `isAttributeBased` to `false`", set.component.name)
            }
            None => format!("add an active skill mapping set for {objects}, or set `isAttributeBased` to `false`"),
        };
        let finding = cx.report(severity, routed.place(), message).label("routes by skills");
        let finding = match existing {
            Some(set) if !set.value.is_active.is_false() => finding.related(set.component.location(), "has no rules"),
            Some(set) => {
                let place = set.value.is_active.span().unwrap_or(set.component.span);
                finding.related(set.component.at(place), "not active")
            }
            None => finding,
        };
        let (queue, place) = routed.queue;
        finding.related(place, format!("`{}` is routed so", graph.name(queue))).help(help).element("isAttributeBased");
    }
}
