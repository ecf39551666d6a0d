use super::{RouteWork, TEXT, routing_actions};
use crate::checks::{Checker, check};
use crate::diagnostics::Severity::{Note, Warning};
use crate::graph::{ROUTING_INPUTS, Targets, Unknown, Why};
use crate::metadata::RoutingAction;
use crate::schema::Kind;
use crate::source::Location;

check!("OC814", "not-the-id", "not_the_id.md", [Warning, Note]);

fn run(cx: &mut Checker<'_>) {
    for work in routing_actions(cx.graph) {
        let may = work.may;
        for (input, kind, _) in ROUTING_INPUTS {
            let Some(targets) = may.targets(kind) else { continue };
            // The channel's name counts before its Id.
            let is_channel_by_name = kind == Kind::ServiceChannel && work.action.is_given("serviceChannelDevName");
            let reference = work.action.input(input).and_then(|value| value.element_reference.span());
            if let Some(reference) = reference.filter(|_| !is_channel_by_name) {
                let place = work.flow.component.at(reference);
                report(cx, work, (input, kind), targets, place, "actionCalls/inputParameters/value/elementReference");
            }
        }
        for asked in may.skills.asked.iter().filter(|asked| asked.at.file == work.flow.component.file) {
            if work.kind == RoutingAction::AddSkillRequirements {
                report(cx, work, ("skillId", Kind::Skill), &asked.skill, asked.at, TEXT);
            }
        }
    }
}

/// Reports what an input is given that is not the Id of its kind: one finding, with every place that leads there.
fn report(
    cx: &mut Checker<'_>,
    work: RouteWork<'_>,
    (input, kind): (&str, Kind),
    targets: &Targets,
    place: Location,
    element: &'static str,
) {
    let wrong = |unknown: &&Unknown| matches!(unknown.why, Why::NotItsId | Why::OtherType);
    let wrong: Vec<&Unknown> = targets.unknown.iter().filter(wrong).collect();
    let Some(first) = wrong.first() else { return };
    let (what, label) = match first.why {
        Why::OtherType => ("a record of another type", "not the Id of the right type"),
        _ => ("a field that is not the Id", "not the Id"),
    };
    let noun = kind.noun();
    let message = format!("{} needs the Id of a {noun} as `{input}`, and gets {what}", work.title());
    let finding = cx
        .report(work.severity(Warning, Note), place, message)
        .label(label)
        .help(format!("give `{input}` the field `Id` of the {noun}, looked up by Get Records"))
        .element(element);
    let others = wrong.iter().filter(|unknown| unknown.at != place);
    others.fold(finding, |finding, unknown| finding.related(unknown.at, unknown.why.words()));
}
