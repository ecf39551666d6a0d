use super::{TEXT, route_works};
use crate::checks::{Checker, check};
use crate::diagnostics::Severity::{Error, Note};

check!("OC801", "skills-based-without-option", "skills_based_without_option.md", [Error, Note]);

fn run(cx: &mut Checker<'_>) {
    for work in route_works(cx.graph) {
        let Some((_, place)) = work.says("routingType", &["SkillsBased"]) else { continue };
        if work.action.is_given("skillOption") {
            continue;
        }
        let severity = work.severity(Error, Note);
        let message = format!(
            "{} routes by skills without `skillOption`, so it fails when it runs; in a record-triggered flow the record is not \
             saved either",
            work.title()
        );
        cx.report(severity, place, message)
            .label("needs `skillOption`")
            .help("set `skillOption` to `DefineSkillRequirements`, `RunSBRRules` or `Both`")
            .element(TEXT);
    }
}
