//! From arguments to the project, its settings, and what the analysis needs.

use std::path::{Path, PathBuf};

use clap::parser::ValueSource;
use clap::{ArgMatches, Args};

use super::{Failure, output};
use crate::config::{ConfigError, Given, Origin, Setting};
use crate::graph::World;
use crate::setup::{BaselineUse, Ready, Setup, SetupError};
use crate::source::{ApiVersion, FileStore};

/// Where the options stand in the help.
const PROJECT: &str = "Project";
const ORG: &str = "Org";

/// What every command that reads a project takes.
#[derive(Debug, Args)]
pub(super) struct ProjectArgs {
    /// Project, folder or file; the whole project around it is read
    #[arg(default_value = ".")]
    pub(super) path: PathBuf,
    /// Run the strict checks too: true, but noisy on healthy projects
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", env = "OMNIC_STRICT")]
    #[arg(hide_env = true, hide_possible_values = true, value_name = "BOOL")]
    strict: Option<bool>,
    /// File of accepted findings [default: omnic-baseline.json in the project's root]
    #[arg(long, value_name = "FILE", env = "OMNIC_BASELINE", hide_env = true, help_heading = PROJECT)]
    baseline: Option<PathBuf>,
    /// Configuration file [default: the nearest omnic.toml at or above the project's root]
    #[arg(long, value_name = "FILE", env = "OMNIC_CONFIG", hide_env = true, help_heading = PROJECT)]
    config: Option<PathBuf>,
    /// Read no configuration file and no baseline
    #[arg(long, help_heading = PROJECT)]
    isolated: bool,
    /// API version to check against, such as 66.0 [default: the project's, else the newest known]
    #[arg(long, value_name = "VERSION", value_parser = parse_api_version, env = "OMNIC_API_VERSION", hide_env = true)]
    #[arg(help_heading = PROJECT)]
    api_version: Option<ApiVersion>,
    /// Let the project's links and settings lead out of its git work tree; without it, such a file is not read
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", env = "OMNIC_ALLOW_OUTSIDE")]
    #[arg(hide_env = true, hide_possible_values = true, value_name = "BOOL", help_heading = PROJECT)]
    allow_outside: Option<bool>,
    /// What to assume of names that the project does not define [default: project]
    #[arg(long, value_enum, env = "OMNIC_WORLD", hide_env = true, help_heading = ORG)]
    world: Option<World>,
    /// File or folder of names that the org has, as `sf org list metadata --json` writes them; repeatable
    #[arg(long, value_name = "PATH", env = "OMNIC_INVENTORY", hide_env = true, help_heading = ORG)]
    #[arg(value_delimiter = if cfg!(windows) { ';' } else { ':' })]
    inventory: Vec<PathBuf>,
    /// Folder with records of the org, exported with the Salesforce CLI; docs/org-records.md says how
    #[arg(long, value_name = "DIR", env = "OMNIC_RECORDS", hide_env = true, help_heading = ORG)]
    records: Option<PathBuf>,
}

fn parse_api_version(text: &str) -> Result<ApiVersion, String> {
    ApiVersion::parse(text).ok_or_else(|| "an API version looks like 66.0".to_owned())
}

/// Where the value of an argument comes from, if it was given.
pub(super) fn origin(matches: &ArgMatches, id: &str, flag: &'static str, variable: &'static str) -> Origin {
    match matches.value_source(id) {
        Some(ValueSource::EnvVariable) => Origin::Environment(variable),
        Some(ValueSource::CommandLine) => Origin::Flag(flag),
        _ => Origin::Default,
    }
}

impl From<SetupError> for Failure {
    fn from(error: SetupError) -> Self {
        Self { message: error.message, help: error.help }
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        SetupError::from(error).into()
    }
}

/// Refuses options about findings, where a command has none.
pub(super) fn without_findings(matches: &ArgMatches) -> Result<(), Failure> {
    let named = |id: &&str| matches.value_source(id) == Some(ValueSource::CommandLine);
    match ["strict", "baseline"].into_iter().find(named) {
        Some(id) => Err(Failure::new(format!("`--{id}` is about findings, and this command shows none"))
            .with_help(format!("leave it out, or use `omnic check --{id}`"))),
        None => Ok(()),
    }
}

impl ProjectArgs {
    /// What the arguments say of the settings. `--isolated` wins over the environment, as every flag does; a file that
    /// is named beside it would be left out without a word.
    pub(super) fn given(&self, matches: &ArgMatches) -> Result<Given, Failure> {
        let named = |id| matches.value_source(id) == Some(ValueSource::CommandLine);
        if self.isolated && (named("config") || named("baseline")) {
            return Err(Failure::new("`--isolated` reads neither a configuration file nor a baseline")
                .with_help("leave it out, or the file that is named beside it"));
        }
        Ok(Given {
            api_version: self
                .api_version
                .map(|value| Setting::new(value, origin(matches, "api_version", "--api-version", "OMNIC_API_VERSION"))),
            world: self.world.map(|value| Setting::new(value, origin(matches, "world", "--world", "OMNIC_WORLD"))),
            strict: self.strict.map(|value| Setting::new(value, origin(matches, "strict", "--strict", "OMNIC_STRICT"))),
            baseline: self
                .baseline
                .clone()
                .filter(|_| !self.isolated)
                .map(|value| Setting::new(value, origin(matches, "baseline", "--baseline", "OMNIC_BASELINE"))),
            records: self
                .records
                .clone()
                .map(|value| Setting::new(value, origin(matches, "records", "--records", "OMNIC_RECORDS"))),
            inventory: Some(self.inventory.clone())
                .filter(|paths| !paths.is_empty())
                .map(|value| Setting::new(value, origin(matches, "inventory", "--inventory", "OMNIC_INVENTORY"))),
            ..Given::default()
        })
    }

    /// What these arguments ask for, with what `given` says of the settings.
    pub(super) fn setup(&self, given: Given) -> Setup {
        Setup {
            given,
            config: self.config.clone(),
            isolated: self.isolated,
            api_version: self.api_version,
            allow_outside: self.allow_outside == Some(true),
            config_is_projects: false,
            store: FileStore::default(),
        }
    }

    /// Finds the project around `path`, tells on standard error what of it could not be used, and settles how it is to
    /// be analysed.
    pub(super) fn load(&self, path: &Path, given: Given, baseline: BaselineUse) -> Result<Ready, Failure> {
        let ready = self.setup(given).load(path, baseline)?;
        for line in &ready.told {
            output::complain(line);
        }
        Ok(ready)
    }
}
