//! What the targets share: the example project, its plan, and how an input is parted.

#![allow(clippy::unwrap_used, reason = "what is read here is part of the repository")]

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use omnic::analyse::{Options, analyse, interest};
use omnic::compile::{OnErrors, compile};
use omnic::plan::Plan;
use omnic::runtime::{Event, Runtime, Timed};
use omnic::source::{DiscoverOptions, discover, read_folder};

/// The folder of one of the repository's examples.
pub fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples").join(name)
}

/// The plan of the example that compiles, with the people of its org.
pub fn plan() -> &'static Plan {
    static PLAN: OnceLock<Plan> = OnceLock::new();
    PLAN.get_or_init(|| {
        let root = example("acme-support");
        let options =
            DiscoverOptions { api_version: None, allow_outside: false, interest: &interest, type_folders: &[], manifest_types: &[] };
        let project = discover(&root, &options).unwrap();
        let records = read_folder(&project.root, &project.boundary, &root.join("org")).unwrap();
        let analysis = analyse(&project, &Options { records, keep_texts: true, ..Options::default() });
        compile(&analysis, &[], OnErrors::Refuse).unwrap()
    })
}

/// The first part of an input, which ends at a line of its own that holds `%`, and the rest.
pub fn head(input: &str) -> (&str, &str) {
    input.split_once("\n%\n").unwrap_or((input, ""))
}

/// Applies the events of all lines that hold one, and gives them back.
pub fn play(runtime: &mut Runtime, lines: &str) -> Vec<Timed> {
    let events: Vec<Timed> = lines.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    for timed in &events {
        // What a rule refuses is no error.
        let _ = runtime.apply(timed.at, &timed.event);
    }
    events
}

/// Saves the runtime's state and goes on from it: the same events have to give the same from then on.
pub fn resumes(plan: &Plan, runtime: &mut Runtime) {
    // Whether decisions are told is no part of the state.
    runtime.trace(false);
    let saved = runtime.save().to_json();
    let mut again = Runtime::resume(plan, serde_json::from_str(&saved).unwrap()).unwrap();
    assert_eq!(again.save().to_json(), saved);
    for _ in 0..4 {
        let Some(due) = runtime.next_due() else { break };
        assert_eq!(again.next_due(), Some(due));
        assert_eq!(runtime.apply(due, &Event::TimePassed {}), again.apply(due, &Event::TimePassed {}));
    }
    assert_eq!(again.save().to_json(), runtime.save().to_json());
}
