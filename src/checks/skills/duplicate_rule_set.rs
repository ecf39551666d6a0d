//! OC603

use rustc_hash::FxHashMap;

use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::Error;
use crate::metadata::WorkSkillRouting;
use crate::schema::Kind;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC603",
    name: "duplicate-rule-set",
    severities: &[Error],
    strict: false,
    summary: "Two skill mapping sets for one object.",
    what: "Reports a skill mapping set whose object another one of the project has already, active or not.",
    why: "An object has at most one skill mapping set; Salesforce keeps the object unique among them.",
    fix: "Bring the rules together in one set.",
    source: "Tooling API 67.0, WorkSkillRouting; Salesforce Help: Skills-Based Routing Rules",
    evidence: &[Evidence::Documented],
    fails: "
== WorkSkillRouting Case_Language
    <isActive>true</isActive>
    <masterLabel>Case Language</masterLabel>
    <relatedEntity>Case</relatedEntity>
== WorkSkillRouting Case_Topic
    <isActive>true</isActive>
    <masterLabel>Case Topic</masterLabel>
    <relatedEntity>Case</relatedEntity>
",
    passes: "
== WorkSkillRouting Case
    <isActive>true</isActive>
    <masterLabel>Case</masterLabel>
    <relatedEntity>Case</relatedEntity>
== WorkSkillRouting Lead
    <isActive>true</isActive>
    <masterLabel>Lead</masterLabel>
    <relatedEntity>Lead</relatedEntity>
",
    run,
};

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
