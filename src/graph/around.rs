//! Where names may come from that the project does not define.

use rustc_hash::FxHashMap;

use crate::schema::{FileClass, Kind, recognise};

/// Where names may come from that the project does not define.
#[derive(Clone, Debug, Default)]
pub struct Around {
    /// Packages that others build and that the project's packages depend on.
    pub dependencies: Vec<String>,
    /// By kind and name in lower case, the first file outside of the package directories that holds a component of it.
    outside: FxHashMap<(Kind, String), String>,
}

impl Around {
    /// `outside`: the paths of files outside of the package directories, sorted.
    pub fn new(dependencies: Vec<String>, outside: &[String]) -> Self {
        let mut by_name = FxHashMap::default();
        for path in outside {
            if let FileClass::Component { kind, name, .. } = recognise(path) {
                by_name.entry((kind, name.to_lowercase())).or_insert_with(|| path.clone());
            }
        }
        Self { dependencies, outside: by_name }
    }

    /// The file outside of the package directories that holds a component of this kind and name.
    pub fn file_of(&self, kind: Kind, name: &str) -> Option<&str> {
        self.outside.get(&(kind, name.to_lowercase())).map(String::as_str)
    }
}
