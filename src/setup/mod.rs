//! Setup: from a path to a project that is ready to be analysed.
//!
//! In: a path, and what flags, environment variables or an editor say of the settings. Out: the project around the path,
//! its settings, what the analysis needs of them, and what the user should be told about it all. Reads what lies beside
//! the metadata, through `source` and `config`: the baseline, records of the org, inventories.
//! Must not know who asks, or where output goes.

mod error;

use std::path::{Path, PathBuf};

pub use error::SetupError;

use crate::analyse;
use crate::config::{self, ConfigText, Files, Given, Origin, Setting, Settings};
use crate::graph::{Declared, World};
use crate::records::inventory;
use crate::schema;
use crate::source::{
    self, ApiVersion, ApiVersionSource, Boundary, DiscoverOptions, FileStore, FolderFile, Interest, NamedBy,
    OUTSIDE_HELP, Project,
};
use crate::triage::{Baseline, BaselineError};

/// The names of files that say what a project is, or how it is checked.
pub const DESCRIPTIONS: [&str; 5] =
    ["sfdx-project.json", ".forceignore", source::MANIFEST, config::FILE_NAME, config::BASELINE_NAME];

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub struct Setup {
    /// What is said of the settings.
    pub given: Given,
    /// The configuration file; else the nearest one counts.
    pub config: Option<PathBuf>,
    /// No configuration file and no baseline is read.
    pub isolated: bool,
    /// API version to check against, whatever files say.
    pub api_version: Option<ApiVersion>,
    /// What comes with the project may lead out of its boundary.
    pub allow_outside: bool,
    /// Where the project is read from. What the caller names is on the disk all the same.
    pub store: FileStore,
    /// The configuration file is named by a setting that may have come with the project, as those of an editor's
    /// workspace do.
    pub config_is_projects: bool,
}

/// What is done with the baseline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BaselineUse {
    /// It is read if it is there; one that somebody named must be there.
    Read,
    /// It is read, and must be there.
    Required,
    /// It is not read.
    Ignored,
}

/// A project, and how it is to be analysed.
#[derive(Clone, Debug)]
pub struct Ready {
    /// The project.
    pub project: Project,
    /// Its settings.
    pub settings: Settings,
    /// What the analysis needs of them.
    pub options: analyse::Options,
    /// What could not be used, each in a line that begins with `warning:` or `error:`.
    pub told: Vec<String>,
}

impl Ready {
    /// The files on disk that were read, or may be: those of the project, what describes it, its settings, and what these
    /// name. A file that is not there may be among them.
    pub fn files_read(&self) -> impl Iterator<Item = PathBuf> {
        let Self { project, settings, options, .. } = self;
        let of_project = project.entries.iter().map(|entry| entry.disk.clone());
        let describing = ["sfdx-project.json", ".forceignore", source::MANIFEST];
        let describing = describing.into_iter().map(|name| project.root.join(name)).chain(project.manifest.clone());
        let below = |path: &String| source::join(&project.root, path);
        let configuration = settings.files.iter().map(move |file| below(&file.path));
        let records = options.records.iter().map(move |file| below(&file.path));
        let inventories = settings
            .inventory
            .value
            .iter()
            .flat_map(|path| inventory_files(path, &FileStore::default()).unwrap_or_default());
        let baseline = options.policy.baseline.is_some().then(|| settings.baseline.value.clone());
        of_project.chain(describing).chain(configuration).chain(records).chain(inventories).chain(baseline)
    }
}

impl Setup {
    /// Finds the project around `path` and settles how it is to be analysed.
    ///
    /// # Errors
    ///
    /// If there is no project, or a file that describes it or its settings cannot be read or understood.
    pub fn load(&self, path: &Path, baseline: BaselineUse) -> Result<Ready, SetupError> {
        // Discovery is one thread's work; the schemas can be read beside it.
        rayon::spawn(|| {
            schema::all();
        });
        let mut project = self.discover(path, &analyse::interest)?;
        let (settings, options) = self.settle(&mut project, baseline)?;
        let told = told(&project);
        Ok(Ready { project, settings, options, told })
    }

    /// The project around `path`, with every file that a deploy takes, whatever its type: none is to be analysed.
    ///
    /// # Errors
    ///
    /// If there is no project, or a file that describes it cannot be read or understood.
    pub fn files(&self, path: &Path) -> Result<Project, SetupError> {
        self.discover(path, &|_| Interest::Name)
    }

    /// A project of one file that need not exist, at an absolute path. No files with settings are read.
    ///
    /// # Errors
    ///
    /// If what is given cannot be used.
    pub fn lone(&self, path: &Path) -> Result<Ready, SetupError> {
        let mut project = Project::lone(path, &analyse::interest);
        let alone = Self { config: None, isolated: true, ..self.clone() };
        let (settings, options) = alone.settle(&mut project, BaselineUse::Ignored)?;
        Ok(Ready { project, settings, options, told: Vec::new() })
    }

    /// Finds the project around `path`, and its files.
    fn discover(&self, path: &Path, interest: &(dyn Fn(&str) -> Interest + Sync)) -> Result<Project, SetupError> {
        let folders: Vec<&str> = schema::type_folders().collect();
        let types = analyse::manifest_types();
        let options = DiscoverOptions {
            api_version: self.api_version,
            interest,
            type_folders: &folders,
            manifest_types: &types,
            allow_outside: self.allow_outside,
        };
        Ok(source::discover_in(&self.store, path, &options)?)
    }

    /// The boundary by which what a setting names is read. What the caller names is on the disk, and so is what a
    /// configuration file names that the caller named.
    fn boundary_of<T>(&self, setting: &Setting<T>, boundary: &Boundary) -> Boundary {
        let is_on_disk = match setting.origin {
            Origin::Flag(_) | Origin::Environment(_) => true,
            Origin::File(_) => self.config.is_some(),
            Origin::Default => false,
        };
        if is_on_disk { boundary.on_disk() } else { boundary.clone() }
    }

    /// Settles how `project` is to be analysed. Its API version becomes the configuration's, if that has one.
    ///
    /// # Errors
    ///
    /// If a file with settings, or one that they name, cannot be read or understood.
    fn settle(&self, project: &mut Project, baseline: BaselineUse) -> Result<(Settings, analyse::Options), SetupError> {
        let (root, boundary) = (&project.root, &project.boundary);
        let named_by = if self.config_is_projects { NamedBy::Project } else { NamedBy::Caller };
        let files = match (&self.config, self.isolated) {
            (_, true) => Files::default(),
            (Some(file), _) => Files::from(file, named_by, root, &boundary.on_disk())?,
            (None, _) => Files::nearest(root, boundary)?,
        };
        let settings = config::resolve(self.given.clone(), files, root)?;
        if let Setting { value: Some(version), origin: Origin::File(_) } = settings.api_version {
            project.api_version = version;
            project.api_version_source = ApiVersionSource::Configuration;
        }
        let mut options = analyse::Options {
            // What could not be read may hold any name.
            world: if project.problems.is_empty() { settings.world.value } else { World::Open },
            declared: declared(&settings, &self.boundary_of(&settings.inventory, boundary))?,
            records: records(&settings, root, &self.boundary_of(&settings.records, boundary))?,
            policy: settings.policy.clone(),
            configuration: settings.files.iter().map(ConfigText::file).collect(),
            replacements: project.replacements.clone(),
            keep_texts: false,
            keep_lines: false,
        };
        let beside = self.boundary_of(&settings.baseline, boundary);
        options.policy.baseline = match baseline {
            BaselineUse::Read if !self.isolated => read_baseline(&settings.baseline, &beside)?,
            BaselineUse::Required => {
                let required = Setting::new(settings.baseline.value.clone(), Origin::Flag("--baseline"));
                read_baseline(&required, &beside)?
            }
            BaselineUse::Read | BaselineUse::Ignored => None,
        };
        Ok((settings, options))
    }
}

/// What of a project could not be used.
fn told(project: &Project) -> Vec<String> {
    let missing = project
        .missing_packages
        .iter()
        .map(|folder| format!("warning: the package directory `{folder}` of sfdx-project.json does not exist"));
    let inner = project.inner_projects.iter().map(|inner| {
        format!(
            "warning: `{inner}` is a project of its own: its API version, `.forceignore` and `omnic.toml` count only if it \
             is checked by itself"
        )
    });
    let problems =
        project.problems.iter().map(|(path, problem)| format!("error: `{path}` could not be used: {problem}"));
    let warnings = project.warnings.iter().map(|(path, message)| format!("warning: `{path}`: {message}"));
    let replacements = project.replacements.problems.iter().map(|problem| format!("warning: {problem}"));
    missing.chain(inner).chain(warnings).chain(replacements).chain(problems).collect()
}

/// Refuses a link in the project that leads out of it. What files name beyond the boundary, they have been refused.
fn stays_inside(what: &str, path: &Path, boundary: &Boundary) -> Result<(), SetupError> {
    let absolute = source::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    if !boundary.refuses(&absolute, NamedBy::Caller) {
        return Ok(());
    }
    let message = format!("the {what} `{}` leads out of {} by a link", source::display(path), boundary.noun());
    Err(SetupError::new(message).with_help(OUTSIDE_HELP))
}

/// Where a baseline is written: the real path. It is asked for when that is about to happen, since links may have changed
/// meanwhile; and permission to read what lies outside is not permission to write it, unless the caller named the file.
///
/// # Errors
///
/// If the file lies outside the project's boundary and the caller has not named it, or a link leads there.
pub fn baseline_target(project: &Project, settings: &Settings) -> Result<PathBuf, SetupError> {
    let Setting { value, origin } = &settings.baseline;
    let mut boundary = project.boundary.for_writing();
    let named_by = match origin {
        Origin::File(number) => {
            let file = settings.files.get(*number).map(|file| source::join(&project.root, &file.path));
            if let Some(file) = file {
                boundary = boundary.of_found(&file, config::OWN_FOLDER);
            }
            NamedBy::Project
        }
        Origin::Default => NamedBy::Project,
        Origin::Environment(_) | Origin::Flag(_) => NamedBy::Caller,
    };
    let path = source::absolute(value).unwrap_or_else(|_| value.clone());
    boundary.to_write(&path, named_by).ok_or_else(|| {
        let shown = source::display(value);
        SetupError::new(format!("the baseline `{shown}` lies outside {}, and is not written", boundary.noun()))
            .with_help("name the file itself, not a link to it, with `--baseline`")
    })
}

/// The baseline. That there is none is no failure, unless somebody named it.
fn read_baseline(setting: &Setting<PathBuf>, boundary: &Boundary) -> Result<Option<Baseline>, SetupError> {
    let shown = source::display(&setting.value);
    stays_inside("baseline", &setting.value, boundary)?;
    let path = source::absolute(&setting.value).unwrap_or_else(|_| setting.value.clone());
    if !boundary.store().exists(&path) {
        return match setting.origin {
            Origin::Default => Ok(None),
            _ => Err(SetupError::new(format!("the baseline `{shown}` does not exist"))
                .with_help("`omnic baseline create` writes it")),
        };
    }
    let text = boundary
        .store()
        .read_file(&path)
        .map_err(|problem| SetupError::new(format!("the baseline `{shown}` cannot be read: {problem}")))?;
    let baseline = Baseline::parse(&text).map_err(|error| {
        let space = if matches!(error, BaselineError::Version(_)) { " " } else { "" };
        SetupError::new(format!("{shown}:{space}{error}")).with_help("`omnic baseline create --force` writes it anew")
    })?;
    Ok(Some(baseline))
}

/// The files with records of the org. A folder without any is most often a slip.
fn records(settings: &Settings, root: &Path, boundary: &Boundary) -> Result<Vec<FolderFile>, SetupError> {
    let Some(folder) = &settings.records.value else { return Ok(Vec::new()) };
    let shown = source::display(folder);
    let help = "name a folder with records of the org as `.json` or `.csv` files; docs/org-records.md says how to export \
                them";
    stays_inside("folder with records", folder, boundary)?;
    let files = source::read_folder(root, boundary, folder)
        .map_err(|error| SetupError::new(format!("the records cannot be read: {error}")).with_help(help))?;
    if files.is_empty() {
        let message = format!("`{shown}` has no records: no `.json` or `.csv` file lies in it");
        return Err(SetupError::new(message).with_help(help));
    }
    Ok(files)
}

/// The names that the org is said to have: those of the configuration, and those of inventories.
fn declared(settings: &Settings, boundary: &Boundary) -> Result<Declared, SetupError> {
    let mut declared = settings.declared.clone();
    for path in &settings.inventory.value {
        stays_inside("inventory", path, boundary)?;
        for file in inventory_files(path, boundary.store())? {
            let shown = source::display(&file);
            stays_inside("inventory", &file, boundary)?;
            let text = boundary
                .store()
                .read_file(&file)
                .map_err(|problem| SetupError::new(format!("the inventory `{shown}` cannot be read: {problem}")))?;
            let names = inventory::read(&text).map_err(|error| {
                SetupError::new(format!("{shown}:{error}")).with_help("write it with `sf org list metadata --json`")
            })?;
            for (kind, name) in names {
                declared.name(kind, &name);
            }
        }
    }
    Ok(declared)
}

/// The file itself, or the `.json` files in the folder, sorted.
fn inventory_files(path: &Path, store: &FileStore) -> Result<Vec<PathBuf>, SetupError> {
    let failure = |error: &std::io::Error| {
        let message = format!("the inventory `{}` cannot be read: {error}", source::display(path));
        SetupError::new(message).with_help("name files that `sf org list metadata --json` wrote, or their folder")
    };
    let path = source::absolute(path).map_err(|error| failure(&error))?;
    if !store.is_folder(&path) {
        return Ok(vec![path]);
    }
    let files = store.list(&path).map_err(|error| failure(&error))?;
    let is_json = |file: &PathBuf| file.extension().is_some_and(|suffix| suffix.eq_ignore_ascii_case("json"));
    let mut files: Vec<PathBuf> = files.into_iter().filter(is_json).collect();
    files.sort();
    Ok(files)
}
