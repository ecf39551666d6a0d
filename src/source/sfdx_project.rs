//! `sfdx-project.json`: package directories, API version, and what is filled in at deploy time.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::error::DiscoverError;
use super::{ApiVersion, Boundary, LineIndex, NamedBy, ReadProblem, Replacements, paths};
use crate::text::without_place;

/// The name that makes a folder a Salesforce DX project.
pub(super) const FILE_NAME: &str = "sfdx-project.json";

/// The largest monorepos have a few hundred.
const MOST_PACKAGES: usize = 1000;

/// What discovery needs of the file.
pub(super) struct SfdxProject {
    /// Relative to its folder, normalised, without duplicates; `""` is the folder itself.
    pub(super) packages: Vec<String>,
    /// The packages of others that its own depend on, as it names them, each once.
    pub(super) dependencies: Vec<String>,
    /// What a deploy replaces in its files.
    pub(super) replacements: Replacements,
    version: Option<String>,
    file: PathBuf,
    text: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Contents {
    package_directories: Vec<PackageDirectory>,
    source_api_version: Option<String>,
    #[serde(default)]
    replacements: serde_json::Value,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PackageDirectory {
    path: String,
    #[serde(default)]
    package: Option<String>,
    #[serde(default)]
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    #[serde(default)]
    package: Option<String>,
}

/// The packages that the directories depend on and that are none of their own. A version stands behind `@`.
fn foreign(directories: &[PackageDirectory]) -> Vec<String> {
    let own: Vec<&str> = directories.iter().filter_map(|directory| directory.package.as_deref()).collect();
    let named = directories.iter().flat_map(|directory| &directory.dependencies).filter_map(|d| d.package.as_deref());
    let mut foreign: Vec<String> = Vec::new();
    for name in named.map(|name| name.split('@').next().unwrap_or(name)) {
        if !own.contains(&name) && !foreign.iter().any(|known| known == name) {
            foreign.push(name.to_owned());
        }
    }
    foreign
}

impl SfdxProject {
    /// Reads the file in `root`, an absolute path.
    pub(super) fn load(root: &Path, boundary: &Boundary) -> Result<Self, DiscoverError> {
        let file = root.join(FILE_NAME);
        if boundary.refuses(&file, NamedBy::Project) {
            let message = format!("the file is a link that leads out of {}, and is not read", boundary.noun());
            return Err(DiscoverError::Outside { file: paths::display(&file), position: None, message });
        }
        let text = boundary.store().read_file(&file).map_err(|problem| unreadable(&file, &problem))?;
        // `JSON.parse` refuses the byte-order mark that some Windows editors write; nothing is gained by that.
        let json = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let contents: Contents = serde_json::from_str(json).map_err(|error| {
            let before = json.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum::<usize>();
            let at = text.len() - json.len() + before + error.column().saturating_sub(1);
            malformed(&file, &text, at, without_place(&error.to_string()))
        })?;
        if contents.package_directories.is_empty() {
            return Err(malformed(&file, &text, find(&text, "packageDirectories"), "`packageDirectories` is empty"));
        }
        let replacements = Replacements::read(contents.replacements);
        let dependencies = foreign(&contents.package_directories);
        let mut packages: Vec<String> = Vec::new();
        let mut seen = HashSet::new();
        for PackageDirectory { path, .. } in contents.package_directories {
            let Some(package) = normalise(&path) else {
                let message = format!("the package directory `{path}` is an absolute path");
                return Err(malformed(&file, &text, find(&text, &path), &message));
            };
            if !seen.insert(package.clone()) {
                continue;
            }
            if seen.len() > MOST_PACKAGES {
                let message = format!("more than {MOST_PACKAGES} package directories");
                return Err(malformed(&file, &text, find(&text, "packageDirectories"), &message));
            }
            if boundary.refuses(&paths::join(root, &package), NamedBy::Project) {
                let position = Some(place(&text, find(&text, &path)));
                let message = format!("the package directory `{path}` lies outside {}", boundary.noun());
                return Err(DiscoverError::Outside { file: paths::display(&file), position, message });
            }
            packages.push(package);
        }
        let version = contents.source_api_version.filter(|version| !version.is_empty());
        Ok(Self { packages, dependencies, replacements, version, file, text })
    }

    /// `sourceApiVersion`, if there is one. Not asked for when the user names a version, so that a wrong one is no
    /// obstacle then.
    pub(super) fn api_version(&self) -> Result<Option<ApiVersion>, DiscoverError> {
        let Some(value) = &self.version else { return Ok(None) };
        ApiVersion::parse(value).map(Some).ok_or_else(|| {
            let (line, column) = place(&self.text, find(&self.text, "sourceApiVersion"));
            DiscoverError::ApiVersion { file: paths::display(&self.file), line, column, value: value.clone() }
        })
    }
}

/// A package directory's path in one spelling. The CLI takes both separators on every system, and refuses absolute
/// paths (`forcedotcom/sfdx-core`, `SfProjectJson.getPackageDirectoriesSync`); so does this, by answering none.
fn normalise(path: &str) -> Option<String> {
    if path.starts_with(['/', '\\']) || path.contains(':') {
        return None;
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The offset of a quoted word, as good a place as any to send the reader to.
fn find(text: &str, word: &str) -> usize {
    text.find(&format!("\"{word}\"")).unwrap_or(0)
}

fn place(text: &str, offset: usize) -> (u32, u32) {
    let position = LineIndex::new(text).position(u32::try_from(offset).unwrap_or(u32::MAX));
    (position.line, position.column)
}

fn malformed(file: &Path, text: &str, offset: usize, message: &str) -> DiscoverError {
    let (line, column) = place(text, offset);
    DiscoverError::SfdxProject { file: paths::display(file), line, column, message: message.to_owned() }
}

fn unreadable(file: &Path, problem: &ReadProblem) -> DiscoverError {
    DiscoverError::Io { path: paths::display(file), message: problem.to_string() }
}

#[cfg(test)]
mod tests {
    use super::normalise;

    #[test]
    fn one_spelling_per_package_directory() {
        for (written, normal) in [
            ("force-app", "force-app"),
            ("./force-app/", "force-app"),
            ("packages//a/./main", "packages/a/main"),
            ("packages\\a", "packages/a"),
            (".", ""),
            ("./", ""),
            ("a/../b", "b"),
            ("../common", "../common"),
            ("../../x", "../../x"),
        ] {
            assert_eq!(normalise(written).as_deref(), Some(normal), "{written}");
        }
        assert_eq!(normalise("/force-app"), None);
        assert_eq!(normalise("C:\\force-app"), None);
    }
}
