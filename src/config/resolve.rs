//! From flags, environment and files to the effective settings.

use std::path::{Path, PathBuf};

use globset::{Glob, GlobBuilder, GlobSetBuilder};
use toml::Spanned;

use super::file::{ExceptionTable, External, OneOrMany, OverrideTable, span};
use super::load::{Loaded, place};
use super::{ConfigError, ConfigText, FailOn, Files, Origin, Setting, Settings};
use crate::checks::{self, Check, REGISTRY};
use crate::diagnostics::Severity;
use crate::graph::{Declared, World};
use crate::schema::Kind;
use crate::source::{self, ApiVersion, OUTSIDE_HELP, Span};
use crate::text::{is_too_complex, nearest};
use crate::triage::{Exception, Level, Override, Policy};

/// The file of accepted findings where no other is named.
pub const BASELINE_NAME: &str = "omnic-baseline.json";

/// What flags and environment variables say. Paths are relative to the working directory.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// API version to check against.
    pub api_version: Option<Setting<ApiVersion>>,
    /// What is assumed of unknown names.
    pub world: Option<Setting<World>>,
    /// Whether strict checks run.
    pub strict: Option<Setting<bool>>,
    /// Least severity shown.
    pub min_severity: Option<Setting<Severity>>,
    /// Least severity that makes the exit status 1.
    pub fail_on: Option<Setting<FailOn>>,
    /// File of accepted findings.
    pub baseline: Option<Setting<PathBuf>>,
    /// Folder of records of the org.
    pub records: Option<Setting<PathBuf>>,
    /// Files and folders with names of the org's components.
    pub inventory: Option<Setting<Vec<PathBuf>>>,
}

/// The effective settings of the project at `root`: what is given wins over the nearest file, that over what it extends,
/// and that over the defaults.
///
/// # Errors
///
/// If a file says something that cannot be used, such as a check that does not exist.
pub fn resolve(given: Given, files: Files, root: &Path) -> Result<Settings, ConfigError> {
    let Files { loaded, texts } = files;
    let in_files = Reader { loaded: &loaded, texts: &texts };
    let strict = in_files.setting(given.strict, |file| file.content.strict, false);
    let mut settings = Settings {
        api_version: in_files.api_version(given.api_version.as_ref())?,
        world: in_files.setting(given.world, |file| file.content.world, World::default()),
        min_severity: in_files.setting(given.min_severity, |file| file.content.min_severity, Severity::Warning),
        fail_on: in_files.setting(given.fail_on, |file| file.content.fail_on, FailOn::Error),
        baseline: in_files.setting(given.baseline, Loaded::baseline, root.join(BASELINE_NAME)),
        records: in_files.setting(
            given.records.map(|given| Setting::new(Some(given.value), given.origin)),
            |file| file.records().map(Some),
            None,
        ),
        inventory: in_files.setting(given.inventory, Loaded::inventory, Vec::new()),
        external: Vec::new(),
        declared: Declared::default(),
        policy: Policy { strict: strict.value, ..Policy::default() },
        strict,
        level_origins: Vec::new(),
        override_origins: Vec::new(),
        exception_names: Vec::new(),
        files: Vec::new(),
    };
    in_files.stay_inside(&settings)?;
    // What is extended comes first: the nearest file's levels and overrides come later, and the last counts.
    for number in (0..loaded.len()).rev() {
        in_files.lists(number, root, &mut settings)?;
    }
    settings.files = texts;
    Ok(settings)
}

impl Loaded {
    fn baseline(&self) -> Option<PathBuf> {
        self.content.baseline.as_ref().map(|path| place(&self.folder, path.get_ref()))
    }

    fn records(&self) -> Option<PathBuf> {
        self.content.org.records.as_ref().map(|path| place(&self.folder, path.get_ref()))
    }

    fn inventory(&self) -> Option<Vec<PathBuf>> {
        let paths = match self.content.org.inventory.as_ref()?.get_ref() {
            OneOrMany::One(path) => std::slice::from_ref(path),
            OneOrMany::Many(paths) => paths,
        };
        Some(paths.iter().map(|path| place(&self.folder, path)).collect())
    }
}

/// The files, by their numbers.
struct Reader<'f> {
    loaded: &'f [Loaded],
    texts: &'f [ConfigText],
}

impl Reader<'_> {
    /// What is given, else what the nearest file says that says anything, else `default`.
    fn setting<T>(&self, given: Option<Setting<T>>, of: impl Fn(&Loaded) -> Option<T>, default: T) -> Setting<T> {
        let in_file = || {
            let mut files = self.loaded.iter().enumerate();
            files.find_map(|(number, file)| of(file).map(|value| Setting::new(value, Origin::File(number))))
        };
        given.or_else(in_file).unwrap_or_else(|| Setting::unset(default))
    }

    /// Refuses what files name outside the boundary, as far as it counts.
    fn stay_inside(&self, settings: &Settings) -> Result<(), ConfigError> {
        let baseline = std::slice::from_ref(&settings.baseline.value);
        self.stays_inside("baseline", baseline, settings.baseline.origin)?;
        self.stays_inside("records", settings.records.value.as_slice(), settings.records.origin)?;
        self.stays_inside("inventory", &settings.inventory.value, settings.inventory.origin)
    }

    fn stays_inside(&self, key: &str, paths: &[PathBuf], origin: Origin) -> Result<(), ConfigError> {
        let Origin::File(number) = origin else { return Ok(()) };
        let Some(file) = self.loaded.get(number) else { return Ok(()) };
        let Some(path) = paths.iter().find(|path| file.boundary.refuses(path, file.owner)) else { return Ok(()) };
        let at = match key {
            "baseline" => file.content.baseline.as_ref().map(span),
            "records" => file.content.org.records.as_ref().map(span),
            _ => file.content.org.inventory.as_ref().map(span),
        };
        let message = format!("`{key}` names `{}`, which lies outside {}", source::display(path), file.boundary.noun());
        Err(self.error(number, at.unwrap_or_default(), message, OUTSIDE_HELP.to_owned()))
    }

    fn error(&self, number: usize, at: Span, message: String, help: String) -> ConfigError {
        match self.texts.get(number) {
            Some(text) => ConfigError::at(&text.shown, &text.text, at, message, help),
            None => ConfigError::of_file("omnic.toml", message, help),
        }
    }

    fn api_version(&self, given: Option<&Setting<ApiVersion>>) -> Result<Setting<Option<ApiVersion>>, ConfigError> {
        if let Some(given) = given {
            return Ok(Setting::new(Some(given.value), given.origin));
        }
        for (number, file) in self.loaded.iter().enumerate() {
            let Some(written) = &file.content.api_version else { continue };
            let Some(version) = ApiVersion::parse(written.get_ref()) else {
                let message = format!("`{}` is not an API version", written.get_ref());
                return Err(self.error(
                    number,
                    span(written),
                    message,
                    "an API version looks like \"66.0\"".to_owned(),
                ));
            };
            return Ok(Setting::new(Some(version), Origin::File(number)));
        }
        Ok(Setting::unset(None))
    }

    /// Adds the lists of one file.
    fn lists(&self, number: usize, root: &Path, into: &mut Settings) -> Result<(), ConfigError> {
        let Some(file) = self.loaded.get(number) else { return Ok(()) };
        for External { kind, span: at, names } in &file.content.external {
            if kind.needs_no_file() {
                let message = format!("`{}` is never missing, so that it need not be declared", kind.as_str());
                return Err(self.error(number, *at, message, "remove it".to_owned()));
            }
            for name in names {
                self.affordable(number, name)?;
                into.declared.pattern(*kind, name.get_ref()).map_err(|error| self.pattern(number, name, &error))?;
                into.external.push(Setting::new((*kind, name.get_ref().clone()), Origin::File(number)));
            }
        }
        for (check, level) in self.levels(number, &file.content.checks)? {
            if let Some(at) = into.policy.levels.iter().position(|(there, _)| there.code == check.code) {
                into.policy.levels.remove(at);
                into.level_origins.remove(at);
            }
            into.policy.levels.push((check, level));
            into.level_origins.push(Origin::File(number));
        }
        for table in &file.content.overrides {
            let made = self.special(number, table, prefix(&file.folder, root))?;
            into.policy.overrides.push(made);
            let patterns = table.paths.iter().map(|path| path.get_ref().clone()).collect();
            into.override_origins.push((patterns, Origin::File(number)));
        }
        for table in &file.content.exceptions {
            into.policy.exceptions.push(self.exception(number, table)?);
            into.exception_names.push(table.get_ref().name.as_ref().map(|name| name.get_ref().clone()));
        }
        Ok(())
    }

    fn levels(
        &self,
        number: usize,
        written: &[(Spanned<String>, Level)],
    ) -> Result<Vec<(&'static Check, Level)>, ConfigError> {
        let mut levels: Vec<(&'static Check, Level)> = Vec::new();
        for (name, level) in written {
            let check = self.check(number, name)?;
            if levels.iter().any(|(there, _)| there.code == check.code) {
                let message = format!("{} {} has a level already", check.code, check.name);
                return Err(self.error(number, span(name), message, "keep one of the two".to_owned()));
            }
            levels.push((check, *level));
        }
        Ok(levels)
    }

    fn special(&self, number: usize, table: &OverrideTable, prefix: String) -> Result<Override, ConfigError> {
        let mut paths = GlobSetBuilder::new();
        for path in &table.paths {
            let written = match path.get_ref().trim_start_matches("./").trim_end_matches('/') {
                _ if path.get_ref().is_empty() => {
                    let help = "name a folder or a file; `.` is all there is".to_owned();
                    return Err(self.error(number, span(path), "the pattern is empty".to_owned(), help));
                }
                "" | "." => "**",
                written => written,
            };
            self.affordable(number, path)?;
            // A folder means all that is below it.
            for pattern in [written.to_owned(), format!("{written}/**")] {
                paths.add(Glob::new(&pattern).map_err(|error| self.pattern(number, path, &error))?);
            }
        }
        let at = table.paths.first().map(span).unwrap_or_default();
        let paths = paths.build();
        let paths =
            paths.map_err(|error| self.error(number, at, error.to_string(), "correct the patterns".to_owned()))?;
        Ok(Override { prefix, paths, levels: self.levels(number, &table.checks)? })
    }

    fn exception(&self, number: usize, table: &Spanned<ExceptionTable>) -> Result<Exception, ConfigError> {
        let ExceptionTable { check, kind, name, element, reason } = table.get_ref();
        if reason.get_ref().trim().is_empty() {
            let help = "say why these findings are accepted".to_owned();
            return Err(self.error(number, span(reason), "the reason is empty".to_owned(), help));
        }
        let matcher = |name: &Spanned<String>| {
            // Developer names are compared without case, here as elsewhere.
            self.affordable(number, name)?;
            let glob = GlobBuilder::new(name.get_ref()).case_insensitive(true).backslash_escape(true).build();
            let set = glob.and_then(|glob| GlobSetBuilder::new().add(glob).build());
            set.map_err(|error| self.pattern(number, name, &error))
        };
        Ok(Exception {
            check: self.check(number, check)?,
            kind: *kind,
            name: name.as_ref().map(matcher).transpose()?,
            element: element.clone(),
            reason: reason.get_ref().clone(),
            file: number,
            span: span(check),
        })
    }

    fn check(&self, number: usize, name: &Spanned<String>) -> Result<&'static Check, ConfigError> {
        checks::find(name.get_ref()).ok_or_else(|| {
            let written = name.get_ref();
            let near = nearest(written, REGISTRY.iter().flat_map(|check| [check.code, check.name]));
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`omnic explain` lists all checks".to_owned(),
            };
            self.error(number, span(name), format!("there is no check `{written}`"), help)
        })
    }

    /// Refuses a pattern that nobody means, and that would take much time or memory to compile.
    fn affordable(&self, number: usize, written: &Spanned<String>) -> Result<(), ConfigError> {
        if !is_too_complex(written.get_ref()) {
            return Ok(());
        }
        let message = "the pattern is too long, or has too many wildcards or braces".to_owned();
        Err(self.error(number, span(written), message, "write several simple patterns".to_owned()))
    }

    fn pattern(&self, number: usize, written: &Spanned<String>, error: &globset::Error) -> ConfigError {
        let message = format!("`{}` is no pattern: {}", written.get_ref(), error.kind());
        self.error(number, span(written), message, "correct the pattern; `*` stands for any text".to_owned())
    }
}

/// From the folder of a configuration file to the project's root, for patterns of paths.
fn prefix(folder: &Path, root: &Path) -> String {
    match source::relative(folder, root) {
        Some(prefix) if prefix != "." => prefix,
        _ => String::new(),
    }
}

/// The kinds that can be declared.
pub(super) fn declarable() -> impl Iterator<Item = Kind> {
    Kind::TYPES.into_iter().filter(|kind| !kind.needs_no_file())
}
