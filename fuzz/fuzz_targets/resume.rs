//! Any saved state of the example's plan is refused, or goes on with any events, and can be saved again.
//!
//! The input is a state and events, apart at a line that holds `%`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use omnic::runtime::{Runtime, State};
use omnic_fuzz::{head, plan, play, resumes};

fuzz_target!(|input: &str| {
    let (state, events) = head(input);
    let Ok(state) = serde_json::from_str::<State>(state) else { return };
    let Ok(mut runtime) = Runtime::resume(plan(), state) else { return };
    play(&mut runtime, events);
    resumes(plan(), &mut runtime);
});
