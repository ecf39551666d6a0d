//! Where names may come from that a project's files do not define: other folders of it, and packages.

use std::collections::HashSet;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use super::store::ItemKind;
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
        let mut paths: Vec<String> = Vec::new();
        if !is_wanted(&self.root) {
            return paths;
        }
        let mut walk = self.boundary.store().walk(&self.root, usize::MAX, true);
        let mut count = 0;
        while let Some(item) = walk.next() {
            // What cannot be read here is nobody's loss: a name is then unknown as before.
            let Ok(item) = item else { continue };
            if item.kind == ItemKind::Folder && !is_wanted(&item.path) {
                walk.skip_current_dir();
            } else if item.kind == ItemKind::File && is_wanted(&item.path) {
                count += 1;
                if count > MOST_FILES {
                    break;
                }
                let path = paths::relative(&self.root, &item.path);
                paths.extend(path.filter(|path| interest(path) == Interest::Read));
            }
        }
        paths.sort_unstable();
        paths
    }
}
