//! What a closure is asked of: files, components by their names, and what git says has changed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::super::findings::below;
use super::super::{Failure, git, kinds, only};
use crate::answers::facts;
use crate::graph::{Graph, NodeId, Resolution};
use crate::metadata::manifest_name;
use crate::schema::{FileClass, Kind, Member, member, recognise};
use crate::setup::DESCRIPTIONS;
use crate::source::{self, Project};
use crate::text::nearest;

/// The files of a project, whatever their types, by the components that they belong to.
pub(super) struct Files<'p> {
    project: &'p Project,
    /// The first file of each component, by type and name in lower case.
    by_type: BTreeMap<String, BTreeMap<String, &'p str>>,
    paths: BTreeSet<&'p str>,
    ignored: BTreeSet<&'p str>,
}

impl<'p> Files<'p> {
    pub(super) fn of(project: &'p Project) -> Self {
        let mut files = Self { project, by_type: BTreeMap::new(), paths: BTreeSet::new(), ignored: BTreeSet::new() };
        for entry in &project.entries {
            if entry.ignored {
                files.ignored.insert(&entry.path);
                continue;
            }
            files.paths.insert(&entry.path);
            if let Some(member) = member(&entry.path) {
                let of_type = files.by_type.entry(member.type_name.to_lowercase()).or_default();
                of_type.entry(member.name.to_lowercase()).or_insert(&entry.path);
            }
        }
        files
    }

    /// The file of a component of a type that is not read.
    pub(super) fn find(&self, type_name: &str, name: &str) -> Option<(Member, &'p str)> {
        let path = self.by_type.get(&type_name.to_lowercase())?.get(&name.to_lowercase()).copied()?;
        Some((member(path)?, path))
    }

    /// The names of a type's components, in lower case.
    fn names(&self, type_name: &str) -> impl Iterator<Item = &str> {
        self.by_type.get(&type_name.to_lowercase()).into_iter().flat_map(|names| names.keys().map(|name| &**name))
    }
}

/// A component that is no longer in the project.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Gone {
    /// What a deploy deletes before it: components that name others come first.
    pub(super) rank: usize,
    /// As a manifest names it.
    pub(super) member: Member,
    /// Its kind, if it is of a type that is read.
    pub(super) kind: Option<Kind>,
    /// The file that defined it.
    pub(super) path: String,
}

/// What a closure is asked of.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    /// Components of types that are read.
    pub(super) nodes: Vec<NodeId>,
    /// Components of other types, each with a file.
    pub(super) others: BTreeMap<Member, String>,
    /// Components whose files have been deleted.
    pub(super) gone: Vec<Gone>,
    /// Files of which nobody can say what component they belong to.
    pub(super) unnamed: BTreeSet<String>,
    /// Files that `.forceignore` keeps out of a deploy.
    pub(super) ignored: BTreeSet<String>,
    /// How many changed files lie outside of the package directories, or describe the project: no deploy takes them.
    pub(super) outside: usize,
}

impl Wanted {
    /// What the arguments name.
    pub(super) fn named(graph: &Graph, files: &Files<'_>, items: &[String]) -> Result<Self, Failure> {
        let mut wanted = Self::default();
        for item in items {
            let path = Path::new(item);
            if path.exists() {
                wanted.path(graph, files, path)?;
            } else if let Some((type_name, name)) = typed(item) {
                match files.find(type_name, name) {
                    Some((found, path)) if kinds::kind(type_name).is_none_or(suffixless) => {
                        wanted.others.insert(found, path.to_owned());
                    }
                    _ => wanted.component(graph, files, item, type_name, name)?,
                }
            } else {
                return Err(only::missing(path, "the arguments"));
            }
        }
        Ok(wanted)
    }

    /// A component by its type and name.
    fn component(
        &mut self,
        graph: &Graph,
        files: &Files<'_>,
        item: &str,
        type_name: &str,
        name: &str,
    ) -> Result<(), Failure> {
        if kinds::kind(type_name).is_none() && files.names(type_name).next().is_some() {
            let failure = Failure::new(format!("the project has no {type_name} `{name}`"));
            return Err(failure.with_help(match nearest(&name.to_lowercase(), files.names(type_name)) {
                Some(near) => format!("did you mean `{type_name}:{near}`?"),
                None => "name one of its files".to_owned(),
            }));
        }
        let node = kinds::find(graph, "the arguments", item)?;
        if graph.node(node).resolution == Resolution::Here {
            self.nodes.push(node);
            return Ok(());
        }
        let of = graph.node(node);
        let failure =
            Failure::new(format!("the project only names the {} `{}`, and has no file of it", of.kind.noun(), of.name));
        Err(failure.with_help("name a component that the project defines"))
    }

    /// A file, or the files of a folder.
    fn path(&mut self, graph: &Graph, files: &Files<'_>, path: &Path) -> Result<(), Failure> {
        let not_part = || {
            Failure::new(format!("`{}` is not part of the project", source::display(path)))
                .with_help("name a file in a package directory, or a component such as `Queue:Support`")
        };
        let below = below(files.project, path).ok_or_else(not_part)?;
        let prefix = if below == "." { String::new() } else { format!("{below}/") };
        let is_inside = |file: &&&str| **file == below || file.starts_with(&prefix);
        let inside: Vec<&str> = files.paths.iter().chain(&files.ignored).filter(is_inside).copied().collect();
        if inside.is_empty() {
            return Err(not_part());
        }
        for file in inside {
            self.file(graph, files, file);
        }
        Ok(())
    }

    /// A file that is there.
    fn file(&mut self, graph: &Graph, files: &Files<'_>, path: &str) {
        if files.ignored.contains(path) {
            self.ignored.insert(path.to_owned());
            return;
        }
        if describes(path) {
            self.outside += 1;
            return;
        }
        if let FileClass::Component { kind, name, .. } = recognise(path)
            && let Some(node) = facts::find(graph, kind, &name)
        {
            self.nodes.push(node);
        } else if let Some(member) = member(path) {
            self.others.insert(member, path.to_owned());
        } else if is_page(path) {
            self.outside += 1;
        } else {
            self.unnamed.insert(path.to_owned());
        }
    }

    /// What changed since `reference`.
    pub(super) fn changed(graph: &Graph, files: &Files<'_>, reference: &str) -> Result<Self, Failure> {
        let mut wanted = Self::default();
        let mut gone: BTreeMap<Member, Gone> = BTreeMap::new();
        let mut changed: Vec<PathBuf> = git::changed(files.project, reference)?;
        changed.sort();
        for path in &changed {
            let Some(below) = below(files.project, path).filter(|below| is_in_package(files.project, below)) else {
                wanted.outside += 1;
                continue;
            };
            if files.paths.contains(&*below) || files.ignored.contains(&*below) {
                wanted.file(graph, files, &below);
            } else if describes(&below) {
                wanted.outside += 1;
            } else if path.symlink_metadata().is_ok() {
                // A hidden file, which no deploy takes.
                wanted.ignored.insert(below);
            } else if let Some(found) = wanted.deleted(graph, files, &below) {
                gone.insert(found.member.clone(), found);
            }
        }
        // Who deletes an object deletes its fields.
        let whole: BTreeSet<&String> =
            gone.keys().filter(|member| member.type_name == "CustomObject").map(|member| &member.name).collect();
        let is_part = |member: &Member| {
            let parent = member.name.split_once('.').map(|(parent, _)| parent.to_owned());
            parent.is_some_and(|parent| whole.contains(&parent))
        };
        wanted.gone = gone.values().filter(|gone| !is_part(&gone.member)).cloned().collect();
        wanted.gone.sort();
        Ok(wanted)
    }

    /// A file that is gone: its component too, unless another file defines it or it has other files.
    fn deleted(&mut self, graph: &Graph, files: &Files<'_>, path: &str) -> Option<Gone> {
        if let FileClass::Component { kind, name, .. } = recognise(path) {
            let node = facts::find(graph, kind, &name);
            if let Some(node) = node.filter(|&node| graph.node(node).resolution == Resolution::Here) {
                self.nodes.push(node);
                return None;
            }
            let plain = || Member { type_name: manifest_name(kind), name: name.to_string() };
            let member = member(path).unwrap_or_else(plain);
            return Some(Gone { rank: rank(kind), member, kind: Some(kind), path: path.to_owned() });
        }
        let Some(member) = member(path) else {
            if is_page(path) {
                self.outside += 1;
            } else {
                self.unnamed.insert(path.to_owned());
            }
            return None;
        };
        if let Some((member, path)) = files.find(member.type_name, &member.name) {
            self.others.insert(member, path.to_owned());
            return None;
        }
        Some(Gone { rank: LAST, member, kind: None, path: path.to_owned() })
    }
}

/// True for what is only named in the graph: its file is of a type that is not read.
fn suffixless(kind: Kind) -> bool {
    Kind::ONLY_NAMED.contains(&kind)
}

/// The type and the name of an argument such as `Queue:Support`.
pub(super) fn typed(item: &str) -> Option<(&str, &str)> {
    let (type_name, name) = item.split_once(':')?;
    // A single letter is a drive of Windows.
    let is_word = type_name.len() > 1 && type_name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (is_word && !name.is_empty()).then_some((type_name, name))
}

/// True for a text about the project, which no deploy takes.
fn is_page(path: &str) -> bool {
    let suffix = path.rsplit_once('.').map(|(_, suffix)| suffix);
    suffix.is_some_and(|suffix| suffix.eq_ignore_ascii_case("md"))
}

/// True for a file that says what a project is.
fn describes(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    DESCRIPTIONS.contains(&name)
}

fn is_in_package(project: &Project, path: &str) -> bool {
    let is_in = |package: &String| {
        package.is_empty() || path.strip_prefix(package.as_str()).is_some_and(|rest| rest.starts_with('/'))
    };
    !path.starts_with("..") && project.packages.iter().chain(&project.missing_packages).any(is_in)
}

/// Types that name others before those that they name.
const RANKS: [Kind; 15] = [
    Kind::MessagingChannel,
    Kind::OmniSupervisorConfig,
    Kind::Flow,
    Kind::PresenceUserConfig,
    Kind::WorkSkillRouting,
    Kind::Queue,
    Kind::QueueRoutingConfig,
    Kind::Skill,
    Kind::PermissionSet,
    Kind::Profile,
    Kind::ServicePresenceStatus,
    Kind::ServiceChannel,
    Kind::PresenceDeclineReason,
    Kind::Group,
    Kind::OmniChannelSettings,
];
/// Of other types nobody knows what they name; what is routed names them.
const LAST: usize = RANKS.len();

fn rank(kind: Kind) -> usize {
    RANKS.iter().position(|of| *of == kind).unwrap_or(LAST)
}
