//! What a project is: its layout, API version, files.

use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Boundary, FileId, Replacements, Surroundings};

/// How the files of a project are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// A Salesforce DX project: `sfdx-project.json`, package directories, `-meta.xml` files.
    Sfdx,
    /// A Metadata API folder: `package.xml`, files without `-meta.xml`.
    Mdapi,
    /// Any other folder.
    Folder,
}

impl Layout {
    /// The word used in machine output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sfdx => "sfdx",
            Self::Mdapi => "mdapi",
            Self::Folder => "folder",
        }
    }
}

/// A Metadata API version. Salesforce numbers them `66.0`; the fraction has always been zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ApiVersion(pub u16);

impl ApiVersion {
    /// The oldest version whose metadata this program knows.
    pub const OLDEST: Self = Self(47);
    /// The newest version whose metadata this program knows.
    pub const NEWEST: Self = Self(68);

    /// Reads `66.0` or `66`, and no other spelling: what Salesforce would not take is not to be taken for something else.
    pub fn parse(text: &str) -> Option<Self> {
        let major = text.strip_suffix(".0").unwrap_or(text);
        // A sign would be taken too.
        if major.starts_with('0') || !major.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let number: u16 = major.parse().ok()?;
        (1..=999).contains(&number).then_some(Self(number))
    }
}

impl fmt::Display for ApiVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.0", self.0)
    }
}

/// Where the API version was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApiVersionSource {
    /// The `--api-version` flag, or the environment.
    Flag,
    /// `omnic.toml`.
    Configuration,
    /// `sourceApiVersion` of `sfdx-project.json`.
    SfdxProject,
    /// `<version>` of `package.xml`.
    PackageXml,
    /// Nowhere: the newest known version is assumed.
    Newest,
}

impl ApiVersionSource {
    /// The words used in output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Flag => "--api-version",
            Self::Configuration => "omnic.toml",
            Self::SfdxProject => "sfdx-project.json",
            Self::PackageXml => "package.xml",
            Self::Newest => "newest known",
        }
    }
}

/// Why a file's text is not there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadProblem {
    /// The operating system's words.
    #[error("{0}")]
    Io(String),
    /// Not UTF-8; the offset of the first bad byte.
    #[error("not UTF-8: the byte at offset {0} is not valid")]
    NotUtf8(u64),
    /// Starts as a text in another encoding does, such as UTF-16; its name.
    #[error("encoded as {0}, not as UTF-8")]
    OtherEncoding(&'static str),
    /// Larger than [`MAX_FILE_BYTES`], or whatever the limit for such a file is; its size in bytes, as far as it was read.
    #[error("too large: {0} bytes")]
    TooLarge(u64),
    /// Out of the project's [`Boundary`], so that nobody looked; what that is.
    #[error("it leads out of {0}")]
    Outside(&'static str),
}

/// No file of these types is near this size; what is larger is not read.
pub const MAX_FILE_BYTES: u64 = 16 * 1024 * 1024;

/// The same for files with records of an org, which can list who is in which group for a hundred thousand users.
pub const MAX_RECORDS_BYTES: u64 = 256 * 1024 * 1024;

/// The same for routing plans and saved states, which are read as a whole: far more than those of the largest org have.
pub const MAX_DOCUMENT_BYTES: u64 = 512 * 1024 * 1024;

/// What the caller wants done with a file, by its path alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interest {
    /// Read it.
    Read,
    /// Remember that it is there.
    Name,
    /// Read it if another file makes that necessary; it is not checked for its own sake.
    Aside,
    /// Pass it by.
    Skip,
}

/// A file of interest that discovery found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Where it is on disk.
    pub disk: PathBuf,
    /// If that is a link, where the file really is.
    pub real: Option<Box<Path>>,
    /// Path relative to the project root, with forward slashes.
    pub path: String,
    /// Index of its package directory in [`Project::packages`].
    pub package: u32,
    /// True if `.forceignore` keeps it out of a deploy.
    pub ignored: bool,
    /// Anything but [`Interest::Skip`].
    pub interest: Interest,
    /// The text that stands for what is on disk, if somebody is still writing it, or it is as it was at another time.
    pub shadow: Option<Arc<str>>,
    /// Why there is no text, if that is known without looking at the disk.
    pub problem: Option<Box<ReadProblem>>,
}

/// A file whose text is here, or the reason why not.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Its index.
    pub id: FileId,
    /// Path relative to the project root, with forward slashes.
    pub path: String,
    /// Index of its package directory in [`Project::packages`].
    pub package: u32,
    /// Its text, byte-order mark included; empty if it could not be read, or was not kept.
    pub text: String,
    /// Where its lines start, in bytes; empty if that was not kept.
    pub lines: Box<[u32]>,
    /// Why it could not be read.
    pub problem: Option<ReadProblem>,
}

/// What the user asked to have reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection {
    /// Every file of the project.
    All,
    /// The files at these paths, and those below them (relative to the root, forward slashes).
    Only(BTreeSet<String>),
}

impl Selection {
    /// True if a finding in the file at `path` is to be reported.
    pub fn contains(&self, path: &str) -> bool {
        match self {
            Self::All => true,
            Self::Only(paths) => {
                paths.contains(path) || path.match_indices('/').any(|(end, _)| paths.contains(&path[..end]))
            }
        }
    }
}

/// One project, before its files are read.
#[derive(Clone, Debug)]
pub struct Project {
    /// The root on disk.
    pub root: PathBuf,
    /// How far its files may lead.
    pub boundary: Boundary,
    /// The root as people and machines are told it: relative to the working directory, forward slashes, `.` if the same.
    pub display_root: String,
    /// Its layout.
    pub layout: Layout,
    /// The API version to check against.
    pub api_version: ApiVersion,
    /// Where that came from.
    pub api_version_source: ApiVersionSource,
    /// Package directories, relative to the root, in the order of `sfdx-project.json`; one, `""`, in other layouts.
    pub packages: Vec<String>,
    /// Package directories that `sfdx-project.json` names and that are not there, in its order.
    pub missing_packages: Vec<String>,
    /// Where names may come from that its files do not define.
    pub surroundings: Surroundings,
    /// What the Salesforce CLI replaces in its files before a deploy.
    pub replacements: Arc<Replacements>,
    /// The `package.xml` that makes this a Metadata API folder; among the entries it is [`Interest::Aside`].
    pub manifest: Option<PathBuf>,
    /// Files of interest, sorted by path.
    pub entries: Vec<Entry>,
    /// What is to be reported.
    pub selection: Selection,
    /// Folders below the root that are Salesforce DX projects of their own, sorted. In a Salesforce DX project there are
    /// none that matter.
    pub inner_projects: Vec<String>,
    /// What discovery could not read, sorted: a path relative to the root, and why.
    pub problems: Vec<(String, String)>,
    /// What has no effect in files that describe the project, sorted: a path relative to the root, and why. The Salesforce
    /// CLI passes over it too.
    pub warnings: Vec<(String, String)>,
}
