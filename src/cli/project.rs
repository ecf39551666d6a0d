//! From arguments to the project, its settings, and what the analysis needs.

use std::path::{Path, PathBuf};

use clap::parser::ValueSource;
use clap::{ArgMatches, Args};

use super::{Failure, output};
use crate::analyse;
use crate::config::{self, ConfigError, ConfigText, Files, Given, Origin, Setting, Settings};
use crate::graph::World;
use crate::schema;
use crate::source::{self, ApiVersion, ApiVersionSource, DiscoverOptions, Project};
use crate::triage::{Baseline, BaselineError};

/// What every command that reads a project takes.
#[derive(Debug, Args)]
pub(super) struct ProjectArgs {
    /// Project, folder or file; the whole project around it is read
    #[arg(default_value = ".")]
    pub(super) path: PathBuf,
    /// API version to check against, such as 66.0 [default: the project's, else the newest known]
    #[arg(long, value_name = "VERSION", value_parser = parse_api_version, env = "OMNIC_API_VERSION", hide_env = true)]
    api_version: Option<ApiVersion>,
    /// What to assume of names that the project does not define [default: project]
    #[arg(long, value_enum, env = "OMNIC_WORLD", hide_env = true)]
    world: Option<World>,
    /// Run the strict checks too: true, but noisy on healthy projects
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", env = "OMNIC_STRICT")]
    #[arg(hide_env = true, hide_possible_values = true, value_name = "BOOL")]
    strict: Option<bool>,
    /// Configuration file [default: the nearest omnic.toml at or above the project's root]
    #[arg(long, value_name = "FILE", env = "OMNIC_CONFIG", hide_env = true, conflicts_with = "isolated")]
    config: Option<PathBuf>,
    /// Read no configuration file and no baseline
    #[arg(long)]
    isolated: bool,
    /// File of accepted findings [default: omnic-baseline.json in the project's root]
    #[arg(long, value_name = "FILE", env = "OMNIC_BASELINE", hide_env = true, conflicts_with = "isolated")]
    baseline: Option<PathBuf>,
}

fn parse_api_version(text: &str) -> Result<ApiVersion, String> {
    ApiVersion::parse(text).ok_or_else(|| "an API version looks like 66.0".to_owned())
}

/// A project, and how it is to be analysed.
pub(super) struct Loaded {
    pub(super) project: Project,
    pub(super) settings: Settings,
    pub(super) options: analyse::Options,
}

/// Where the value of an argument comes from, if it was given.
pub(super) fn origin(matches: &ArgMatches, id: &str, flag: &'static str, variable: &'static str) -> Origin {
    match matches.value_source(id) {
        Some(ValueSource::EnvVariable) => Origin::Environment(variable),
        Some(ValueSource::CommandLine) => Origin::Flag(flag),
        _ => Origin::Default,
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Self::new(error.to_string()).with_help(error.help)
    }
}

impl ProjectArgs {
    /// What the arguments say of the settings.
    pub(super) fn given(&self, matches: &ArgMatches) -> Given {
        Given {
            api_version: self
                .api_version
                .map(|value| Setting::new(value, origin(matches, "api_version", "--api-version", "OMNIC_API_VERSION"))),
            world: self.world.map(|value| Setting::new(value, origin(matches, "world", "--world", "OMNIC_WORLD"))),
            strict: self.strict.map(|value| Setting::new(value, origin(matches, "strict", "--strict", "OMNIC_STRICT"))),
            baseline: self
                .baseline
                .clone()
                .map(|value| Setting::new(value, origin(matches, "baseline", "--baseline", "OMNIC_BASELINE"))),
            ..Given::default()
        }
    }

    /// [`Self::load`] for a command that writes the baseline: it need not be there, unless it is to be changed.
    pub(super) fn load_for_baseline(&self, given: Given, must_exist: bool) -> Result<Loaded, Failure> {
        let mut loaded = self.load_without_baseline(&self.path, given)?;
        if must_exist {
            let named = Setting::new(loaded.settings.baseline.value.clone(), Origin::Flag("--baseline"));
            loaded.options.policy.baseline = read_baseline(&named)?;
        }
        Ok(loaded)
    }

    /// Finds the project around `path`, tells on standard error what of it could not be used, and settles how it is to
    /// be analysed.
    pub(super) fn load(&self, path: &Path, given: Given) -> Result<Loaded, Failure> {
        let mut loaded = self.load_without_baseline(path, given)?;
        if !self.isolated {
            loaded.options.policy.baseline = read_baseline(&loaded.settings.baseline)?;
        }
        Ok(loaded)
    }

    fn load_without_baseline(&self, path: &Path, given: Given) -> Result<Loaded, Failure> {
        let folders: Vec<&str> = schema::type_folders().collect();
        let options =
            DiscoverOptions { api_version: self.api_version, interest: &analyse::interest, type_folders: &folders };
        let mut project = source::discover(path, &options)
            .map_err(|error| Failure::new(error.to_string()).with_help(error.help()))?;
        let files = match (&self.config, self.isolated) {
            (_, true) => Files::default(),
            (Some(file), _) => Files::from(file, &project.root)?,
            (None, _) => Files::nearest(&project.root)?,
        };
        let settings = config::resolve(given, files, &project.root)?;
        if let Setting { value: Some(version), origin: Origin::File(_) } = settings.api_version {
            project.api_version = version;
            project.api_version_source = ApiVersionSource::Configuration;
        }
        for folder in &project.missing_packages {
            output::complain(&format!("warning: the package directory `{folder}` of sfdx-project.json does not exist"));
        }
        for (path, problem) in &project.problems {
            output::complain(&format!("error: `{path}` could not be used: {problem}"));
        }
        let options = analyse::Options {
            world: settings.world.value,
            declared: settings.declared.clone(),
            policy: settings.policy.clone(),
            configuration: settings
                .files
                .iter()
                .map(|ConfigText { path, text, .. }| (path.clone(), text.clone()))
                .collect(),
            keep_texts: false,
        };
        Ok(Loaded { project, settings, options })
    }
}

/// The baseline. That there is none is no failure, unless somebody named it.
fn read_baseline(setting: &Setting<PathBuf>) -> Result<Option<Baseline>, Failure> {
    let shown = source::display(&setting.value);
    if !setting.value.exists() {
        return match setting.origin {
            Origin::Default => Ok(None),
            _ => Err(Failure::new(format!("the baseline `{shown}` does not exist"))
                .with_help("`omnic baseline create` writes it")),
        };
    }
    let text = source::read_file(&setting.value)
        .map_err(|problem| Failure::new(format!("the baseline `{shown}` cannot be read: {problem}")))?;
    let baseline = Baseline::parse(&text).map_err(|error| {
        let space = if matches!(error, BaselineError::Version(_)) { " " } else { "" };
        Failure::new(format!("{shown}:{space}{error}")).with_help("`omnic baseline create --force` writes it anew")
    })?;
    Ok(Some(baseline))
}
