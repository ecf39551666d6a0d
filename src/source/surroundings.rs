//! Where names may come from that a project's files do not define: other folders of it, and packages.

use std::collections::HashSet;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use walkdir::WalkDir;

use super::walk::NEVER;
use super::{ApiVersion, Interest, Layout, Project, paths};

/// More files than this are not looked through outside of the package directories.
const MOST_FILES: usize = 200_000;

/// Where names may come from that a project's files do not define.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// The packages that a Salesforce DX project's packages depend on, as `sfdx-project.json` names them; its own are
    /// left out.
    pub dependencies: Vec<String>,
    /// `sourceApiVersion` of the Salesforce DX project around a Metadata API folder, beside which a `package.xml` may say
    /// another.
    pub source_api_version: Option<ApiVersion>,
    /// What [`Project::outside`] found, once it was asked.
    outside: Arc<OnceLock<Vec<String>>>,
}

impl Surroundings {
    pub(super) fn new(dependencies: Vec<String>, source_api_version: Option<ApiVersion>) -> Self {
        Self { dependencies, source_api_version, ..Self::default() }
    }
}

impl Project {
    /// The paths, relative to the root, of files that lie in the folder of a Salesforce DX project but outside of its
    /// package directories, and that are to be read if they lay inside; sorted. Looked for when first asked for.
    pub fn outside(&self, interest: &dyn Fn(&str) -> Interest) -> &[String] {
        self.surroundings.outside.get_or_init(|| match self.layout {
            Layout::Sfdx => self.walk_outside(interest),
            Layout::Mdapi | Layout::Folder => Vec::new(),
        })
    }

    fn walk_outside(&self, interest: &dyn Fn(&str) -> Interest) -> Vec<String> {
        let packages: HashSet<_> = self.packages.iter().map(|package| paths::join(&self.root, package)).collect();
        let is_wanted = |path: &Path| {
            let is_tools = path.file_name().is_some_and(|name| NEVER.iter().any(|never| name == *never));
            !is_tools && !packages.contains(path)
        };
        let walk =
            WalkDir::new(&self.root).sort_by_file_name().into_iter().filter_entry(|entry| is_wanted(entry.path()));
        // What cannot be read here is nobody's loss: a name is then unknown as before.
        let files = walk.filter_map(Result::ok).filter(|entry| entry.file_type().is_file()).take(MOST_FILES);
        let paths = files.filter_map(|entry| paths::relative(&self.root, entry.path()));
        let mut paths: Vec<String> = paths.filter(|path| interest(path) == Interest::Read).collect();
        paths.sort_unstable();
        paths
    }
}
