//! Why a project cannot be analysed, where the reason lies, and what to do.

use crate::config::ConfigError;
use crate::source::DiscoverError;

/// Why a project cannot be analysed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct SetupError {
    /// What is wrong, its place first where it has one.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// The file that is to be corrected, from the working directory, and the line and column in it, from 1.
    pub place: Option<(String, u32, u32)>,
}

impl SetupError {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None, place: None }
    }

    pub(super) fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl From<ConfigError> for SetupError {
    fn from(error: ConfigError) -> Self {
        let (line, column) = error.position.unwrap_or((1, 1));
        Self { message: error.to_string(), place: Some((error.file, line, column)), help: Some(error.help) }
    }
}

impl From<DiscoverError> for SetupError {
    fn from(error: DiscoverError) -> Self {
        let place = match &error {
            DiscoverError::SfdxProject { file, line, column, .. }
            | DiscoverError::ApiVersion { file, line, column, .. } => Some((file.clone(), *line, *column)),
            DiscoverError::Outside { file, position, .. } => {
                let (line, column) = position.unwrap_or((1, 1));
                Some((file.clone(), line, column))
            }
            DiscoverError::PackageDirectoryMissing { file, .. } => Some((file.clone(), 1, 1)),
            DiscoverError::NotFound { .. } | DiscoverError::Io { .. } => None,
        };
        Self { message: error.to_string(), help: Some(error.help()), place }
    }
}
