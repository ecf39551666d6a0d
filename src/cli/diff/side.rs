//! The two sides of a comparison: a path, a plan or a git revision, each compiled.

use std::path::{Path, PathBuf};

use clap::ArgMatches;

use super::super::git::{self, Operand, Revision};
use super::super::run::{read_plan, without_project_options};
use super::super::write::Outputs;
use super::super::{Failure, compile, output};
use super::DiffArgs;
use crate::analyse::Live;
use crate::compile::OnErrors;
use crate::config::{Origin, Setting};
use crate::diagnostics::Summary;
use crate::plan::{LeftOut, Plan};
use crate::setup::{BaselineUse, Ready};
use crate::source::{self, Entry, Interest, Selection};
use crate::text::count;

/// One side, compiled.
pub(super) struct CompiledSide {
    /// What it is, as people read it: `` `main` ``, `the working tree`.
    pub(super) name: String,
    /// What it is, for programs: `main`.
    pub(super) title: String,
    /// The root of the project, from the working directory; none for a plan, which does not say.
    pub(super) root: Option<String>,
    /// What is not compared, and why, each without a full stop.
    pub(super) notes: Vec<String>,
    /// True for a project without Omni-Channel metadata.
    is_empty: bool,
    /// Its plan.
    pub(super) plan: Plan,
}

/// Reads both sides. What is to be known of them is told on standard error; nothing is given if one cannot be compiled.
pub(super) fn read(
    args: &DiffArgs,
    matches: &ArgMatches,
    outputs: &Outputs<'_>,
) -> Result<Option<[CompiledSide; 2]>, Failure> {
    let Operands { sides: [old, new], project } = operands(args)?;
    options_count(args, matches, [&old, &new])?;
    let around = project.or_else(|| [&new, &old].into_iter().find_map(path_of_project).cloned());
    let around = around.unwrap_or_else(|| PathBuf::from("."));
    let mut reader = Reader { args, matches, outputs, around, before: None };
    let (Some(old), Some(new)) = (reader.side(&old, true)?, reader.side(&new, false)?) else { return Ok(None) };
    // Most often a slip, which must not look like two sides that are alike.
    if old.is_empty && new.is_empty {
        let message = format!("nothing to compare: there is no Omni-Channel metadata in {} and {}", old.name, new.name);
        return Err(Failure::new(message).with_help("give the folder of a Salesforce project"));
    }
    Ok(Some([old, new]))
}

/// What the arguments name.
struct Operands {
    sides: [Operand; 2],
    /// The project that two commits are about.
    project: Option<PathBuf>,
}

fn path_of_project(operand: &Operand) -> Option<&PathBuf> {
    match operand {
        Operand::Project(path) => Some(path),
        _ => None,
    }
}

fn operands(args: &DiffArgs) -> Result<Operands, Failure> {
    let here = Path::new(".");
    let project = args.new.as_deref().filter(|path| path.exists()).unwrap_or(here);
    let read = |argument: &Path| {
        let (operand, note) = git::operand(argument, project)?;
        if let Some(note) = note {
            output::complain(&note);
        }
        Ok::<_, Failure>(operand)
    };
    let two = || {
        Failure::new("a range of commits names both sides already")
            .with_help("after a range, the second argument can only be the path of the project; else leave it out")
    };
    let new = args.new.as_deref().map(read).transpose()?;
    let (sides, project) = match (read(&args.project.path)?, new) {
        (Operand::Range(old, new), None) => ([Operand::Revision(old), Operand::Revision(new)], None),
        (Operand::Range(old, new), Some(Operand::Project(path))) => {
            ([Operand::Revision(old), Operand::Revision(new)], Some(path))
        }
        (Operand::Range(..), Some(_)) | (_, Some(Operand::Range(..))) => return Err(two()),
        (old, new) => ([old, new.unwrap_or_else(|| Operand::Project(here.to_path_buf()))], None),
    };
    Ok(Operands { sides, project })
}

/// Refuses options about projects where there is none.
fn options_count(args: &DiffArgs, matches: &ArgMatches, sides: [&Operand; 2]) -> Result<(), Failure> {
    match sides {
        [Operand::Plan(old), _] if args.old_records.is_some() => {
            let shown = source::display(old);
            let message =
                format!("`--old-records` is for a project, and `{shown}` is a plan, which is compiled already");
            Err(Failure::new(message).with_help("leave `--old-records` out, or name the project instead of the plan"))
        }
        [Operand::Plan(_), Operand::Plan(new)] => without_project_options(new, matches),
        _ => Ok(()),
    }
}

/// A revision as it was written; of an id, the start.
fn short(Revision { name, commit }: &Revision) -> String {
    if name == commit { name.chars().take(10).collect() } else { name.clone() }
}

struct Reader<'a> {
    args: &'a DiffArgs,
    matches: &'a ArgMatches,
    outputs: &'a Outputs<'a>,
    /// The project whose revisions are meant.
    around: PathBuf,
    /// The side before: files that are the same need not be read again.
    before: Option<Live>,
}

impl Reader<'_> {
    /// One side; none if nothing compiles, which is told.
    fn side(&mut self, operand: &Operand, is_old: bool) -> Result<Option<CompiledSide>, Failure> {
        match operand {
            Operand::Plan(path) => {
                self.outputs.spare([path])?;
                let plan = read_plan(path)?;
                let title = source::display(path);
                Ok(Some(CompiledSide {
                    name: format!("`{title}`"),
                    title,
                    root: None,
                    notes: Vec::new(),
                    is_empty: false,
                    plan,
                }))
            }
            Operand::Project(path) => {
                let is_here = path == Path::new(".");
                let title = if is_here { "the working tree".to_owned() } else { source::display(path) };
                let name = if is_here { title.clone() } else { format!("`{title}`") };
                let ready = self.setup(is_old)?.load(path, BaselineUse::Read)?;
                Ok(self.compiled(ready, name, title)?)
            }
            Operand::Revision(revision) => {
                let name = short(revision);
                let ready = git::at_revision(&self.around, revision, &self.setup(is_old)?, BaselineUse::Read)?;
                Ok(self.compiled(ready, format!("`{name}`"), name)?)
            }
            // Two of them are two sides.
            Operand::Range(..) => Ok(None),
        }
    }

    fn setup(&self, is_old: bool) -> Result<crate::setup::Setup, Failure> {
        let mut given = self.args.project.given(self.matches)?;
        if let Some(folder) = self.args.old_records.clone().filter(|_| is_old) {
            given.records = Some(Setting::new(folder, Origin::Flag("--old-records")));
        }
        Ok(self.args.project.setup(given))
    }

    fn compiled(&mut self, ready: Ready, name: String, title: String) -> Result<Option<CompiledSide>, Failure> {
        for line in &ready.told {
            output::complain(line);
        }
        self.outputs.spare_project(&ready)?;
        let Ready { mut project, mut options, .. } = ready;
        project.selection = Selection::All;
        options.keep_lines = true;
        let live = match self.before.take() {
            Some(mut live) => {
                live.replace(project.clone());
                live.set_options(options);
                live
            }
            None => Live::new(project.clone(), options),
        };
        let live = self.before.insert(live);
        let analysis = live.analyse();
        let plan = match crate::compile::compile(&analysis, &project.problems, OnErrors::LeaveOut) {
            Ok(plan) => plan,
            Err(no_plan) => {
                output::complain(&format!("error: {name} cannot be compared: {no_plan}"));
                return Ok(None);
            }
        };
        let mut notes = Vec::new();
        let is_ours = |entry: &Entry| !entry.ignored && entry.interest != Interest::Aside;
        let is_empty = !project.entries.iter().any(is_ours);
        if is_empty {
            notes.push(format!("there is no Omni-Channel metadata in {name}"));
        }
        let errors = Summary::of(&analysis.diagnostics).errors;
        if errors > 0 {
            notes.push(format!("{name} has {}; `omnic check` shows them", count(errors, "error")));
        }
        for (path, _) in &project.problems {
            notes.push(format!("{name}: `{path}` could not be read, and is not compared"));
        }
        for LeftOut { component, name: row, code } in &plan.left_out {
            let noun = compile::noun(component);
            notes.push(format!("{name}: the {noun} `{row}` is left out of the comparison ({code} says why)"));
        }
        for note in &notes {
            output::complain(&format!("note: {note}"));
        }
        let root = Some(project.display_root.clone());
        // The process ends soon: to give back a large project's memory piece by piece would only take time.
        std::mem::forget((analysis, project));
        Ok(Some(CompiledSide { name, title, root, notes, is_empty, plan }))
    }
}
