//! What a run begins with: options or a saved state.

use std::path::Path;

use serde::Deserialize as _;
use serde_json::Value;

use super::super::Failure;
use super::events::Wrong;
use super::expected::Expected;
use super::{RunArgs, plan, schemas};
use crate::plan::Plan;
use crate::runtime::{RoutingOptions, Runtime, State};
use crate::source::{self, MAX_DOCUMENT_BYTES, MAX_FILE_BYTES};
use crate::text::without_place;

/// What a run begins with.
pub(super) enum Start {
    Anew(Box<RoutingOptions>),
    Saved(Box<State>),
}

/// Reads what the arguments name.
pub(super) fn read(args: &RunArgs) -> Result<Start, Failure> {
    match (&args.resume, &args.options) {
        (Some(file), _) => state(file),
        (None, Some(file)) => options(file),
        (None, None) => Ok(Start::Anew(Box::default())),
    }
}

/// The runtime, before the first event.
pub(super) fn begin(plan: &Plan, start: Start, args: &RunArgs) -> Result<Runtime, Failure> {
    let (runtime, help) = match start {
        // Options may name a status that the plan does not have.
        Start::Anew(options) if args.options.is_some() => {
            (Runtime::new(plan, *options), "correct the options, or compile the project again")
        }
        Start::Anew(options) => (Runtime::new(plan, *options), "compile the project again"),
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

fn state(file: &Path) -> Result<Start, Failure> {
    serde_json::from_str(&plan::text(file, "a saved state", MAX_DOCUMENT_BYTES)?)
        .map(|state| Start::Saved(Box::new(state)))
        .map_err(|error| {
            Failure::new(format!("`{}` is no saved state: {error}", source::display(file)))
                .with_help("`omnic run --save FILE` writes one")
        })
}

fn options(file: &Path) -> Result<Start, Failure> {
    let shown = source::display(file);
    let text = &*plan::text(file, "a file of options", MAX_FILE_BYTES)?;
    let extension = file.extension().unwrap_or_default().to_ascii_lowercase();
    let value: Result<Value, String> = match extension.to_str() {
        Some("toml") => toml::from_str(text).map_err(|error| {
            let before = text.get(..error.span().unwrap_or_default().start).unwrap_or_default();
            format!("`{shown}:{}`: {}", before.matches('\n').count() + 1, error.message())
        }),
        Some("json") => serde_json::from_str(text)
            .map_err(|error| format!("`{shown}:{}`: {}", error.line(), without_place(&error.to_string()))),
        _ => {
            return Err(Failure::new(format!("`{shown}` is neither a `.toml` nor a `.json` file"))
                .with_help("routing options are written in one of the two"));
        }
    };
    let help = "schemas/run-options.schema.json describes the options";
    let value = value.map_err(|message| Failure::new(message).with_help(help))?;
    // The schema first: a reader of JSON takes a list for a structure, too.
    let wrong = Expected::of(&schemas::options(), "the file").wrong(&value);
    let options = match wrong {
        Some(wrong) => Err(wrong),
        // From the text, since the value has forgotten that a field stood there twice. TOML does not take that.
        None if extension == "json" => serde_json::from_str(text).map_err(|error| Wrong::new(error.to_string())),
        None => RoutingOptions::deserialize(&value).map_err(|error| Wrong::new(error.to_string())),
    };
    options.map(|options| Start::Anew(Box::new(options))).map_err(|wrong| {
        Failure::new(format!("`{shown}`: {}", wrong.message)).with_help(wrong.help.as_deref().unwrap_or(help))
    })
}
