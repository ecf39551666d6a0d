//! What a run begins with: options or a saved state.

use std::path::Path;

use super::super::Failure;
use super::{RunArgs, plan};
use crate::plan::Plan;
use crate::runtime::{RoutingOptions, Runtime, State};
use crate::script::{self, OptionsFormat, ScriptError};
use crate::source::{self, MAX_DOCUMENT_BYTES, MAX_FILE_BYTES};

/// What a run begins with.
pub(super) enum Start {
    New(Box<RoutingOptions>),
    Saved(Box<State>),
}

/// Reads what the arguments name.
pub(super) fn read(args: &RunArgs) -> Result<Start, Failure> {
    match (&args.resume, &args.options) {
        (Some(file), _) => state(file).map(|state| Start::Saved(Box::new(state))),
        (None, Some(file)) => options(file).map(|options| Start::New(Box::new(options))),
        (None, None) => Ok(Start::New(Box::default())),
    }
}

/// The runtime, before the first event.
pub(super) fn begin(plan: &Plan, start: Start, args: &RunArgs) -> Result<Runtime, Failure> {
    let (runtime, help) = match start {
        // Options may name a status that the plan does not have.
        Start::New(options) if args.options.is_some() => {
            (Runtime::new(plan, *options), "correct the options, or compile the project again")
        }
        Start::New(options) => (Runtime::new(plan, *options), "compile the project again"),
        Start::Saved(state) => (
            Runtime::resume(plan, *state),
            "resume with the plan that the state was saved with, or begin without --resume",
        ),
    };
    runtime.map_err(|error| {
        let file = args.resume.as_ref().or(args.options.as_ref());
        let place = file.map_or_else(String::new, |file| format!("`{}`: ", source::display(file)));
        Failure::new(format!("{place}{error}")).with_help(help)
    })
}

/// The state in a file.
pub(in crate::cli) fn state(file: &Path) -> Result<State, Failure> {
    let text = plan::text(file, "a saved state", MAX_DOCUMENT_BYTES)?;
    serde_json::from_str(&text).map_err(|error| {
        let shown = source::display(file);
        if plan::is_object_with(&text, ["compiler", "tables"]) {
            return Failure::new(format!("`{shown}` is a routing plan, not a saved state")).with_help(
                "name the plan without `--resume`, and give to `--resume` what `omnic run --save FILE` wrote",
            );
        }
        Failure::new(format!("`{shown}` is not a saved state: {error}"))
            .with_help("`omnic run --save FILE` writes one: play the events again, from the first")
    })
}

/// The options in a file.
pub(in crate::cli) fn options(file: &Path) -> Result<RoutingOptions, Failure> {
    let shown = source::display(file);
    let text = &*plan::text(file, "a file of options", MAX_FILE_BYTES)?;
    let extension = file.extension().unwrap_or_default().to_ascii_lowercase();
    let format = match extension.to_str() {
        Some("toml") => OptionsFormat::Toml,
        Some("json") => OptionsFormat::Json,
        _ => {
            return Err(Failure::new(format!("`{shown}` is neither a `.toml` nor a `.json` file"))
                .with_help("routing options are written in one of the two"));
        }
    };
    script::options(text, format, &shown).map_err(|ScriptError { message, help }| Failure { message, help })
}
