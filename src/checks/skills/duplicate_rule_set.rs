use rustc_hash::FxHashMap;

use crate::checks::{Checker, check};
use crate::diagnostics::Severity::Error;
use crate::metadata::WorkSkillRouting;
use crate::schema::Kind;

check!("OC603", "duplicate-rule-set", "duplicate_rule_set.md", [Error]);

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    let mut first = FxHashMap::default();
    for rules in graph.all::<WorkSkillRouting>() {
        let Some(entity) = rules.value.related_entity.spanned() else { continue };
        let Some(object) = graph.find(Kind::Object, &entity.value) else { continue };
        let place = rules.component.at(entity.span);
        let (other, other_place) = *first.entry(object).or_insert((rules.node, place));
        // The same set in two files is a duplicate file, not a second set.
        if other == rules.node {
            continue;
        }
        let (other, object) = (graph.name(other), graph.name(object));
        let message = format!(
            "the skill mapping sets `{other}` and `{}` are both for `{object}`, but an object can have only one",
            rules.component.name
        );
        cx.report(Error, place, message)
            .label(format!("`{other}` has it already"))
            .related(other_place, "the first")
            .help(format!("move its rules to `{other}`, and remove `{}`", rules.component.name))
            .element("relatedEntity");
    }
}
