//! Any plan is taken or refused, and with any options and events it runs; its state can be saved and resumed at the end.
//!
//! The input is a plan, options and events, apart at lines that hold `%`. An empty plan is that of the example.
#![no_main]

use libfuzzer_sys::fuzz_target;
use omnic::plan::Plan;
use omnic::runtime::{RoutingOptions, Runtime};
use omnic_fuzz::{head, plan, play, resumes};

fuzz_target!(|input: &str| {
    let (written, rest) = head(input);
    let (options, events) = head(rest);
    let read = Plan::from_json(written);
    let plan = match &read {
        Ok(plan) => {
            let text = plan.to_json();
            assert_eq!(Plan::from_json(&text).unwrap().to_json(), text);
            plan
        }
        Err(_) if written.is_empty() => plan(),
        Err(_) => return,
    };
    let options: RoutingOptions = serde_json::from_str(options).unwrap_or_default();
    let Ok(mut runtime) = Runtime::new(plan, options.clone()) else { return };
    runtime.trace(events.len() % 2 == 1);
    let played = play(&mut runtime, events);
    // The same once more gives the same.
    let mut again = Runtime::new(plan, options).unwrap();
    for timed in &played {
        let _ = again.apply(timed.at, &timed.event);
    }
    assert_eq!(again.save().to_json(), runtime.save().to_json());
    resumes(plan, &mut runtime);
});
