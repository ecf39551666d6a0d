//! Why there is no project to check, and what to do.

use super::ApiVersion;

/// Why there is no project to check. Paths are relative to the working directory.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DiscoverError {
    /// Nothing is there.
    #[error("`{path}` does not exist")]
    NotFound {
        /// The path as the user wrote it.
        path: String,
    },
    /// `sfdx-project.json` cannot be understood.
    #[error("{file}:{line}:{column}: {message}")]
    SfdxProject {
        /// Its path.
        file: String,
        /// Line, from 1.
        line: u32,
        /// Column, from 1.
        column: u32,
        /// What is wrong.
        message: String,
    },
    /// None of the package directories exists.
    #[error("{file}: no package directory exists: {}", quoted(.packages))]
    PackageDirectoryMissing {
        /// The path of `sfdx-project.json`.
        file: String,
        /// The package directories it names.
        packages: Vec<String>,
    },
    /// `sourceApiVersion` is not an API version.
    #[error("{file}:{line}:{column}: `sourceApiVersion` is `{value}`, which is not an API version")]
    ApiVersion {
        /// The path of `sfdx-project.json`.
        file: String,
        /// Line, from 1.
        line: u32,
        /// Column, from 1.
        column: u32,
        /// The value.
        value: String,
    },
    /// A file of the project leads out of its [`Boundary`](super::Boundary).
    #[error("{}: {message}", place(.file, *.position))]
    Outside {
        /// The file.
        file: String,
        /// Line and column, from 1, if it is what the file says that leads out.
        position: Option<(u32, u32)>,
        /// What leads where.
        message: String,
    },
    /// The operating system does not let us.
    #[error("{path}: {message}")]
    Io {
        /// What it concerns.
        path: String,
        /// The operating system's words, or what is wrong with the file's encoding or size.
        message: String,
    },
}

/// What to do where something leads out of a project's [`Boundary`](super::Boundary).
pub const OUTSIDE_HELP: &str = "keep it inside, or allow it with `--allow-outside` if you trust the project";

impl DiscoverError {
    /// What the user can do.
    pub fn help(&self) -> String {
        match self {
            Self::NotFound { .. } => "name a project, a folder of metadata, or a metadata file".to_owned(),
            Self::SfdxProject { .. } => {
                r#"correct the file; the least it holds is {"packageDirectories": [{"path": "force-app", "default": true}]}"#
                    .to_owned()
            }
            Self::PackageDirectoryMissing { .. } => {
                "create a package directory, or correct `packageDirectories`: paths are relative to the file".to_owned()
            }
            Self::ApiVersion { .. } => {
                format!("write it as `{}`, or name the version with `--api-version`", ApiVersion::NEWEST)
            }
            Self::Outside { .. } => OUTSIDE_HELP.to_owned(),
            Self::Io { .. } => "make the file readable, as UTF-8".to_owned(),
        }
    }
}

fn place(file: &str, position: Option<(u32, u32)>) -> String {
    position.map_or_else(|| file.to_owned(), |(line, column)| format!("{file}:{line}:{column}"))
}

fn quoted(names: &[String]) -> String {
    let quoted: Vec<String> =
        names.iter().map(|name| format!("`{}`", if name.is_empty() { "." } else { name })).collect();
    quoted.join(", ")
}
