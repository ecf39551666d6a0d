//! `omnic check --fix` and `--diff`

use std::io::{self, IsTerminal as _};

use clap::Args;

use super::findings::Scope;
use super::write::{self, NotWritten};
use super::{CLEAN, FOUND, Failure, output};
use crate::analyse::{Analysis, Options};
use crate::diagnostics::{Applicability, Diagnostic};
use crate::fix::{self, Choice, Fixed};
use crate::setup::Ready;
use crate::source::{self, FileId, NamedBy, Project, SourceFile};
use crate::text::{Content, count};
use crate::triage::Policy;

/// Where the options stand in the help.
const FIXES: &str = "Fixes";

/// What is to be fixed.
#[derive(Debug, Args)]
pub(super) struct FixArgs {
    /// Show what --fix would change, and change nothing; exit with status 1 if that is anything
    #[arg(long, conflicts_with = "fix", help_heading = FIXES)]
    pub(super) diff: bool,
    /// Correct what can be corrected without changing routing, and report what is left
    #[arg(long, help_heading = FIXES)]
    pub(super) fix: bool,
    /// With --diff or --fix: suggestions too, which may change routing and must be looked at
    #[arg(long, help_heading = FIXES)]
    pub(super) unsafe_fixes: bool,
}

impl FixArgs {
    /// True if anything is to be fixed, or shown as if.
    pub(super) const fn any(&self) -> bool {
        self.fix || self.diff
    }
}

/// How a project is analysed to be fixed: what the baseline accepts is there to be mended.
pub(super) fn without_baseline(options: &Options) -> Options {
    let policy = Policy { baseline: None, ..options.policy.clone() };
    Options { policy, ..options.clone() }
}

/// Fixes what the user may see and asked for, in memory.
pub(super) fn fix(analysis: Analysis, options: &Options, loaded: &Ready, scope: &Scope, args: &FixArgs) -> Fixed {
    let Ready { project, settings, .. } = loaded;
    let least = if args.unsafe_fixes { Applicability::Unsafe } else { Applicability::Safe };
    let from = settings.min_severity.value;
    // Texts change, paths do not.
    let sources: Vec<SourceFile> =
        analysis.sources.iter().map(|source| SourceFile { text: String::new(), ..source.clone() }).collect();
    let may_write = |file: FileId| {
        let entry = project.entries.get(file.0 as usize);
        entry.is_some_and(|entry| {
            let is_wanted = project.selection.contains(&entry.path) && scope.contains(&entry.path);
            // Permission to read what lies outside is not permission to change it.
            is_wanted && project.boundary.to_write(&entry.disk, NamedBy::Project).is_some()
        })
    };
    let choice = Choice {
        least,
        wanted: &|found| found.severity >= from && scope.selects(found, project, &sources),
        writable: &may_write,
    };
    fix::fix_project(analysis, options, &choice)
}

/// Writes what was fixed to the files, and tells what that was. Each file is written or left as it is, with the reason; false
/// if any was left.
pub(super) fn write(fixed: &Fixed, project: &Project) -> bool {
    let files: Vec<_> = fixed.files.iter().filter_map(|file| Some((file, file.disk(project)?))).collect();
    let mut left = 0;
    for (file, disk) in &files {
        // Asked once more: links may have changed since the project was read. A link inside is written through.
        let (why, help) = match project.boundary.to_write(disk, NamedBy::Project) {
            Some(target) => match write::replace(&target, &file.old, &file.new) {
                Ok(()) => continue,
                // Two links to one file.
                Err(NotWritten::Changed) if source::read_file(&target).is_ok_and(|text| text == file.new) => continue,
                Err(why) => why.words(),
            },
            None => (
                format!("it leads out of {}", project.boundary.noun()),
                "see what has become of it; what lies outside is fixed in its own project",
            ),
        };
        left += 1;
        output::complain(&format!("error: `{}` was not fixed: {why}", source::display(disk)));
        output::complain(&format!("  help: {help}"));
    }
    if left == 0 {
        tell(fixed, "fixed");
    } else {
        let written = count(files.len() - left, "file");
        output::complain(&format!("fixed {written}, and left {left} alone"));
    }
    left == 0
}

/// Prints what would be fixed as a unified difference, and gives the exit status.
pub(super) fn show(fixed: &Fixed, project: &Project) -> Result<u8, Failure> {
    output::print(content(), |out| {
        for file in &fixed.files {
            // From a folder in the project, `..` would lead out of what `git apply` takes.
            let path = match project.display_root.as_str() {
                "." => file.path.clone(),
                root if root.starts_with("..") => file.path.clone(),
                root => format!("{root}/{}", file.path),
            };
            out.write_all(fix::diff(&path, &file.old, &file.new).as_bytes())?;
        }
        Ok(())
    })?;
    tell(fixed, "would fix");
    Ok(if fixed.files.is_empty() { CLEAN } else { FOUND })
}

/// `git apply` takes a difference only as it is. A terminal or a runner would obey it instead.
fn content() -> Content {
    if io::stdout().is_terminal() || output::is_read_by_runner() { Content::Text } else { Content::Data }
}

/// Tells on standard error what was fixed, and what was not although it could be.
fn tell(fixed: &Fixed, verb: &str) {
    let total: usize = fixed.fixed.values().sum();
    if fixed.files.is_empty() {
        output::complain("nothing to fix");
    } else {
        let codes: Vec<String> = fixed.fixed.iter().map(|(code, number)| format!("{number} {code}")).collect();
        let files = count(fixed.files.len(), "file");
        output::complain(&format!("{verb} {} in {files}: {}", count(total, "finding"), codes.join(", ")));
    }
    for finding in &fixed.refused {
        let title = finding.fix.as_ref().map(|fix| fix.title.as_str()).unwrap_or_default();
        let Diagnostic { code, name, .. } = finding;
        output::complain(&format!("left alone, since it would bring an error: {title} ({code} {name})"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyse::{Options, analyse, interest};
    use crate::source::{DiscoverOptions, discover};

    #[test]
    fn what_others_wrote_meanwhile_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("Support.queue-meta.xml");
        let object = "<queueSobject><sobjectType>Case</sobjectType></queueSobject>";
        let text = format!(
            "<Queue xmlns=\"http://soap.sforce.com/2006/04/metadata\"><name>Support</name>{object}{object}</Queue>"
        );
        std::fs::write(&path, &text).unwrap();
        let options = DiscoverOptions {
            api_version: None,
            interest: &interest,
            type_folders: &[],
            manifest_types: &[],
            allow_outside: false,
        };
        let project = discover(folder.path(), &options).unwrap();
        let options = Options { keep_texts: true, ..Options::default() };
        let choice = Choice { least: Applicability::Safe, wanted: &|_| true, writable: &|_| true };
        let fixed = fix::fix_project(analyse(&project, &options), &options, &choice);
        assert_eq!(fixed.files.len(), 1);
        let newer = text.replace("Support", "Billing");
        std::fs::write(&path, &newer).unwrap();
        assert!(!write(&fixed, &project));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), newer);
        std::fs::remove_file(&path).unwrap();
        assert!(!write(&fixed, &project));
        assert!(!path.exists(), "what was deleted meanwhile stays so");
        std::fs::write(&path, &text).unwrap();
        assert!(write(&fixed, &project));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text.replacen(object, "", 1));
        let names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(names.len(), 1, "{names:?}");
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_became_a_link_out_meanwhile_is_not_written() {
        let (folder, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let path = folder.path().join("Support.queue-meta.xml");
        let object = "<queueSobject><sobjectType>Case</sobjectType></queueSobject>";
        let text = format!("<Queue xmlns=\"http://soap.sforce.com/2006/04/metadata\">{object}{object}</Queue>");
        std::fs::write(&path, &text).unwrap();
        let options = DiscoverOptions {
            api_version: None,
            interest: &interest,
            type_folders: &[],
            manifest_types: &[],
            allow_outside: true,
        };
        let project = discover(folder.path(), &options).unwrap();
        let options = Options { keep_texts: true, ..Options::default() };
        let choice = Choice { least: Applicability::Safe, wanted: &|_| true, writable: &|_| true };
        let fixed = fix::fix_project(analyse(&project, &options), &options, &choice);
        assert_eq!(fixed.files.len(), 1);
        let target = outside.path().join("Support.xml");
        std::fs::rename(&path, &target).unwrap();
        std::os::unix::fs::symlink(&target, &path).unwrap();
        assert!(!write(&fixed, &project));
        assert_eq!(std::fs::read_to_string(&target).unwrap(), text);
    }
}
