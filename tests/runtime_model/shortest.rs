//! A history that fails, with everything left out that is not needed for that.

use std::fmt::Write as _;

use omnic::runtime::{RoutingOptions, Timed};
use proptest::test_runner::TestCaseError;

/// Fails with the shortest history that it finds.
pub(crate) fn check(
    world: &str,
    options: &RoutingOptions,
    events: &[Timed],
    problem: impl Fn(&RoutingOptions, &[Timed]) -> Option<String>,
) -> Result<(), TestCaseError> {
    if problem(options, events).is_none() {
        return Ok(());
    }
    let events = needed_events(events.to_vec(), |events| problem(options, events).is_some());
    let (options, shown) = needed_options(options, |options| problem(options, &events).is_some());
    let mut message = format!("in the world `{world}`, with the options {shown}:\n");
    for event in &events {
        message += &serde_json::to_string(event).unwrap();
        message.push('\n');
    }
    message += &problem(&options, &events).unwrap();
    Err(TestCaseError::fail(message))
}

fn needed_events(mut events: Vec<Timed>, fails: impl Fn(&[Timed]) -> bool) -> Vec<Timed> {
    loop {
        let before = events.len();
        // From the end: what comes after the failure goes first.
        for index in (0..before).rev() {
            let left_out = events.remove(index);
            if !fails(&events) {
                events.insert(index, left_out);
            }
        }
        if events.len() == before {
            return events;
        }
    }
}

/// The options, each as by default if it can be; and those that are not.
fn needed_options(
    options: &RoutingOptions,
    fails: impl Fn(&RoutingOptions) -> bool,
) -> (RoutingOptions, serde_json::Value) {
    let default = serde_json::to_value(RoutingOptions::default()).unwrap();
    let mut needed = serde_json::to_value(options).unwrap();
    for (name, value) in default.as_object().unwrap() {
        let mut simpler = needed.clone();
        simpler[name] = value.clone();
        if fails(&serde_json::from_value(simpler.clone()).unwrap()) {
            needed = simpler;
        }
    }
    let options = serde_json::from_value(needed.clone()).unwrap();
    needed.as_object_mut().unwrap().retain(|name, value| default[name] != *value);
    (options, needed)
}

/// Both, line by line.
pub(crate) fn difference(model: &[String], runtime: &[String]) -> String {
    let mut lines = String::from("the model has -, the runtime has +:\n");
    for change in similar::capture_diff_slices(similar::Algorithm::Myers, model, runtime) {
        for change in change.iter_changes(model, runtime) {
            writeln!(lines, "{}{}", change.tag(), change.value()).unwrap();
        }
    }
    lines
}
