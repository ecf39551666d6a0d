//! The configuration files: which one counts, and what it extends.

use std::path::{Path, PathBuf};

use super::file::{ConfigFile, span};
use super::{ConfigError, ConfigText};
use crate::source::{self, Boundary, NamedBy, OUTSIDE_HELP, ReadProblem};

/// The name of a configuration file.
pub const FILE_NAME: &str = "omnic.toml";

/// How far a configuration file above the project's boundary reaches.
pub const OWN_FOLDER: &str = "the configuration's folder";

/// A configuration file, read.
#[derive(Debug)]
pub(super) struct Loaded {
    pub(super) content: ConfigFile,
    /// The folder that its paths are relative to.
    pub(super) folder: PathBuf,
    /// Whose words they are.
    pub(super) owner: NamedBy,
    /// How far they may lead.
    pub(super) boundary: Boundary,
}

/// The configuration file that counts and what it extends, the nearest first.
#[derive(Debug, Default)]
pub struct Files {
    pub(super) loaded: Vec<Loaded>,
    /// Their texts.
    pub texts: Vec<ConfigText>,
}

impl Files {
    /// The nearest `omnic.toml` at or above `root`, and what it extends; nothing if there is none.
    ///
    /// # Errors
    ///
    /// If a file cannot be read or understood.
    pub fn nearest(root: &Path, boundary: &Boundary) -> Result<Self, ConfigError> {
        match root.ancestors().map(|folder| folder.join(FILE_NAME)).find(|file| boundary.store().is_file(file)) {
            Some(file) => {
                let boundary = boundary.of_found(&file, OWN_FOLDER);
                Self::from(&file, NamedBy::Project, root, &boundary)
            }
            None => Ok(Self::default()),
        }
    }

    /// The configuration file at `file`, which somebody named, and what it extends.
    ///
    /// # Errors
    ///
    /// If a file cannot be read or understood.
    pub fn from(file: &Path, mut named_by: NamedBy, root: &Path, boundary: &Boundary) -> Result<Self, ConfigError> {
        let mut files = Self::default();
        let mut next = Some(absolute(file));
        let mut seen: Vec<PathBuf> = Vec::new();
        let mut named_at: Option<(ConfigError, String)> = None;
        while let Some(file) = next.take() {
            let shown = source::display(&file);
            if boundary.refuses(&file, named_by) {
                return Err(outside(&shown, boundary, named_at));
            }
            named_by = boundary.owner(&file);
            let real = boundary.store().real(&file);
            if seen.contains(&real) {
                let (message, help) = (format!("`extend` leads back to `{shown}`"), "remove one `extend`");
                let here = || ConfigError::of_file(&shown, "", "");
                let at = named_at.map_or_else(here, |(at, _)| at);
                return Err(ConfigError { message, help: help.to_owned(), ..at });
            }
            let text =
                boundary.store().read_file(&file).map_err(|problem| unreadable(&shown, &problem, named_at.as_ref()))?;
            let content: ConfigFile =
                toml::from_str(&text).map_err(|error| ConfigError::of_toml(&shown, &text, &error))?;
            let folder = file.parent().unwrap_or(&file).to_path_buf();
            if let Some(extend) = &content.extend {
                next = Some(place(&folder, extend.get_ref()));
                let at = ConfigError::at(&shown, &text, span(extend), "", "");
                named_at = Some((at, extend.get_ref().clone()));
            }
            let path = source::relative(root, &file).unwrap_or_else(|| shown.clone());
            files.texts.push(ConfigText { shown, path, text });
            files.loaded.push(Loaded { content, folder, owner: named_by, boundary: boundary.clone() });
            seen.push(real);
        }
        Ok(files)
    }
}

/// The file or folder that a configuration file in `folder` names.
pub(super) fn place(folder: &Path, written: &str) -> PathBuf {
    let path = Path::new(written);
    if path.is_absolute() { path.to_path_buf() } else { source::join(folder, written) }
}

fn absolute(path: &Path) -> PathBuf {
    source::absolute(path).unwrap_or_else(|_| path.to_path_buf())
}

/// Nothing of the file is said, not even whether it is there.
fn outside(shown: &str, boundary: &Boundary, named_at: Option<(ConfigError, String)>) -> ConfigError {
    if let Some((at, name)) = named_at {
        let message = format!("`extend` names `{name}`, which lies outside {}", boundary.noun());
        return ConfigError { message, help: OUTSIDE_HELP.to_owned(), ..at };
    }
    let message = format!("the configuration file leads out of {}, and is not read", boundary.noun());
    ConfigError::of_file(shown, message, OUTSIDE_HELP)
}

fn unreadable(shown: &str, problem: &ReadProblem, named_at: Option<&(ConfigError, String)>) -> ConfigError {
    let why = problem.to_string();
    match named_at {
        Some((at, name)) => {
            let message = format!("`extend` names `{name}`, which cannot be read: {why}");
            let help = "correct the path: it is relative to the file that names it".to_owned();
            ConfigError { message, help, ..at.clone() }
        }
        None => ConfigError::of_file(shown, format!("the file cannot be read: {why}"), "make it readable, as UTF-8"),
    }
}
