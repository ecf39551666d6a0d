//! What can be wrong with the files of `schemas/objects`.

/// What is wrong with the files.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CatalogueError {
    /// A file is not TOML, or holds what no file of its kind may hold.
    #[error("{file}: {message}")]
    Unreadable {
        /// The file's name.
        file: String,
        /// What the parser says.
        message: String,
    },
    /// A file names something that is nowhere.
    #[error("{file}: no {what} is named `{name}`")]
    Unknown {
        /// The file's name.
        file: String,
        /// What is looked for: a call, a property, a system field, a value set, a name field.
        what: &'static str,
        /// The name.
        name: String,
    },
    /// Two objects share what only one may have.
    #[error("{file}: the {what} `{name}` is taken")]
    Taken {
        /// The second file's name.
        file: String,
        /// A name or a key prefix.
        what: &'static str,
        /// The name or prefix.
        name: String,
    },
}

impl CatalogueError {
    /// A name that is nowhere.
    pub(super) fn unknown(file: &str, what: &'static str, name: &str) -> Self {
        Self::Unknown { file: file.to_owned(), what, name: name.to_owned() }
    }
}
