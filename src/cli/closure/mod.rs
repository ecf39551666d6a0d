//! `omnic closure`

mod answer;
mod document;
mod list;
mod manifest;
mod wanted;

use std::path::{Path, PathBuf};

use clap::parser::ValueSource;
use clap::{ArgMatches, Args, ValueEnum};

use super::findings::{Findings, Scope};
use super::project::{ProjectArgs, without_findings};
use super::write::{self, Outputs};
use super::{CLEAN, FAILED, FOUND, Failure, OUTPUT, only, output};
use crate::analyse;
use crate::graph::Follow;
use crate::setup::{BaselineUse, Ready};
use crate::source::{MANIFEST, Selection};
use crate::text::{Content, count};
use answer::ClosureAnswer;
use wanted::{Files, Wanted, typed};

pub(super) const PATH_HELP: &str = "Project folder; or the first file or component, such as Queue:Support";

/// Where the options stand in the help.
const SELECTION: &str = "Selection";

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  omnic closure Queue:Support                                    # what the queue needs to be deployed
  omnic closure --changed origin/main -o manifest/package.xml    # what a branch changes, and all that it needs
  omnic closure --changed origin/main -o package.xml --destructive destructiveChanges.xml
  omnic closure Skill:German --reverse --format list             # what depends on the skill

Exit status:
  0  the closure is complete
  1  it is not: something is missing, cannot be named or read, or is deleted and still named; it was written all the same
  2  wrong arguments, or something that could not be read or written")]
pub(super) struct ClosureArgs {
    /// Files, folders, or components such as Queue:Support
    #[arg(index = 2, value_name = "FILE|TYPE:NAME")]
    items: Vec<String>,
    /// Take the files that changed since this commit or branch, or in `A..B` or `A...B`
    #[arg(long, value_name = "REF", conflicts_with = "items", help_heading = SELECTION)]
    changed: Option<String>,
    /// List what depends on the components, not what they need
    #[arg(long, help_heading = SELECTION)]
    reverse: bool,
    /// What is written
    #[arg(long, value_enum, default_value_t = ClosureFormat::PackageXml, help_heading = OUTPUT)]
    format: ClosureFormat,
    /// File to write to; `-` is standard output [default: -]
    #[arg(short, long, value_name = "FILE", help_heading = OUTPUT)]
    output: Option<PathBuf>,
    /// With --changed: file for the manifest of what has been deleted, for --post-destructive-changes
    #[arg(long, value_name = "FILE", requires = "changed", conflicts_with = "reverse", help_heading = OUTPUT)]
    destructive: Option<PathBuf>,
    #[command(flatten)]
    project: ProjectArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ClosureFormat {
    /// A manifest for `sf project deploy start --manifest`
    #[value(name = "package.xml")]
    PackageXml,
    /// For programs; schemas/closure.schema.json describes it
    Json,
    /// For people: each component with its file, and why it is there
    List,
}

pub(super) fn run(args: &ClosureArgs, matches: &ArgMatches) -> Result<u8, Failure> {
    without_findings(matches)?;
    let (path, items) = args.split(matches)?;
    let mut outputs = Outputs::default();
    let files: Vec<(&str, &Path)> = args.files().collect();
    for &(flag, file) in &files {
        outputs.add(flag, file);
    }
    outputs.keep_apart()?;
    let given = args.project.given(matches)?;
    let setup = args.project.setup(given.clone());
    let mut ready = args.project.load(&path, given, BaselineUse::Ignored)?;
    outputs.spare_project_but(&ready, &[MANIFEST])?;
    // What is listed is chosen by the arguments alone.
    ready.project.selection = Selection::All;
    ready.options.keep_lines = true;
    let Ready { project, options, .. } = &ready;
    let all = setup.files(&path)?;
    outputs.spare(all.entries.iter().map(|entry| &entry.disk))?;
    let analysis = analyse::analyse(project, options);
    Findings::of(project, &analysis, &Scope::default(), false)?;
    let files = Files::of(&all);
    let wanted = match &args.changed {
        Some(reference) => Wanted::changed(&analysis.graph, &files, reference)?,
        None => Wanted::named(&analysis.graph, &files, &items)?,
    };
    let follow = if args.reverse { Follow::Dependents } else { Follow::Needs };
    let answer = ClosureAnswer::of(&analysis, &files, wanted, follow);
    args.write(&answer, &ready)?;
    args.tell(&answer);
    Ok(match (project.problems.is_empty(), answer.is_incomplete()) {
        (false, _) => FAILED,
        (_, true) => FOUND,
        _ => CLEAN,
    })
}

impl ClosureArgs {
    /// The project's path, and what is asked for. The first argument is the project if it is a folder.
    fn split(&self, matches: &ArgMatches) -> Result<(PathBuf, Vec<String>), Failure> {
        let first = &self.project.path;
        let is_given = matches.value_source("path") == Some(ValueSource::CommandLine);
        let mut items = self.items.clone();
        let path = if is_given && !first.is_dir() {
            let first_item = first.to_string_lossy().into_owned();
            if !first.exists() && typed(&first_item).is_none() {
                return Err(only::missing(first, "the arguments"));
            }
            items.insert(0, first_item);
            if first.exists() { first.clone() } else { PathBuf::from(".") }
        } else {
            first.clone()
        };
        match (items.is_empty(), &self.changed) {
            (true, None) => Err(Failure::new("nothing is asked for").with_help(
                "name files or components, such as `Queue:Support`, or take what has changed with `--changed REF`",
            )),
            (false, Some(_)) => Err(Failure::new("`--changed` says already what is asked for")
                .with_help("leave it out, or the files and components")),
            _ => Ok((path, items)),
        }
    }

    /// The files that are written, each with its flag.
    fn files(&self) -> impl Iterator<Item = (&'static str, &Path)> {
        let named = [("--output", &self.output), ("--destructive", &self.destructive)];
        named
            .into_iter()
            .filter_map(|(flag, path)| Some((flag, path.as_deref().filter(|path| !write::is_stdout(path))?)))
    }

    fn write(&self, answer: &ClosureAnswer, ready: &Ready) -> Result<(), Failure> {
        let (project, version) = (&ready.project, ready.project.api_version);
        let (content, text) = match self.format {
            ClosureFormat::PackageXml => {
                (Content::Xml, manifest::manifest(answer.components.iter().map(|of| &of.member), version))
            }
            ClosureFormat::Json => {
                (Content::Data, document::to_json(answer, &project.display_root, version, self.reverse))
            }
            ClosureFormat::List => (Content::Text, list::text(answer)),
        };
        let deleted = || manifest::manifest(answer.deleted.iter().map(|deleted| &deleted.gone.member), version);
        output::write_to(self.output.as_deref(), content, &text)?;
        match &self.destructive {
            Some(path) => output::write_to(Some(path), Content::Xml, &deleted()),
            None => Ok(()),
        }
    }

    /// Says on standard error what must be known of the closure.
    fn tell(&self, answer: &ClosureAnswer) {
        let is_manifest = self.format == ClosureFormat::PackageXml;
        for line in list::told(answer, is_manifest) {
            output::complain(&line);
        }
        if is_manifest {
            let asked = answer.components.iter().filter(|of| of.reason.is_none()).count();
            let more = answer.components.len() - asked;
            let verb = match (self.reverse, more) {
                (true, 1) => "depends on them",
                (true, _) => "depend on them",
                (false, _) => "needed by them",
            };
            output::complain(&format!("note: {} asked for, {more} more {verb}", count(asked, "component")));
            if !answer.deleted.is_empty() && self.destructive.is_none() && !self.reverse {
                let names: Vec<String> = answer.deleted.iter().map(|of| list::called(&of.gone.member)).collect();
                let names = crate::text::list(&names, 5);
                output::complain(&format!(
                    "warning: {names} must be deleted, and package.xml does not say so: write the manifest for that with \
                     `--destructive FILE`"
                ));
            }
        }
    }
}

/// The JSON Schema of `--format json`.
#[doc(hidden)]
pub fn schema() -> String {
    document::schema()
}
