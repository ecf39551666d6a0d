use super::{TEXT, route_works};
use crate::checks::{Checker, check};
use crate::diagnostics::Severity::{Note, Warning};
use crate::graph::Why;

check!("OC803", "skill-requirements-missing", "skill_requirements_missing.md", [Warning, Note]);

/// The input for the collection.
const RESOURCE: &str = "skillRequirementsResourceItem";

fn run(cx: &mut Checker<'_>) {
    for work in route_works(cx.graph) {
        let Some((option, place)) = work.says("skillOption", &["DefineSkillRequirements", "Both"]) else { continue };
        let by_skills = work.action.text("routingType").is_none_or(|kind| &*kind.value == "SkillsBased");
        let resource = work.action.is_given(RESOURCE);
        let skills = &work.may.skills;
        // A collection that something unknown may fill is not empty.
        let is_never_filled = skills.asked.is_empty() && skills.unknown.iter().all(|unknown| unknown.why == Why::Unset);
        if !by_skills || (resource && !is_never_filled) {
            continue;
        }
        let (gives, label) = if resource {
            ("and a collection of skill requirements that nothing is added to", "nothing adds skills")
        } else {
            ("without `skillRequirementsResourceItem`", "needs skill requirements")
        };
        let message = format!(
            "{} has the `skillOption` `{option}` {gives}, so the flow asks for no skills of its own",
            work.title()
        );
        cx.report(work.severity(Warning, Note), place, message)
            .label(label)
            .help(
                "set `skillRequirementsResourceItem` to the collection of skill requirements, or `skillOption` to \
                 `RunSBRRules`",
            )
            .element(TEXT);
    }
}
