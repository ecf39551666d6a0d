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
use omnic::runtime::{Refusal, Refused, RoutingOptions, Runtime, Timed, TimedEffect};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::TestCaseError;

use histories::{Step, event, history, options};
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

fn compare(world: &str, plan: &Plan, options: &RoutingOptions, steps: &[Step]) -> Result<(), TestCaseError> {
    let mut model = Model::new(plan, options);
    let mut runtime = Runtime::new(plan, options.clone()).unwrap();
    let mut events = Vec::new();
    for (number, step) in steps.iter().enumerate() {
        let timed = event(number, step, plan, &model);
        events.push(timed.clone());
        let expected = told(&model.apply(timed.at, &timed.event));
        let found = told(&runtime.apply(timed.at, &timed.event));
        if expected != found {
            let difference = similar::TextDiff::from_slices(
                &expected.iter().map(String::as_str).collect::<Vec<_>>(),
                &found.iter().map(String::as_str).collect::<Vec<_>>(),
            )
            .iter_all_changes()
            .map(|change| format!("{} {}\n", change.tag(), change.value()))
            .collect::<String>();
            let options = serde_json::to_string(options).unwrap();
            let message =
                format!("world `{world}`, options {options}\n{}model -, runtime +:\n{difference}", log(&events));
            return Err(TestCaseError::fail(message));
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
}

#[test]
fn tmp_model_only() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut counts = std::collections::BTreeMap::new();
    let started = std::time::Instant::now();
    for _ in 0..400 {
        let ((_, plan), options, steps) = (world(), options(), history()).new_tree(&mut runner).unwrap().current();
        let mut model = Model::new(&plan, &options);
        for (number, step) in steps.iter().enumerate() {
            let timed = event(number, step, &plan, &model);
            let value = serde_json::to_value(&timed.event).unwrap();
            let name = value["event"].as_str().unwrap().to_owned();
            let outcome = model.apply(timed.at, &timed.event);
            if let Err(refused) = &outcome {
                let v = serde_json::to_value(&refused.refusal).unwrap();
                *counts.entry(format!("{name} !{}", v["refusal"].as_str().unwrap())).or_insert(0) += 1;
            } else {
                *counts.entry(format!("{name} ok")).or_insert(0) += 1;
            }
            for e in match &outcome {
                Ok(e) => e,
                Err(r) => &r.effects,
            } {
                let v = serde_json::to_value(e).unwrap();
                let n = format!(
                    "~{} {} {}",
                    v["effect"].as_str().unwrap(),
                    v["status"].as_str().unwrap_or(""),
                    v["event"].as_str().unwrap_or("")
                );
                *counts.entry(n).or_insert(0) += 1;
            }
        }
    }
    println!("{:?}", started.elapsed());
    for (k, v) in counts {
        println!("{v:8} {k}");
    }
}
