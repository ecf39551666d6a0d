//! Where names may come from that the project does not define.

use rustc_hash::FxHashMap;

use crate::schema::{FileClass, Kind, recognise};
use crate::source::{ApiVersion, Surroundings};

/// Where names may come from that the project does not define.
#[derive(Clone, Debug, Default)]
pub struct Around {
    /// Packages that others build and that the project's packages depend on.
    pub dependencies: Vec<String>,
    /// The API version of the Salesforce DX project around a Metadata API folder.
    pub source_api_version: Option<ApiVersion>,
    /// By kind and name in lower case, the first file outside of the package directories that holds a component of it.
    outside: FxHashMap<(Kind, String), String>,
}

impl Around {
    /// `outside`: the paths of files outside of the package directories, sorted.
    pub fn new(surroundings: &Surroundings, outside: &[String]) -> Self {
        let mut by_name = FxHashMap::default();
        for path in outside {
            if let FileClass::Component { kind, name, .. } = recognise(path) {
                by_name.entry((kind, name.to_lowercase())).or_insert_with(|| path.clone());
            }
        }
        let Surroundings { dependencies, source_api_version, .. } = surroundings;
        Self { dependencies: dependencies.clone(), source_api_version: *source_api_version, outside: by_name }
    }

    /// The file outside of the package directories that holds a component of this kind and name.
    pub fn file_of(&self, kind: Kind, name: &str) -> Option<&str> {
        self.outside.get(&(kind, name.to_lowercase())).map(String::as_str)
    }
}
