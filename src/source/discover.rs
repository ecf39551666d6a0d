//! From a path to the project it belongs to.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::error::DiscoverError;
use super::fill::fill;
use super::manifest::ManifestType;
use super::sfdx_project::SfdxProject;
use super::store::FileKind;
use super::surroundings::Surroundings;
use super::walk::{MAX_ENTRIES, Walk};
use super::{
    ApiVersion, ApiVersionSource, Boundary, FileStore, Interest, Layout, NamedBy, Project, Replacements, Selection,
    manifest, paths, sfdx_project,
};

/// Folders of a retrieved or repository layout that hold the `package.xml` of their parent's project.
const MANIFEST_FOLDERS: [&str; 2] = ["src", "unpackaged"];

/// What the caller knows that discovery cannot.
#[derive(Clone, Copy)]
pub struct DiscoverOptions<'a> {
    /// The API version the user asked for.
    pub api_version: Option<ApiVersion>,
    /// What to do with the file at a path relative to the root, with forward slashes.
    pub interest: &'a (dyn Fn(&str) -> Interest + Sync),
    /// Names of the folders that hold one metadata type each (`queues`): where there is neither `sfdx-project.json` nor
    /// `package.xml`, the folder above such a folder is the project.
    pub type_folders: &'a [&'a str],
    /// The types that give a `package.xml` its say on the API version: one that deploys something else has none. Without
    /// any, every type does.
    pub manifest_types: &'a [ManifestType<'a>],
    /// Whether the project's files may lead out of its [`Boundary`].
    pub allow_outside: bool,
}

impl fmt::Debug for DiscoverOptions<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DiscoverOptions").field("api_version", &self.api_version).finish_non_exhaustive()
    }
}

/// Finds the project that `path`, a folder or a file, belongs to, and the files in it that are of interest.
///
/// The whole project is found even where `path` is only a part of it, since what a file refers to lies elsewhere;
/// [`Project::selection`] then says which part is to be reported.
///
/// # Errors
/// Where nothing is at `path`, or the project's own description makes no sense. What cannot be read below the root is
/// not an error but listed in [`Project::problems`].
pub fn discover(path: &Path, options: &DiscoverOptions<'_>) -> Result<Project, DiscoverError> {
    discover_in(&FileStore::default(), path, options)
}

/// The same for a project that is read from `store`.
///
/// # Errors
/// As [`discover`].
pub fn discover_in(store: &FileStore, path: &Path, options: &DiscoverOptions<'_>) -> Result<Project, DiscoverError> {
    let target = Target::new(store, path)?;
    let place = locate(store, &target, options)?;
    place.stays_in_its_work_tree()?;
    let selection = match paths::relative(&place.root, &target.path) {
        Some(below) if place.names_part(&target) => Selection::Only([below].into()),
        _ => Selection::All,
    };
    let walk = Walk {
        root: &place.root,
        boundary: &place.boundary,
        packages: &place.packages,
        manifest: place.manifest.as_deref(),
        // The CLI zips a Metadata API folder as it is: `--metadata-dir` reads no `.forceignore`
        // (`forcedotcom/source-deploy-retrieve`, `MetadataApiDeploy.getZipBuffer`, 2026).
        forceignore: place.layout != Layout::Mdapi,
        shallow: place.shallow,
        interest: options.interest,
        most: MAX_ENTRIES,
    };
    let mut found = walk.run();
    if let Some(snapshot) = store.snapshot() {
        fill(&mut found.entries, snapshot);
    }
    let flag = options.api_version.map(|version| (version, ApiVersionSource::Flag));
    let (api_version, api_version_source) =
        flag.or(place.version).unwrap_or((ApiVersion::NEWEST, ApiVersionSource::Newest));
    Ok(Project {
        display_root: paths::display(&place.root),
        root: place.root,
        boundary: place.boundary,
        layout: place.layout,
        api_version,
        api_version_source,
        packages: place.packages,
        surroundings: Surroundings::new(place.dependencies, place.around),
        replacements: Arc::new(place.replacements),
        missing_packages: place.missing_packages,
        manifest: place.manifest,
        entries: found.entries,
        selection,
        inner_projects: if place.layout == Layout::Sfdx { Vec::new() } else { found.projects },
        problems: found.problems,
        warnings: found.warnings,
    })
}

/// The path the user named.
struct Target {
    /// Absolute.
    path: PathBuf,
    is_file: bool,
}

impl Target {
    fn new(store: &FileStore, path: &Path) -> Result<Self, DiscoverError> {
        let told = |error: io::Error| match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory | io::ErrorKind::InvalidInput => {
                DiscoverError::NotFound { path: paths::text(path).into_owned() }
            }
            _ => DiscoverError::Io { path: paths::text(path).into_owned(), message: error.to_string() },
        };
        let absolute = paths::absolute(path).map_err(told)?;
        let is_file = store.kind(&absolute).map_err(told)? != FileKind::Folder;
        Ok(Self { path: absolute, is_file })
    }

    /// The folder itself, or the one the file is in.
    fn folder(&self) -> &Path {
        if self.is_file { self.path.parent().unwrap_or(&self.path) } else { &self.path }
    }
}

/// Where the project is, before its files are looked for.
struct ProjectLocation {
    layout: Layout,
    root: PathBuf,
    boundary: Boundary,
    packages: Vec<String>,
    missing_packages: Vec<String>,
    dependencies: Vec<String>,
    /// Of a Salesforce DX project alone: a Metadata API folder is deployed as it is.
    replacements: Replacements,
    /// The version of the Salesforce DX project that it lies in, if it is no part of that.
    around: Option<ApiVersion>,
    manifest: Option<PathBuf>,
    /// Nothing but the named file says where the project is, so that what lies below its folder may be anything.
    shallow: bool,
    /// As far as the project itself says.
    version: Option<(ApiVersion, ApiVersionSource)>,
}

impl ProjectLocation {
    /// A project with one package directory, its root.
    fn simple(layout: Layout, root: PathBuf, boundary: Boundary) -> Self {
        Self {
            layout,
            root,
            boundary,
            packages: vec![String::new()],
            missing_packages: Vec::new(),
            dependencies: Vec::new(),
            replacements: Replacements::default(),
            around: None,
            manifest: None,
            shallow: false,
            version: None,
        }
    }

    /// Refuses a root that is reached by a link out of a work tree: the link may have taken the place of the folder that
    /// the user means, and a boundary around where it leads would be none.
    fn stays_in_its_work_tree(&self) -> Result<(), DiscoverError> {
        if self.boundary.is_open() || !self.boundary.store().leads_out_of_its_work_tree(&self.root) {
            return Ok(());
        }
        let message = "the folder is reached by a link that leads out of its git work tree".to_owned();
        Err(DiscoverError::Outside { file: paths::display(&self.root), position: None, message })
    }

    /// True if the user named a part of the project: not its root, a folder above that, or the file that describes it.
    fn names_part(&self, target: &Target) -> bool {
        let describes =
            self.manifest.as_ref() == Some(&target.path) || target.path == self.root.join(sfdx_project::FILE_NAME);
        !self.root.starts_with(&target.path) && !describes
    }
}

fn locate(store: &FileStore, target: &Target, options: &DiscoverOptions<'_>) -> Result<ProjectLocation, DiscoverError> {
    let describes = |folder: &&Path| store.is_file(&folder.join(sfdx_project::FILE_NAME));
    let Some(root) = target.folder().ancestors().find(describes) else {
        return Ok(locate_plain(store, target, None, options));
    };
    let boundary = Boundary::in_store(store, root, options.allow_outside);
    let project = SfdxProject::load(root, &boundary)?;
    let version = if options.api_version.is_some() { None } else { project.api_version()? };
    let version = version.map(|version| (version, ApiVersionSource::SfdxProject));
    let folders: Vec<PathBuf> = project.packages.iter().map(|package| paths::join(root, package)).collect();
    let belongs = |folder: &PathBuf| target.path.starts_with(folder) || folder.starts_with(&target.path);
    let describes = target.path == root || target.path == root.join(sfdx_project::FILE_NAME);
    if !describes && !folders.iter().any(belongs) {
        // Beside the package directories, such as a folder for `sf project deploy --metadata-dir`.
        let mut place = locate_plain(store, target, Some(root), options);
        place.around = version.map(|(version, _)| version);
        place.version = place.version.or(version);
        return Ok(place);
    }
    let there: Vec<bool> = folders.iter().map(|folder| store.is_folder(folder)).collect();
    if !there.contains(&true) {
        let file = paths::display(&root.join(sfdx_project::FILE_NAME));
        return Err(DiscoverError::PackageDirectoryMissing { file, packages: project.packages });
    }
    let named = project.packages.into_iter().zip(there);
    let (packages, missing): (Vec<_>, Vec<_>) = named.partition(|(_, there)| *there);
    let paths_of = |list: Vec<(String, bool)>| list.into_iter().map(|(package, _)| package).collect();
    Ok(ProjectLocation {
        layout: Layout::Sfdx,
        root: root.to_path_buf(),
        boundary,
        packages: paths_of(packages),
        missing_packages: paths_of(missing),
        dependencies: project.dependencies,
        replacements: project.replacements,
        around: None,
        manifest: None,
        shallow: false,
        version,
    })
}

/// A project without `sfdx-project.json`, or `within` the folder of one but not part of it.
fn locate_plain(
    store: &FileStore,
    target: &Target,
    within: Option<&Path>,
    options: &DiscoverOptions<'_>,
) -> ProjectLocation {
    let boundary = |root: &Path| Boundary::in_store(store, root, options.allow_outside);
    if let Some(root) = manifest_folder(store, target, within, options.allow_outside) {
        let file = root.join(manifest::FILE_NAME);
        let boundary = boundary(&root);
        let version = manifest::api_version(&file, options.manifest_types, &boundary);
        let version = version.map(|version| (version, ApiVersionSource::PackageXml));
        return ProjectLocation {
            version,
            manifest: Some(file),
            ..ProjectLocation::simple(Layout::Mdapi, root, boundary)
        };
    }
    let folder = target.folder();
    let above = folder.parent().filter(|parent| holds_types(store, parent, folder, options.type_folders));
    let shallow = above.is_none() && target.is_file;
    let root = above.unwrap_or(folder);
    ProjectLocation { shallow, ..ProjectLocation::simple(Layout::Folder, root.to_path_buf(), boundary(root)) }
}

/// The folder whose `package.xml` describes the target: its own, one below it, or the nearest above.
fn manifest_folder(store: &FileStore, target: &Target, within: Option<&Path>, allow_outside: bool) -> Option<PathBuf> {
    let describes = |folder: &Path| store.is_file(&folder.join(manifest::FILE_NAME));
    let folder = target.folder();
    if !target.is_file && !describes(folder) {
        let boundary = Boundary::in_store(store, folder, allow_outside);
        let mut below = MANIFEST_FOLDERS.iter().map(|name| folder.join(name));
        // Where one of them is a link that leads out, the walk tells of it.
        let below = below.find(|below| describes(below) && !boundary.refuses(below, NamedBy::Project));
        if below.is_some() {
            return below;
        }
    }
    folder.ancestors().take_while(|above| Some(*above) != within).find(|above| describes(above)).map(Path::to_path_buf)
}

/// True if `folder` holds one metadata type and `parent` others beside it. Asked so narrowly because everything below
/// the root is walked, and the folder above a lone `queues` may be somebody's home.
fn holds_types(store: &FileStore, parent: &Path, folder: &Path, type_folders: &[&str]) -> bool {
    let name = folder.file_name();
    type_folders.iter().any(|known| name == Some(known.as_ref()))
        && type_folders.iter().any(|known| name != Some(known.as_ref()) && store.is_folder(&parent.join(known)))
}
