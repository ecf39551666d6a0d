//! The folder of components that pages run: read again whenever a page asks.

use std::path::Path;

use crate::serve::{ComponentFile, Components};
use crate::source::{self, FileStore};

/// Folders in folders at most.
const DEEPEST: usize = 12;
/// Files at most.
const MOST_FILES: usize = 2_000;
/// Endings of files that components have.
const ENDINGS: [&str; 5] = ["cmp", "page", "js", "css", "json"];

/// A way to read a folder. None of its links is followed.
pub(super) fn reader(folder: &Path) -> Components {
    let folder = folder.to_owned();
    Box::new(move || read(&folder))
}

fn read(folder: &Path) -> Result<Vec<ComponentFile>, String> {
    let shown = source::display(folder);
    let cannot = |error: std::io::Error| format!("the folder of components `{shown}` cannot be read: {error}");
    let root = source::absolute(folder).map_err(cannot)?;
    let store = FileStore::default();
    let mut files = Vec::new();
    let mut folders = vec![(root.clone(), 0)];
    while let Some((at, depth)) = folders.pop() {
        for path in store.list(&at).map_err(cannot)? {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            if name.starts_with('.') || name == "node_modules" || path.is_symlink() {
                continue;
            }
            if store.is_folder(&path) {
                if depth < DEEPEST {
                    folders.push((path, depth + 1));
                }
                continue;
            }
            let ending = path.extension().map(|ending| ending.to_string_lossy().into_owned()).unwrap_or_default();
            let Some(shown) = source::relative(&root, &path).filter(|_| ENDINGS.contains(&ending.as_str())) else {
                continue;
            };
            if files.len() >= MOST_FILES {
                return Err(format!("the folder of components holds more than {MOST_FILES} files: name a smaller one"));
            }
            let text = store.read_file(&path).map_err(|problem| format!("`{shown}` cannot be read: {problem}"))?;
            let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
            files.push(ComponentFile { path: shown, text });
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}
