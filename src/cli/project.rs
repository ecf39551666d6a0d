//! From arguments to the project, its settings, and what the analysis needs.

use std::path::{Path, PathBuf};

use clap::parser::ValueSource;
use clap::{ArgMatches, Args};

use super::{Failure, output};
use crate::analyse;
use crate::config::{self, ConfigError, ConfigText, Files, Given, Origin, Setting, Settings};
use crate::graph::{Declared, World};
use crate::records::inventory;
use crate::schema;
use crate::source::{self, ApiVersion, ApiVersionSource, DiscoverOptions, FolderFile, Project};
use crate::triage::{Baseline, BaselineError};

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
    /// What the arguments say of the settings. `--isolated` wins over the environment, as every flag does; a file that
    /// is named beside it would silently be passed by.
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
        // Discovery is one thread's work; the schemas can be read beside it.
        rayon::spawn(|| {
            schema::all();
        });
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
        for inner in &project.inner_projects {
            output::complain(&format!(
                "warning: `{inner}` is a project of its own: its API version, `.forceignore` and `omnic.toml` count only if \
                 it is checked by itself"
            ));
        }
        for (path, problem) in &project.problems {
            output::complain(&format!("error: `{path}` could not be used: {problem}"));
        }
        let options = analyse::Options {
            // What could not be read may hold any name.
            world: if project.problems.is_empty() { settings.world.value } else { World::Open },
            declared: declared(&settings)?,
            records: records(&settings, &project)?,
            policy: settings.policy.clone(),
            configuration: settings.files.iter().map(ConfigText::file).collect(),
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

/// The files with records of the org. A folder without any is most often a slip.
fn records(settings: &Settings, project: &Project) -> Result<Vec<FolderFile>, Failure> {
    let Some(folder) = &settings.records.value else { return Ok(Vec::new()) };
    let shown = source::display(folder);
    let help = "name a folder with records of the org as `.json` or `.csv` files; docs/org-records.md says how to export \
                them";
    let files = source::read_folder(&project.root, folder)
        .map_err(|error| Failure::new(format!("the records cannot be read: {error}")).with_help(help))?;
    if files.is_empty() {
        let message = format!("`{shown}` has no records: no `.json` or `.csv` file lies in it");
        return Err(Failure::new(message).with_help(help));
    }
    Ok(files)
}

/// The names that the org is said to have: those of the configuration, and those of inventories.
fn declared(settings: &Settings) -> Result<Declared, Failure> {
    let mut declared = settings.declared.clone();
    for path in &settings.inventory.value {
        for file in inventory_files(path)? {
            let shown = source::display(&file);
            let text = source::read_file(&file)
                .map_err(|problem| Failure::new(format!("the inventory `{shown}` cannot be read: {problem}")))?;
            let names = inventory::read(&text).map_err(|error| {
                Failure::new(format!("{shown}:{error}")).with_help("write it with `sf org list metadata --json`")
            })?;
            for (kind, name) in names {
                declared.name(kind, &name);
            }
        }
    }
    Ok(declared)
}

/// The file itself, or the `.json` files in the folder, sorted.
fn inventory_files(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    let failure = |error: &std::io::Error| {
        let message = format!("the inventory `{}` cannot be read: {error}", source::display(path));
        Failure::new(message).with_help("name files that `sf org list metadata --json` wrote, or their folder")
    };
    if !path.is_dir() {
        return Ok(vec![path.to_path_buf()]);
    }
    let entries = std::fs::read_dir(path).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let entries = entries.map_err(|error| failure(&error))?;
    let is_json = |file: &PathBuf| file.extension().is_some_and(|suffix| suffix.eq_ignore_ascii_case("json"));
    let mut files: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).filter(is_json).collect();
    files.sort();
    Ok(files)
}
