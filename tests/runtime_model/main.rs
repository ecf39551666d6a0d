//! The runtime against a second, slow model of it, over random histories; what must hold whatever happens; and laws of saving,
//! resuming and replaying.
//!
//! `PROPTEST_CASES` says how many histories are tried.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "helpers of tests")]

mod differences;
mod histories;
mod invariants;
mod model;
mod shortest;
mod worlds;

use std::collections::BTreeSet;

use omnic::plan::Plan;
use omnic::runtime::{
    Event, FinishedWork, Name, Owner, Refusal, Refused, RoutingOptions, Runtime, State, Timed, TimedEffect, What,
    WhyNot,
};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use histories::{Step, event, history, options};
use invariants::Ledger;
use model::Model;

/// Histories are shortened by `shortest`, which knows what they are.
fn config() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, max_shrink_iters: 0, ..ProptestConfig::default() }
}

/// What a test is about.
#[derive(Clone)]
struct Case {
    world: String,
    plan: Plan,
    options: RoutingOptions,
    steps: Vec<Step>,
    /// Where it is broken off.
    middle: usize,
}

/// The message of a failure tells it better.
impl std::fmt::Debug for Case {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} steps in the world `{}`", self.steps.len(), self.world)
    }
}

fn case() -> impl Strategy<Value = Case> {
    (select(worlds::all()), worlds::dates(), options(), history(), 0..150_usize).prop_map(
        |((world, plan), dates, options, steps, middle)| {
            let has_dates = plan.tables.agents.is_some() && !dates.is_empty();
            let world = if has_dates { format!("{world}, skills from and until {dates:?}") } else { world.to_owned() };
            Case { world, plan: worlds::dated(plan, &dates), options, steps, middle }
        },
    )
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_runtime_does_what_the_model_does(case in case()) {
        let Case { world, plan, options, steps, .. } = case;
        let events = told_by(&plan, &options, &steps);
        shortest::check(&world, &options, &events, |options, events| disagreement(&plan, options, events))?;
    }

    #[test]
    fn states_can_be_replayed_saved_and_resumed(case in case()) {
        let Case { world, plan, options, steps, middle } = case;
        let events = told_by(&plan, &options, &steps);
        shortest::check(&world, &options, &events, |options, events| broken_law(&plan, options, events, middle))?;
    }

    /// Who is chosen is asserted to have the verdict, in the runtime; here it is asked of those who are not.
    #[test]
    fn what_waits_is_explained_by_the_verdict_that_routes(case in case()) {
        let Case { world, plan, options, steps, .. } = case;
        let events = told_by(&plan, &options, &steps);
        shortest::check(&world, &options, &events, |options, events| unexplained_wait(&plan, options, events))?;
    }

    #[test]
    fn whether_a_queue_will_take_a_record_is_known_before(case in case()) {
        let Case { world, plan, options, steps, .. } = case;
        let events = told_by(&plan, &options, &steps);
        shortest::check(&world, &options, &events, |options, events| broken_promise(&plan, options, events))?;
    }

    #[test]
    fn time_can_pass_in_slices(case in case(), at_most in 1..6_usize, pause in 1..50_i64) {
        let Case { world, plan, options, steps, .. } = case;
        let mut events = told_by(&plan, &options, &steps);
        // Much is due in a long pause.
        if let Some(last) = events.last() {
            events.push(Timed { at: last.at.plus(pause * 600_000), event: Event::TimePassed {} });
        }
        shortest::check(&world, &options, &events, |options, events| broken_slice(&plan, options, events, at_most))?;
    }
}

proptest! {
    // Each is two plans, compared and run.
    #![proptest_config(ProptestConfig { cases: config().cases.div_ceil(4), ..config() })]

    #[test]
    fn what_goes_otherwise_with_another_plan_is_told(
        case in case(),
        edits in proptest::collection::vec(differences::edit(), 1..3),
    ) {
        let Case { world, plan, options, steps, .. } = case;
        let other = differences::edited(&plan, &edits);
        let events = told_by(&plan, &options, &steps);
        shortest::check(&format!("{world}, {edits:?}"), &options, &events, |options, events| {
            differences::untold(&plan, &other, options, events)
        })?;
    }
}

/// The events that a history comes to. A crowd is there from the beginning.
fn told_by(plan: &Plan, options: &RoutingOptions, steps: &[Step]) -> Vec<Timed> {
    let mut model = Model::new(plan, options);
    let logins = if histories::is_crowd(plan) { plan.tables.users.as_slice() } else { &[] };
    let login = |user: &Name| Timed {
        at: histories::BEGIN,
        event: Event::Login { user: user.clone(), status_id: "Available".into() },
    };
    let logins: Vec<Timed> = logins.iter().map(login).collect();
    for Timed { at, event } in &logins {
        drop(model.apply(*at, event));
    }
    let tell = |(number, step): (usize, &Step)| {
        let timed = event(number, step, plan, &model);
        // Refused or not: the history goes on.
        drop(model.apply(timed.at, &timed.event));
        timed
    };
    let told: Vec<Timed> = steps.iter().enumerate().map(tell).collect();
    logins.into_iter().chain(told).collect()
}

/// Where the runtime does something else than the model, or something that must hold does not.
fn disagreement(plan: &Plan, options: &RoutingOptions, events: &[Timed]) -> Option<String> {
    let mut model = Model::new(plan, options);
    let mut runtime = Runtime::new(plan, options.clone()).unwrap();
    let mut ledger = Ledger::default();
    for Timed { at, event } in events {
        let by_model = told(&model.apply(*at, event));
        let outcome = runtime.apply(*at, event);
        let by_runtime = told(&outcome);
        if by_model != by_runtime {
            return Some(shortest::difference(&by_model, &by_runtime));
        }
        let entered = match &outcome {
            Ok(effects) => ledger.enter(event, effects),
            Err(refused) => ledger.enter(&Event::TimePassed {}, &refused.effects),
        };
        let held = entered.and_then(|()| ledger.check(&model)).and_then(|()| ledger.check_records(&runtime));
        let held = held.and_then(|()| invariants::check_views(&model, &runtime));
        if let Err(problem) = held {
            return Some(problem);
        }
    }
    None
}

/// Work waits although, by what is said of an agent, nothing stands against offering it. Where the head of the line blocks
/// others, what waits ahead does.
fn unexplained_wait(plan: &Plan, options: &RoutingOptions, events: &[Timed]) -> Option<String> {
    let mut runtime = Runtime::new(plan, options.clone()).unwrap();
    for Timed { at, event } in events {
        if runtime.apply(*at, event).is_err() {
            continue;
        }
        for request in runtime.pending_service_routings() {
            let Some(waiting) = runtime.why_waiting_for_all(request.id) else { continue };
            let mut others = waiting.others.iter();
            let could = others.find(|other| matches!(other.why, WhyNot::EarlierItemWaits {}));
            if let Some(could) = could.filter(|_| !options.head_of_line_blocking) {
                return Some(format!("{} waits, and {} could have it", request.work_item_id, could.user));
            }
        }
    }
    None
}

/// What is said before fields of a record change, and a queue then gets it, is not what happens.
fn broken_promise(plan: &Plan, options: &RoutingOptions, events: &[Timed]) -> Option<String> {
    let mut runtime = Runtime::new(plan, options.clone()).unwrap();
    for Timed { at, event } in events {
        if let Event::WorkItemUpdated { work_item_id, fields } = event {
            for queue in runtime.names(What::Queue) {
                let said = runtime.may_give(work_item_id, fields, &queue);
                let is_owner = runtime.owner(work_item_id) == Some(Owner::Queue(queue.clone()));
                let mut copy = Runtime::resume(plan, runtime.save()).unwrap();
                let owner = Owner::Queue(queue.clone());
                let given = Event::OwnerChanged { work_item_id: work_item_id.clone(), owner };
                // An event that comes too late is refused for that.
                if copy.apply(*at, event).is_err() {
                    continue;
                }
                let given = copy.apply(*at, &given).map_err(|refused| refused.refusal);
                // The first event may finish the work, so that the record is forgotten.
                let is_forgotten = options.finished_work == FinishedWork::Forget
                    && matches!(given, Err(Refusal::Unknown { what: What::WorkItem, .. }));
                let is_kept = match (&said, &given) {
                    (Err(said), Err(given)) => said == given || is_forgotten,
                    (Err(_), Ok(_)) => false,
                    (Ok(()), Ok(_)) => true,
                    (Ok(()), Err(given)) => is_owner || is_forgotten || matches!(given, Refusal::LimitExceeded { .. }),
                };
                if !is_kept {
                    return Some(format!("{work_item_id} to {queue}: said {said:?}, came {given:?}"));
                }
            }
        }
        let _ = runtime.apply(*at, event);
    }
    None
}

/// Time that passes in slices, of any size, before each event comes to the same as the event alone.
fn broken_slice(plan: &Plan, options: &RoutingOptions, events: &[Timed], at_most: usize) -> Option<String> {
    let begin = || Runtime::new(plan, options.clone()).unwrap();
    let (mut at_once, mut sliced) = (begin(), begin());
    for Timed { at, event } in events {
        let outcome = at_once.apply(*at, event);
        let mut effects = Vec::new();
        loop {
            let before = sliced.now();
            let passed = sliced.pass(*at, at_most);
            effects.extend(passed.effects);
            if passed.reached {
                break;
            }
            let is_due = sliced.next_due().is_some_and(|due| due <= *at);
            if passed.timers != at_most || !(before..=*at).contains(&sliced.now()) || !is_due {
                return Some(format!("{} timers of {at_most}, at {}", passed.timers, sliced.now()));
            }
        }
        if *at >= at_once.now() && sliced.next_due().is_some_and(|due| due <= *at) {
            return Some("reached, and something is due before".to_owned());
        }
        let own = sliced.apply(*at, event);
        let of_timers = effects.len();
        let (effects, refusal) = match own {
            Ok(own) => (effects.into_iter().chain(own).collect(), None),
            Err(refused) => (effects.into_iter().chain(refused.effects).collect::<Vec<_>>(), Some(refused.refusal)),
        };
        let expected = match outcome {
            Ok(effects) => (effects, None),
            Err(refused) => (refused.effects, Some(refused.refusal)),
        };
        if (&effects, &refusal) != (&expected.0, &expected.1) {
            return Some(format!("in slices of {at_most}, {of_timers} effects by timers, it does something else"));
        }
    }
    (at_once.save().to_json() != sliced.save().to_json()).then(|| "in slices, it ends in another state".to_owned())
}

/// Histories that never come to something would prove nothing of it.
#[test]
fn histories_come_to_everything() {
    let mut runner = TestRunner::deterministic();
    let mut seen = BTreeSet::new();
    for _ in 0..500 {
        let Case { plan, options, steps, .. } = case().new_tree(&mut runner).unwrap().current();
        let mut model = Model::new(&plan, &options);
        for Timed { at, event } in told_by(&plan, &options, &steps) {
            let outcome = model.apply(at, &event);
            let refusal = outcome.as_ref().err().map(|refused| serde_json::to_value(&refused.refusal).unwrap());
            let effects = outcome.unwrap_or_else(|refused| refused.effects);
            let effects = effects.iter().map(|effect| serde_json::to_value(effect).unwrap());
            for told in effects.chain(refusal) {
                // Kinds alone: which details come up may change with each change of the histories.
                let words = ["refusal", "effect", "event", "method"];
                let words =
                    words.iter().filter_map(|word| told.get(word)).map(|word| word.to_string().replace('"', ""));
                seen.insert(words.collect::<Vec<_>>().join(" "));
            }
        }
    }
    insta::assert_snapshot!(seen.into_iter().collect::<Vec<_>>().join("\n"));
}

/// What came of an event: each effect in a line, and the refusal. The words for what is wrong with a field, and the names of
/// features, are free.
fn told(outcome: &Result<Vec<TimedEffect>, Refused>) -> Vec<String> {
    let (effects, refusal) = match outcome {
        Ok(effects) => (effects, None),
        Err(refused) => (&refused.effects, Some(&refused.refusal)),
    };
    let refusal = refusal.map(|refusal| match refusal {
        Refusal::Field { field, .. } => format!("refused: {field}"),
        Refusal::FeatureOff { .. } => "refused: a feature is off".to_owned(),
        other => format!("refused: {}", serde_json::to_string(other).unwrap()),
    });
    effects.iter().map(|effect| serde_json::to_string(effect).unwrap()).chain(refusal).collect()
}

/// The same log gives the same state; so does one that is broken off, saved, read and resumed in the middle; and an event
/// that is refused leaves the state in which time alone would have left it.
fn broken_law(plan: &Plan, options: &RoutingOptions, events: &[Timed], middle: usize) -> Option<String> {
    let begin = || Runtime::new(plan, options.clone()).unwrap();
    let (mut runtime, mut again, mut resumed, mut without_refused) = (begin(), begin(), begin(), begin());
    for (number, Timed { at, event }) in events.iter().enumerate() {
        if number == middle % events.len() {
            let state: State = serde_json::from_str(&resumed.save().to_json()).unwrap();
            resumed = Runtime::resume(plan, state).unwrap();
        }
        let outcome = runtime.apply(*at, event);
        drop(again.apply(*at, event));
        if resumed.apply(*at, event) != outcome {
            return Some("resumed, it does something else".to_owned());
        }
        match &outcome {
            Ok(_) => drop(without_refused.apply(*at, event)),
            Err(Refused { refusal: Refusal::TimeRunsBackward { .. }, .. }) => {}
            Err(refused) => {
                if without_refused.apply(*at, &Event::TimePassed {}).as_ref() != Ok(&refused.effects) {
                    return Some("refused, it has other effects than time alone".to_owned());
                }
            }
        }
        // Writing states takes its time: after some events, and at the end.
        if number % 16 == 15 && without_refused.save().to_json() != runtime.save().to_json() {
            return Some("a refused event left something behind".to_owned());
        }
    }
    let state = runtime.save().to_json();
    let others = [(again, "replayed"), (resumed, "resumed"), (without_refused, "without what was refused")];
    let odd = others.into_iter().find(|(other, _)| other.save().to_json() != state);
    odd.map(|(_, how)| format!("{how}, it ends in another state"))
}
