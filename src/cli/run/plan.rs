//! The plan to run: from its file, or compiled from a project.

use std::path::Path;

use clap::ArgMatches;
use clap::parser::ValueSource;

use super::super::{Failure, compile};
use super::RunArgs;
use crate::plan::Plan;
use crate::source;

/// Arguments that say how a project is read.
const OF_PROJECTS: [(&str, &str); 9] = [
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
    if !is_plan(path) {
        return compile::plan(&args.project, matches, args.color.color, "nothing was run");
    }
    let shown = source::display(path);
    let given = |(id, _): &&(&str, _)| matches.value_source(id) == Some(ValueSource::CommandLine);
    if let Some((_, flag)) = OF_PROJECTS.iter().find(given) {
        return Err(Failure::new(format!(
            "`{flag}` is for a project, and `{shown}` is a plan, which is compiled already"
        ))
        .with_help(format!("leave `{flag}` out, or name the project instead of the plan")));
    }
    let text = text(path)?;
    let plan = Plan::from_json(&text).map_err(|error| {
        Failure::new(format!("`{shown}`: {error}")).with_help("`omnic compile -o FILE` writes a routing plan")
    })?;
    Ok(Ok(plan))
}

/// True for a `.json` file that does not describe a project, and for a pipe.
fn is_plan(path: &Path) -> bool {
    if path.file_name().is_some_and(|name| name == "sfdx-project.json") {
        return false;
    }
    let is_json = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    std::fs::metadata(path).map_or(is_json, |found| if found.is_file() { is_json } else { !found.is_dir() })
}

/// The text of a file that was named. Plans and states have no limit of size.
pub(super) fn text(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path)
        .map_err(|error| Failure::new(format!("`{}` cannot be read: {error}", source::display(path))))
}
