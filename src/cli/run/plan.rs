//! The plan to run: from its file, or compiled from a project.

use std::collections::BTreeMap;
use std::path::Path;

use clap::ArgMatches;
use clap::parser::ValueSource;
use serde_json::value::RawValue;

use super::super::write::Outputs;
use super::super::{Failure, compile};
use super::RunArgs;
use crate::plan::{Plan, PlanError};
use crate::source::{self, MAX_DOCUMENT_BYTES, ReadProblem};

/// Arguments that say how a project is read.
const OF_PROJECTS: [(&str, &str); 10] = [
    ("allow_errors", "--allow-errors"),
    ("strict", "--strict"),
    ("baseline", "--baseline"),
    ("config", "--config"),
    ("isolated", "--isolated"),
    ("api_version", "--api-version"),
    ("allow_outside", "--allow-outside"),
    ("world", "--world"),
    ("inventory", "--inventory"),
    ("records", "--records"),
];

/// The plan, or the exit status if there is a project that cannot be compiled.
pub(super) fn read(args: &RunArgs, matches: &ArgMatches) -> Result<Result<Plan, u8>, Failure> {
    let path = &args.project.path;
    let mut outputs = Outputs::default();
    if let Some(file) = &args.save {
        outputs.add("--save", file);
    }
    if let Some(file) = &args.query.records_out {
        outputs.add("--records-out", file);
    }
    outputs.keep_apart()?;
    // A state may take the place of the one that the run went on from.
    outputs.spare(args.events.iter().chain(&args.options))?;
    if !is_plan(path) {
        let request = compile::CompileRequest {
            errors: &args.errors,
            color: args.color.color,
            outcome: "nothing was run",
            outputs: &outputs,
            goes_on: false,
        };
        return compile::plan(&args.project, matches, &request);
    }
    outputs.spare([path])?;
    read_file(path, matches).map(Ok)
}

/// The plan in a file. Arguments that say how a project is read have no place beside it.
pub(in crate::cli) fn read_file(path: &Path, matches: &ArgMatches) -> Result<Plan, Failure> {
    without_project_options(path, matches)?;
    read_plan(path)
}

/// Refuses arguments that say how a project is read, where `path` is a plan.
pub(in crate::cli) fn without_project_options(path: &Path, matches: &ArgMatches) -> Result<(), Failure> {
    let shown = source::display(path);
    // Not each command has all of them.
    let is_there = |id: &str| matches.try_contains_id(id).is_ok();
    let given = |(id, _): &&(&str, _)| is_there(id) && matches.value_source(id) == Some(ValueSource::CommandLine);
    if let Some((_, flag)) = OF_PROJECTS.iter().find(given) {
        return Err(Failure::new(format!(
            "`{flag}` is for a project, and `{shown}` is a plan, which is compiled already"
        ))
        .with_help(format!("leave `{flag}` out, or name the project instead of the plan")));
    }
    Ok(())
}

/// The plan in a file.
pub(in crate::cli) fn read_plan(path: &Path) -> Result<Plan, Failure> {
    let shown = source::display(path);
    let text = text(path, "a plan", MAX_DOCUMENT_BYTES)?;
    Plan::from_json(&text).map_err(|error| {
        if is_object_with(&text, ["options", "pendings"]) {
            return Failure::new(format!("`{shown}` is a saved state, not a routing plan"))
                .with_help("name the plan that it was saved with, and give the state to `--resume`");
        }
        let failure = Failure::new(format!("`{shown}`: {error}"));
        match error {
            PlanError::Json(_) => failure.with_help("`omnic compile -o FILE` writes a routing plan"),
            // It says itself what to do.
            PlanError::Earlier(_) | PlanError::Later(_) => failure,
        }
    })
}

/// True for the JSON of an object that has these fields: whatever its format, only one kind of our files has both.
pub(super) fn is_object_with(text: &str, fields: [&str; 2]) -> bool {
    let object = serde_json::from_str::<BTreeMap<&str, &RawValue>>(text);
    object.is_ok_and(|object| fields.iter().all(|field| object.contains_key(field)))
}

/// True for a `.json` file that does not describe a project, and for a pipe.
pub(in crate::cli) fn is_plan(path: &Path) -> bool {
    if path.file_name().is_some_and(|name| name == "sfdx-project.json") {
        return false;
    }
    let is_json = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    std::fs::metadata(path).map_or(is_json, |found| if found.is_file() { is_json } else { !found.is_dir() })
}

/// The text of a file that was named: `noun`, of `most` bytes or fewer.
pub(in crate::cli) fn text(path: &Path, noun: &str, most: u64) -> Result<String, Failure> {
    source::read_named(path, most).map_err(|problem| {
        let failure = Failure::new(format!("`{}` cannot be read: {problem}", source::display(path)));
        match problem {
            // What the caller names lies nowhere outside.
            ReadProblem::Io(_) | ReadProblem::Outside(_) => failure,
            ReadProblem::NotUtf8(_) | ReadProblem::OtherEncoding(_) => failure.with_help("save the file as UTF-8"),
            ReadProblem::TooLarge(_) => {
                let most = most / 1024 / 1024;
                failure.with_help(format!("{noun} of more than {most} MiB is not read: name the right file"))
            }
        }
    })
}
