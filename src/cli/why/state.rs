//! The answer from a saved state of a run: why an item waits now.

use std::path::Path;

use super::super::Failure;
use super::super::run::start;
use super::report::{ItemAnswer, OtherItem, Source, TimerRow, WaitingGroup, WhyReport};
use crate::narrate::{ItemNow, item_now, near_record};
use crate::plan::Plan;
use crate::runtime::{Name, Runtime, What};
use crate::text::list;
use crate::text::markdown::code;

/// At most this many records are listed where none is near.
const MOST: usize = 10;

/// Answers why an item waits in a saved state.
pub(super) fn answer(plan: &Plan, file: &Path, item: &str) -> Result<WhyReport, Failure> {
    let state = start::state(file)?;
    let runtime = Runtime::resume(plan, state).map_err(|error| {
        Failure::new(format!("`{}`: {error}", crate::source::display(file)))
            .with_help("name the plan, or the project, that the state was saved with")
    })?;
    if !runtime.is_record(item) {
        let failure = Failure::new(format!("--item: the state has no record `{item}`"));
        if let Some(near) = near_record(item, &runtime) {
            return Err(failure.with_help(format!("did you mean `{near}`?")));
        }
        let names = runtime.names(What::WorkItem);
        let help = match names.as_slice() {
            [] => "it has no records: play the events again, and save the state while work waits".to_owned(),
            names => format!("name one of {}", list(names, MOST)),
        };
        return Err(failure.with_help(help));
    }
    let ItemNow { waits, summary, missing_skills, reps, ahead, went_first, timers } =
        item_now(plan, &runtime, &Name::from(item));
    let mut report = WhyReport::new(Source::State);
    report.item = Some(ItemAnswer {
        work_item: item.to_owned(),
        now: runtime.now().to_string(),
        waits,
        summary,
        missing_skills: missing_skills.iter().map(ToString::to_string).collect(),
        reps: reps
            .into_iter()
            .map(|(text, users)| WaitingGroup { text, users: users.iter().map(ToString::to_string).collect() })
            .collect(),
        ahead: ahead
            .into_iter()
            .map(|(item, text)| OtherItem { work_item: item.to_string(), user: None, at: None, text })
            .collect(),
        went_first: went_first
            .into_iter()
            .map(|first| OtherItem {
                work_item: first.work_item.to_string(),
                user: Some(first.user.to_string()),
                at: Some(first.at.to_string()),
                text: first.text,
            })
            .collect(),
        timers: timers.into_iter().map(|(at, text)| TimerRow { at: at.to_string(), text }).collect(),
    });
    Ok(report)
}

/// What the state says of one rep alone.
pub(super) fn narrow(report: &mut WhyReport, agent: &str, plan: &Plan) -> Result<(), Failure> {
    let Some(item) = &mut report.item else { return Ok(()) };
    if !plan.tables.users.iter().any(|user| user == agent)
        && !item.reps.iter().any(|group| group.users.iter().any(|user| user == agent))
    {
        let users: Vec<&str> = plan.tables.users.iter().map(Name::as_str).collect();
        let names = super::names::Names { whose: "the plan", noun: "rep", flag: "--agent" };
        return Err(names.unknown(agent, None, &users));
    }
    item.reps.retain(|group| group.users.iter().any(|user| user == agent));
    item.reps.iter_mut().for_each(|group| group.users.retain(|user| user == agent));
    if item.reps.is_empty() && item.waits {
        let text = format!("{} could not be offered it at any time: not a member, or without the skills", code(agent));
        item.reps.push(WaitingGroup { text, users: vec![agent.to_owned()] });
    }
    Ok(())
}
