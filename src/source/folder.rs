//! The texts of a folder that is not part of the project, such as one with records of an org.

use std::path::Path;

use super::{Boundary, DiscoverError, MAX_RECORDS_BYTES, NamedBy, ReadProblem, paths};

/// A file of such a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderFile {
    /// Path relative to the project root, with forward slashes; it may begin with `..`.
    pub path: String,
    /// Its text, byte-order mark included, or the reason why there is none.
    pub text: Result<String, ReadProblem>,
}

/// Reads the `.json` and `.csv` files that lie in `folder` itself, sorted by path. `root` and `boundary` are the
/// project's: a link in a folder inside is not followed out.
///
/// # Errors
///
/// If there is no such folder, or the operating system does not let us list it.
pub fn read_folder(root: &Path, boundary: &Boundary, folder: &Path) -> Result<Vec<FolderFile>, DiscoverError> {
    let shown = || paths::text(folder).into_owned();
    let told = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => DiscoverError::NotFound { path: shown() },
        _ => DiscoverError::Io { path: shown(), message: error.to_string() },
    };
    let absolute = paths::absolute(folder).map_err(told)?;
    let mut files = Vec::new();
    let store = boundary.store();
    for disk in store.list(&absolute).map_err(told)? {
        let suffix = disk.extension().map(|suffix| suffix.to_string_lossy().to_lowercase());
        if !matches!(suffix.as_deref(), Some("json" | "csv")) || store.is_folder(&disk) {
            continue;
        }
        let path = paths::relative(root, &disk)
            .unwrap_or_else(|| disk.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default());
        let text = if boundary.refuses(&disk, NamedBy::Caller) {
            Err(ReadProblem::Outside(boundary.noun()))
        } else {
            store.text(&disk, MAX_RECORDS_BYTES)
        };
        files.push(FolderFile { path, text });
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}
