use super::{RouteWork, TEXT, routing_actions};
use crate::checks::{Checker, check};
use crate::diagnostics::Severity::{Note, Warning};
use crate::metadata::{MOST_SKILLS, Name, Requirement, Requirements, RoutingAction, Spanned};

check!("OC812", "invalid-skill-requirement", "invalid_skill_requirement.md", [Warning, Note]);

/// The highest level that a rep has by most sources, and the highest that any source gives.
const LEVELS: [f64; 2] = [10.0, 99.99];

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for work in routing_actions(graph).filter(|work| work.kind == RoutingAction::AddSkillRequirements) {
        match work.action.requirements() {
            Some(Requirements::Listed(listed)) => {
                if let Some(first_over) = listed.get(MOST_SKILLS) {
                    too_many(cx, work, listed.len(), first_over);
                }
                for requirement in &listed {
                    one(cx, work, requirement);
                }
            }
            Some(Requirements::Unreadable(span, words)) => {
                let text = work.action.text("skillRequirement");
                if text.is_some_and(|text| text.value.contains("{!")) {
                    continue;
                }
                let message =
                    format!("{} has a `skillRequirement` that is not a list of skills in JSON: {words}", work.title());
                cx.report(work.severity(Warning, Note), work.flow.component.at(span), message)
                    .label("not a list of skills")
                    .help("add the skills in Flow Builder, which writes this text")
                    .element(TEXT);
            }
            None => {}
        }
    }
}

fn too_many(cx: &mut Checker<'_>, work: RouteWork<'_>, count: usize, first_over: &Requirement) {
    let message =
        format!("{} adds {count} skills, but Salesforce takes at most {MOST_SKILLS} in one action", work.title());
    cx.report(work.severity(Warning, Note), work.flow.component.at(first_over.span), message)
        .label("one too many")
        .help("move the others to another Add Skill Requirements action that extends the same collection");
}

fn one(cx: &mut Checker<'_>, work: RouteWork<'_>, requirement: &Requirement) {
    let flow = work.flow.component;
    let severity = work.severity(Warning, Note);
    if requirement.id.is_none() && requirement.name.is_none() {
        let message =
            format!("{} asks for a skill without naming it: it has no `skillId` and no `skillDevName`", work.title());
        cx.report(severity, flow.at(requirement.span), message)
            .label("no skill")
            .help("choose the skill in Flow Builder, or remove the requirement");
    }
    let name = requirement.name.as_ref().or(requirement.label.as_ref()).or(requirement.id.as_ref());
    let skill = name.map_or_else(|| "a skill".to_owned(), |name| format!("the skill `{}`", name.value));
    if let Some((level, what)) = requirement.level.as_ref().and_then(|level| Some((level, wrong_level(level)?))) {
        let severity = if what.is_unsure { Note } else { severity };
        let message = format!("{} asks for {skill} at level `{}`, {}", work.title(), level.value, what.words);
        cx.report(severity, flow.at(level.span), message).label("not a level").help("write a level from 0 to 10");
    }
    if let Some(priority) = requirement.priority.as_ref().filter(|priority| is_wrong_priority(priority)) {
        let message = format!(
            "{} gives {skill} the priority `{}`, which is not a whole number from 0 on",
            work.title(),
            priority.value
        );
        cx.report(severity, flow.at(priority.span), message)
            .label("not a priority")
            .help("write a whole number: 0 for a skill that is dropped last");
    }
}

struct Wrong {
    words: &'static str,
    /// Sources disagree.
    is_unsure: bool,
}

fn wrong_level(level: &Spanned<Name>) -> Option<Wrong> {
    let text = level.value.trim();
    if text.contains("{!") {
        return None;
    }
    match text.parse::<f64>().ok().filter(|number| number.is_finite()) {
        Some(number) if (0.0..=LEVELS[0]).contains(&number) => None,
        Some(number) if (0.0..=LEVELS[1]).contains(&number) => {
            Some(Wrong { words: "and by most sources reps have levels from 0 to 10 only", is_unsure: true })
        }
        Some(_) => Some(Wrong { words: "which no rep can have", is_unsure: false }),
        None => Some(Wrong { words: "which is not a number", is_unsure: false }),
    }
}

fn is_wrong_priority(priority: &Spanned<Name>) -> bool {
    let text = priority.value.trim();
    !text.contains("{!") && text.parse::<f64>().ok().is_none_or(|number| number < 0.0 || number.fract() != 0.0)
}
