//! `omnic config`

use clap::{ArgMatches, Args};

use super::check::SeverityArgs;
use super::project::ProjectArgs;
use super::{CLEAN, Failure, output};
use crate::config;
use crate::setup::{BaselineUse, Ready};
use crate::text::Content;

#[derive(Debug, Args)]
#[command(after_help = "\
A flag wins over an environment variable such as OMNIC_FAIL_ON, that over omnic.toml, and that over the default. The \
output has the form of omnic.toml.

Examples:
  omnic config
  omnic config packages/service --world closed")]
pub(super) struct ConfigArgs {
    #[command(flatten)]
    severity: SeverityArgs,
    #[command(flatten)]
    project: ProjectArgs,
}

pub(super) fn run(args: &ConfigArgs, matches: &ArgMatches) -> Result<u8, Failure> {
    let given = args.severity.given(args.project.given(matches)?, matches);
    let Ready { project, settings, .. } = args.project.load(&args.project.path, given, BaselineUse::Read)?;
    let version = project.api_version.to_string();
    let text = config::show(&settings, &project.display_root, &version, project.api_version_source.as_str());
    output::print(Content::Text, |out| out.write_all(text.as_bytes()))?;
    Ok(CLEAN)
}
