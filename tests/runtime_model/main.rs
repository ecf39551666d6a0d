//! The runtime against a second, slow model of it, over random histories; what must hold whatever happens; and laws of saving,
//! resuming and replaying.
//!
//! `PROPTEST_CASES` says how many histories are tried.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "helpers of tests")]

mod histories;
mod invariants;
mod model;
mod worlds;

use omnic::plan::Plan;
use omnic::runtime::{Event, Refusal, Refused, RoutingOptions, Runtime, State, Timed, TimedEffect};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::TestCaseError;

use histories::{Step, event, history, options};
use invariants::Ledger;
use model::Model;

fn config() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, max_shrink_iters: 4_000, ..ProptestConfig::default() }
}

fn world() -> impl Strategy<Value = (&'static str, Plan)> {
    select(worlds::all())
}

/// An effect in a line, with averages rounded.
fn line(timed: &TimedEffect) -> String {
    let mut value = serde_json::to_value(timed).unwrap();
    if let Some(average) = value.get_mut("averageCapacity").filter(|average| average.is_number()) {
        *average = format!("{:.6}", average.as_f64().unwrap()).into();
    }
    value.to_string()
}

/// What came of an event: each effect in a line, and the refusal. Of a field's problem and a feature's name the wording is free.
fn told(outcome: &Result<Vec<TimedEffect>, Refused>) -> Vec<String> {
    let (effects, refusal) = match outcome {
        Ok(effects) => (effects, None),
        Err(refused) => (&refused.effects, Some(&refused.refusal)),
    };
    let refusal = refusal.map(|refusal| match refusal {
        Refusal::Field { field, .. } => format!("refused: field {field}"),
        Refusal::FeatureOff { .. } => "refused: a feature is off".to_owned(),
        other => format!("refused: {}", serde_json::to_string(other).unwrap()),
    });
    effects.iter().map(line).chain(refusal).collect()
}

/// The events so far, for a message.
fn log(events: &[Timed]) -> String {
    events.iter().map(|event| serde_json::to_string(event).unwrap() + "\n").collect()
}

/// A failure, with what led to it.
fn failure(world: &str, options: &RoutingOptions, events: &[Timed], problem: &str) -> TestCaseError {
    let options = serde_json::to_string(options).unwrap();
    TestCaseError::fail(format!("world `{world}`, options {options}\n{}{problem}", log(events)))
}

fn difference(model: &[String], runtime: &[String]) -> String {
    let mut lines = String::from("the model has -, the runtime has +:\n");
    for change in similar::capture_diff_slices(similar::Algorithm::Myers, model, runtime) {
        for change in change.iter_changes(model, runtime) {
            lines += &format!("{}{}\n", change.tag(), change.value());
        }
    }
    lines
}

/// Both do the same, and what must hold holds.
fn compare(world: &str, plan: &Plan, options: &RoutingOptions, steps: &[Step]) -> Result<(), TestCaseError> {
    let mut model = Model::new(plan, options);
    let mut runtime = Runtime::new(plan, options.clone()).unwrap();
    let mut ledger = Ledger::default();
    let mut events = Vec::new();
    for (number, step) in steps.iter().enumerate() {
        let Timed { at, event } = event(number, step, plan, &model);
        events.push(Timed { at, event: event.clone() });
        let by_model = told(&model.apply(at, &event));
        let outcome = runtime.apply(at, &event);
        let by_runtime = told(&outcome);
        if by_model != by_runtime {
            return Err(failure(world, options, &events, &difference(&by_model, &by_runtime)));
        }
        let held = match &outcome {
            Ok(effects) => ledger.enter(&event, effects),
            Err(refused) => ledger.enter(&Event::TimePassed {}, &refused.effects),
        };
        let held = held.and_then(|()| ledger.check(&model)).and_then(|()| ledger.check_records(&runtime));
        held.map_err(|problem| failure(world, options, &events, &problem))?;
    }
    Ok(())
}

/// The events that a history comes to.
fn told_by(plan: &Plan, options: &RoutingOptions, steps: &[Step]) -> Vec<Timed> {
    let mut model = Model::new(plan, options);
    let tell = |(number, step): (usize, &Step)| {
        let timed = event(number, step, plan, &model);
        // What the model makes of it does not matter here.
        drop(model.apply(timed.at, &timed.event));
        timed
    };
    steps.iter().enumerate().map(tell).collect()
}

/// The same log gives the same state; so does one that is broken off, saved, read and resumed in the middle; and an event
/// that is refused leaves the state in which time alone would have left it.
fn laws(
    world: &str,
    plan: &Plan,
    options: &RoutingOptions,
    steps: &[Step],
    middle: usize,
) -> Result<(), TestCaseError> {
    let events = told_by(plan, options, steps);
    let begin = || Runtime::new(plan, options.clone()).unwrap();
    let (mut runtime, mut again, mut resumed, mut without_refused) = (begin(), begin(), begin(), begin());
    for (number, Timed { at, event }) in events.iter().enumerate() {
        let fail = |problem: &str| Err(failure(world, options, &events[..=number], problem));
        if number == middle % events.len() {
            let state: State = serde_json::from_str(&resumed.save().to_json()).unwrap();
            resumed = Runtime::resume(plan, state).unwrap();
        }
        let outcome = runtime.apply(*at, event);
        drop(again.apply(*at, event));
        if resumed.apply(*at, event) != outcome {
            return fail("resumed, it does something else");
        }
        match outcome {
            Ok(_) => drop(without_refused.apply(*at, event)),
            Err(Refused { refusal: Refusal::TimeRunsBackward { .. }, .. }) => {}
            Err(refused) => {
                let by_time = without_refused.apply(*at, &Event::TimePassed {});
                if by_time.as_ref() != Ok(&refused.effects) {
                    return fail("refused, it has other effects than time alone");
                }
            }
        }
        if without_refused.save().to_json() != runtime.save().to_json() {
            return fail("a refused event left something behind");
        }
    }
    let state = runtime.save().to_json();
    for (other, problem) in [(again, "replayed, it ends elsewhere"), (resumed, "resumed, it ends elsewhere")] {
        if other.save().to_json() != state {
            return Err(failure(world, options, &events, problem));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_runtime_does_what_the_model_does((world, plan) in world(), options in options(), steps in history()) {
        compare(world, &plan, &options, &steps)?;
    }

    #[test]
    fn states_can_be_replayed_saved_and_resumed(
        (world, plan) in world(), options in options(), steps in history(), middle in 0..150_usize,
    ) {
        laws(world, &plan, &options, &steps, middle)?;
    }
}

// TMP-BEGIN
fn first_difference(plan: &Plan, options: &RoutingOptions, events: &[Timed]) -> Option<(String, usize, String)> {
    let mut model = Model::new(plan, options);
    let mut runtime = Runtime::new(plan, options.clone()).unwrap();
    for (number, Timed { at, event }) in events.iter().enumerate() {
        let by_model = told(&model.apply(*at, event));
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| runtime.apply(*at, event)));
        let by_runtime = match outcome {
            Ok(o) => told(&o),
            Err(_) => vec!["PANIC".to_owned()],
        };
        if by_model != by_runtime {
            let d = difference(&by_model, &by_runtime);
            let first: Vec<String> = d
                .lines()
                .skip(1)
                .filter(|l| !l.starts_with(' '))
                .take(2)
                .map(|l| {
                    let sign = l[..1].to_owned();
                    match serde_json::from_str::<serde_json::Value>(&l[1..]) {
                        Ok(v) => format!(
                            "{sign}{} {} {}",
                            v["effect"].as_str().unwrap_or(""),
                            v["status"].as_str().unwrap_or(""),
                            v["event"].as_str().unwrap_or("")
                        ),
                        Err(_) => l.split(|c: char| c == ',').next().unwrap().to_owned(),
                    }
                })
                .collect();
            let kind = serde_json::to_value(event).unwrap()["event"].as_str().unwrap().to_owned();
            return Some((format!("{kind}: {first:?}"), number, d));
        }
    }
    None
}

#[test]
fn tmp_survey() {
    use proptest::strategy::ValueTree;
    let cases: usize = std::env::var("SURVEY").ok().and_then(|n| n.parse().ok()).unwrap_or(300);
    let seed: u8 = std::env::var("SEED").ok().and_then(|n| n.parse().ok()).unwrap_or(1);
    let rng = proptest::test_runner::TestRng::from_seed(proptest::test_runner::RngAlgorithm::ChaCha, &[seed; 32]);
    let mut runner = proptest::test_runner::TestRunner::new_with_rng(ProptestConfig::default(), rng);
    let mut found: std::collections::BTreeMap<String, (usize, &str, Plan, RoutingOptions, Vec<Timed>)> =
        Default::default();
    let started = std::time::Instant::now();
    for _ in 0..cases {
        let ((name, plan), options, steps) = (world(), options(), history()).new_tree(&mut runner).unwrap().current();
        let events = told_by(&plan, &options, &steps);
        if let Some((signature, number, _)) = first_difference(&plan, &options, &events) {
            let events = events[..=number].to_vec();
            let entry = found.entry(signature).or_insert((0, name, plan.clone(), options.clone(), events.clone()));
            entry.0 += 1;
            if events.len() < entry.4.len() {
                *entry = (entry.0, name, plan, options, events);
            }
        }
    }
    println!(
        "{:?}, {} signatures, {} failing",
        started.elapsed(),
        found.len(),
        found.values().map(|f| f.0).sum::<usize>()
    );
    let mut found: Vec<_> = found.into_iter().collect();
    found.sort_by_key(|f| std::cmp::Reverse(f.1.0));
    let default = serde_json::to_value(RoutingOptions::default()).unwrap();
    for (signature, (count, name, plan, options, mut events)) in found.into_iter().take(12) {
        let mut shorter = true;
        while shorter {
            shorter = false;
            let mut index = 0;
            while index < events.len() {
                let mut fewer = events.clone();
                fewer.remove(index);
                if first_difference(&plan, &options, &fewer).is_some_and(|d| d.0 == signature) {
                    events = fewer;
                    shorter = true;
                } else {
                    index += 1;
                }
            }
        }
        let mut shown = serde_json::to_value(&options).unwrap();
        for (key, value) in default.as_object().unwrap() {
            let mut simpler = shown.clone();
            simpler[key] = value.clone();
            let as_options: RoutingOptions = serde_json::from_value(simpler.clone()).unwrap();
            if first_difference(&plan, &as_options, &events).is_some_and(|d| d.0 == signature) {
                shown = simpler;
            }
        }
        let options: RoutingOptions = serde_json::from_value(shown.clone()).unwrap();
        shown.as_object_mut().unwrap().retain(|key, value| default[key] != *value);
        let (_, _, d) = first_difference(&plan, &options, &events).unwrap();
        println!("==== {count} x {signature}\nworld {name} {shown}\n{}{d}", log(&events));
    }
}
#[test]
fn tmp_probe() {
    let worlds = worlds::all();
    let plan = &worlds.iter().find(|w| w.0 == "queues").unwrap().1;
    for hol in [false, true] {
        let options = RoutingOptions { head_of_line_blocking: hol, ..RoutingOptions::default() };
        let mut runtime = Runtime::new(plan, options.clone()).unwrap();
        let mut model = Model::new(plan, &options);
        for line in [
            r#"{"at":"2026-11-23T08:00:01Z","event":"workArrived","workItemId":"W1","object":"VoiceCall","route":{"skills":{"routingConfiguration":"Heavy","skills":[{"skillId":"English"}],"runRules":false}}}"#,
            r#"{"at":"2026-11-23T08:00:02Z","event":"login","user":"c","statusId":"Available"}"#,
            r#"{"at":"2026-11-23T08:00:03Z","event":"supervise","user":"a","action":{"action":"changeSkills","agent":"c","add":[{"skillId":"English"}],"remove":["English"]}}"#,
            r#"{"at":"2026-11-23T08:00:04Z","event":"timePassed"}"#,
            r#"{"at":"2026-11-23T08:00:05Z","event":"workArrived","workItemId":"W2","object":"VoiceCall","route":{"skills":{"routingConfiguration":"Heavy","skills":[{"skillId":"English"}],"runRules":false}}}"#,
        ] {
            let t: Timed = serde_json::from_str(line).unwrap();
            println!("{hol} {line}");
            let m = told(&model.apply(t.at, &t.event));
            let r = told(&runtime.apply(t.at, &t.event));
            println!("{}", difference(&m, &r));
        }
    }
}
// TMP-END
