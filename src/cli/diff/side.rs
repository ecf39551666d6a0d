//! The two sides of a comparison: a path, a plan or a git revision, each compiled.

use std::path::{Path, PathBuf};

use clap::ArgMatches;

use super::super::git::{self, Operand, Revision};
use super::super::run::{read_plan, without_project_options};
use super::super::write::Outputs;
use super::super::{Failure, compile, output};
use super::DiffArgs;
use crate::analyse;
use crate::compile::OnErrors;
use crate::config::{Origin, Setting};
use crate::diagnostics::Summary;
use crate::plan::{LeftOut, Plan};
use crate::setup::{BaselineUse, Ready};
use crate::source::{self, Selection};
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
    /// Its plan.
    pub(super) plan: Plan,
}

/// Reads both sides. What is to be known of them is told on standard error; nothing is given if one cannot be compiled.
pub(super) fn read(
    args: &DiffArgs,
    matches: &ArgMatches,
    outputs: &Outputs<'_>,
) -> Result<Result<[CompiledSide; 2], ()>, Failure> {
    let [old, new] = operands(args)?;
    options_count(args, matches, [&old, &new])?;
    let around = [&new, &old].into_iter().find_map(|operand| match operand {
        Operand::Project(path) => Some(path.clone()),
        _ => None,
    });
    let reader = Reader { args, matches, outputs, around: around.unwrap_or_else(|| PathBuf::from(".")) };
    let (Some(old), Some(new)) = (reader.side(&old, true)?, reader.side(&new, false)?) else { return Ok(Err(())) };
    Ok(Ok([old, new]))
}

/// What the arguments name.
fn operands(args: &DiffArgs) -> Result<[Operand; 2], Failure> {
    let here = Path::new(".");
    let project = args.new.as_deref().filter(|path| path.is_dir()).unwrap_or(here);
    let read = |argument: &Path| {
        let (operand, note) = git::operand(argument, project)?;
        note.iter().for_each(|note| output::complain(note));
        Ok::<_, Failure>(operand)
    };
    let two = || Failure::new("a range of commits names both sides already").with_help("leave the second argument out");
    match (read(&args.project.path)?, &args.new) {
        (Operand::Range(old, new), None) => Ok([Operand::Revision(old), Operand::Revision(new)]),
        (Operand::Range(..), Some(_)) => Err(two()),
        (old, None) => Ok([old, Operand::Project(here.to_path_buf())]),
        (old, Some(new)) => match read(new)? {
            Operand::Range(..) => Err(two()),
            new => Ok([old, new]),
        },
    }
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

struct Reader<'a> {
    args: &'a DiffArgs,
    matches: &'a ArgMatches,
    outputs: &'a Outputs<'a>,
    /// The project whose revisions are meant.
    around: PathBuf,
}

impl Reader<'_> {
    /// One side; none if nothing compiles, which is told.
    fn side(&self, operand: &Operand, is_old: bool) -> Result<Option<CompiledSide>, Failure> {
        match operand {
            Operand::Plan(path) => {
                self.outputs.spare([path])?;
                let plan = read_plan(path)?;
                let title = source::display(path);
                Ok(Some(CompiledSide { name: format!("`{title}`"), title, root: None, notes: Vec::new(), plan }))
            }
            Operand::Project(path) => {
                let is_here = path == Path::new(".");
                let title = if is_here { "the working tree".to_owned() } else { source::display(path) };
                let name = if is_here { title.clone() } else { format!("`{title}`") };
                let ready = self.setup(is_old)?.load(path, BaselineUse::Read)?;
                Ok(self.compiled(ready, name, title)?)
            }
            Operand::Revision(revision) => {
                let Revision { name, .. } = revision;
                let ready = git::at_revision(&self.around, revision, &self.setup(is_old)?, BaselineUse::Read)?;
                Ok(self.compiled(ready, format!("`{name}`"), name.clone())?)
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

    fn compiled(&self, ready: Ready, name: String, title: String) -> Result<Option<CompiledSide>, Failure> {
        ready.told.iter().for_each(|line| output::complain(line));
        self.outputs.spare_project(&ready)?;
        let Ready { mut project, mut options, .. } = ready;
        project.selection = Selection::All;
        options.keep_lines = true;
        let analysis = analyse::analyse(&project, &options);
        let plan = match crate::compile::compile(&analysis, &project.problems, OnErrors::LeaveOut) {
            Ok(plan) => plan,
            Err(no_plan) => {
                output::complain(&format!("error: {name} cannot be compared: {no_plan}"));
                return Ok(None);
            }
        };
        let mut notes = Vec::new();
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
        notes.iter().for_each(|note| output::complain(&format!("note: {note}")));
        let root = Some(project.display_root.clone());
        // The process ends soon: to give back a large project's memory piece by piece would only take time.
        std::mem::forget((analysis, project, options));
        Ok(Some(CompiledSide { name, title, root, notes, plan }))
    }
}
