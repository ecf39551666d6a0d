//! `omnic check --only`: what is named, and whether it is there.

use std::path::{Path, PathBuf};

use super::findings::{Scope, below};
use super::{Failure, output};
use crate::schema::{FileClass, recognise};
use crate::source::{self, Project};
use crate::text::nearest;

/// The part of a project that the paths name. A slip in one is a failure. Of a list that a script made, some paths may not
/// concern the project; if none does, that is most often a slip, too.
pub(super) fn scope(project: &Project, paths: &[PathBuf]) -> Result<Scope, Failure> {
    let scope = Scope::only(project, paths);
    let mut concerned = false;
    for path in paths {
        if Scope::only(project, std::slice::from_ref(path)).files(project) > 0 || is_deleted(project, path) {
            concerned = true;
        } else if path.exists() {
            output::complain(&format!("warning: `{}` of --only is not part of the project", source::display(path)));
        } else {
            return Err(missing(path, "`--only`"));
        }
    }
    if concerned {
        return Ok(scope);
    }
    Err(Failure::new("`--only` names nothing of the project").with_help(
        "name files or folders of it that hold Omni-Channel metadata; `--changed` takes what git says has changed",
    ))
}

/// True for the file of a component that is gone: others may still name the component.
fn is_deleted(project: &Project, path: &Path) -> bool {
    let Some(below) = below(project, path).filter(|_| !path.exists()) else { return false };
    let is_in = |package: &String| {
        package.is_empty() || below.strip_prefix(package.as_str()).is_some_and(|rest| rest.starts_with('/'))
    };
    let is_in_package = !below.starts_with("..") && project.packages.iter().any(is_in);
    is_in_package && matches!(recognise(&below), FileClass::Component { .. })
}

/// The failure for a path that is not there. `flag` is what names it.
pub(super) fn missing(path: &Path, flag: &str) -> Failure {
    let failure = Failure::new(format!("`{}` of {flag} does not exist", source::display(path)));
    failure.with_help(match nearest_path(path) {
        Some(near) => format!("did you mean `{}`?", source::display(&near)),
        None => "name a file or folder that is there; `--changed` takes what a change has deleted, too".to_owned(),
    })
}

/// The name of a file that is most like another. Long suffixes make all metadata files alike: what stands before the first
/// dot is compared, or what stands behind it.
fn near_name<'n>(name: &str, names: &'n [String]) -> Option<&'n str> {
    let split = |name: &str| name.find('.').filter(|&dot| dot > 0).unwrap_or(name.len());
    let (stem, suffix) = name.split_at(split(name));
    let parts = || names.iter().map(|known| known.split_at(split(known)));
    let stem_of = nearest(stem, parts().filter(|(_, known)| *known == suffix).map(|(known, _)| known));
    let suffix_of = || nearest(suffix, parts().filter(|(known, _)| *known == stem).map(|(_, known)| known));
    let wanted = match stem_of {
        Some(stem) => format!("{stem}{suffix}"),
        None => format!("{stem}{}", suffix_of()?),
    };
    names.iter().find(|known| **known == wanted).map(String::as_str)
}

/// The path with the nearest name there is in the place of the first one that is not there.
fn nearest_path(path: &Path) -> Option<PathBuf> {
    let missing = path.ancestors().take_while(|above| !above.as_os_str().is_empty() && !above.exists()).last()?;
    let folder = missing.parent().unwrap_or(Path::new(""));
    let listed = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let entries = std::fs::read_dir(listed).ok()?.filter_map(Result::ok);
    let names: Vec<String> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    let near = near_name(missing.file_name()?.to_str()?, &names)?;
    let rest = path.strip_prefix(missing).ok()?;
    let there = folder.join(near);
    let whole = there.join(rest);
    Some(if !rest.as_os_str().is_empty() && whole.exists() { whole } else { there })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_near_without_their_suffix() {
        let names = ["Other.queue-meta.xml", "Support.queue-meta.xml", "queues", ".forceignore"].map(str::to_owned);
        for (name, near) in [
            ("Suport.queue-meta.xml", Some("Support.queue-meta.xml")),
            ("Support.queue-meta.xm", Some("Support.queue-meta.xml")),
            ("Gone.queue-meta.xml", None),
            ("queue", Some("queues")),
            (".forceignor", Some(".forceignore")),
            ("", None),
        ] {
            assert_eq!(near_name(name, &names), near, "{name}");
        }
    }
}
