//! `omnic config`

use clap::{ArgMatches, Args};

use super::check::SeverityArgs;
use super::project::{Loaded, ProjectArgs};
use super::{CLEAN, Failure, output};
use crate::config;

#[derive(Debug, Args)]
pub(super) struct ConfigArgs {
    #[command(flatten)]
    project: ProjectArgs,
    #[command(flatten)]
    severity: SeverityArgs,
}

pub(super) fn run(args: &ConfigArgs, matches: &ArgMatches) -> Result<u8, Failure> {
    let given = args.severity.given(args.project.given(matches)?, matches);
    let Loaded { project, settings, .. } = args.project.load(&args.project.path, given)?;
    let version = project.api_version.to_string();
    let text = config::show(&settings, &project.display_root, &version, project.api_version_source.as_str());
    output::print(|out| out.write_all(text.as_bytes()))?;
    Ok(CLEAN)
}
